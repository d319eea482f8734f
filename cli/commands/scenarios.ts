import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { terminalLanguages } from '../language.ts'
import { type LanguageOption, languageOption } from '../options.ts'

export function addScenarios(program: Command, { terminal }: Context): void {
  program
    .command('scenarios')
    .description('the scenarios that ship, each with the question it answers\n内置情景及其回答的问题')
    .addOption(languageOption())
    .action(async ({ lang }: LanguageOption) => {
      const languages = terminalLanguages(lang, terminal.env)
      const { listScenarios } = await import('../../scenarios/load-plan.ts')
      for (const { name, title, question } of listScenarios()) {
        terminal.line(name)
        for (const language of languages) terminal.line(`  ${title[language]}\n    ${question[language]}`)
      }
    })
}
