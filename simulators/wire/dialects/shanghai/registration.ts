/** SH01 门诊挂号试算 and SH02 确认. */
import { type Fen, fenOf, fenOfYuan, sumFen } from '../../../money/fen.ts'
import { coded, fields, optional, seenIn, text, yuan } from '../field.ts'
import { hearSplit, splitFields, writeSplit, yuanNumber } from './amounts.ts'
import { credentialFields, readCredential, writeCredential } from './credential.ts'
import { basisOf } from './example-claim.ts'
import { shanghaiMessage } from './message.ts'

const feeFields = {
  deptid: text('科室编码', 50),
  zlxmdm: text('诊疗项目代码', 50),
  personspectag: coded('特殊人员标识', { 0: '普通', 1: '离休', 2: '伤残', 3: '干保' }),
  yllb: text('医疗类别', 4),
  persontype: coded('病人类型', { 0: '一般', 1: '工伤' }),
  totalexpense: yuan('交易费用总额'),
  ybjsfwfyze: yuan('医保结算范围费用总额'),
  fybjsfwfyze: yuan('非医保结算范围费用总额'),
  zhenlf: yuan('诊疗费', { standing: 'accepted' }),
  ghf: yuan('门（急）诊诊疗费自费', { standing: 'accepted' }),
  jmbz: optional(text('享受社区减免标志', 1, { standing: 'ignored' })),
  xsywlx: optional(coded('线上业务类型', { 1: '一般线上交易', 2: '互联网医院' })),
  ...seenIn('OH', { dbtype: optional(text('大病项目代码', 4)), gsrdh: optional(text('工伤认定号', 50, { standing: 'ignored' })) }),
}

const writeFee = ({ totalFen, coveredFen }: { readonly totalFen: Fen; readonly coveredFen: Fen }) => ({
  deptid: '01',
  zlxmdm: 'GH01',
  personspectag: '0' as const,
  yllb: '11',
  persontype: '0' as const,
  totalexpense: yuanNumber(totalFen),
  ybjsfwfyze: yuanNumber(coveredFen),
  fybjsfwfyze: yuanNumber(fenOf(totalFen - coveredFen)),
  zhenlf: yuanNumber(totalFen),
  ghf: 0,
  xsywlx: '1' as const,
})
interface Fee {
  readonly totalexpense: number | string
  readonly ybjsfwfyze: number | string
  readonly fybjsfwfyze: number | string
}
/** Parts that fail to add up are passed on as more than the total, which the desk refuses. */
const readFee = ({ totalexpense, ybjsfwfyze, fybjsfwfyze }: Fee) => {
  const totalFen = fenOfYuan(totalexpense)
  const coveredFen = fenOfYuan(ybjsfwfyze)
  const addsUp = sumFen(coveredFen, fenOfYuan(fybjsfwfyze)) === totalFen
  return { totalFen, coveredFen: addsUp ? coveredFen : fenOf(totalFen + 1) }
}
const split = {
  fundFen: fenOf(600),
  currentAccountFen: fenOf(0),
  historyAccountFen: fenOf(400),
  cashFen: fenOf(0),
  uncoveredFen: fenOf(0),
  deductibleFen: fenOf(0),
}
const fee = { totalFen: fenOf(1000), coveredFen: fenOf(1000) }

export const presettleRegistration = shanghaiMessage({
  code: 'SH01',
  zh: '门诊挂号试算',
  en: 'Registration, trial',
  does: 'presettleRegistration',
  content: fields({ ...credentialFields, ...feeFields }),
  answer: fields({ jssqxh: text('计算申请序号', 30, { standing: 'enforced' }), ...splitFields }),
  ask: ({ credential, ...request }) => ({ ...writeCredential(credential), ...writeFee(request) }),
  read: (content, from) => ({ ...from, credential: readCredential(content), ...readFee(content) }),
  write: ({ trial, split: parts, segment }) => ({ jssqxh: trial, ...writeSplit(parts, segment) }),
  hear: (content) => ({ outcome: 'presettled' as const, trial: content.jssqxh, ...hearSplit(content) }),
  businessKey: 'person-shown',
  example: {
    request: { ...basisOf(8), credential: { kind: 'token', value: 'synthetic-token' }, ...fee },
    reply: { outcome: 'presettled', trial: '202010120000000002', split, segment: 'additional' },
  },
})

export const settleRegistration = shanghaiMessage({
  code: 'SH02',
  zh: '门诊挂号确认',
  en: 'Registration, settlement',
  does: 'settleRegistration',
  content: fields({ jssqxh: text('计算申请序号', 30, { standing: 'enforced', minLength: 1 }), ...feeFields }),
  answer: fields({ lsh: text('中心流水号', 30, { standing: 'enforced' }), ...splitFields }),
  ask: ({ trial, ...request }) => ({ jssqxh: trial, ...writeFee(request) }),
  read: (content, from) => ({ ...from, trial: content.jssqxh, ...readFee(content) }),
  write: ({ settlement, split: parts, segment }) => ({ lsh: settlement, ...writeSplit(parts, segment) }),
  hear: (content) => ({ outcome: 'settled' as const, settlement: content.lsh, ...hearSplit(content) }),
  businessKey: ({ jssqxh }) => jssqxh,
  example: {
    request: { ...basisOf(9), trial: '202010120000000002', ...fee },
    reply: { outcome: 'settled', settlement: '310020201012000000003', split, segment: 'additional' },
  },
})
