/**
 * The fault-free twin of a play: the same trace on the same processes, without any fault. It is played once and kept in a folder by the hash
 * of its trace and its layout, so that every form of fault on the same scenario and seed stands beside the same twin.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import type { Words } from '../scenarios/plan.ts'
import { planHash } from '../scenarios/plan-hash.ts'
import type { SeenRow } from '../simulators/trace/seen-row.ts'
import { traceHash } from '../simulators/virtual/cut/cut-trace.ts'
import { type TwinRow, type TwinRun, unanswered } from '../simulators/wire/replay/beside-twin.ts'
import { leastSettledShare } from '../simulators/wire/replay/level-figures.ts'
import { trafficOf } from '../simulators/wire/replay/traffic.ts'
import { layoutOf } from '../simulators/wire/replay/wire-processes.ts'
import { k6Version } from '../tools/resolve-k6.ts'
import { packageVersion, repositoryRoot } from './house.ts'
import { type LevelAsked, playLevel } from './play-level.ts'
import { onWireStage, type StageAsked } from './wire-stage.ts'
import { writeWhole } from './write-file.ts'

const format = 'medpay-twin'
/** An adapter may tell more of a split than is compared. */
const split = z.object({ fundFen: z.number(), currentAccountFen: z.number(), historyAccountFen: z.number(), cashFen: z.number() })
const row = z.object({
  row: z.number(),
  notSent: z.enum(['no-door', 'not-needed', 'predecessor-failed', 'past-deadline', 'run-ended']).optional(),
  dueMs: z.number(),
  sentMs: z.number().optional(),
  endMs: z.number().optional(),
  answers: z.array(z.object({ key: z.string(), outcome: z.string(), by: z.string(), split: split.optional() })),
})
const traffic = z.strictObject({ actor: z.string(), operation: z.string(), second: z.number(), calls: z.number() })
const version = 2
const kept = z.object({
  format: z.literal(format),
  version: z.literal(version),
  key: z.string(),
  rows: z.array(row),
  traffic: z.array(traffic),
})

export interface Twin {
  /** Undefined where the twin itself may not be quoted. */
  readonly run: TwinRun | undefined
  /** Why it may not. */
  readonly reasons: readonly Words[]
}

export type TwinAsked = Omit<LevelAsked & StageAsked, 'faults' | 'twin' | 'foretold' | 'work'>

/** @param keptIn the folder where twins lie; the twin's own play is made beside them */
export async function twinOf(asked: TwinAsked, keptIn: string): Promise<Twin> {
  const key = twinKey(asked, codeOfPlay())
  const path = join(keptIn, `${key}.json`)
  const found = twinIn(path, key)
  if (found !== undefined) return { run: found, reasons: [] }
  asked.stage('twin', 0, 1)
  const here = { ...asked, faults: [], twin: undefined, foretold: undefined, work: join(resolve(keptIn), `play-${key}`) }
  const { wire, conducted, reasons } = await onWireStage(here, (on) => playLevel(on, here))
  asked.signal.throwIfAborted()
  const broken = wire.audit.rules.filter(({ standing }) => standing === 'broken').map(({ title }) => title)
  const bad = [...reasons, ...broken, ...tooManyUnanswered(conducted.log.rows)]
  if (bad.length > 0) return { run: undefined, reasons: bad.map(ofTwin) }
  const { log, spans } = conducted
  const run: TwinRun = { rows: log.rows.map(comparedOf), traffic: trafficOf(spans, log.beginMs ?? 0) }
  writeWhole(path, twinText(key, run), true)
  rmSync(here.work, { recursive: true })
  return { run, reasons: [] }
}

/**
 * Nothing fails in a twin but by the machine it is played on; beside one that left more without an answer than a rate that counts as held may
 * leave unsettled, nothing can be told of a fault.
 */
export function tooManyUnanswered(rows: readonly TwinRow[]): readonly Words[] {
  const sent = rows.filter(({ sentMs }) => sentMs !== undefined).length
  const left = unanswered(rows).length
  if (sent - left >= leastSettledShare * sent) return []
  return [
    {
      zh: `没有故障时仍有${left}笔（共${sent}笔）得不到答复，机器过于繁忙`,
      en: `${left} of ${sent} found no answer where nothing was struck; the machine was too busy`,
    },
  ]
}

const ofTwin = ({ zh, en }: Words): Words => ({ zh: `无故障的对照运行作废：${zh}`, en: `its fault-free twin is void: ${en}` })

export type TwinKeyParts = Pick<
  TwinAsked,
  'trace' | 'plan' | 'scenario' | 'target' | 'ledger' | 'platformProcesses' | 'isForeign' | 'slower' | 'k6'
>

/**
 * Whatever else than faults could change how the rows end. The trace holds window, arm and scale, the rules patients go by, and the hash of
 * the plan, so that tries, time limits, health rule and servers are in it.
 *
 * @param code of the wire city and of what plays on it
 */
export function twinKey(asked: TwinKeyParts, code: string): string {
  const { trace, plan, scenario, target, ledger, platformProcesses, isForeign, slower = new Map(), k6 } = asked
  const adapter = target === undefined ? null : [target.origin, target.name, textOf(target.adapter)]
  const city = [traceHash(trace), planHash(plan), scenario, layoutOf(plan.city, isForeign), ledger, platformProcesses, [...slower], adapter]
  const parts = [packageVersion, k6Version(), code, ...city, k6.words]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24)
}

const textOf = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : path)

/** Of every source that decides what happens on the wire, tests apart; a twin of other code is played again. */
export function codeOfPlay(root = repositoryRoot): string {
  const hash = createHash('sha256')
  for (const room of ['load', 'simulators']) {
    const files = readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    for (const file of files.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).sort())
      hash.update(`${room}/${file}\n`).update(readFileSync(join(root, room, file)))
  }
  return hash.digest('hex')
}

export const twinText = (key: string, run: TwinRun): string => JSON.stringify({ format, version, key, ...run })

/** The run that {@link twinText} kept; undefined: none of this key. */
export function twinIn(path: string, key: string): TwinRun | undefined {
  if (!existsSync(path)) return undefined
  try {
    const read = kept.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    if (!read.success || read.data.key !== key) return undefined
    return { rows: read.data.rows as readonly TwinRow[], traffic: read.data.traffic }
  } catch {
    // Half a file is no twin: it is played again, as is one of an older form.
    return undefined
  }
}

const comparedOf = ({ row: number, notSent, dueMs, sentMs, endMs, answers }: SeenRow): TwinRow => ({
  row: number,
  ...(notSent === undefined ? {} : { notSent }),
  dueMs,
  ...(sentMs === undefined ? {} : { sentMs }),
  ...(endMs === undefined ? {} : { endMs }),
  answers: answers.map(({ key, outcome, by, split: told }) => ({ key, outcome, by, ...(told === undefined ? {} : { split: told }) })),
})
