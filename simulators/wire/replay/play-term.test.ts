/** The days after the visit over real sockets: a bank, its score and two wallets, and phones that read statements and repay. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { fenOf } from '../../money/fen.ts'
import type { PlannedRepayment, Trace } from '../../trace/trace.ts'
import { creditFacts } from '../audit/credit-facts.ts'
import { advancesAddUp, overdueIsNoted, repaidAsPaid } from '../audit/credit-rules.ts'
import { asEntry } from '../audit/entry-words.ts'
import type { Facts } from '../audit/facts.ts'
import { signedSender } from '../client/signed-sender.ts'
import { httpTransport } from '../client/transport.ts'
import type { BankDesk } from '../desks/bank-desk.ts'
import { gatewayOperations } from '../dialects/gateway.ts'
import { plainPort } from '../dialects/plain.ts'
import type { Served } from '../serve.ts'
import { bank, control, keys, serveSmallWire } from '../testing/small-wire.ts'
import { creditBands } from '../testing/tianjin.ts'
import { controlClient } from './control-client.ts'
import { playTerm, type TermPlayed } from './play-term.ts'
import { repaysFrom, termBooks } from './term-books.ts'

const plan = planOf('small-town')
const days = plan.city.people.credit.repaymentDays
const actors = [bank, 'credit-score', 'wechat', 'alipay']
const wallets = ['wechat', 'alipay', 'unionpay'] as const
/** Three repay in time through a wallet each, the last of them on the last day without interest; the fourth repays nothing. */
const repayments: readonly PlannedRepayment[] = [
  ...wallets.map((wallet, person) => ({ person, wallet, afterDays: person < 2 ? 7 : days })),
  { person: 3, wallet: 'wechat', afterDays: null },
]
const agreementOf = (person: number) => `XY${person}`
const trace = {
  opening: {
    date: '2020-10-12',
    agreements: repayments.map(({ person }) => ({ person, score: 655 })),
    applicants: [],
  },
  rules: { banks: [bank] },
  term: { days, scorePoints: { overdue: -40, 'settled-late': 10, 'left-unsettled': -20 }, repayments },
} as unknown as Trace

let served: Served
let played: TermPlayed
beforeAll(async () => {
  served = await serveSmallWire({ ...plan, policy: { ...plan.policy, creditBands } }, { only: actors })
  for (const [actor, book] of termBooks(trace)) await control(served, actor, 'POST', '/control/opening', book)
  const card = { agreement: repaysFrom('unionpay', 2), person: 2, kind: 'account', limitFen: 90_000, usedFen: 0 }
  const lines = repayments.map(({ person }) => ({ agreement: agreementOf(person), person, limitFen: 500_000, usedFen: 1000 }))
  await control(served, bank, 'POST', '/control/opening', { agreements: [...lines, card] })
  const transport = httpTransport({ origin: served.originOf(bank), timeoutMs: 30_000 })
  const gateway = plainPort<BankDesk>(
    gatewayOperations,
    signedSender({ transport, caller: 'platform', key: keys.between('platform', bank), nowMs: Date.now }),
  )
  for (const { person } of repayments) {
    const visit = { agreement: agreementOf(person), site: 7, visit: `JZ${person}`, amountFen: fenOf(5000 + person) }
    await gateway.authorize({ key: `A${person}`, ...visit })
    await gateway.settleVisit({ key: `P${person}`, ...visit })
  }
  await transport.close()
  played = await playTerm({
    wire: { control: controlClient(served.originOf, keys.controlToken), originOf: served.originOf, layout: [actors] },
    trace,
    persons: new Map(repayments.map(({ person }) => [person, { credit: { bank, agreement: agreementOf(person) } }])),
    secret: 'the secret of a test',
    setClock: (actor, date) =>
      control(served, actor, 'PUT', '/control/clock', { now: `${date} 10:00:00`, atMs: Date.now() }) as Promise<never>,
    tell: () => undefined,
  })
})
afterAll(() => served.stop())

test('whoever repays owes nothing afterwards, through each of the wallets and on the last day without interest', () => {
  expect(played.days).toHaveLength(3)
  expect(played.repayments.map(({ person, wallet, amountFen, outcome }) => [person, wallet, amountFen, outcome])).toEqual([
    [0, 'wechat', 6000, 'repaid'],
    [1, 'alipay', 6001, 'repaid'],
    [2, 'unionpay', 6002, 'repaid'],
  ])
  expect(played.statements.map(({ standing, usedFen }) => [standing, usedFen])).toEqual([
    ['good', 0],
    ['good', 0],
    ['good', 0],
    ['overdue', 6003],
  ])
})

test('the books of bank, wallets and score keep the three rules of credit', async () => {
  const books = (await Promise.all(actors.map((actor) => control(served, actor, 'GET', '/control/books')))) as {
    readonly actor: string
    readonly entries: readonly { readonly number: number; readonly atMs: number; readonly entry: unknown }[]
  }[]
  const entries = books.flatMap(({ actor, entries: all }) => all.map(({ entry, ...row }) => ({ ...row, actor, entry: asEntry(entry) })))
  const credit = creditFacts(entries)
  expect(credit.paidOrders).toHaveLength(2)
  // What was owed before and what was advanced in the visit.
  expect(credit.overdueReports?.size).toBe(2)
  for (const rule of [advancesAddUp, repaidAsPaid, overdueIsNoted]) {
    const checked = rule.check({ credit, input: { term: played } } as unknown as Facts, new Map() as never)
    expect(checked).toMatchObject({ standing: 'checked', findings: [] })
    expect(checked.standing === 'checked' && checked.looked).toBeGreaterThan(3)
  }
})

test('a phone may read statements and repay, and nothing else of a bank', async () => {
  const transport = httpTransport({ origin: served.originOf(bank), timeoutMs: 30_000 })
  const send = signedSender({ transport, caller: 'phone', key: keys.between('phone', bank), nowMs: Date.now })
  const heard = await send('POST', gatewayOperations.debit.path, { key: 'X', agreement: agreementOf(0), site: 7, amountFen: 1 })
  expect(heard).toMatchObject({ outcome: 'answered', status: 401 })
  await transport.close()
})
