import type { Command } from 'commander'
import { textTable } from '../../reports/text-table.ts'
import type { Context } from '../context.ts'
import type { Check } from '../doctor-checks.ts'
import { exitCodes } from '../exit-codes.ts'
import { CommandFailure } from '../failure.ts'
import { say, terminalLanguages } from '../language.ts'
import { type LanguageOption, languageOption } from '../options.ts'

const marks: Readonly<Record<Check['state'], string>> = { ok: '✓', missing: '✗', optional: '○', note: 'i' }

export function addDoctor(program: Command, { terminal }: Context): void {
  program
    .command('doctor')
    .addOption(languageOption())
    .description('what this machine has and lacks, and what to do\n检查本机环境：已有、缺少、如何处理')
    .action(async ({ lang }: LanguageOption) => {
      const languages = terminalLanguages(lang, terminal.env)
      const { doctorChecks } = await import('../doctor-checks.ts')
      const checks = await doctorChecks()
      const rows = checks.map(({ name, state, detail, remedy }) => [
        marks[state],
        say(name, languages),
        detail,
        remedy !== undefined && state !== 'ok' ? say(remedy, languages) : '',
      ])
      for (const row of textTable(
        Array.from({ length: 4 }, () => ({ title: '' })),
        rows,
        '',
      ))
        terminal.line(row)
      terminal.line(
        say(
          { en: '✓ ok   ○ missing, optional   ✗ missing, needed   i note', zh: '✓ 正常   ○ 可选项缺少   ✗ 必需项缺少   i 说明' },
          languages,
        ),
      )
      const missing = checks.filter(({ state }) => state === 'missing')
      if (missing.length > 0) {
        const names = (language: 'en' | 'zh'): string => missing.map(({ name }) => name[language]).join(', ')
        throw new CommandFailure(exitCodes.somethingMissing, `missing: ${names('en')}`, `缺少：${names('zh')}`)
      }
    })
}
