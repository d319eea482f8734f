/** What the books' entries and the platform's events say of a bill, in the reader's words. An entry without words is told by its own. */
import type { Language } from '../reports/words.ts'
import type { Words } from '../scenarios/plan.ts'
import type { Ending, Heard, Move } from '../simulators/wire/reconciliation/difference-rules.ts'
import { directionWords, endingWords, heardWords, kindWords, moveWords } from '../simulators/wire/reconciliation/difference-words.ts'
import type { DifferenceKind, Direction } from '../simulators/wire/reconciliation/records.ts'
import { visitWords } from './visit-words.ts'

/** By kind of actor and the entry's word. */
const entryWords: Readonly<Record<string, Words>> = {
  'his/open-bill': { en: 'bill raised', zh: '开出账单' },
  'his/open-attempt': { en: 'bill locked for an attempt', zh: '账单锁定，开始一次支付' },
  'his/close-attempt': { en: 'lock given back', zh: '释放账单锁' },
  'his/paid': { en: 'told that it is paid', zh: '收到支付成功通知' },
  'his/refund': { en: 'refunded', zh: '退费' },
  'his/invoice': { en: 'e-invoice issued', zh: '开具电子发票' },
  'his/cash-in': { en: 'cash into the drawer', zh: '现金入钱箱' },
  'his/cash-out': { en: 'cash handed back', zh: '退还现金' },
  'his/mobile-told': { en: 'told of a mobile payment (6302)', zh: '收到医保移动支付通知（6302）' },
  'his/performed': { en: 'carried out', zh: '项目已执行' },
  'his/charge': { en: 'charged', zh: '划价计费' },
  'his/consent': { en: 'consent recorded', zh: '记录自费知情同意' },
  'bureau/upload': { en: 'lines uploaded', zh: '明细上传' },
  'bureau/trial': { en: 'presettled', zh: '预结算' },
  'bureau/settle': { en: 'settled', zh: '医保结算' },
  'bureau/reverse': { en: 'reversed', zh: '结算撤销' },
  'bureau/hold-back': { en: 'held back by the review', zh: '审核暂扣' },
  'bureau/appeal-won': { en: 'appeal won: paid after all', zh: '申诉获支持：予以拨付' },
  'bureau/appeal-lost': { en: 'appeal lost: deducted for good, borne by the hospital', zh: '申诉未获支持：最终扣款，由医院承担' },
  'bureau/drop-bill': { en: 'lines withdrawn', zh: '明细撤回' },
  'bureau/reinstate': { en: 'settled again', zh: '恢复结算' },
  'bureau/put-order': { en: 'mobile order', zh: '医保移动支付订单' },
  'bureau/tell-site': { en: 'notice for the hospital (6302)', zh: '待通知医院（6302）' },
  'bureau/message': { en: 'message kept', zh: '报文留存' },
  'bank/authorize': { en: 'held at the bank', zh: '银行预占' },
  'bank/hold': { en: 'held within the limit', zh: '限额内累计' },
  'bank/capture': { en: 'paid from the hold', zh: '预占转付' },
  'bank/debit': { en: 'debited', zh: '账户扣款' },
  'bank/release': { en: 'hold given back', zh: '释放预占' },
  'bank/refund': { en: 'refunded', zh: '退款' },
  'bank/reverse': { en: 'taken back', zh: '冲正' },
  'bank/tombstone': { en: 'buried before it came: it will be refused', zh: '未到先撤：后到即拒' },
  'bank/repay': { en: 'advance repaid', zh: '已还款' },
  'bank/ask-payback': { en: 'repaid before: to go back by the wallet of the repayment', zh: '此前已还款：将经还款的钱包付还' },
  'bank/paid-back': { en: 'paid back to the patient', zh: '已付还患者' },
  'bank/fail-payback': { en: 'the wallet will not have it: owed to the patient', zh: '钱包拒绝付还：记为欠患者' },
  'bank/match-bill': { en: 'wallet’s bill of the day matched', zh: '已核对钱包日账单' },
  'bank/settle-visit': { en: 'visit settled from its holds', zh: '离院一次结算' },
  'wallet/order': { en: 'order placed', zh: '下单' },
  'wallet/ask-password': { en: 'waits for the password', zh: '等待输入密码' },
  'wallet/pay': { en: 'paid in the wallet', zh: '钱包付款成功' },
  'wallet/end': { en: 'order ended unpaid', zh: '订单关闭，未付' },
  'wallet/refund': { en: 'refund taken', zh: '受理退款' },
  'wallet/refunded': { en: 'refunded', zh: '退款到账' },
  'wallet/tombstone': { en: 'buried before it came: it will be refused', zh: '未到先撤：后到即拒' },
  'wallet/mix': { en: 'mixed order placed', zh: '医保自费混合下单' },
  'wallet/ask-insurer': { en: 'insurer asked for its part', zh: '请医保支付其部分' },
  'wallet/insurer-said': { en: 'insurer answered', zh: '医保已答复' },
  'wallet/mix-state': { en: 'mixed order moves on', zh: '混合订单状态变更' },
  'wallet/notice': { en: 'callback due', zh: '待回调通知' },
  'wallet/noticed': { en: 'callback heard', zh: '回调已确认' },
  'channel/notice': { en: 'the patient is told', zh: '告知患者' },
  'channel/sign-in': { en: 'signed in', zh: '登录' },
  'identity/open-person': { en: 'known', zh: '已建档' },
  'identity/open-family': { en: 'family known, the child’s code not opened', zh: '亲属关系已知，亲情码未开通' },
  'identity/activate': { en: 'credential activated', zh: '激活电子凭证' },
  'identity/bind': { en: 'child’s code opened for the guardian', zh: '监护人绑定亲情码' },
  'bank/open-customer': { en: 'known as a customer', zh: '已为客户' },
  'bank/open-agreement': { en: 'agreement in force', zh: '协议生效' },
  'bank/offer': { en: 'line of credit offered', zh: '授信评估：给出额度' },
  'bank/sign': { en: 'agreement signed', zh: '签约' },
  'bank/raise': { en: 'limit raised', zh: '提额' },
  'bank/issue-card': { en: 'digital card issued', zh: '发放数字信用卡' },
  'bureau/sign-in': { en: 'terminal signed in', zh: '终端签到' },
  'his/sign-in': { en: 'counter signed in', zh: '窗口签到' },
}

