/** `medpay failover`: plays what is missing of the table, run after run, and tells what there is. */
import { join, resolve } from 'node:path'
import { loadPlan } from '../scenarios/load-plan.ts'
import type { Plan } from '../scenarios/plan.ts'
import { planHash } from '../scenarios/plan-hash.ts'
import type { ShortFormPlan } from '../scenarios/plan-short-form.ts'
import { badInput } from './bad-input.ts'
import type { FailoverWords } from './commands/failover.ts'
import type { Context } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import { failoverPage } from './failover-page.ts'
import { type FailoverRecord, readRecord, recordIn, writeRecord } from './failover-record.ts'
import { type FailoverKey, failoverRuns, runName } from './failover-runs.ts'
import { CommandFailure } from './failure.ts'
import { foretellFailover } from './foretell-failover.ts'
import { commitOfHouse, repositoryRoot, shownPath } from './house.ts'
import { kernelOrNotice } from './kernel.ts'
import { stageLine } from './load-progress.ts'
import { playFailover } from './play-failover.ts'
import { duration } from './progress.ts'
import { replayCommand } from './replay-command.ts'
import { k6OrNotRun } from './run-load.ts'
import { secretName, secretOf } from './serve-city.ts'
import { writeWhole } from './write-file.ts'

export async function runFailover(scenarios: readonly string[], words: FailoverWords, context: Context): Promise<void> {
  const { terminal, interruption, secondsNow } = context
  const began = secondsNow()
  const folder = resolve(words.out ?? join(repositoryRoot, 'reports', 'runs', 'failover'))
  const known = scenarios.map((scenario) => withShortForm(scenario, undefined))
  const runs = failoverRuns(
    known.map(({ plan, shortForm }, index) => ({ scenario: scenarios[index] ?? '', seed: plan.scenario.seed, shortForm })),
    { scale: words.scale, seeds: words.seeds, windowSeconds: words.window },
  )
  const records = new Map(runs.map((key) => [runName(key), readRecord(recordIn(folder, key))]))
  const missing =
    words.tableOnly === true || words.foretell === true ? [] : runs.filter((key) => isMissing(records.get(runName(key)), words))
  for (const key of runs) assertSamePlan(key, records.get(runName(key)), folder)
  if (words.foretell === true) await foretellAnew(records, runs, folder, context)
  if (missing.length > 0) {
    const k6 = await k6OrNotRun(context, stageLine(terminal, 'failover', secondsNow))
    const kernel = await kernelOrNotice(terminal)
    let longestSeconds = 0
    let refused = 0
    /** A run that cannot be played is told and left out: whoever left the table to itself finds the others played. Two in a row are no accident. */
    const orTold = async (run: Promise<FailoverRecord>): Promise<FailoverRecord | undefined> => {
      try {
        const record = await run
        refused = 0
        return record
      } catch (error) {
        refused += 1
        if (interruption.aborted || refused === 2) throw error
        terminal.status?.('')
        terminal.notice(error instanceof CommandFailure ? error.message : String(error))
        return undefined
      }
    }
    for (const [index, key] of missing.entries()) {
      const left = words.for === undefined ? Number.POSITIVE_INFINITY : words.for - (secondsNow() - began)
      if (left <= longestSeconds) {
        terminal.notice(`time is up: ${missing.length - index} runs are left; the same command goes on with them`)
        terminal.notice(`时间已到：尚余${missing.length - index}次运行；以同一命令继续`)
        break
      }
      const run = await orTold(
        playFailover({
          ...withShortForm(key.scenario, key.seed),
          ...{ key, folder, kernelBytes: kernel.bytes, k6, secondsNow, signal: interruption },
          secret: secretOf(terminal.env[secretName]),
          replay: replayCommand(['failover', ...scenarios, ...wordsAgain(words)]),
          stage: stageLine(terminal, `${index + 1}/${missing.length} ${runName(key)}`, secondsNow),
        }),
      )
      if (run === undefined) continue
      records.set(runName(key), run)
      longestSeconds = Math.max(longestSeconds, run.tookSeconds)
      terminal.status?.('')
      terminal.notice(told(run))
      writePages(folder, words, runs, records)
    }
  }
  const page = writePages(folder, words, runs, records)
  terminal.line(page.text)
  terminal.line(shownPath(page.path))
  const ended = [...records.values()].flatMap((run) => (run === undefined ? [] : [run]))
  const bad = ended.filter(({ verdict }) => verdict !== 'valid')
  if (bad.length === 0) return
  const isBroken = bad.some(({ verdict }) => verdict === 'broken')
  throw new CommandFailure(
    isBroken ? exitCodes.moneyBroken : exitCodes.runVoid,
    `${bad.length} of ${ended.length} runs are no answer; --again plays the void ones again`,
    `${ended.length}次运行中有${bad.length}次不能作数；加 --again 重做作废者`,
  )
}

