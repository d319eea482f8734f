import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Context } from '../context.ts'
import { type LanguageOption, languageOption, positiveNumber, wholeNumber } from '../options.ts'

export interface FailoverWords extends LanguageOption {
  readonly scale: number
  readonly seeds?: number
  readonly window?: number
  /** Seconds. */
  readonly for?: number
  readonly out?: string
  readonly page?: string
  readonly tableOnly?: boolean
  /** The virtual side of the records that are there. */
  readonly foretell?: boolean
  /** Void runs are played once more. */
  readonly again?: boolean
}

export const failoverScenarios = ['channel-failover', 'bank-outage', 'bureau-brownout'] as const

export function addFailover(program: Command, context: Context): void {
  const command = program
    .command('failover')
    .argument('[scenario...]', `names or paths; default: ${failoverScenarios.join(', ')} · 情景名或路径`)
    .description(
      'plays the short form of each scenario over HTTP (black hole, refusal, errors, limited backups), one run after another, and tells the table; goes on where it was stopped\n' +
        '以 HTTP 逐次回放各情景的短故障（黑洞、拒绝、差错、备份能力受限）并汇总成表；中断后可继续',
    )
  for (const option of [
    new Option('--scale <X>', 'share of the sites, or superposed days · 执业点比例或叠加日数').argParser(positiveNumber).default(1),
    new Option('--seeds <number>', 'at most so many days a form; default: as the scenarios state · 每种形式至多几天').argParser(
      wholeNumber(1, 100),
    ),
    new Option('--window <seconds>', 'another window; the fault keeps its place in it · 改用其他窗口长度，故障按比例缩放').argParser(
      wholeNumber(10, 3600),
    ),
    new Option('--for <time>', 'begins no run that would not end within it, e.g. 30m · 时间预算').argParser(timeOf),
    new Option('--out <folder>', 'where the records of the runs lie (default: reports/runs/failover) · 运行记录目录'),
    new Option('--page <file>', 'writes the table there too, as a page · 另将表格写成页面'),
    new Option('--table-only', 'plays nothing: the table of the records that are there · 只汇总已有记录'),
    new Option(
      '--foretell',
      'plays nothing: foretells the recorded runs anew, and tells the table · 不回放，只重新预测已有记录的虚拟一栏',
    ).conflicts(['again', 'tableOnly']),
    new Option('--again', 'plays void runs once more · 重做作废的运行'),
    languageOption(),
  ])
    command.addOption(option)
  command.action(async (scenarios: readonly string[], options: FailoverWords) => {
    const { runFailover } = await import('../run-failover.ts')
    await runFailover(scenarios.length === 0 ? failoverScenarios : scenarios, options, context)
  })
}

const inSeconds = { s: 1, m: 60, h: 3600 } as const

function timeOf(text: string): number {
  const [, count, unit = 's'] = /^(\d+)(s|m|h)?$/.exec(text) ?? []
  if (count === undefined || Number(count) < 1)
    throw new InvalidArgumentError('a time as in 90s, 30m or 2h is needed · 应为如 90s、30m、2h 的时间')
  return Number(count) * inSeconds[unit as keyof typeof inSeconds]
}
