/** What each rule is called and how its findings are told, in both languages: the one place of the auditor's words. */
import type { Words } from '../../../scenarios/plan.ts'
import type { Found } from './rule.ts'

interface RuleWords {
  readonly title: Words
  readonly says: (finding: Found) => Words
}

const compared =
  (zh: string, en: string): RuleWords['says'] =>
  ({ id, expected, found }) => ({
    zh: `${id}：${zh}应为 ${expected}，实为 ${found}`,
    en: `${id}: ${en} should be ${expected} and is ${found}`,
  })

export const ruleWords = {
  'book-numbers-without-gap': {
    title: { zh: '账簿与日志编号连续无缺', en: 'Books and journals are numbered without gaps' },
    says: compared('编号', 'the number'),
  },
  'books-are-not-empty': {
    title: { zh: '应有往来的各方账簿均有记录', en: 'Whoever must have taken part has a book with entries' },
    says: compared('记录数', 'the number of entries'),
  },
  'planned-equals-accounted': {
    title: { zh: '计划行数＝已发送＋未发送，逐行相符', en: 'Planned is sent plus not sent, row by row' },
    says: compared('记载', 'what is accounted for'),
  },
  'there-are-samples': {
    title: { zh: '确有已发送的请求', en: 'Some rows were sent' },
    says: compared('已发送行数', 'the number of rows sent'),
  },
  'faults-took-effect': {
    title: { zh: '故障确已生效', en: 'Every fault took effect' },
    says: compared('遇到故障的调用数', 'the number of calls that met it'),
  },
  'bill-paid-once': {
    title: { zh: '一张账单至多支付一次', en: 'A bill is paid at most once' },
    says: compared('支付次数', 'the number of payments'),
  },
  'no-double-settlement': {
    title: { zh: '一张账单至多有一笔有效医保结算', en: 'A bill has at most one standing settlement' },
    says: compared('有效结算数', 'the number of settlements that stand'),
  },
  'parts-add-up': {
    title: {
      zh: '各方分担之和等于账单，医保不付范围外费用',
      en: 'The parts make the bill, and the insurer pays nothing outside its scope',
    },
    says: compared('金额（分）', 'the amount in fen'),
  },
  'lines-add-up': {
    title: {
      zh: '明细合计等于账单总额与范围内金额，上传医保的明细数与金额相同',
      en: 'A bill’s lines make its total and its scope, and the insurer was sent as many with the same sums',
    },
    says: compared('明细数：总额（范围内，分）', 'lines: total (in scope) in fen'),
  },
  'three-way-match': {
    title: { zh: '医院、医保、支付方三方到分相符', en: 'Hospital, insurer and payer agree to the fen' },
    says: compared('医保＋支付方＝医院（分）', 'insurer + payer = hospital, in fen,'),
  },
  'reversal-complete': {
    title: { zh: '放弃或退回的账单各方均已冲销', en: 'What a hospital gave up or gave back stands nowhere else' },
    says: compared('仍在账上（分）', 'what still stands, in fen,'),
  },
  'hospital-was-told': {
    title: { zh: '已付款的账单医院均已获知', en: 'No bill is paid without its hospital being told' },
    says: compared('医院获知的金额（分）', 'what the hospital was told of, in fen,'),
  },
  'refund-by-original-route': {
    title: { zh: '退款原路退回，不超过原付金额', en: 'Refunds go back by the original route, no more than was paid' },
    says: compared('由此支付退回（分）', 'what went back from this payment, in fen,'),
  },
  'invoice-per-payment': {
    title: { zh: '每笔支付一张电子票据，退费冲红', en: 'One e-invoice a payment, and a red one for a refund' },
    says: compared('票据数', 'the number of invoices'),
  },
  'notice-after-settlement': {
    title: { zh: '先结算、后通知医院', en: 'The hospital is told after the insurer has settled, never before' },
    says: (finding) =>
      finding.found.endsWith(' ms')
        ? compared('通知早于其所引结算之时长', 'the time by which the notice is earlier than the settlement it quotes')(finding)
        : compared('通知所引结算', 'the settlement the notice quotes')(finding),
  },
  'settled-for-own-person': {
    title: { zh: '以本人身份结算', en: 'Each bill is settled for the person it belongs to' },
    says: compared('结算人', 'the person settled for'),
  },
  'paid-by-own-person': {
    title: {
      zh: '由本人账户或额度、向本院支付',
      en: "The patient's part comes from the patient's own account or line, to the bill's own site",
    },
    says: compared('付款人或执业点', 'the payer or site'),
  },
  'paid-the-way-asked': {
    title: { zh: '信用付费用信用额度，手机支付用本人账户', en: 'Credit draws on the line of credit, a phone on the own account' },
    says: compared('资金来源', 'where the money came from'),
  },
  'split-as-policy': {
    title: { zh: '每笔结算按政策重算到分相符', en: 'Every settlement, worked out again from the policy, agrees to the fen' },
    says: compared('基金＋账户＋现金（分）', 'fund + account + cash, in fen,'),
  },
  'nothing-unknown-after-drain': {
    title: { zh: '收尾之后无悬而未决', en: 'After the drain nothing is open or unknown' },
    says: ({ id, found }) => ({ zh: `${id}：仍未了结（${found}）`, en: `${id}: still open (${found})` }),
  },
  'one-effect-per-key': {
    title: { zh: '一个业务键只生效一次', en: 'One effect a key' },
    says: compared('生效次数', 'the number of effects'),
  },
  'same-key-same-answer': {
    title: { zh: '同一幂等键始终同一答复', en: 'The same key always has the same answer' },
    says: compared('答复', 'the answer'),
  },
  'said-paid-is-paid': {
    title: { zh: '告知患者“已支付”的确已支付，金额一致', en: 'Whoever was told “paid” has paid, and what they were told' },
    says: compared('账簿与患者所见', 'what the books say, beside what the patient saw,'),
  },
  'said-not-paid-is-not-paid': {
    title: { zh: '告知患者“未支付”的确未扣款', en: 'Whoever was told “not paid” has not paid' },
    says: compared('扣款（分）', 'what was taken, in fen,'),
  },
  'bill-is-shown-as-billed': {
    title: {
      zh: '支付前查询到的账单与医院所记金额相符',
      en: 'Before a patient pays in an app, it shows the bill with the amount the hospital billed',
    },
    says: compared('查询到的账单', 'the bill shown'),
  },
  'said-done-is-done': {
    title: {
      zh: '告知“已办结”的业务（签约、提额、签到等）各方账簿确有记载',
      en: 'Whoever was told “done” (sign-up, raise, sign-in …) stands in the book of whoever did it',
    },
    says: compared('账簿所载', 'what the book says'),
  },
  'told-how-it-ended': {
    title: { zh: '入口均获知每笔支付的结果', en: 'Entries hear how each of their payments ended' },
    says: compared('通知', 'the notice'),
  },
  'ledger-zero': {
    title: { zh: '平台分录借贷为零，挂账为零', en: 'The journal of the target adds up to zero, and nothing is in suspense' },
    says: compared('合计（分）', 'the sum in fen'),
  },
  'journal-rows-match': {
    title: { zh: '平台分录与各方账簿逐笔相符', en: "The target's journal says of each payment what the parties' books say" },
    says: compared('基金＋账户＋支付方＝医院（分）', 'fund + account + payer = hospital, in fen,'),
  },
  'saga-ran-once': {
    title: { zh: '每一步骤只执行一次，撤销后方可再执行', en: 'Each step of a payment is taken once, and again only after it was undone' },
    says: compared('执行次数', 'the number of times'),
  },
  'planted-is-found': {
    title: { zh: '故障植入的错账笔笔查出', en: 'Everything a fault booked wrongly is found' },
    says: ({ id }) => ({ zh: `${id}：植入的错账未被查出`, en: `${id}: was booked wrongly by a fault and not found` }),
  },
  'closing-books-as-virtual': {
    title: { zh: '无故障时每笔分割与虚拟城市到分一致', en: 'Without a fault every bill is split and paid as in the virtual city' },
    says: compared('基金＋当年账户＋历年账户＋信用＋自付（分）', 'fund + current account + history account + credit + own money, in fen,'),
  },
  'after-heal-as-twin': {
    title: { zh: '恢复之后与无故障的同一回放一致', en: 'Once healed, undisturbed patients end as without the fault' },
    says: compared('结果', 'the end'),
  },
  'day-is-matched': {
    title: { zh: '日终后与各方均已对账', en: "After the day's end every party's day is matched" },
    says: compared('对账', 'its day'),
  },
  'differences-are-the-planted': {
    title: { zh: '对账差错恰为所植入者', en: 'Reconciliation finds the differences that were planted, no more and no fewer' },
    says: compared('差错', 'the difference'),
  },
  'paid-out-to-the-fen': {
    title: { zh: '拨付机构的款项与各支付方账簿到分相符', en: "What was paid out to each site is what the payers' books say" },
    says: compared('拨付（分）', 'the payout in fen'),
  },
  'wrongdoing-is-found': {
    title: {
      zh: '医保审核查出的违规账单恰为所设者，暂扣者为其全部基金与账户支付',
      en: 'The insurer’s review finds the bills planned to offend, no more and no fewer, and holds back its money in them',
    },
    says: compared('违规（暂扣，分）', 'the offence (and what is held back, in fen)'),
  },
  'review-adds-up': {
    title: {
      zh: '申报、拨付、申诉拨付与最终扣款到分相符',
      en: 'What hospitals apply for is owed to them, and is paid, paid after an appeal or deducted, to the fen',
    },
    says: compared('申报：拨付＋申诉拨付（分）', 'applied for: paid + paid after an appeal, in fen,'),
  },
  'advances-add-up': {
    title: {
      zh: '垫付＝还款＋退回＋尚欠，与患者账单到分相符',
      en: 'What was advanced is repaid, given back or still owed, as the patient’s statement says, to the fen',
    },
    says: compared('账单所欠（分）', 'what the statement says is owed, in fen,'),
  },
  'repaid-as-paid': {
    title: {
      zh: '每笔还款在银行与钱包各入账一次、金额相同',
      en: 'Every repayment stands once at the bank and once at the wallet it came through',
    },
    says: compared('入账（分）', 'what is booked, in fen,'),
  },
  'overdue-is-noted': {
    title: {
      zh: '期满仍欠者银行记为逾期并报信用分，已还清者不记',
      en: 'What is owed after the last day is overdue in the bank’s book and told to the score; nothing else is',
    },
    says: compared('尚欠与逾期记载', 'what is owed, beside what was noted,'),
  },
  'after-term-as-virtual': {
    title: {
      zh: '还款期后各人所欠与虚拟城市到分一致',
      en: 'After the credit term everybody owes what they owe in the virtual city',
    },
    says: compared('尚欠（分）', 'what is owed, in fen,'),
  },
} as const satisfies Readonly<Record<string, RuleWords>>

export type RuleName = keyof typeof ruleWords
