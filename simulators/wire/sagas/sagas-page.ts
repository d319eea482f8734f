/** docs/sagas.md: one table a payment mode in both languages, written from the plans and steps that run. */
import { repaidCreditReturn } from '../../platform/errands.ts'
import { type CollectMode, cashierModes, platformModes } from '../desks/payment-desk.ts'
import { errandOf, sagaPlan } from './saga-plan.ts'
import type { SagaStep } from './saga-words.ts'

interface Words {
  readonly zh: string
  readonly en: string
}
interface StepWords extends Words {
  /** How it is asked what became of it; only where it is asked. */
  readonly asked?: Words
  /** How it is undone; only where it is. */
  readonly undone?: Words
}

const modeWords: Readonly<Record<CollectMode, Words>> = {
  credit: { zh: '脱卡信用付费', en: 'credit without a card' },
  phone: { zh: '手机银行账户支付', en: 'the patient’s own account, by phone' },
  'in-consult': { zh: '诊间移动支付（钱包）', en: 'in the consulting room, confirmed in the wallet' },
  leaving: { zh: '先诊疗后付费，离院结算（天津）', en: 'treated first, one settlement on leaving (Tianjin)' },
  scan: { zh: '扫码支付（付款码）', en: 'the 付款码 scanned' },
  window: { zh: '医院窗口（现金、银行卡、付款码）', en: 'at a hospital’s window (cash, bank card, 付款码)' },
  kiosk: { zh: '医院自助机（银行卡、付款码）', en: 'at a hospital’s kiosk (bank card, 付款码)' },
}
const stepWords: Readonly<Record<string, StepWords>> = {
  'platform/order': {
    zh: '向医院锁定账单，取金额',
    en: 'lock the bill at the hospital, take its amounts',
    undone: { zh: '释放锁定', en: 'give the lock back' },
  },
  'his/lock': {
    zh: '锁定本院账单，取金额',
    en: 'lock the hospital’s own bill, take its amounts',
    undone: { zh: '释放锁定', en: 'give the lock back' },
  },
  'bureau/credential': { zh: '电子凭证解码', en: 'decode the e-credential' },
  'till/collect': {
    zh: '窗口收款：现金入钱箱、刷卡或扫付款码',
    en: 'take it: cash into the drawer, a card debited, a 付款码 scanned',
    asked: { zh: '按业务键查询', en: 'query by its key' },
    undone: { zh: '现金退还、原路退费、冲正或撤销', en: 'cash handed back, refund by the original route, reversal or revocation' },
  },
  'his/post': { zh: '医院记账', en: 'post in the hospital’s ledger', undone: { zh: '红字冲回', en: 'post the other way round' } },
  'bureau/presettle': { zh: '解码、账户查询、明细上传、试算', en: 'decode, account, lines, trial settlement' },
  'bank/authorize': {
    zh: '银行预授权',
    en: 'hold at the bank',
    asked: { zh: '按业务键查询', en: 'query by its key' },
    undone: { zh: '预授权撤销', en: 'release' },
  },
  'bank/debit': {
    zh: '收款：钱包，自助机亦可银行卡扣款',
    en: 'collect: by the wallet, at a kiosk also by debit',
    asked: { zh: '按订单号或业务键查询', en: 'query by the order’s number or its key' },
    undone: { zh: '已付则退款，未付则关单、撤销或冲正', en: 'refund if paid, else close, revoke or reverse' },
  },
  'bureau/settle': {
    zh: '医保结算',
    en: 'settle at the bureau',
    asked: { zh: '以原报文号重发', en: 'sent again under the same message number' },
    undone: { zh: '按中心流水号反交易', en: 'reverse by its settlement number' },
  },
  'bank/capture': {
    zh: '预授权完成',
    en: 'capture the hold',
    asked: { zh: '按业务键查询', en: 'query by its key' },
    undone: { zh: '原路退费', en: 'refund by the original route' },
  },
  'platform/post': { zh: '复式记账', en: 'post in the ledger', undone: { zh: '红字冲回', en: 'post the other way round' } },
  'his/notice': {
    zh: '缴费通知',
    en: 'tell the hospital',
    asked: { zh: '以原支付号重发', en: 'sent again under the same payment number' },
    undone: { zh: '退费通知，电子票据冲红（仅退费时）', en: 'agree to the refund, void the invoice (of a refund alone)' },
  },
  'platform/invoice': { zh: '准备开票', en: 'prepare the invoice' },
  'his/invoice': { zh: '开具电子票据', en: 'issue the e-invoice' },
}
/** What it is, and what is done while its end is unknown. */
const returnWords: Readonly<Record<string, readonly [Words, Words]>> = {
  'bank/refund': [
    { zh: '银行受理退费', en: 'the bank takes the refund' },
    { zh: '以原业务键重发', en: 'sent again under its key' },
  ],
  'bank/pay-back': [
    { zh: '经还款的钱包付还患者', en: 'the patient is paid back by the wallet of the repayment' },
    { zh: '按退款单号查询', en: 'query by the refund’s number' },
  ],
}
const silence: Readonly<Record<SagaStep['onSilence'], Words>> = {
  'go-back': { zh: '退回', en: 'go back' },
  'go-on': { zh: '继续送达', en: 'keep telling' },
}
const refusal: Readonly<Record<SagaStep['onRefusal'], Words>> = {
  'go-back': { zh: '退回', en: 'go back' },
  note: { zh: '记录', en: 'note' },
}
const both = ({ zh, en }: Words) => `${zh} · ${en}`
const yes = (is: boolean) => (is ? '✓' : '–')

