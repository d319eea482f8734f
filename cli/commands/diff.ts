import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { terminalLanguages } from '../language.ts'
import { type LanguageOption, languageOption } from '../options.ts'

export function addDiff(program: Command, { terminal }: Context): void {
  program
    .command('diff')
    .argument('<a>', 'a run-result.json or its folder · 结果文件或其目录')
    .argument('<b>', 'the one to compare with it · 与之比较者')
    .addOption(languageOption())
    .description('which measures moved between two results, and which inputs changed\n比较两份结果：变动的指标与改变的输入')
    .action(async (a: string, b: string, { lang }: LanguageOption) => {
      const { resultPath, storedResult } = await import('../stored-result.ts')
      const { diffText } = await import('../../reports/diff.ts')
      const [first, second] = [storedResult(resultPath(a)), storedResult(resultPath(b))]
      for (const language of terminalLanguages(lang, terminal.env)) terminal.line(diffText(first, second, language))
    })
}
