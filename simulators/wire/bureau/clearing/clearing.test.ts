import { expect, test } from 'vitest'
import { fenOf } from '../../../money/fen.ts'
import { dateOf, momentMs } from '../../desks/business-time.ts'
import type { ClearingView, DayLinesReply, SettlementReply } from '../../desks/clearing-desk.ts'
import { claim, feeLines, identities, people, registration, visitNumberOf } from '../../dialects/national/example-messages.ts'
import { nationalBureau, visitWithFees } from '../../testing/national-bureau.ts'
import type { Policy } from '../bureau-decisions.ts'

const credential = { kind: 'card', value: identities[people.employee]?.cardNumber ?? '' } as const
const refused = (reason: string) => ({ outcome: 'refused', reason })

/** October of site 7: one settlement of the national interface and `count` of 五期, each of 60 yuan in scope. */
async function october(count: number, clearing: Partial<NonNullable<Policy['clearing']>> = {}) {
  const terms = { mostSettlements: 0, upheldBasisPoints: 5000, payoutDays: 20, appealDays: 10, decisionDays: 15, ...clearing }
  const { bureau, clock, institution, entries, store } = await nationalBureau({}, { clearing: terms })
  const hospital = await institution(7)
  const visit = await visitWithFees(hospital)
  await hospital.send('2207', claim(people.employee, visit, 'B1'))
  const settlements: string[] = []
  for (let number = 1; number <= count; number++) {
    const from = () => ({ site: 7, message: { sequence: number * 10 + settlements.length, atMs: clock.nowMs() } })
    const bill = { bill: `MX${number}`, totalFen: fenOf(6000), coveredFen: fenOf(6000) }
    const line = { number: 1, prescription: 'RX', code: 'Y1', name: '示例', priceFen: bill.totalFen, count: 1, ...bill }
    await bureau.desk.upload({ ...from(), bill: bill.bill, visit: 'JZ1', lines: [line] })
    const trial = await bureau.desk.presettle({ ...from(), credential, bills: [bill] })
    const settled = await bureau.desk.settle({ ...from(), trial: trial.outcome === 'presettled' ? trial.trial : '', bills: [bill] })
    if (settled.outcome !== 'settled') throw new Error(settled.reason)
    settlements.push(settled.settlement)
  }
  const { desk } = bureau
  const on = (day: string) => clock.set(momentMs(`${day} 09:00:00`) ?? 0)
  const month = async () => {
    const reply = await desk.clearingMonth({ site: 7, month: '202010' })
    return reply.outcome === 'month' ? reply.types : []
  }
  const apply = async (key = 'A1') => {
    const [type] = await month()
    if (type === undefined) throw new Error('nothing to apply for')
    return desk.applyForMonth({ key, site: 7, month: '202010', ...type })
  }
  const applied = async () => {
    const reply = await apply()
    if (reply.outcome !== 'applied') throw new Error(reply.reason)
    return reply.application
  }
  const view = async (application: string) => (await desk.clearing({ site: 7, application })) as ClearingView
  const paid = async () => {
    const reply = await desk.payouts({ site: 7 })
    return reply.outcome === 'payouts' ? reply.payouts : []
  }
  return { desk, on, month, apply, applied, view, paid, settlements, entries, store, institution, clock }
}

test('a month is applied for with the bureau’s own sums of both dialects, after it is over, once', async () => {
  const { desk, on, month, apply } = await october(2)
  // 120 yuan through a visit: fund 36, account 30, cash 54; then 60 yuan twice: fund 36, cash 24.
  expect(await month()).toEqual([{ clearingType: '11', count: 3, totalFen: 24_000, fundFen: 10_800, accountFen: 3000, cashFen: 10_200 }])
  expect(await apply()).toEqual(refused('month-not-over'))
  on('2020-11-02')
  const [type] = await month()
  const request = { key: 'A1', site: 7, month: '202010', ...type, fundFen: fenOf(10_801) } as never
  expect(await desk.applyForMonth(request)).toEqual(refused('application-totals-differ'))
  const applied = await apply()
  expect(applied.outcome).toBe('applied')
  expect(await month()).toEqual([])
  const same = { key: 'A1', site: 7, month: '202010', ...type } as never
  expect(await desk.applyForMonth(same)).toEqual(applied)
  expect(await desk.applyForMonth({ ...(same as object), key: 'A2' } as never)).toEqual(refused('month-applied'))
  expect(await desk.applyForMonth({ ...(same as object), count: 4 } as never)).toEqual(refused('message-number-reused'))
  expect(await desk.clearingMonth({ site: 99, month: '202010' })).toEqual(refused('unknown-site'))
})

