import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { type LanguageOption, languageOption } from '../options.ts'

export interface WhyOptions extends LanguageOption {
  readonly targets: string
}

export function addWhy(program: Command, context: Context): void {
  program
    .command('why')
    .argument('<bill>', 'number of a bill · 账单号')
    .requiredOption('--targets <file>', 'the list that medpay serve --targets wrote · medpay serve --targets 写出的地址列表')
    .addOption(languageOption())
    .description(
      'one bill through every book of a running wire city, in order, with times and amounts\n逐笔追查：一张账单在线上城市各方账簿中的先后、时间与金额',
    )
    .action(async (bill: string, options: WhyOptions) => {
      const { whyBill } = await import('../why-bill.ts')
      await whyBill(bill, options, context)
    })
}