const amountWords: Readonly<Record<string, Words>> = {
  limitFen: { en: 'limit', zh: '额度' },
  usedFen: { en: 'used', zh: '已用' },
  totalFen: { en: 'total', zh: '总额' },
  coveredFen: { en: 'in scope', zh: '范围内' },
  heldFen: { en: 'held', zh: '暂扣' },
  uncoveredFen: { en: 'out of scope', zh: '范围外' },
  deductibleFen: { en: 'deductible', zh: '起付' },
  oursFen: { en: 'ours', zh: '平台' },
  theirsFen: { en: 'its statement', zh: '对账单' },
  fundFen: { en: 'fund', zh: '统筹' },
  currentAccountFen: { en: 'current account', zh: '当年账户' },
  historyAccountFen: { en: 'history account', zh: '历年账户' },
  cashFen: { en: 'cash', zh: '现金' },
  amountFen: { en: 'amount', zh: '金额' },
  advances: { en: 'advances', zh: '垫付' },
  'own-money': { en: 'own money', zh: '自有资金' },
  wallets: { en: 'wallets', zh: '钱包' },
  till: { en: 'cash till', zh: '现金' },
  'current-accounts': { en: 'current accounts', zh: '当年账户' },
  'history-accounts': { en: 'history accounts', zh: '历年账户' },
  fund: { en: 'fund', zh: '统筹基金' },
  suspense: { en: 'suspense', zh: '挂账' },
  'due-to-site': { en: 'due to the site', zh: '应付院区' },
}

