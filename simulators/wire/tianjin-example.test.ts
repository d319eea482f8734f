/**
 * Tianjin's model as one visit lives it, over sockets, under the policy file of the pilot: leave to ask the score, a line within its band,
 * care without payment, one settlement on leaving, repayment through three wallets; then a visit left unsettled and an advance not repaid.
 * docs/tianjin-leaving.md is written from what was answered.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { fenOf } from '../money/fen.ts'
import { bankMerchant } from './banks/repayments.ts'
import { signedSender } from './client/signed-sender.ts'
import { httpTransport, type Transport } from './client/transport.ts'
import type { CreditDesk } from './desks/credit-desk.ts'
import type { HisDesk } from './desks/his-desk.ts'
import type { PaymentDesk } from './desks/payment-desk.ts'
import type { ReconciliationDesk } from './desks/reconciliation-desk.ts'
import type { ScoreDesk } from './desks/score-desk.ts'
import type { SignUpDesk } from './desks/sign-up-desk.ts'
import { aggregationOperations } from './dialects/aggregation.ts'
import { scoreOperations } from './dialects/credit-score.ts'
import { gatewayCreditOperations } from './dialects/gateway-credit.ts'
import { hospitalOperations } from './dialects/hospital.ts'
import { plainPort } from './dialects/plain.ts'
import { reconciliationOperations } from './dialects/reconciliation.ts'
import { signUpOperations } from './dialects/sign-up.ts'
import type { Served } from './serve.ts'
import { bank, channel, control, identity, keys, openings, person, seed, serveSmallWire, site } from './testing/small-wire.ts'
import { phone } from './wallets/testing/phone.ts'

const repository = join(import.meta.dirname, '../..')
/** The small town under Tianjin's policy, on a day of its pilot. */
function tianjinPlan() {
  const folder = mkdtempSync(join(tmpdir(), 'medpay-tianjin-'))
  const path = join(folder, 'tianjin.yaml')
  const town = readFileSync(join(repository, 'scenarios/small-town.yaml'), 'utf8')
  writeFileSync(path, town.replace('policy: shanghai-2020', 'policy: tianjin-2023').replace('date: 2020-12-14', 'date: 2024-01-02'))
  try {
    const plan = planOf(path)
    const { people } = plan.city
    // 59 days without interest (S4-5); the town has a term of its own.
    return { ...plan, city: { ...plan.city, people: { ...people, credit: { ...people.credit, repaymentDays: 59 } } } }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const actors = ['bureau', 'his', bank, 'platform', 'identity', 'credit-score', 'wechat', 'alipay'] as const
const visit = 'JZ1'
const [examination, drugs] = [
  { bill: 'MX1', name: '检查', totalFen: fenOf(30_000), coveredFen: fenOf(25_000) },
  { bill: 'MX2', name: '药品', totalFen: fenOf(18_050), coveredFen: fenOf(16_000) },
]
const raised = (ofVisit: string, { bill, name, totalFen, coveredFen }: typeof examination) => {
  const line = { number: 1, prescription: 'RX1', code: 'Y00001', name, priceFen: totalFen, count: 1, totalFen, coveredFen }
  return { site, bill, visit: ofVisit, person, totalFen, coveredFen, lines: [line] }
}
const ownAccount = 'ZH0000000042'
const payer = 'o-payer-42'

let served: Served
const transports: Transport[] = []
beforeAll(async () => {
  const plan = tianjinPlan()
  expect(plan.policy.creditBands).toHaveLength(6)
  served = await serveSmallWire(plan, {
    only: actors,
    date: '2024-01-02',
    platform: { banks: plan.city.parties.banks.filter(({ name }) => name === bank) },
  })
  const wallet = (name: 'wechat' | 'alipay') => ({ merchants: [{ ...bankMerchant(bank, name), checksBy: 'public-key' }], payers: [payer] })
  const other = { ...drugs, bill: 'MX3' }
  for (const [actor, opening] of [
    ['bureau', openings.bureau],
    ['his', { bills: [raised(visit, examination), raised(visit, drugs), raised('JZ2', other)] }],
    [
      bank,
      {
        customers: [{ person, assessedFen: 3_000_000 }],
        agreements: [{ agreement: ownAccount, person, kind: 'account', limitFen: 50_000, usedFen: 0 }],
      },
    ],
    ['identity', { seed, year: 2020, persons: [{ person, ageGroup: 'young-adult', isActive: true }], families: [] }],
    ['credit-score', { persons: [{ person, score: 655 }], points: { overdue: -40, 'settled-late': 10, 'left-unsettled': -20 } }],
    ['wechat', wallet('wechat')],
    ['alipay', wallet('alipay')],
  ] as const)
    await control(served, actor, 'POST', '/control/opening', opening)
})
afterAll(async () => {
  await Promise.all(transports.map((transport) => transport.close()))
  await served.stop()
})
function sender(callee: string, caller: string) {
  const transport = httpTransport({ origin: served.originOf(callee), timeoutMs: 10_000 })
  transports.push(transport)
  return signedSender({ transport, caller, key: keys.between(caller, callee), nowMs: Date.now })
}
const on = async (day: string) => {
  for (const actor of actors) await control(served, actor, 'PUT', '/control/clock', { now: `${day} 10:00:00` })
}
const yuan = (fen: number) => (fen / 100).toFixed(2)

test('the worked example of docs/tianjin-leaving.md; renew it with npx vitest run tianjin-example -u', async () => {
  const platform = {
    ...plainPort<PaymentDesk>(aggregationOperations, sender('platform', channel)),
    ...plainPort<SignUpDesk>(signUpOperations, sender('platform', channel)),
    ...plainPort<ReconciliationDesk>(reconciliationOperations, sender('platform', channel)),
  }
  const credit = plainPort<CreditDesk>(gatewayCreditOperations, sender(bank, 'platform'))
  const score = plainPort<ScoreDesk>(scoreOperations, sender('credit-score', 'platform'))
  const scoreNow = async () => {
    const said = await plainPort<ScoreDesk>(scoreOperations, sender('credit-score', bank)).ask({ asker: bank, person, authorization })
    return said.outcome === 'score' ? said.score : said
  }
  const rows: string[] = []
  const told = (zh: string, en: string, answer: string) => rows.push(`| ${rows.length + 1} | ${zh} · ${en} | ${answer} |`)

  // Signing up: the score is asked with the person's leave, and caps what the bank would grant by itself.
  const leave = await score.grantLeave({ key: 'L1', person, asker: bank })
  const authorization = leave.outcome === 'granted' ? leave.authorization : ''
  const { name, idNumber } = identity
  const of = { channel, person }
  const withoutLeave = await platform.assess({ ...of, idempotencyKey: 'E0', name, idNumber })
  expect(withoutLeave).toMatchObject({ offers: [], without: [{ reason: 'no-score-authorization' }] })
  told('未授权即申请授信', 'assessment without leave to ask the score', '`no-score-authorization`')
  const offered = await platform.assess({ ...of, idempotencyKey: 'E1', name, idNumber, scoreAuthorizations: [{ bank, authorization }] })
  expect(offered).toMatchObject({ offers: [{ bank, limitFen: 500_000 }] })
  told(
    '授权查询海河分（655），银行自评30,000元',
    'leave given, score 655, the bank’s own assessment 30,000 yuan',
    `额度 limit ${yuan(500_000)}`,
  )
  expect(await platform.signUp({ ...of, assessment: 'E1', bank })).toMatchObject({ outcome: 'signed-up', limitFen: 500_000 })
  told('一键签约', 'one-tap signing', '`signed-up`')

  // Care: nothing is paid.
  for (const { bill, name: what, totalFen } of [examination, drugs]) {
    expect(await platform.hold({ ...of, site, visit, bill, amountFen: totalFen })).toEqual({ outcome: 'held', heldFen: totalFen })
    told(`${what}：占用额度`, `hold for bill ${bill}`, yuan(totalFen))
  }
  const captured = async () =>
    ((await control(served, bank, 'GET', '/control/books')) as { entries: { entry: { does: string } }[] }).entries.filter(
      ({ entry }) => entry.does === 'settle-visit',
    ).length
  expect(await captured()).toBe(0)
  const payments = ((await control(served, 'platform', 'GET', '/control/books')) as { ledger: { payments: unknown[] } }).ledger.payments
  expect(payments).toEqual([])
  told('就诊途中的付款', 'payments on the way', '0')

  // Leaving: one bill, one settlement with the insurer, one advance.
  const left = await plainPort<HisDesk>(hospitalOperations, sender('his', 'platform')).leave({ site, visit })
  const bill = left.outcome === 'leaving' ? left.bill.bill : ''
  told('离院：两张账单并为一张', 'leaving: two bills become one', `\`${bill}\` ${yuan(48_050)}`)
  const paid = await platform.pay({ ...of, idempotencyKey: 'K1', site, bill, mode: 'leaving', qr: identity.qr })
  if (paid.outcome !== 'payment' || paid.payment.split === undefined) throw new Error(JSON.stringify(paid))
  const { split } = paid.payment
  expect(paid.payment.state).toBe('paid')
  expect(split.fundFen + split.currentAccountFen + split.historyAccountFen + split.cashFen).toBe(48_050)
  // No round asks about what is not a minute old: it was matched within the payment.
  const reconciled = await platform.reconciliationOf({ channel, payment: paid.payment.payment })
  if (reconciled.outcome !== 'reconciliation') throw new Error(JSON.stringify(reconciled))
  expect(reconciled.live).toMatchObject({ state: 'matched', differing: [] })
  expect(await captured()).toBe(1)
  told('医保实时结算：统筹', 'the insurer settles in real time: pooled fund', yuan(split.fundFen))
  told('医保个人账户', 'personal account', yuan(split.currentAccountFen + split.historyAccountFen))
  told('银行垫付个人部分，一次付给医院', 'the bank advances the patient’s part, once, to the hospital', yuan(split.cashFen))
  told(
    '同一笔交易内向医保局、银行、医院实时核对',
    'matched within the same transaction with bureau, bank and hospital',
    `\`${reconciled.live.state}\``,
  )
  expect(await platform.visit({ ...of, site, visit })).toEqual({ outcome: 'visit', state: 'settled', heldFen: 0 })
  told('多占的额度即时释放', 'what was held too much is free again', yuan(48_050 - split.cashFen))
  const agreement = ((await control(served, 'platform', 'GET', '/control/books')) as { ledger: { payments: { memory: string }[] } }).ledger
    .payments[0]
  const line = JSON.parse(agreement?.memory ?? '{}') as { agreement: string }

  // Repayment within 59 days, through three wallets.
  await on('2024-02-20')
  const third = Math.floor(split.cashFen / 3)
  for (const [wallet, amountFen] of [
    ['wechat', third],
    ['alipay', third],
    ['unionpay', split.cashFen - 2 * third],
  ] as const) {
    const asked = {
      key: `R-${wallet}`,
      agreement: line.agreement,
      wallet,
      payer: wallet === 'unionpay' ? ownAccount : payer,
      amountFen: fenOf(amountFen),
    }
    const first = await credit.repay(asked)
    if (first.outcome === 'asked') {
      await phone(served.originOf(wallet), keys.between('phone', wallet), '/phone/payments', { payer, prepay: first.prepay, does: 'pay' })
      expect(await credit.repay(asked)).toMatchObject({ outcome: 'repaid' })
    } else expect(first).toMatchObject({ outcome: 'repaid' })
    told(
      `第49天还款：${{ wechat: '微信', alipay: '支付宝', unionpay: '云闪付' }[wallet]}`,
      `repaid on day 49 by ${wallet}`,
      yuan(amountFen),
    )
  }
  expect(await credit.line({ agreement: line.agreement })).toMatchObject({ standing: 'good', usedFen: 0 })
  expect(await scoreNow()).toBe(655)
  told('全部还清后的海河分', 'the score after all is repaid', '655')

  // A visit left without settling is an outcome, and the score hears of it.
  expect(await platform.hold({ ...of, site, visit: 'JZ2', bill: 'MX3', amountFen: drugs.totalFen })).toMatchObject({ outcome: 'held' })
  await on('2024-04-01')
  expect(await platform.visit({ ...of, site, visit: 'JZ2' })).toMatchObject({ state: 'left-unsettled', heldFen: 0 })
  await expect.poll(scoreNow, { timeout: 10_000 }).toBe(635)
  told('未结算离院，占用到期释放', 'left without settling: the hold lapses', '`left-unsettled`，海河分 score 635')

  // Leave taken back: the bank hears no more.
  expect(await score.revokeLeave({ authorization, person })).toEqual({ outcome: 'revoked' })
  expect(await scoreNow()).toMatchObject({ outcome: 'refused', reason: 'revoked' })
  told('撤销授权', 'leave taken back', '`revoked`')
  await expect(page(rows)).toMatchFileSnapshot('../../docs/tianjin-leaving.md')
})

const page = (rows: readonly string[]) => `# 先诊疗后付费，离院一次结算（天津）· Treated first, one settlement on leaving (Tianjin)

<!-- Made by simulators/wire/tianjin-example.test.ts from the answers of running actors. -->

一名患者的一次就诊，按 \`scenarios/policies/tianjin-2023.yaml\` 经真实端口走完（医保局、医院、银行、平台、身份、海河分、两个钱包）。人员、账单、金额均为合成；
额度分档与59日还款期出自试点方案（S4），待遇为假设（见政策文件）。重现：\`npx vitest run tianjin-example\`。

One patient's visit under \`scenarios/policies/tianjin-2023.yaml\`, played over real sockets (bureau, hospital, bank, platform, identity, score, two
wallets). People, bills and amounts are synthetic; bands and 59 days are the pilot's (S4), the benefits assumed (see the policy file). To repeat it:
\`npx vitest run tianjin-example\`.

| # | 步骤 · step | 结果 · outcome（元 yuan） |
| --- | --- | --- |
${rows.join('\n')}

离院付款在告知患者之前，平台即向医保局、银行、医院三方核对：一致则为 \`matched\`，任一方账目不符当场记为 \`differs\` 并指明是谁；三秒内无应答则付款照常成立，核对记为
\`not-yet\`，由其后各轮实时核对再问。资金拨付仍以各方日终对账文件为准。

Before the patient is told, the platform asks bureau, bank and hospital about the payment: \`matched\` where all agree, \`differs\` with the party's name where
one has it otherwise. Who is silent for three seconds leaves the payment paid and its matching \`not-yet\`; the live rounds ask again. Payout still follows
the parties' day-end files.

试点医院的一个工作日由情景 \`tianjin-leaving\`（\`scenarios/cities/tianjin.yaml\`）推演并回放：\`npx medpay run tianjin-leaving\` 回答付费排队会怎样，合作银行停用时又会怎样；
\`npx medpay load tianjin-leaving --window 30s\` 把同一批患者经 HTTP 发出：途中占用额度，离院时由医院并账、一次结算，与虚拟城市逐笔比对到分。患者在窗口前放弃或径自离院，
账单记为欠费；银行不应答，则改在窗口结清，或记为欠费。

日终之后，业务时钟跳过 59 日无息期（情景的 \`creditTerm:\`）：还款者在抽定的日子于银行客户端查账单，经微信、支付宝或云闪付一次还清；不还者于第 60 日逾期，银行记账并报海河分。谁还、何日还、
经何渠道，由虚拟城市以该次就诊自己的随机流抽取；线上与虚拟城市逐人比对还款与所欠。审计另立三条规则：垫付＝还款＋退回＋尚欠（与患者所见账单到分相符）；每笔还款在银行与钱包各入账一次；期满仍欠者且
仅有仍欠者记为逾期并已报送。医院早在次日上午即由银行付清，与患者还不还无关。

平台不参与还款，也不记账：方案写明由金融机构“垫付和担保”（S4 二(二)），垫付一经付给医院，平台账上的垫付科目即与银行的拨付对平；患者此后欠的是银行，平台再记一笔便是替他人记账，且无从核对。
所以还款不经平台，由银行自己的账、两个钱包的账与患者所见账单三方互证；此步平台、医保局、医院的时钟停在次日上午。呆账核销不在 60 日之内，未模拟：逾期的垫付留在银行账上，计入尚欠。时间窗之前的
用款按窗口当日起算；窗口截断的就诊，其占用在第 30 日失效，银行会报“未结算离院”，因是截断所致，报告不列。

A working day of the pilot's hospitals is played by the scenario \`tianjin-leaving\` (\`scenarios/cities/tianjin.yaml\`): \`npx medpay run tianjin-leaving\` says what
becomes of queueing to pay, and what if the bank is out; \`npx medpay load tianjin-leaving --window 30s\` sends the same patients over HTTP: amounts held on the
way, one bill made by the hospital on leaving and settled once, compared with the virtual city to the fen. Who gives up the line or walks out leaves a debt;
while the bank is silent a visit is settled at the window or becomes a debt.

After the day's end the business clock jumps through the 59 days without interest (\`creditTerm:\` of the scenario): whoever repays reads the statement in the
bank's app on the day drawn for them and repays all of it through WeChat, Alipay or QuickPass; whoever does not is overdue on day 60, in the bank's book and for
the score. Who repays, when and through which wallet the virtual city draws from the visit's own stream; person by person both worlds are held against each other.
Three rules of the auditor: what was advanced is repaid, given back or still owed, as the patient's statement says, to the fen; every repayment stands once at the
bank and once at its wallet; whoever still owes is overdue and reported, and nobody else. The hospital was paid by the bank on the morning after, whoever repays.

The platform has no part in repayment and keeps no account of it: the plan has the bank advance and guarantee (S4 二(二)). Once an advance is paid out to the hospital, the
platform's account of advances is even with the bank's payout; what the patient owes from then on is owed to the bank, and a second book of it could be checked against
nothing. So the bank's book, the wallets' and the statement the patient reads prove each other, and platform, insurer and hospitals stay at the morning after.
Writing bad debts off comes later than 60 days and is not modelled: what is overdue stays owed. Uses from before the window count from its day. Holds of visits
that the window cuts off lapse on day 30, which a bank reports as left unsettled; as that is the cut's doing, the report does not count it.
`
