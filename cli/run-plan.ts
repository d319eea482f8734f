/** One plan played and written: progress while it runs, a provisional answer on the way, the summary, the folder. */
import { findingsOf, headlineOf } from '../reports/findings.ts'
import { terminalSummary } from '../reports/terminal-summary.ts'
import { type Language, wordsFor } from '../reports/words.ts'
import type { Plan } from '../scenarios/plan.ts'
import type { RunResult } from '../simulators/measures/run-result.ts'
import type { ArmDay } from '../simulators/virtual/city-player.ts'
import { isDayTooLong } from '../simulators/virtual/day-too-long.ts'
import { runCity } from '../simulators/virtual/run-city.ts'
import type { Context } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure } from './failure.ts'
import { kernelOrNotice } from './kernel.ts'
import { say } from './language.ts'
import type { PlanOptions } from './options.ts'
import { progressLine } from './progress.ts'
import { replayCommand } from './replay-command.ts'

export interface Running {
  readonly plan: Plan
  readonly folder: string
  /** As the user named it. */
  readonly scenario: string
  /** Several scales run one after the other, each under a heading. */
  readonly isOneOfMany: boolean
  readonly shape: Omit<PlanOptions, 'scale'> & { readonly scale?: number }
  /** Of the command, beside those of its shape. */
  readonly furtherWords?: readonly string[]
}

export interface Shared extends Context {
  readonly workers: number
  readonly reportLanguages: readonly Language[]
  readonly languages: readonly Language[]
}

export interface Done {
  readonly result: RunResult
  readonly reportPath: string
  /** By arm of the whole city; null where a part of the city was looked at, or many days were played as one course. */
  readonly firstDay: readonly ArmDay[] | null
}

/** @param finish what is still to be said in the result before it is told and written */
export async function runOnePlan(
  { plan, folder, scenario, isOneOfMany, shape, furtherWords = [] }: Running,
  shared: Shared,
  finish: (result: RunResult) => RunResult = (result) => result,
): Promise<Done> {
  const { terminal, interruption, secondsNow, languages, workers } = shared
  const kernel = await kernelOrNotice(terminal)
  const show = progressLine(terminal, isOneOfMany ? `${plan.scenario.name} ×${plan.scenario.scale}` : plan.scenario.name, secondsNow)
  if (isOneOfMany) terminal.line(`── ${say({ en: 'scale', zh: '规模' }, languages)} ${plan.scenario.scale}`)
  let provisionalSaid = false
  let firstDay: Done['firstDay'] = null
  const run = plan.scenario.rollOut === undefined ? runCity : (await import('../simulators/virtual/roll-out/run-roll-out.ts')).runRollOut
  const played = await toTheEnd(
    run(plan, {
      workers,
      kernel,
      wallClock: () => new Date(),
      signal: interruption,
      replay: replayOf(plan, scenario, shape, furtherWords),
      quick: shape.quick === true,
      onFirstDay(arms) {
        firstDay = arms
      },
      onProgress(progress) {
        if (progress.provisional !== undefined && !provisionalSaid) {
          provisionalSaid = true
          for (const language of languages) for (const line of provisionalLines(progress.provisional, language)) terminal.line(line)
        }
        show(progress)
      },
    }),
  )
  terminal.status?.('')
  interruption.throwIfAborted()
  const result = finish(played)
  for (const language of languages) terminal.line(terminalSummary(result, language))
  // The charts' library is large; nothing of it is held while days are played.
  const { writeRunFolder } = await import('../reports/write-run-folder.ts')
  const written = writeRunFolder(folder, { plan, result }, { languages: shared.reportLanguages })
  if (!written.ok) throw new CommandFailure(exitCodes.outputProblem, written.problem.en, written.problem.zh)
  return { result, reportPath: written.reportPath, firstDay }
}

/** A day whose lines outlast the clock is a matter of the numbers asked for, not a fault of ours; nothing was written yet. */
async function toTheEnd(run: Promise<RunResult>): Promise<RunResult> {
  try {
    return await run
  } catch (error) {
    if (!isDayTooLong(error) || error.told === null) throw error
    const { en, zh } = error.told
    throw new CommandFailure(exitCodes.runVoid, `the run is void, nothing is written: ${en}`, `运行作废，未写入任何文件：${zh}`)
  }
}

/** The words that make this run again, with the seed spelt out. */
function replayOf(
  plan: Plan,
  scenario: string,
  { quick, replications, precision, scale }: Running['shape'],
  furtherWords: readonly string[],
): string {
  return replayCommand([
    'run',
    scenario,
    '--seed',
    String(plan.scenario.seed),
    ...(scale === undefined ? [] : ['--scale', String(scale)]),
    ...(replications === undefined ? [] : ['--replications', String(replications)]),
    ...(precision === undefined ? [] : ['--precision', String(precision)]),
    ...(quick === true ? ['--quick'] : []),
    ...furtherWords,
  ])
}

/** The first answer, long before the last day: headlines only, marked with the days they rest on. */
function provisionalLines(result: RunResult, language: Language): string[] {
  const { ui } = wordsFor(language)
  const headlines = findingsOf(result).map((finding) => `  ${headlineOf(finding, result, language)}`)
  // A large city's first look is at some of its sites; the scale says how many were asked for.
  const sites = language === 'zh' ? `（${result.city.sites} 个执业点）` : `(${result.city.sites.toLocaleString('en')} sites)`
  return [`${ui.provisionalNote(result.replication.days)} ${sites}`, ...headlines, '']
}
