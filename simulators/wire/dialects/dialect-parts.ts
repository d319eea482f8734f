import type { DialectPart } from './coverage-page.ts'
import { fields } from './field.ts'
import { envelopeSchema as mobileEnvelope } from './mobile/envelope.ts'
import { mobileMessages } from './mobile/messages.ts'
import { noticeAnswerSchema, noticeSchema } from './mobile/notice.ts'
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
  {
    zh: '医保移动支付',
    en: 'Mobile insurance payment',
    assumptions: [
      {
        zh: '支付授权码十分钟内有效，首次出示即绑定订单，支付后失效；订单当日有效',
        en: 'an authorization holds ten minutes, belongs to the first order it is shown for and ends with its payment; an order holds for its day',
      },
      {
        zh: '医保部分整笔退，现金可分次退；冲正授权可代替电子凭证令牌用于本订单退费',
        en: 'the insurer’s part goes back whole, cash in parts; the reversal right stands for ecToken in a refund of its own order',
      },
      {
        zh: '订单状态的分类据 TS1，类内取值为自拟；SM4 密钥的取法与签名串中 &key= 未经核对',
        en: 'classes of ordStas are those of TS1, numbers within a class our own; the SM4 key and the joint &key= of the signed text are unverified',
      },
      {
        zh: '6302 的重试间隔为自拟；机构无通知地址时以 6301 查询',
        en: 'the ladder of 6302 is our own; an institution without an address asks by 6301',
      },
    ],
    messages: [
      { code: '—', zh: '报文头', en: 'Envelope', ...mobileEnvelope },
      ...mobileMessages.map(({ code, zh, en, data, answer }) => ({ code, zh, en, request: data, answer })),
      {
        code: '6302',
        zh: '结算结果通知（中心发出）',
        en: 'Payment told to the institution',
        request: noticeSchema,
        answer: noticeAnswerSchema,
      },
    ],
  },
]
