import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import type { Command } from 'commander'
import { badInput } from '../bad-input.ts'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { CommandFailure } from '../failure.ts'
import { say, terminalLanguages } from '../language.ts'
import { type LanguageOption, languageOption, workersOption } from '../options.ts'
import { writeWhole } from '../write-file.ts'

interface CalibrateOptions extends LanguageOption {
  readonly workers?: number
  readonly dryRun?: boolean
}

export function addCalibrate(program: Command, context: Context): void {
  const { terminal } = context
  program
    .command('calibrate')
    .argument('<city>', 'a city, or a scenario, whose city is meant; name or path · 城市或情景（取其城市）')
    .option('--dry-run', 'search and show, write nothing · 只搜索并显示，不写入')
    .addOption(workersOption())
    .addOption(languageOption())
    .description(
      'finds a city’s fitted numbers from the calibrated rows of its evidence; writes them and their record\n由证据表中的校准目标求出城市的待定数值，并写入数值与记录',
    )
    .action(async (nameOrPath: string, { workers, dryRun, lang }: CalibrateOptions) => {
      const { loadCalibration } = await import('../../scenarios/load-calibration.ts')
      const { recordPath } = await import('../../scenarios/calibration-record.ts')
      const { fittedText } = await import('../../scenarios/fitted-text.ts')
      const { runCalibration } = await import('../run-calibration.ts')
      const { calibrationLines, failureWords } = await import('../calibration-lines.ts')
      const languages = terminalLanguages(lang, terminal.env)
      const found = loadCalibration(nameOrPath)
      if ('problems' in found) throw badInput(found.problems)
      const { record, outcome } = await runCalibration(found, { ...context, workers: workers ?? availableParallelism() })
      for (const language of languages) for (const line of calibrationLines(found, outcome, language)) terminal.line(line)
      if (record === undefined) {
        const { en, zh } = failureWords(outcome)
        throw new CommandFailure(exitCodes.notCalibrated, en, zh)
      }
      const text = fittedText(readFileSync(found.path, 'utf8'), found.calibration, outcome.best.factors)
      const { problemsOfCityText } = await import('../check-file.ts')
      const wrong = problemsOfCityText(text, found.path)
      if (wrong.length > 0) throw badInput(wrong)
      if (dryRun === true) {
        terminal.line(say({ en: 'nothing written (--dry-run)', zh: '未写入（--dry-run）' }, languages))
        return
      }
      writeWhole(recordPath(found.path), `${JSON.stringify(record, null, 2)}\n`, true)
      writeWhole(found.path, text, true)
      terminal.line(recordPath(found.path))
      terminal.line(found.path)
    })
}
