/** A run that goes on to the wire once its report is on disk, and writes it again with what was found there. */
import { writeRunFolder } from '../reports/write-run-folder.ts'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure } from './failure.ts'
import type { Done, Running, Shared } from './run-plan.ts'
import { spotCheck } from './spot-check.ts'
import { spotCheckLines } from './spot-check-lines.ts'

/** @param done the run whose report is written; it stands whatever comes of the rest */
export async function spotChecked(running: Running, done: Done, shared: Shared): Promise<Done> {
  const { terminal, languages, reportLanguages } = shared
  terminal.notice(`the virtual answer is in ${done.reportPath}; next the wire part: half a minute of the peak, then one day again`)
  terminal.notice(`虚拟部分的报告已写入 ${done.reportPath}；接下来是线上部分：高峰半分钟，再重算一日`)
  const result = { ...done.result, spotCheck: await spotCheck(running, done, shared) }
  const written = writeRunFolder(running.folder, { plan: running.plan, result }, { languages: reportLanguages })
  if (!written.ok) throw new CommandFailure(exitCodes.outputProblem, written.problem.en, written.problem.zh)
  for (const language of languages) for (const line of spotCheckLines(result, language)) terminal.line(line)
  return { ...done, result, reportPath: written.reportPath }
}

/** Asked before the first day runs. */
export function assertOneRun(runs: readonly Running[], hasProfile: boolean): void {
  const isScaled = runs.some(({ shape }) => shape.scale !== undefined)
  if (runs.length === 1 && !isScaled && !hasProfile && runs[0]?.plan.scenario.rollOut === undefined) return
  throw new CommandFailure(
    exitCodes.badInput,
    '--spot-check is of one run of a scenario of one day at its own scale, without --scale, --profile or a roll-out',
    '--spot-check 只用于单日情景按其自身规模的一次运行，不与 --scale、--profile 或推广过程同用',
  )
}
