/** A Tianjin bank, the credit score and the identity service as processes would meet them: signed, over sockets, with books on the disk. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { fenOf } from '../money/fen.ts'
import { bankMerchant } from './banks/repayments.ts'
import { signedSender } from './client/signed-sender.ts'
import { httpTransport, type Transport } from './client/transport.ts'
import type { BankDesk } from './desks/bank-desk.ts'
import type { CreditDesk } from './desks/credit-desk.ts'
import type { IdentityDesk } from './desks/identity-desk.ts'
import type { ScoreDesk } from './desks/score-desk.ts'
import { scoreOperations } from './dialects/credit-score.ts'
import { gatewayOperations } from './dialects/gateway.ts'
import { gatewayCreditOperations } from './dialects/gateway-credit.ts'
import { identityOperations } from './dialects/identity.ts'
import { plainPort } from './dialects/plain.ts'
import { identityOf } from './people/identity.ts'
import type { Served } from './serve.ts'
import { bank, control, keys, person, seed, serveSmallWire, site } from './testing/small-wire.ts'
import { creditBands } from './testing/tianjin.ts'
import { phone } from './wallets/testing/phone.ts'

const plan = planOf('small-town')
const { repaymentDays } = plan.city.people.credit
const otherBank = plan.city.parties.banks.find(({ name }) => name !== bank)?.name ?? ''
const folder = mkdtempSync(join(tmpdir(), 'medpay-tianjin-'))
const logged: string[] = []
let served: Served
let transports: Transport[] = []
const start = () =>
  serveSmallWire(
    { ...plan, policy: { ...plan.policy, creditBands } },
    {
      only: [bank, otherBank, 'identity', 'credit-score', 'wechat', 'alipay'],
      booksFolder: folder,
      logStream: { write: (line) => void logged.push(line) },
    },
  )
const closePorts = async () => {
  await Promise.all(transports.map((transport) => transport.close()))
  transports = []
}
beforeAll(async () => {
  served = await start()
})
afterAll(async () => {
  await closePorts()
  await served.stop()
  rmSync(folder, { recursive: true })
})

function sender(callee: string, caller: string) {
  const transport = httpTransport({ origin: served.originOf(callee), timeoutMs: 30_000 })
  transports.push(transport)
  return signedSender({ transport, caller, key: keys.between(caller, callee), nowMs: Date.now })
}
const gateway = (of = bank) => plainPort<BankDesk>(gatewayOperations, sender(of, 'platform'))
const credit = () => plainPort<CreditDesk>(gatewayCreditOperations, sender(bank, 'platform'))
const score = (caller: string) => plainPort<ScoreDesk>(scoreOperations, sender('credit-score', caller))
const entries = async (actor: string) =>
  ((await control(served, actor, 'GET', '/control/books')) as { entries: { entry: { does: string } }[] }).entries.map(
    ({ entry }) => entry.does,
  )

let agreement = ''
let authorization = ''

test('a score that its person let the bank ask for opens a line within its band', async () => {
  await control(served, 'credit-score', 'POST', '/control/opening', {
    persons: [{ person, score: 660 }],
    points: { overdue: -40, 'settled-late': 10, 'left-unsettled': -20 },
  })
  await control(served, bank, 'POST', '/control/opening', { customers: [{ person, assessedFen: 3_000_000 }], agreements: [] })
  const granted = await score('platform').grantLeave({ key: 'L1', person, asker: bank })
  authorization = granted.outcome === 'granted' ? granted.authorization : ''
  expect(await credit().assess({ key: 'E1', person, scoreAuthorization: authorization })).toMatchObject({
    outcome: 'offer',
    limitFen: 500_000,
  })
  const signed = await credit().sign({ key: 'E2', offer: 'E1' })
  agreement = signed.outcome === 'signed' ? signed.agreement : ''
  expect(agreement).toMatch(/^XY/)
})

test('a bank asks in its own name, and the platform not at all', async () => {
  const before = await entries('credit-score')
  expect(await score('platform').ask({ asker: 'platform', person, authorization })).toMatchObject({ outcome: 'no-reply', sent: 'no' })
  expect(await score(otherBank).ask({ asker: bank, person, authorization })).toMatchObject({
    outcome: 'no-reply',
    why: 'status 403: forbidden',
  })
  expect(await entries('credit-score')).toEqual(before)
})

test('holds of a visit are settled once on leaving, each operation served as planned for its business key', async () => {
  await control(served, bank, 'PUT', '/control/service-plan', {
    servers: 2,
    times: [{ operation: 'bank/capture', businessKey: 'JZ1', serviceMs: 20 }],
  })
  await control(served, bank, 'POST', '/control/spans/take')
  const amountFen = fenOf(30_000)
  for (const key of ['A1', 'A2'])
    expect(await gateway().authorize({ key, agreement, site, amountFen, visit: 'JZ1' })).toMatchObject({ outcome: 'authorized' })
  expect(await gateway().settleVisit({ key: 'C1', agreement, site, visit: 'JZ1', amountFen: fenOf(45_000) })).toMatchObject({
    paidFen: 45_000,
  })
  const { spans } = (await control(served, bank, 'POST', '/control/spans/take')) as {
    spans: { operation: string; businessKey: string; startedMs: number; endedMs: number }[]
  }
  expect(spans.map(({ operation, businessKey }) => `${operation} ${businessKey}`)).toEqual([
    'bank/authorize A1',
    'bank/authorize A2',
    'bank/capture JZ1',
  ])
  expect((spans[2]?.endedMs ?? 0) - (spans[2]?.startedMs ?? 0)).toBeGreaterThanOrEqual(19)
})

test('another bank has a book of its own: it knows neither the agreement nor the keys', async () => {
  expect(await gateway(otherBank).authorize({ key: 'A1', agreement, site, amountFen: fenOf(1) })).toEqual({
    outcome: 'refused',
    reason: 'no-agreement',
  })
  expect(await gateway(otherBank).query({ key: 'C1' })).toEqual({ outcome: 'unheard-of' })
  expect(await entries(otherBank)).toEqual([])
})

test('an advance left unpaid past its days reaches the score over its socket when the business clock jumps', async () => {
  const due = new Date(Date.parse('2020-10-12T00:00:00Z') + (repaymentDays + 1) * 86_400_000).toISOString().slice(0, 10)
  await control(served, bank, 'PUT', '/control/clock', { now: `${due} 00:00:00` })
  await expect.poll(() => entries('credit-score'), { timeout: 10_000 }).toContain('report')
  await expect.poll(() => entries(bank), { timeout: 10_000 }).toContain('reported')
  const bankPort = score(bank)
  expect(await bankPort.ask({ asker: bank, person, authorization })).toEqual({ outcome: 'score', score: 620 })
  expect(await gateway().authorize({ key: 'A3', agreement, site, amountFen: fenOf(1) })).toEqual({ outcome: 'refused', reason: 'overdue' })
})

test('after a restart from the disk bank and score say the same, and keys stay used', async () => {
  const line = await credit().line({ agreement })
  const before = [await entries(bank), await entries('credit-score')]
  await closePorts()
  await served.stop()
  served = await start()
  expect([await entries(bank), await entries('credit-score')]).toEqual(before)
  expect(line).toMatchObject({ standing: 'overdue', usedFen: 45_000 })
  expect(await credit().line({ agreement })).toEqual(line)
  const again = { key: 'C1', agreement, site, visit: 'JZ1' }
  expect(await gateway().settleVisit({ ...again, amountFen: fenOf(45_000) })).toMatchObject({ outcome: 'captured' })
  expect(await gateway().settleVisit({ ...again, amountFen: fenOf(45_001) })).toEqual({ outcome: 'refused', reason: 'key-reused' })
})

test.each([
  ['wechat', 20_000],
  ['alipay', 25_000],
] as const)(
  'the patient repays through %s, in its own dialect with the bank as merchant, and the wallet has it once',
  async (wallet, amount) => {
    const payer = 'o-payer-42'
    await control(served, wallet, 'POST', '/control/opening', {
      merchants: [{ ...bankMerchant(bank, wallet), checksBy: 'public-key' }],
      payers: [payer],
    })
    const repayment = { key: `W-${wallet}`, agreement, wallet, payer, amountFen: fenOf(amount) }
    const asked = await credit().repay(repayment)
    expect(asked).toMatchObject({ outcome: 'asked', prepay: expect.any(String) })
    const prepay = asked.outcome === 'asked' ? asked.prepay : undefined
    await phone(served.originOf(wallet), keys.between('phone', wallet), '/phone/payments', { payer, prepay, does: 'pay' })
    for (const _ of [1, 2]) expect(await credit().repay(repayment)).toMatchObject({ outcome: 'repaid', repaidFen: amount })
    expect((await entries(bank)).filter((does) => does === 'repay')).toHaveLength(wallet === 'wechat' ? 1 : 2)
    expect((await entries(wallet)).filter((does) => does === 'order')).toHaveLength(1)
  },
)

test('all repaid, the line is good again, and the score hears that it was settled late', async () => {
  expect(await credit().line({ agreement })).toMatchObject({ standing: 'good', usedFen: 0, debts: [] })
  await expect.poll(async () => (await entries('credit-score')).filter((does) => does === 'report').length, { timeout: 10_000 }).toBe(2)
})

test('a credential goes from phone to site over the sockets, a site uses its own alone, and no book, log or span keeps it', async () => {
  const { name, idNumber } = identityOf({ seed, year: 2020 }, person, 'young-adult')
  await control(served, 'identity', 'POST', '/control/opening', {
    seed,
    year: 2020,
    persons: [{ person, ageGroup: 'young-adult', isActive: false }],
    families: [],
  })
  const phone = plainPort<IdentityDesk>(identityOperations, sender('identity', 'channel-main-entry'))
  const hospital = plainPort<IdentityDesk>(identityOperations, sender('identity', `site-${site}`))
  expect(await phone.activate({ key: 'J1', name, idNumber })).toEqual({ outcome: 'activated', person })
  const shown = await phone.show({ person, by: person })
  const code = shown.outcome === 'code' ? shown.code : ''
  expect(await phone.decode({ site, code })).toMatchObject({ outcome: 'no-reply', why: 'status 401: unknown-caller' })
  expect(await hospital.decode({ site: 8, code })).toMatchObject({ outcome: 'no-reply', why: 'status 403: forbidden' })
  const decoded = await hospital.decode({ site, code })
  const token = decoded.outcome === 'decoded' ? decoded.token : ''
  expect(await hospital.holder({ site, token })).toMatchObject({ outcome: 'holder', person, name, idNumber })
  const kept = JSON.stringify([
    await control(served, 'identity', 'GET', '/control/books'),
    await control(served, 'identity', 'POST', '/control/spans/take'),
    logged,
  ])
  expect(kept).toContain('identity/decode')
  for (const secret of [code, token, idNumber, name]) {
    expect(secret.length).toBeGreaterThan(1)
    expect(kept).not.toContain(secret)
  }
})