export function sagasPage(): string {
  return [
    '# 支付流程 · Sagas',
    '',
    '<!-- Made by simulators/wire/sagas/sagas-page.ts from the plans that run; sagas-page.test.ts compares. -->',
    '',
    '每种支付方式一张表，步骤与次序取自报文表（simulators/platform/errands.ts）。先落盘后发送；沉默不等于拒绝：先问，再决定。',
    '“墓碑”：接收方对已撤销之事，即使原报文后到也予拒绝，所以结果未知时也可以撤销；没有墓碑的步骤结果未知时为存疑，直到问清为止。',
    '',
    'One table a mode; steps and order come from the message table (simulators/platform/errands.ts). Stored before sent; silence is no refusal: it is',
    'asked about first. Tombstone: the receiver refuses what comes after its undoing, so it may be undone while its end is unknown. Without one the',
    'payment is in doubt until the answer is known.',
    '',
    ...platformModes.flatMap(tableOf),
    '## 窗口与自助机 · Windows and kiosks',
    '',
    '由医院自己的收费处推动（his/cashier.ts），账簿是医院自己的。账单、锁、钱箱都在医院内，不发报文；患者离开前账单已记为已付，票据随后开具。',
    '自费（不出示凭证）时不问医保，第 2 步得全额自付，结算一步为空。',
    '',
    'Driven by the hospital’s own cashier (his/cashier.ts), in a ledger of its own. Bill, lock and cash drawer are the hospital’s, so no message goes',
    'to them; the bill is noted as paid before the patient goes, and the invoice follows. Without a credential (自费) no insurer is asked: the trial',
    'gives everything to the patient and the settlement is empty.',
    '',
    ...cashierModes.flatMap(tableOf),
    '## 国家接口的医保步骤 · The insurer’s steps in the national interface',
    '',
    '上表“医保结算”一行是五期的说法。说国家接口的执业点：试算＝1101、2201、2204、5206、2206；结算＝2207。2207 结果未知时先以 5206 问该人累计是否已变：',
    '已变则以原报文号重发取得结算号；问遍仍无消息则以 2601 按原报文号冲正，后到的原报文被拒（墓碑）。已知的结算以 2208 撤销，绝不用 2601。',
    '',
    'The row “settle at the bureau” is told as in 五期. At a site that speaks the national interface the trial is 1101, 2201, 2204, 5206 and 2206, the',
    'settlement 2207. Of an unknown 2207 it is asked first whether the person’s year has moved (5206): where it has, the same message is sent again and',
    'tells its number; where nothing is heard after all tries, 2601 takes it back by its message’s number, and it is refused should it come late',
    '(tombstone). A known settlement is reversed by 2208, never by 2601.',
    '',
    '## 退费 · Refunds',
    '',
    '退费沿同一张表自下而上逐步撤销。先问医院：已执行的项目不退，医院拒绝则一切照旧；同意则电子票据冲红，未退的项目另立账单（`-T`）重新收费，',
    '因为医保只能整笔撤销。一笔退费一个幂等键。',
    '',
    'A refund undoes the same table from below. The hospital is asked first: what is performed is not refunded, and if it refuses nothing changes. If it',
    'agrees, the e-invoice is voided by a red one, and lines that stand are charged anew under a bill of their own (`-T`), since insurers take back whole',
    'settlements only. One key a refund.',
    '',
    `### 已还款的信用付费 · Credit that was repaid (\`${repaidCreditReturn.name}\`)`,
    '',
    '垫付款已还清或还了一部分时，退费先冲未还部分，余下的由银行经患者还款的钱包原路付还，后还的先付。付还与退费一次落盘；先按退款单号查询，无此单才发起。',
    '平台不等：银行受理退费即视为退妥，平台账上垫付科目冲回，付还不经平台的账。钱包终拒时记为银行欠患者，先抵下一笔垫付。次日银行按钱包账单逐笔核对。',
    '',
    'Where the advance was repaid, in whole or in part, a refund lessens what is still owed first; the bank pays the rest back by the wallets of the',
    'repayments, the latest first. Refund and payback are written together; the wallet is asked about the refund’s number before it is made. The platform',
    'does not wait: once the bank has taken the refund its advance is posted back, and the payback never passes the platform’s books. What a wallet refuses',
    'for good the bank owes the patient, and the next advance is paid from it first. The next day the bank matches the wallet’s bill row by row.',
    '',
    '| # | 步骤 · step | 操作 · operation | 未知时 · when unknown | 墓碑 · tombstone |',
    '| --- | --- | --- | --- | --- |',
    ...repaidCreditReturn.messages.map(({ operation }, index) => {
      const [words, asked] = returnWords[operation] ?? []
      if (words === undefined || asked === undefined) throw new Error(`the page has no words for ${operation}`)
      return `| ${index + 1} | ${both(words)} | \`${operation}\` | ${both(asked)} | – |`
    }),
    '',
    '## 一张账单至多一次支付 · One bill, at most one payment',
    '',
    '账单与锁归医院。平台、窗口、自助机都先向医院锁定；另有一笔未了时得到“存疑，勿收”。存疑超过城市文件的时限（`parties.hospitals.inDoubtMinutes`，10 分钟，',
    '假设，试过 1–60）后窗口可收；前一笔被埋葬，其迟到的成功按原路退回。患者在窗口全额自付（自费）时也是如此：前一笔若已由医保结算，撤销该结算',
    '（五期 SK01、国家接口 2208，未知时 2601），患者凭票据另行报销；若该月已申请清算，则结算保留、无法撤销，所付之款记入挂账，留给人决定。',
    '',
    'The hospital owns the bill and its lock. Platform, window and kiosk ask it first; while another attempt is open they hear “in doubt, do not collect”.',
    'Once the doubt has lasted the city file’s bound (`parties.hospitals.inDoubtMinutes`, 10: an assumption, tried 1–60) the window may collect; the',
    'earlier attempt is buried and its late success goes back by the original route. So it is where the patient pays all of it at the window (自费): what the',
    'insurer had settled for the earlier attempt is reversed (SK01 or 2208, unknown 2601), and the patient claims later with the invoice. Once the month has',
    'been applied for (3203) the settlement is kept, since the bureau reverses no more: what it paid stands in suspense and is left to people.',
    '',
    '## 留给人的死路 · Dead ends',
    '',
    '撤销被拒时机器无权再作决定：支付停在该步，已付而无人应得之款记入挂账（suspense），列于 `POST /v1/dead-ends/query`；',
    '人可令其再试，或声明该步已在线下办妥，其余由机器撤完，挂账随之归零。',
    '',
    'Where an undoing is refused no machine may decide: the payment stops at that step, what was paid and is owed to nobody stands in suspense, and',
    '`POST /v1/dead-ends/query` lists it. People have it tried again or say that the step was done by hand; the rest is undone by machine, and suspense',
    'is empty again.',
    '',
  ].join('\n')
}

