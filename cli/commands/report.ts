import { dirname } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Context } from '../context.ts'
import { outputFailure } from '../failure.ts'
import { type LanguageOption, languageOption } from '../options.ts'

const formats = ['html', 'json', 'csv'] as const
type Format = (typeof formats)[number]

interface ReportOptions extends LanguageOption {
  readonly format: readonly Format[]
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
      const { writeReports } = await import('../../reports/write-reports.ts')
      const path = resultPath(result)
      const folder = out ?? dirname(path)
      const stored = storedResult(path)
      try {
        for (const written of writeReports(stored, folder, format, lang ?? 'both')) terminal.line(written)
      } catch (error) {
        throw outputFailure(error, folder) ?? error
      }
    })
}

function formatList(text: string): readonly Format[] {
  const asked = text.split(/[,，]/).map((part) => part.trim())
  const known = formats.filter((format) => asked.includes(format))
  if (known.length === 0 || asked.some((format) => !(formats as readonly string[]).includes(format))) {
    throw new InvalidArgumentError(`one or more of ${formats.join(', ')} · 应为 ${formats.join('、')} 中的一项或多项`)
  }
  return known
}
