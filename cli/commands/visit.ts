import type { Command } from 'commander'
import type { Plan } from '../../scenarios/plan.ts'
import type { isDayTooLong as IsDayTooLong } from '../../simulators/virtual/day-too-long.ts'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { CommandFailure } from '../failure.ts'
import { terminalLanguages } from '../language.ts'
import { type LanguageOption, languageOption, type PlanOptions, quickOption, scaleOption, seedOption, wholeNumber } from '../options.ts'

interface VisitOptions extends PlanOptions, LanguageOption {
  readonly visit: number
  readonly day: number
}

export function addVisit(program: Command, { terminal }: Context): void {
  program
    .command('visit')
    .argument('[scenario]', 'name or path · 情景名或路径', 'shanghai-weekday')
    .requiredOption('--visit <number>', 'which visit of the day, from 0 · 当日第几次就诊（从 0 起）', wholeNumber(0, 2 ** 31 - 1))
    .option('--day <number>', 'which simulated day, from 0 · 第几个模拟日（从 0 起）', wholeNumber(0, 9999), 0)
    .addOption(seedOption())
    .addOption(scaleOption())
    .addOption(quickOption())
    .addOption(languageOption())
    .description(
      'one patient’s day in every arm on one time line: lines joined, minutes waited, fen by payer\n一位患者在各方案中的一天：排队、等候、费用',
    )
    .action(async (scenario: string, { visit, day, lang, scale, ...options }: VisitOptions) => {
      if (scale !== undefined && scale.length > 1) {
        throw new CommandFailure(exitCodes.badInput, 'visit follows one city: give one --scale', '一次只看一座城市：--scale 只能给一个值')
      }
      const { kernelOrNotice } = await import('../kernel.ts')
      const { renderVisit } = await import('../render-visit.ts')
      const { titlesOf } = await import('../plan-titles.ts')
      const { planFrom } = await import('../plan-from.ts')
      const [one] = scale ?? []
      const plan: Plan = await planFrom(scenario, { ...options, ...(one !== undefined && { scale: one }) })
      const { tellVisit } = await import('../../simulators/virtual/stories/visit-story.ts')
      const { bytes } = await kernelOrNotice(terminal)
      const { isDayTooLong } = await import('../../simulators/virtual/day-too-long.ts')
      const story = told(() => tellVisit(plan, { day, visit }, bytes), isDayTooLong)
      for (const language of terminalLanguages(lang, terminal.env)) {
        for (const line of renderVisit(story, language, terminal.width, titlesOf(plan))) terminal.line(line)
      }
    })
}

/** A day has so many visits and no more: asking beyond them is the asker's slip. A day that never ends is a matter of its numbers. */
function told<Story>(tell: () => Story, isDayTooLong: typeof IsDayTooLong): Story {
  try {
    return tell()
  } catch (error) {
    if (isDayTooLong(error) && error.told !== null)
      throw new CommandFailure(
        exitCodes.runVoid,
        `the day cannot be told to its end: ${error.told.en}`,
        `这一天无法讲到结束：${error.told.zh}`,
      )
    if (!(error instanceof RangeError)) throw error
    throw new CommandFailure(exitCodes.badInput, error.message, '没有这次就诊；请给出较小的 --visit 或 --day')
  }
}