/** The wire's figures stay as they were played. */
async function foretellAnew(
  records: Map<string, FailoverRecord | undefined>,
  runs: readonly FailoverKey[],
  folder: string,
  { terminal, interruption, secondsNow }: Context,
): Promise<void> {
  const kernel = await kernelOrNotice(terminal)
  const code = commitOfHouse()
  // Runs of one scenario and seed share a cut.
  const sorted = runs.toSorted((a, b) => a.scenario.localeCompare(b.scenario) || a.seed - b.seed)
  for (const key of sorted) {
    const before = records.get(runName(key))
    if (before === undefined) continue
    interruption.throwIfAborted()
    stageLine(terminal, runName(key), secondsNow)('cut', 0, 1)
    const { figures } = foretellFailover({ ...withShortForm(key.scenario, key.seed), key, kernelBytes: kernel.bytes })
    const { foretoldWith: _, ...run } = before
    records.set(
      runName(key),
      writeRecord(recordIn(folder, key), { ...run, virtual: figures, ...(code === undefined ? {} : { foretoldWith: code }) }),
    )
    terminal.status?.('')
  }
}

const isMissing = (run: FailoverRecord | undefined, { again }: FailoverWords): boolean =>
  run === undefined || (again === true && run.verdict === 'void')

function withShortForm(scenario: string, seed: number | undefined): { readonly plan: Plan; readonly shortForm: ShortFormPlan } {
  const loaded = loadPlan(scenario, seed === undefined ? {} : { seed })
  if ('problems' in loaded) throw badInput(loaded.problems)
  const { plan, shortForm } = loaded
  if (shortForm !== undefined) return { plan, shortForm }
  throw new CommandFailure(
    exitCodes.badInput,
    `${scenario} states no short form of its fault; add onTheWire: to it (scenarios/README.md)`,
    `${scenario} 未写明其故障的短形式；请补上 onTheWire:（见 scenarios/README.md）`,
  )
}

/** A record of another plan would stand in the table beside runs it has nothing to do with. */
function assertSamePlan(key: FailoverKey, run: FailoverRecord | undefined, folder: string): void {
  if (run === undefined || run.planHash === planHash(withShortForm(key.scenario, key.seed).plan)) return
  throw new CommandFailure(
    exitCodes.outputProblem,
    `${recordIn(shownPath(folder), key)} is of another plan of ${key.scenario}; choose another --out, or take it away`,
    `${recordIn(shownPath(folder), key)} 属于 ${key.scenario} 的另一计划；请另选 --out 或将其移走`,
  )
}

function writePages(
  folder: string,
  { page, ...words }: FailoverWords,
  runs: readonly FailoverKey[],
  records: ReadonlyMap<string, FailoverRecord | undefined>,
): { readonly path: string; readonly text: string } {
  const ended = runs.flatMap((key) => records.get(runName(key)) ?? [])
  const text = failoverPage(ended, runs, replayCommand(['failover', ...wordsAgain(words)]))
  const path = page ?? join(folder, 'failover.md')
  writeWhole(join(folder, 'failover.md'), text, true)
  if (page !== undefined) writeWhole(page, text, true)
  return { path, text }
}

const wordsAgain = ({ scale, seeds, window }: FailoverWords): readonly string[] => [
  ...(scale === 1 ? [] : ['--scale', String(scale)]),
  ...(seeds === undefined ? [] : ['--seeds', String(seeds)]),
  ...(window === undefined ? [] : ['--window', String(window)]),
]

function told({ verdict, wire, virtual, reasons, tookSeconds, ...key }: FailoverRecord): string {
  const figures = `${wire.broke} of ${wire.payments} payments broke (virtual city ${virtual.broke}), ${wire.notSaved} not saved (${virtual.notSaved})`
  const why = verdict === 'valid' ? '' : `: ${reasons.map(({ en }) => en).join('; ')}`
  return `${runName(key)}  ${verdict}${why}  ${figures}  ${duration(tookSeconds)}`
}