/** Steps a hospital's cashier takes in its own books. */
const stepWords: Readonly<Record<string, Words>> = {
  'his/lock': { en: 'its own bill locked', zh: '锁定本院账单' },
  'till/collect': { en: 'patient’s part taken at the window', zh: '窗口收取个人部分' },
  'his/post': { en: 'posted', zh: '记账' },
}

const eventForms: readonly { readonly form: RegExp; readonly tell: (part: string, reason: string) => Words }[] = [
  { form: /^opened$/, tell: () => ({ en: 'payment opened', zh: '受理支付' }) },
  { form: /^in doubt at (?:undo of )?(\S+)$/, tell: (part) => ({ en: `in doubt: no word of ${part}`, zh: `状态不明：${part} 无回音` }) },
  { form: /^waits at (\S+)$/, tell: (part) => ({ en: `waits at ${part}`, zh: `等待：${part}` }) },
  { form: /^undo (\S+)$/, tell: (part) => ({ en: `taking back ${part}`, zh: `撤回：${part}` }) },
  { form: /^undone (\S+)$/, tell: (part) => ({ en: `taken back: ${part}`, zh: `已撤回：${part}` }) },
  {
    form: /^back from (\S+): (.*)$/,
    tell: (part, reason) => ({ en: `turns round at ${part}: ${reason}`, zh: `在 ${part} 折返：${reason}` }),
  },
  { form: /^given up$/, tell: () => ({ en: 'given up: a window is to collect', zh: '放弃：改由窗口收取' }) },
  { form: /^the end$/, tell: () => ({ en: 'ended', zh: '结束' }) },
]

/** What reconciliation did about a movement of the bill's money with a party. */
const reconciledForm = /^(differs|closed|\S+): (\S+) (pay|refund) (\S+)$/

function reconciledWords(does: string, language: Language): string | undefined {
  const [, step = '', what = '', direction, party] = reconciledForm.exec(does) ?? []
  if (direction === undefined) return undefined
  const ending = endingWords[what as Ending]
  const told: Words =
    step === 'differs'
      ? {
          en: `reconciliation finds a difference, ${kindWords[what as DifferenceKind].en}`,
          zh: `对账发现差错：${kindWords[what as DifferenceKind].zh}`,
        }
      : step === 'closed'
        ? { en: `difference closed, ${ending.en}`, zh: `差错了结：${ending.zh}` }
        : {
            en: `difference, ${moveWords[step as Move].en}: ${heardWords[what as Heard].en}`,
            zh: `差错处理，${moveWords[step as Move].zh}：${heardWords[what as Heard].zh}`,
          }
  const of = directionWords[direction as Direction]
  return language === 'en' ? `${told.en} (${of.en}, ${party})` : `${told.zh}（${of.zh}，${party}）`
}

const kindOf = (actor: string): string =>
  actor.startsWith('bank-') ? 'bank' : actor.startsWith('channel-') ? 'channel' : ['wechat', 'alipay'].includes(actor) ? 'wallet' : actor

/** @param isEvent of a ledger's saga, not an entry of a book */
export function rowWords(actor: string, does: string, isEvent: boolean, language: Language): string {
  if (isEvent) {
    const reconciled = reconciledWords(does, language)
    if (reconciled !== undefined) return reconciled
    for (const { form, tell } of eventForms) {
      const [, part = '', reason = ''] = form.exec(does) ?? []
      if (form.test(does)) return tell((visitWords(part) ?? stepWords[part])?.[language] ?? part, reason)[language]
    }
    return (visitWords(does) ?? stepWords[does] ?? { en: `${does}: done`, zh: `${does}：完成` })[language]
  }
  return entryWords[`${kindOf(actor)}/${does}`]?.[language] ?? does
}

export const amountWord = (name: string, language: Language): string => amountWords[name]?.[language] ?? name
