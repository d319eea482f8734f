/** S000 读保障卡基本信息. */
import { coded, fields, text } from '../field.ts'
import { credentialFields, readCredential, writeCredential } from './credential.ts'
import { basisOf } from './example-claim.ts'
import { shanghaiMessage } from './message.ts'

export const readCard = shanghaiMessage({
  code: 'S000',
  zh: '读保障卡基本信息',
  en: 'Card read',
  does: 'readCard',
  // A reader holds the card; without one its number comes in the two fields of SM01.
  content: fields(credentialFields),
  answer: fields({
    kh: text('卡号', 28),
    xm: text('姓名', 50),
    xb: coded('性别', { 1: '男', 2: '女' }),
    sfzh: text('身份证号', 18),
    lxdh: text('联系电话', 20),
    xzqh: text('行政区划', 6),
  }),
  ask: ({ credential }) => writeCredential(credential),
  read: (content, from) => ({ ...from, credential: readCredential(content) }),
  write: ({ cardNumber, name, idNumber }) => ({
    kh: cardNumber,
    xm: name,
    xb: Number(idNumber[16]) % 2 === 1 ? ('1' as const) : ('2' as const),
    sfzh: idNumber,
    lxdh: '',
    xzqh: '310000',
  }),
  hear: ({ kh, xm, sfzh }) => ({ outcome: 'card' as const, cardNumber: kh, name: xm, idNumber: sfzh }),
  businessKey: 'person-shown',
  example: {
    request: { ...basisOf(7), credential: { kind: 'card', value: '9000000042' } },
    reply: { outcome: 'card', cardNumber: '9000000042', name: '示例患者', idNumber: '310000198001010019' },
  },
})
