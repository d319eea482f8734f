/** SK01 反交易／退款 of a settlement by its 中心流水号. */
import { fenOfYuan, sumFen } from '../../../money/fen.ts'
import { fields, seenIn, text, yuan } from '../field.ts'
import { hearSplit, splitFields, writeSplit, yuanNumber } from './amounts.ts'
import { basisOf, exampleBill, exampleSplit } from './example-claim.ts'
import { shanghaiMessage } from './message.ts'

export const reverseCharge = shanghaiMessage({
  code: 'SK01',
  zh: '反交易／退款',
  en: 'Reversal or refund',
  does: 'reverse',
  content: fields({
    translsh: text('原交易中心流水号', 30, { standing: 'enforced', minLength: 1 }),
    totalexpense: yuan('总费用'),
  }),
  answer: fields({
    lsh: text('退款中心流水号', 30, { source: 'unverified' }),
    curaccount: yuan('当年账户'),
    hisaccount: yuan('历年账户'),
    zfcash: yuan('自负段现金'),
    tc: yuan('统筹'),
    tccash: yuan('统筹段现金'),
    dffj: yuan('地方附加'),
    dffjcash: yuan('附加段现金'),
    ...seenIn('OH', { tchisaccount: yuan('统筹段历年账户'), dffjhisaccount: yuan('附加段历年账户') }),
    // The sums of OH do not tell the parts of the accounts; the segments of the settlement stand beside them, unverified.
    ...splitFields,
  }),
  ask: ({ settlement, totalFen }) => ({ translsh: settlement, totalexpense: yuanNumber(totalFen) }),
  read: ({ translsh, totalexpense }, from) => ({ ...from, settlement: translsh, totalFen: fenOfYuan(totalexpense) }),
  write: ({ settlement, split, segment }) => {
    const amounts = writeSplit(split, segment)
    return {
      lsh: settlement,
      curaccount: amounts.curaccountpay,
      hisaccount: amounts.hisaccountpay,
      zfcash: amounts.zfdxjzfs,
      tc: amounts.tczfs,
      tccash: amounts.tcdxjzfs,
      dffj: amounts.fjzfs,
      dffjcash: amounts.fjdxjzfs,
      tchisaccount: amounts.tcdzhzfs,
      dffjhisaccount: amounts.fjdzhzfs,
      ...amounts,
    }
  },
  hear: (content) => ({ outcome: 'reversed' as const, settlement: content.lsh, ...hearSplit(content) }),
  businessKey: ({ translsh }) => translsh,
  example: {
    request: { ...basisOf(6), settlement: '310020201012000000001', totalFen: sumFen(exampleBill.totalFen) },
    reply: { outcome: 'reversed', settlement: '310020201012000000002', split: exampleSplit, segment: 'additional' },
  },
})