test('what is held back and not appealed for is deducted for good; the rest is paid out on its day, once', async () => {
  const { on, applied, view, paid, settlements, entries, desk } = await october(40, { mostSettlements: 20 })
  on('2020-11-02')
  const application = await applied()
  const { questioned, withheldFen, appliedFen, payoutOn, appealUntil } = await view(application)
  expect(questioned.length).toBeGreaterThan(5)
  expect(questioned.length).toBeLessThan(settlements.length - 5)
  expect(withheldFen).toBe(questioned.reduce((sum, { amountFen }) => sum + amountFen, 0))
  expect([payoutOn, appealUntil]).toEqual(['2020-11-22', '2020-11-12'])
  on('2020-11-21')
  expect(await paid()).toEqual([])
  expect(await view(application)).toMatchObject({ state: 'open', deductedFen: withheldFen, paidFen: 0 })
  on('2020-11-22')
  const [payout, ...more] = await paid()
  expect(payout).toMatchObject({ application, day: '2020-11-22', kind: 'clearing', amountFen: appliedFen - withheldFen })
  expect(more).toEqual([])
  const before = await entries()
  expect(await paid()).toEqual([payout])
  expect(await entries()).toBe(before)
  expect(await view(application)).toMatchObject({ state: 'closed', paidFen: appliedFen - withheldFen, deductedFen: withheldFen })
  expect(await desk.clearing({ site: 8, application })).toEqual(refused('unknown-application'))
})

test('an appeal is taken once, in time, for settlements held back; what is upheld is paid later, to the fen', async () => {
  const { on, applied, view, paid, desk } = await october(20)
  on('2020-11-02')
  const application = await applied()
  const { questioned, appliedFen } = await view(application)
  const all = questioned.map(({ settlement }) => ({ settlement, evidence: '病历第 3 页' }))
  const appeal = { key: 'S1', site: 7, application, settlements: all.slice(1) }
  expect(await desk.appeal({ ...appeal, settlements: [{ settlement: 'nobody', evidence: '—' }] })).toEqual(refused('not-questioned'))
  expect(await desk.appeal({ ...appeal, settlements: [all[0], all[0]] as never })).toEqual(refused('not-questioned'))
  on('2020-11-12')
  expect(await desk.appeal(appeal)).toEqual({ outcome: 'appealed', application, decidedOn: '2020-11-27' })
  expect(await desk.appeal(appeal)).toEqual({ outcome: 'appealed', application, decidedOn: '2020-11-27' })
  expect(await desk.appeal({ ...appeal, key: 'S2' })).toEqual(refused('appealed-before'))
  on('2020-11-26')
  // Nothing was undisputed, so there is nothing to pay before the decision.
  expect(await paid()).toEqual([])
  expect((await view(application)).questioned.slice(1).every(({ state }) => state === 'appealed')).toBe(true)
  on('2020-11-27')
  const after = await view(application)
  const upheld = after.questioned.filter(({ state }) => state === 'upheld')
  expect(upheld.length).toBeGreaterThan(2)
  expect(upheld.length).toBeLessThan(all.length - 3)
  expect(after.questioned[0]?.state).toBe('deducted')
  const upheldFen = upheld.reduce((sum, { amountFen }) => sum + amountFen, 0)
  expect(await paid()).toMatchObject([{ kind: 'appeal', day: '2020-11-27', amountFen: upheldFen }])
  expect(after).toMatchObject({ state: 'closed', paidFen: upheldFen, deductedFen: appliedFen - upheldFen })
})

test('an appeal after its last day is refused, and a settlement applied for cannot be reversed', async () => {
  const { on, applied, view, desk, settlements } = await october(1)
  on('2020-11-02')
  const application = await applied()
  const settlement = settlements[0] ?? ''
  const message = { sequence: 900, atMs: momentMs('2020-11-02') ?? 0 }
  expect(await desk.reverse({ site: 7, message, settlement, totalFen: fenOf(6000) })).toEqual(refused('already-cleared'))
  on('2020-11-13')
  const late = { key: 'S1', site: 7, application, settlements: [{ settlement, evidence: '—' }] }
  expect(await desk.appeal(late)).toEqual(refused('appeal-too-late'))
  expect((await view(application)).questioned.map(({ state }) => state)).toEqual(['deducted', 'deducted'])
})

