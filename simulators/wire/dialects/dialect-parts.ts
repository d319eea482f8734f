import type { DialectPart } from './coverage-page.ts'
import { fields } from './field.ts'
import { envelopeSchema } from './national/envelope.ts'
import { nationalMessages } from './national/messages.ts'
import { requestSchema } from './shanghai/envelope.ts'
import { shanghaiMessages } from './shanghai/messages.ts'

/** Every dialect with a public original, in the order of the coverage page. */
export const dialectParts: readonly DialectPart[] = [
  {
    zh: '国家医保信息平台',
    en: 'National insurance platform, HIS interface',
    assumptions: [
      {
        zh: '同一报文ID、同一内容再次到达，应答相同且不再生效；内容不同则拒绝',
        en: 'the same number with the same contents is answered alike without a second effect; with other contents it is refused',
      },
      {
        zh: '冲正一个未曾到达的报文视为成功，该报文此后到达即被拒绝',
        en: 'taking back a message that never came succeeds, and that message is refused should it come later',
      },
      {
        zh: '住院起付线按次计算，住院结算须先办理出院',
        en: 'the deductible of a stay is counted per stay, and a stay is settled after discharge',
      },
      { zh: '每笔交易须有当日签到；9001 除外', en: 'every message but 9001 needs a sign-in of the day' },
    ],
    messages: [
      { code: '—', zh: '报文头', en: 'Envelope', ...envelopeSchema },
      ...nationalMessages.map(({ code, zh, en, input, output }) => ({ code, zh, en, request: input, answer: output })),
    ],
  },
  {
    zh: '上海医保五期',
    en: 'Shanghai 五期 interface',
    assumptions: [
      {
        zh: '同一 msgid 与 jssqxh 的 SI12 再次到达，返回同一 lsh；已反交易的则拒绝',
        en: 'SI12 again with the same msgid and jssqxh returns the same lsh; a reversed one is refused',
      },
    ],
    messages: [
      { code: '—', zh: '报文头', en: 'Envelope', request: requestSchema(fields({})) },
      ...shanghaiMessages.map(({ code, zh, en, content, answer }) => ({ code, zh, en, request: content, answer })),
    ],
  },
]
