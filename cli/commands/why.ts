import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { type LanguageOption, languageOption } from '../options.ts'

export interface WhyOptions extends LanguageOption {
  readonly targets?: string
  readonly books?: string
  readonly run?: string
}

export function addWhy(program: Command, context: Context): void {
  program
    .command('why')
    .argument('<bill>', 'number of a bill; with --run also of a row, a payment, a key · 账单号；配合 --run 时也可为行号、支付号或业务键')
    .option(
      '--targets <file>',
      'of a running city: the list that medpay serve --targets wrote · 运行中的城市：medpay serve --targets 写出的地址列表',
    )
    .option('--books <folder>', 'of a stopped city: its books folder · 已停止的城市：其账簿目录')
    .option(
      '--run <folder>',
      'of a load run: the folder of its report, from what k6 sent to what the auditor found · 一次线上重放的结果目录：自 k6 所发至审计所见',
    )
    .addOption(languageOption())
    .description(
      'one bill through every book of a wire city, running (--targets), stopped (--books) or played by a load run (--run), in order, with times and amounts\n逐笔追查：一张账单在线上城市各方账簿中的先后、时间与金额；城市运行中用 --targets，已停止用 --books，重放结果用 --run',
    )
    .action(async (bill: string, options: WhyOptions) => {
      const { whyBill } = await import('../why-bill.ts')
      await whyBill(bill, options, context)
    })
}