test('the lines of a day are told when it is over, to the fen, reversals under the number of what they reverse', async () => {
  const { on, desk, settlements } = await october(3)
  const settlement = settlements[0] ?? ''
  const told = await desk.settlement({ site: 7, settlement })
  expect(told).toMatchObject({ outcome: 'settlement', isReversed: false, line: { settlement, does: 'pay' } })
  expect(await desk.settlement({ site: 8, settlement })).toEqual(refused('unknown-settlement'))
  const { line } = told as SettlementReply
  const day = dateOf(line.atMs)
  on(day)
  expect(await desk.dayLines({ site: 7, day })).toEqual(refused('day-not-over'))
  const message = { sequence: 900, atMs: line.atMs }
  const totalFen = fenOf(line.fundFen + line.currentAccountFen + line.historyAccountFen + line.cashFen)
  expect(await desk.reverse({ site: 7, message, settlement, totalFen })).toMatchObject({ outcome: 'reversed' })
  on('2020-11-02')
  const lines = ((await desk.dayLines({ site: 7, day })) as DayLinesReply).lines.filter((one) => one.settlement === settlement)
  expect(lines.map(({ does }) => does)).toEqual(['pay', 'refund'])
  expect(await desk.settlement({ site: 7, settlement })).toMatchObject({ isReversed: true })
})

test('a review holds back what a rule finds, and says which: repeated items, items outside the directory or for children alone, too many settlements a day', async () => {
  const { desk, on, applied, view, store, institution, clock } = await october(0, { mostSettlements: 4 })
  let sequence = 500
  const settled = async (bill: string, ...lines: readonly (readonly [code: string, coveredFen: number])[]) => {
    const from = () => ({ site: 7, message: { sequence: ++sequence, atMs: clock.nowMs() } })
    const totalFen = fenOf(lines.length * 6000)
    const claimed = { bill, totalFen, coveredFen: fenOf(lines.reduce((sum, [, coveredFen]) => sum + coveredFen, 0)) }
    const written = lines.map(([code, coveredFen], index) => ({
      ...{ number: index + 1, prescription: 'RX', code, name: '示例', priceFen: fenOf(6000), count: 1 },
      ...{ totalFen: fenOf(6000), coveredFen: fenOf(coveredFen) },
    }))
    await desk.upload({ ...from(), bill, visit: 'JZ1', lines: written })
    const trial = await desk.presettle({ ...from(), credential, bills: [claimed] })
    const reply = await desk.settle({ ...from(), trial: trial.outcome === 'presettled' ? trial.trial : '', bills: [claimed] })
    if (reply.outcome !== 'settled') throw new Error(reply.reason)
    return reply
  }
  const names = new Map<string, string>()
  const put = async (name: string, ...lines: Parameters<typeof settled>[1][]) => {
    names.set((await settled(name, ...lines)).settlement, name)
  }
  await put('sound', ['T101000001', 6000], ['T101000002', 6000])
  await put('twice', ['T101000001', 6000], ['T101000001', 6000])
  await put('for children', ['T101950000', 6000])
  // Reversed and settled again, it is what it was.
  const outside = await settled('outside', ['T101000009', 6000])
  await desk.reverse({ site: 7, message: { sequence: 499, atMs: clock.nowMs() }, settlement: outside.settlement, totalFen: fenOf(6000) })
  clock.set(clock.nowMs() + 86_400_000)
  await put('outside', ['T101000009', 6000])
  await put('paid by the patient', ['T101000009', 0], ['T101000001', 6000])
  for (const name of ['third', 'fourth', 'fifth']) await put(name, ['T101000001', 6000])
  const hospital = await institution(7)
  const visit = visitNumberOf((await hospital.send('2201', registration(people.resident, 'MZ9'))).output)
  const [line] = feeLines(people.resident, visit, 'B9')
  const feedetail = ['1', '2'].map((number) => ({ ...line, feedetl_sn: `B9-${number}` }))
  await hospital.send('2204', { feedetail })
  const data = { ...claim(people.resident, visit, 'B9').data, medfee_sumamt: 200, insutype: '390' }
  const national = await hospital.send('2207', { data })
  names.set(national.output.setlinfo.setl_id, 'twice, in a visit')
  on('2020-11-02')
  const { questioned } = await view(await applied())
  expect(questioned.map(({ settlement, rules }) => [names.get(settlement), rules])).toEqual([
    ['twice', ['repeated-item']],
    ['for children', ['outside-age']],
    ['outside', ['outside-directory']],
    ['fifth', ['too-frequent']],
    ['twice, in a visit', ['repeated-item']],
  ])
  // The book remembers it without the lines.
  expect((await store.export()).filter(({ text }) => text.includes('outside-directory')).length).toBe(2)
})
