import { dirname } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Language } from '../../reports/words.ts'
import type { ReportFormat } from '../../reports/write-run-folder.ts'
import type { RunResult } from '../../simulators/measures/run-result.ts'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { CommandFailure } from '../failure.ts'
import { reportLanguages } from '../language.ts'
import { type LanguageOption, languageOption } from '../options.ts'

/** In the order of writing; the page comes last, so that its path is the last line. */
const formats: readonly ReportFormat[] = ['json', 'csv', 'pdf', 'html']

interface ReportOptions extends LanguageOption {
  readonly format: readonly ReportFormat[]
  readonly out?: string
}

export function addReport(program: Command, { terminal }: Context): void {
  program
    .command('report')
    .argument('<result>', 'a run-result.json or the folder that holds one · 结果文件或其目录')
    .addOption(languageOption())
    .addOption(
      new Option('--format <formats>', `of ${formats.join(', ')}, parted by commas · 格式，逗号分隔`)
        .default(['html'], 'html')
        .argParser(formatList),
    )
    .option('--out <folder>', 'where to write (default: beside the result) · 输出目录（默认与结果同处）')
    .description('makes report, table or copy from a stored result; nothing is simulated\n由已存结果生成报告、表格或副本，不再模拟')
    .action(async (result: string, { lang, format, out }: ReportOptions) => {
      const { resultPath, storedResult } = await import('../stored-result.ts')
      const { writeReportFiles } = await import('../../reports/write-run-folder.ts')
      const path = resultPath(result)
      const folder = out ?? dirname(path)
      const stored = storedResult(path)
      const languages = reportLanguages(lang)
      const pdf = format.includes('pdf') ? await printed(stored, languages) : undefined
      const written = writeReportFiles(folder, stored, { formats: format, languages, ...(pdf !== undefined && { pdf }) })
      if (!written.ok) throw new CommandFailure(exitCodes.outputProblem, written.problem.en, written.problem.zh)
      for (const one of written.paths) terminal.line(one)
    })
}

async function printed(result: RunResult, languages: readonly Language[]): Promise<Uint8Array> {
  const { pdfReport } = await import('../../reports/pdf.ts')
  const made = await pdfReport(result, languages)
  if (!made.ok) throw new CommandFailure(exitCodes.somethingMissing, made.problem.en, made.problem.zh)
  return made.pdf
}

function formatList(text: string): readonly ReportFormat[] {
  const asked = text.split(/[,，]/).map((part) => part.trim())
  const known = formats.filter((format) => asked.includes(format))
  if (known.length === 0 || asked.some((format) => !(formats as readonly string[]).includes(format))) {
    throw new InvalidArgumentError(`one or more of ${formats.join(', ')} · 应为 ${formats.join('、')} 中的一项或多项`)
  }
  return known
}
