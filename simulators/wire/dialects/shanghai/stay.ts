/** SI51 住院试算 and SI52 住院结算. */
import { coded, count, fields, list, optional, seenIn, text } from '../field.ts'
import { hearStaySplit, staySplitFields, writeStaySplit } from './amounts.ts'
import { claimedBill, diagnosis, firstBill, readBill, writeBill } from './charge.ts'
import { credentialFields, readCredential, writeCredential } from './credential.ts'
import { basisOf, exampleBill, exampleSplit } from './example-claim.ts'
import { shanghaiMessage } from './message.ts'

const stayFields = {
  zyh: text('住院号', 30, { standing: 'enforced', minLength: 1 }),
  zyts: count('住院天数', 9999),
  cyjsbz: coded('出院结算标志', { 0: '中途结算', 1: '出院结算' }),
  jsksrq: text('结算开始日期', 10),
  jsjsrq: text('结算结束日期', 10),
  ...seenIn('OH', {
    personspectag: coded('特殊人员标识', { 0: '普通', 1: '离休', 2: '伤残', 3: '干保' }),
    yllb: text('医疗类别', 4),
    persontype: coded('病人类型', { 0: '一般', 1: '工伤' }),
    gsrdh: optional(text('工伤认定号', 50, { standing: 'ignored' })),
    deptid: text('科室编码', 50),
    zdnos: list('诊断', fields({ zdno: text('诊断编码', 20), zdmc: text('诊断名称', 100) })),
    jzdyh: text('就诊单元号', 30),
    xsywlx: optional(coded('线上业务类型', { 1: '一般线上交易', 2: '互联网医院' })),
  }),
  mxzdhs: list('明细账单', claimedBill, { minItems: 1, maxItems: 50 }),
}
const writeStay = (stay: string) => ({
  zyh: stay,
  zyts: 1,
  cyjsbz: '1' as const,
  jsksrq: '20201011',
  jsjsrq: '20201012',
  personspectag: '0' as const,
  yllb: '21',
  persontype: '0' as const,
  deptid: '01',
  zdnos: diagnosis,
  jzdyh: stay,
})

export const presettleStay = shanghaiMessage({
  code: 'SI51',
  zh: '住院试算',
  en: 'Stay, trial',
  does: 'presettleStay',
  content: fields({ ...credentialFields, ...stayFields }),
  answer: fields({ jssqxh: text('计算申请序号', 30, { standing: 'enforced' }), ...staySplitFields }),
  ask: ({ credential, stay, bills }) => ({ ...writeCredential(credential), ...writeStay(stay), mxzdhs: bills.map(writeBill) }),
  read: (content, from) => ({ ...from, credential: readCredential(content), stay: content.zyh, bills: content.mxzdhs.map(readBill) }),
  write: ({ trial, split, segment }) => ({ jssqxh: trial, ...writeStaySplit(split, segment) }),
  hear: (content) => ({ outcome: 'presettled' as const, trial: content.jssqxh, ...hearStaySplit(content) }),
  businessKey: firstBill,
  example: {
    request: { ...basisOf(11), credential: { kind: 'token', value: 'synthetic-token' }, stay: 'ZY0001', bills: [exampleBill] },
    reply: { outcome: 'presettled', trial: '202010120000000003', split: exampleSplit, segment: 'pooled' },
  },
})

export const settleStay = shanghaiMessage({
  code: 'SI52',
  zh: '住院结算',
  en: 'Stay, settlement',
  does: 'settleStay',
  content: fields({ jssqxh: text('计算申请序号', 30, { standing: 'enforced', minLength: 1 }), ...stayFields }),
  answer: fields({ lsh: text('中心流水号', 30, { standing: 'enforced' }), ...staySplitFields }),
  ask: ({ trial, stay, bills }) => ({ jssqxh: trial, ...writeStay(stay), mxzdhs: bills.map(writeBill) }),
  read: (content, from) => ({ ...from, trial: content.jssqxh, stay: content.zyh, bills: content.mxzdhs.map(readBill) }),
  write: ({ settlement, split, segment }) => ({ lsh: settlement, ...writeStaySplit(split, segment) }),
  hear: (content) => ({ outcome: 'settled' as const, settlement: content.lsh, ...hearStaySplit(content) }),
  businessKey: firstBill,
  example: {
    request: { ...basisOf(12), trial: '202010120000000003', stay: 'ZY0001', bills: [exampleBill] },
    reply: { outcome: 'settled', settlement: '310020201012000000004', split: exampleSplit, segment: 'pooled' },
  },
})
