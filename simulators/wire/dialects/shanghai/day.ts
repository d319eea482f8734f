/** SL01 日对账: the totals of one day, net of reversals. */
import { fenOf, fenOfYuan, yuanOf } from '../../../money/fen.ts'
import { coded, count, fields, signedYuan, text } from '../field.ts'
import { basisOf } from './example-claim.ts'
import { shanghaiMessage } from './message.ts'

const write = (fen: number) => Math.sign(fen) * Number(yuanOf(fenOf(Math.abs(fen)))) + 0
const read = (yuan: number | string) => {
  const text = String(yuan)
  return (text.startsWith('-') ? -1 : 1) * fenOfYuan(text.replace(/^-/, '')) + 0
}

export const compareDay = shanghaiMessage({
  code: 'SL01',
  zh: '日对账',
  en: 'Totals of a day compared',
  does: 'compareDay',
  content: fields({
    daycollate: text('对账日', 10, { pattern: '^\\d{4}-\\d{2}-\\d{2}$', standing: 'enforced' }),
    daycount: count('中心流水号数量', 9_999_999, { standing: 'enforced' }),
    totalcuraccpay: signedYuan('当年账户支付总额'),
    totalhisaccpay: signedYuan('历年账户支付总额'),
    totalcashpay: signedYuan('现金自负总额'),
    totaltcpay: signedYuan('统筹支付总额'),
    totaldffjpay: signedYuan('附加支付总额'),
    totalflzf: signedYuan('分类自负总额', { standing: 'ignored' }),
    totalfybjsfw: signedYuan('非医保结算范围费用总额'),
  }),
  answer: fields({ resultcollate: coded('对账结果（取值未核对）', { 0: '平', 1: '不平' }), daycollate: text('对账日', 10) }),
  ask: ({ day, totals }) => ({
    daycollate: day,
    daycount: totals.count,
    totalcuraccpay: write(totals.currentAccountFen),
    totalhisaccpay: write(totals.historyAccountFen),
    totalcashpay: write(totals.cashFen),
    totaltcpay: write(totals.pooledFen),
    totaldffjpay: write(totals.additionalFen),
    totalflzf: 0,
    totalfybjsfw: write(totals.uncoveredFen),
  }),
  read: (content, from) => ({
    ...from,
    day: content.daycollate,
    totals: {
      count: content.daycount,
      currentAccountFen: read(content.totalcuraccpay),
      historyAccountFen: read(content.totalhisaccpay),
      cashFen: read(content.totalcashpay),
      pooledFen: read(content.totaltcpay),
      additionalFen: read(content.totaldffjpay),
      uncoveredFen: read(content.totalfybjsfw),
    },
  }),
  write: ({ day, isEqual }) => ({ resultcollate: isEqual ? ('0' as const) : ('1' as const), daycollate: day }),
  hear: ({ resultcollate, daycollate }) => ({ outcome: 'compared' as const, day: daycollate, isEqual: resultcollate === '0' }),
  businessKey: ({ daycollate }) => daycollate,
  example: {
    request: {
      ...basisOf(15),
      day: '2020-10-12',
      totals: {
        count: 2,
        currentAccountFen: 0,
        historyAccountFen: 3000,
        cashFen: 2400,
        pooledFen: -500,
        additionalFen: 3600,
        uncoveredFen: 1000,
      },
    },
    reply: { outcome: 'compared', day: '2020-10-12', isEqual: true },
  },
})
