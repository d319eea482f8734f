/** SN02 明细撤销. */
import { fields, optional, text } from '../field.ts'
import { basisOf } from './example-claim.ts'
import { shanghaiMessage } from './message.ts'

export const dropBill = shanghaiMessage({
  code: 'SN02',
  zh: '明细撤销',
  en: 'A bill’s lines taken back',
  does: 'dropBill',
  content: fields({
    mxzdh: text('明细账单号', 30, { standing: 'enforced', minLength: 1 }),
    jzdyh: optional(text('就诊单元号', 30)),
  }),
  answer: fields({ mxzdh: text('明细账单号', 30) }),
  ask: ({ bill }) => ({ mxzdh: bill }),
  read: ({ mxzdh }, from) => ({ ...from, bill: mxzdh }),
  write: ({ bill }) => ({ mxzdh: bill }),
  hear: ({ mxzdh }) => ({ outcome: 'dropped' as const, bill: mxzdh }),
  businessKey: ({ mxzdh }) => mxzdh,
  example: { request: { ...basisOf(10), bill: 'MX0000000001' }, reply: { outcome: 'dropped', bill: 'MX0000000001' } },
})
