/** 2601 冲正: the caller never learned what became of a message, so it names that message. */
import { fields, text } from '../field.ts'
import { personNumber, personOf } from './fields.ts'
import { nationalMessage } from './message.ts'

/** OH names these; of its list 2305 is a misprint there. */
const reversible = new Set(['2207', '2208', '2304', '2305', '2401'])

export const takeBack = nationalMessage({
  code: '2601',
  zh: '冲正交易',
  en: 'Message taken back',
  does: 'takeBack',
  input: fields({
    data: fields({
      psn_no: personNumber(),
      omsgid: text('原发送方报文ID', 30, { standing: 'enforced', pattern: '^[0-9A-Z]{12}\\d{18}$' }),
      oinfno: text('原交易编号', 6, { standing: 'enforced', minLength: 4 }),
    }),
  }),
  output: fields({}),
  read: ({ data }, { fixmedins_code }) => ({
    person: personOf(data.psn_no),
    message: data.omsgid,
    name: data.oinfno,
    // A message of another institution is none of the sender's business.
    isReversible: reversible.has(data.oinfno) && data.omsgid.startsWith(fixmedins_code),
  }),
  write: () => ({}),
  personNumber: ({ data }) => data.psn_no,
  businessKey: ({ data }) => data.omsgid,
})
