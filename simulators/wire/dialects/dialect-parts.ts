import { bankAppOperations } from './bank-app.ts'
import type { DialectPart } from './coverage-page.ts'
import { scoreOperations } from './credit-score.ts'
import { fields } from './field.ts'
import { gatewayOperations } from './gateway.ts'
import { gatewayCreditOperations } from './gateway-credit.ts'
import { houseParts } from './house-parts.ts'
import { identityOperations } from './identity.ts'
import { envelopeSchema as mobileEnvelope } from './mobile/envelope.ts'
import { mobileMessages } from './mobile/messages.ts'
import { noticeAnswerSchema, noticeSchema } from './mobile/notice.ts'
import { envelopeSchema } from './national/envelope.ts'
import { nationalMessages } from './national/messages.ts'
import { plainMessages } from './plain-part.ts'
import { answerSchema, requestSchema } from './shanghai/envelope.ts'
import { shanghaiMessages } from './shanghai/messages.ts'
import { walletParts } from './wallet-parts.ts'

/** Every dialect on the coverage page, in its order: those with a public original first. */
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
      { code: '—', zh: '报文头', en: 'Envelope', request: requestSchema(fields({})), answer: answerSchema(fields({})) },
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
  {
    zh: '银行网关（银联式）',
    en: 'Bank gateway, UnionPay style',
    assumptions: [
      {
        zh: '预授权、离院结算与信用额度未见公开接口，字段均为自拟；云闪付代扣的字段名有公开的封装说明，未采用，按名称推定的对应（未经核对）：key ↔ reqTxTraceNo 或 subMerOrderNo，agreement ↔ token（属某 planId），site ↔ subMerId，amountFen ↔ amount，outcome: debited ↔ 0000；reqTime 无对应',
        en: 'no public interface of holds, settling on leaving or lines of credit was found, every field is our own; the field names of UnionPay’s deduction by agreement (云闪付代扣) are public in a wrapper’s description and not used here; by name alone, unverified: key is reqTxTraceNo or subMerOrderNo, agreement a token under a planId, site subMerId, amountFen amount, outcome debited code 0000; nothing is reqTime',
      },
      {
        zh: '键在银行内唯一，同键同内容应答相同，内容不同则拒绝',
        en: 'a key is unique at the bank: the same contents are answered alike, others refused',
      },
      {
        zh: '撤销或冲正一笔未到达的交易留下记号，原交易此后到达即被拒绝；冲正限原会计日，之后用退费',
        en: 'undoing what never came leaves a tombstone, and the late original is refused; reversals end with the accounting day, refunds follow',
      },
      {
        zh: '会计日 23:00 日切；预授权 30 日未完成即失效，同一就诊的各笔一并失效，视为未结算离院',
        en: 'the accounting day closes at 23:00; a hold lapses after 30 days, all those of a visit together: it was left without settling',
      },
      {
        zh: '无息还款期由城市文件给定（天津最长 59 日），最后一日还款不计逾期；逾期期间不得再用信用额度；逾期利息与费用未模拟',
        en: 'interest-free days are the city file’s (Tianjin: 59 at most), the last of them is in time; while an advance is overdue the line gives nothing; interest and fees are not modelled',
      },
    ],
    messages: [...plainMessages(gatewayOperations), ...plainMessages(gatewayCreditOperations)],
  },
  {
    zh: '银行客户端（还款）',
    en: 'A bank’s app (repayment)',
    assumptions: [
      {
        zh: '试点方案列出微信、云闪付、支付宝三种还款渠道，未载接口，形式为自拟；还款是患者与银行之间的事，平台与医院不参与、不记账',
        en: 'the plan of the pilot names WeChat, QuickPass and Alipay and no interface, so the form is our own; repayment is between patient and bank: platform and hospital take no part and keep no account of it',
      },
    ],
    messages: plainMessages(bankAppOperations),
  },
  {
    zh: '身份与电子凭证',
    en: 'Identity and e-credentials',
    assumptions: [
      {
        zh: '二维码 60 秒有效、仅可解码一次，新码使旧码作废；令牌 30 分钟有效、仅限解码机构；支付授权 10 分钟有效、仅可使用一次',
        en: 'a code lives 60 s, is decoded once and ends with the next one; a token lives 30 min at the site that scanned; a payment authorisation 10 min, once',
      },
      {
        zh: '未满 18 周岁者不单独激活，由登记的监护人以亲属随申码出示',
        en: 'who is under 18 has no credential of their own: the registered guardian shows it by the family code',
      },
    ],
    messages: plainMessages(identityOperations),
  },
  {
    zh: '个人公共信用分（海河分）',
    en: 'Personal credit score',
    assumptions: [
      {
        zh: '授权由本人明示、指定查询机构、随时可撤；撤销后仅新授权可查，已签约额度不因撤销而取消',
        en: 'leave is explicit, names who may ask and can be taken back; then only a new one helps, and what was signed stands',
      },
      {
        zh: '各类履约信息对分值的影响由情景给定，文件未载',
        en: 'what a report does to a score is the scenario’s assumption: no document says',
      },
    ],
    messages: plainMessages(scoreOperations),
  },
  ...walletParts,
  ...houseParts,
]
