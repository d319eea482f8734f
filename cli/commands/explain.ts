import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { terminalLanguages } from '../language.ts'
import { type LanguageOption, languageOption, type PlanOptions, planOptions } from '../options.ts'

export function addExplain(program: Command, { terminal }: Context): void {
  const command = program
    .command('explain')
    .argument('<scenario>', 'name or path · 情景名或路径')
    .description('the resolved plan: every number with its source or assumption\n解析后的计划：每个数字及其来源或假设')
  for (const option of [...planOptions(), languageOption()]) command.addOption(option)
  command.action(async (scenario: string, { lang, scale, ...options }: PlanOptions & LanguageOption) => {
    const { planFrom } = await import('../plan-from.ts')
    const { explainPlan } = await import('../../scenarios/explain.ts')
    for (const one of scale ?? [undefined]) {
      const plan = await planFrom(scenario, { ...options, ...(one !== undefined && { scale: one }) })
      for (const language of terminalLanguages(lang, terminal.env)) terminal.line(explainPlan(plan, language).trimEnd())
    }
  })
}
