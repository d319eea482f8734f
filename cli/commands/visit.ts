import type { Command } from 'commander'
import type { Plan } from '../../scenarios/plan.ts'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { CommandFailure } from '../failure.ts'
import { terminalLanguages } from '../language.ts'
import { type LanguageOption, languageOption, type PlanOptions, quickOption, scaleOption, seedOption, wholeNumber } from '../options.ts'
import { planFrom } from '../plan-from.ts'
import { titlesOf } from '../plan-titles.ts'
import { renderVisit } from '../render-visit.ts'

interface VisitOptions extends PlanOptions, LanguageOption {
  readonly visit: number
  readonly day: number
}

export function addVisit(program: Command, { terminal }: Context): void {
  program
    .command('visit')
    .argument('[scenario]', 'name or path · 场景名或路径', 'shanghai-weekday')
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
      const [one] = scale ?? []
      const plan: Plan = await planFrom(scenario, { ...options, ...(one !== undefined && { scale: one }) })
      const { tellVisit } = await import('../../simulators/virtual/visit-story.ts')
      const story = await tellVisit(plan, { day, visit })
      for (const language of terminalLanguages(lang, terminal.env)) {
        for (const line of renderVisit(story, language, terminal.width, titlesOf(plan))) terminal.line(line)
      }
    })
}