function tableOf(mode: CollectMode): readonly string[] {
  const { steps, released } = sagaPlan(mode)
  return [
    `## ${both(modeWords[mode])} \`${mode}\``,
    '',
    `\`${errandOf[mode]}\`；患者在第 ${released} 步后离开 · the patient goes after step ${released}`,
    '',
    '| # | 步骤 · step | 操作 · operation | 先落盘 · stored first | 未知时 · when unknown | 沉默且未发生 · silent, surely nothing | 被拒 · refused | 撤销 · undone by | 墓碑 · tombstone |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...steps.map((step, index) => rowOf(step, index + 1)),
    '',
  ]
}

function rowOf(step: SagaStep, number: number): string {
  const words = stepWords[step.operation]
  if (words === undefined) throw new Error(`the page has no words for step ${step.operation}`)
  if ((words.undone === undefined) !== (step.undo === undefined)) throw new Error(`page and step differ: is ${step.operation} undone?`)
  const isAsked = step.ask !== undefined || (step.stored && words.asked !== undefined)
  return `| ${[
    number,
    both(words),
    `\`${step.operation}\``,
    yes(step.stored),
    isAsked && words.asked !== undefined ? both(words.asked) : both({ zh: '重发，无害', en: 'sent again, harmless' }),
    both(silence[step.onSilence]),
    both(refusal[step.onRefusal]),
    words.undone === undefined ? '–' : both(words.undone),
    yes(step.hasTombstone === true),
  ].join(' | ')} |`
}
