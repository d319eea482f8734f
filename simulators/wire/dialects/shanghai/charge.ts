/** SI11 门诊收费试算 and SI12 确认: the trial returns jssqxh, the settlement must quote it and returns lsh. */
import type { Static } from 'typebox'
import { fenOf, fenOfYuan, sumFen } from '../../../money/fen.ts'
import type { ClaimedBill } from '../../desks/bureau-desk.ts'
import { coded, fields, list, optional, text, yuan } from '../field.ts'
import { hearSplit, splitFields, writeSplit, yuanNumber } from './amounts.ts'
import { credentialFields, readCredential, writeCredential } from './credential.ts'
import { basisOf, exampleBill, exampleSplit } from './example-claim.ts'
import { shanghaiMessage } from './message.ts'

export const claimedBill = fields({
  mxzdh: text('明细账单号', 30, { standing: 'enforced', minLength: 1 }),
  totalexpense: yuan('总费用'),
  ybjsfwfyze: yuan('医保结算范围费用总额'),
  fybjsfwfyze: yuan('非医保结算范围费用总额'),
})
const claimFields = {
  zdnos: list('诊断', fields({ zdno: text('诊断编码', 20), zdmc: text('诊断名称', 100) })),
  mxzdhs: list('明细账单', claimedBill, { minItems: 1, maxItems: 50 }),
  yllb: text('医疗类别', 4),
  dbtype: optional(text('大病类型', 4)),
  xsywlx: optional(coded('线上业务类型', { 1: '一般线上交易', 2: '互联网医院' })),
}
export const diagnosis = [{ zdno: 'Z00.001', zdmc: '一般医学检查' }]

export const writeBill = ({ bill: number, totalFen, coveredFen }: ClaimedBill): Static<typeof claimedBill> => ({
  mxzdh: number,
  totalexpense: yuanNumber(totalFen),
  ybjsfwfyze: yuanNumber(coveredFen),
  fybjsfwfyze: yuanNumber(fenOf(totalFen - coveredFen)),
})
/** The two parts may fail to add up: the desk refuses that, so the total is passed on as it was written. */
export const readBill = (content: Static<typeof claimedBill>): ClaimedBill => {
  const coveredFen = fenOfYuan(content.ybjsfwfyze)
  const totalFen = fenOfYuan(content.totalexpense)
  const addsUp = sumFen(coveredFen, fenOfYuan(content.fybjsfwfyze)) === totalFen
  return { bill: content.mxzdh, totalFen, coveredFen: addsUp ? coveredFen : fenOf(totalFen + 1) }
}
export const firstBill = ({ mxzdhs }: { readonly mxzdhs: readonly { readonly mxzdh: string }[] }) => mxzdhs[0]?.mxzdh ?? ''

export const presettleCharge = shanghaiMessage({
  code: 'SI11',
  zh: '门诊收费试算',
  en: 'Outpatient charge, trial',
  does: 'presettle',
  content: fields({
    // OH reads the card before and quotes it here; the place of the two fields in the message is unverified.
    ...credentialFields,
    ...claimFields,
  }),
  answer: fields({ jssqxh: text('计算申请序号', 30, { standing: 'enforced' }), ...splitFields }),
  ask: ({ credential, bills }) => ({
    ...writeCredential(credential),
    zdnos: diagnosis,
    mxzdhs: bills.map(writeBill),
    yllb: '11',
    dbtype: '0',
    xsywlx: '1' as const,
  }),
  read: (content, from) => ({ ...from, credential: readCredential(content), bills: content.mxzdhs.map(readBill) }),
  write: ({ trial, split, segment }) => ({ jssqxh: trial, ...writeSplit(split, segment) }),
  hear: (content) => ({ outcome: 'presettled' as const, trial: content.jssqxh, ...hearSplit(content) }),
  businessKey: firstBill,
  example: {
    request: { ...basisOf(4), credential: { kind: 'token', value: 'synthetic-token' }, bills: [exampleBill] },
    reply: { outcome: 'presettled', trial: '202010120000000001', split: exampleSplit, segment: 'additional' },
  },
})

export const settleCharge = shanghaiMessage({
  code: 'SI12',
  zh: '门诊收费确认',
  en: 'Outpatient charge, settlement',
  does: 'settle',
  content: fields({ jssqxh: text('计算申请序号', 30, { standing: 'enforced', minLength: 1 }), ...claimFields }),
  answer: fields({ lsh: text('中心流水号', 30, { standing: 'enforced' }), ...splitFields }),
  ask: ({ trial, bills }) => ({
    jssqxh: trial,
    zdnos: diagnosis,
    mxzdhs: bills.map(writeBill),
    yllb: '11',
    dbtype: '0',
    xsywlx: '1' as const,
  }),
  read: (content, from) => ({ ...from, trial: content.jssqxh, bills: content.mxzdhs.map(readBill) }),
  write: ({ settlement, split, segment }) => ({ lsh: settlement, ...writeSplit(split, segment) }),
  hear: (content) => ({ outcome: 'settled' as const, settlement: content.lsh, ...hearSplit(content) }),
  businessKey: firstBill,
  example: {
    request: { ...basisOf(5), trial: '202010120000000001', bills: [exampleBill] },
    reply: { outcome: 'settled', settlement: '310020201012000000001', split: exampleSplit, segment: 'additional' },
  },
})
