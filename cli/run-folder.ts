import { existsSync, mkdtempSync, readFileSync, rmdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Plan } from '../scenarios/plan.ts'
import { planHash } from '../scenarios/plan-hash.ts'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure, outputFailure } from './failure.ts'
import { repositoryRoot, shownPath } from './house.ts'
import { asideFolder } from './set-aside.ts'
import type { Terminal } from './terminal.ts'

export interface FolderWish {
  /** As asked with --out. */
  readonly out: string | undefined
  /** As asked with --scale. */
  readonly scale: number | undefined
  readonly isOneOfMany: boolean
  readonly quick: boolean
}

const hashCharacters = 8

/**
 * Where a run writes. A folder that holds another plan is left alone: a folder asked for is then refused,
 * the folder chosen by default gets the plan's hash behind its name.
 */
export function folderFor(plan: Plan, { out, scale, isOneOfMany, quick }: FolderWish, terminal: Terminal): string {
  const { name, seed } = plan.scenario
  const scaleWord = scale === undefined ? '' : `scale-${scale}`
  const hash = planHash(plan)
  if (out !== undefined) {
    const folder = isOneOfMany ? join(out, scaleWord) : out
    if (holdsAnotherPlan(folder, hash)) {
      throw new CommandFailure(
        exitCodes.outputProblem,
        `${folder} holds the run of another plan and is left as it is; choose another --out`,
        `${folder} 中是另一计划的结果，保持不变；请另选 --out`,
      )
    }
    mustBeWritable(folder)
    return folder
  }
  const usual = shownPath(
    join(repositoryRoot, 'reports', 'runs', [name, String(seed), scaleWord, quick ? 'quick' : ''].filter((word) => word !== '').join('-')),
  )
  return folderOfPlan(usual, plan, terminal)
}

/** The usual folder, or where that holds another plan one with the plan's hash behind its name. */
export function folderOfPlan(usual: string, plan: Plan, terminal: Pick<Terminal, 'notice'>): string {
  const hash = planHash(plan)
  mustBeWritable(usual)
  if (!holdsAnotherPlan(usual, hash)) return usual
  const own = `${usual}-${hash.slice(0, hashCharacters)}`
  terminal.notice(`${usual} holds the run of another plan and is left as it is; writing to ${own}`)
  terminal.notice(`${usual} 中是另一计划的结果，保持不变；改写入 ${own}`)
  return own
}

/** Whether a run of another plan, or something that is no run at all, is there, or waits aside for a play that was cut short. */
const holdsAnotherPlan = (folder: string, hash: string): boolean =>
  [folder, join(folder, asideFolder)].some((place) => isAnotherPlan(join(place, 'run-result.json'), hash))

function isAnotherPlan(path: string, hash: string): boolean {
  if (!existsSync(path)) return false
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as { planHash?: unknown }).planHash !== hash
  } catch {
    return true
  }
}

/** Tries with an empty folder beside what is to come, so that a wrong place costs no waiting; permission bits alone do not tell. */
export function mustBeWritable(path: string, option?: string): void {
  let place = dirname(resolve(path))
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place)
  try {
    rmdirSync(mkdtempSync(join(place, '.medpay-')))
  } catch (error) {
    throw outputFailure(error, path, option) ?? error
  }
}
