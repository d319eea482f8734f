/** 先诊疗后付费: score, line, holds of a visit, one settlement on leaving, repayment within 59 days, and what happens without. */
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { repaymentWallets } from '../../../scenarios/plan-credit.ts'
import { anotherPayer, payer, type Tianjin, tianjin } from '../testing/tianjin.ts'
import { fen } from './testing/one-bank.ts'

const site = 7
const no = (reason: string) => ({ outcome: 'refused', reason })
/** Scores at the borders of the bands, and one below them all. */
const scores = { 574: 574, 575: 575, 610: 610, 611: 611, 630: 630, 631: 631, 660: 660, 661: 661, 700: 700, 701: 701, 750: 750, 751: 751 }
const patient = 660
const account = 'ZH660'
let city: Tianjin
beforeAll(async () => {
  city = await tianjin(scores)
})
beforeEach(async () => {
  await city.reset()
  await city.open({
    customers: Object.keys(scores).map((person) => ({
      person: Number(person),
      assessedFen: fen(Number(person) === 611 ? 60_000 : 3_000_000),
      raisedFen: fen(4_000_000),
      cardFen: fen(5_000_000),
    })),
    agreements: [{ agreement: account, person: patient, kind: 'account', limitFen: fen(100_000), usedFen: fen(0) }],
  })
})
const assess = async (person: number, scoreAuthorization?: string) =>
  city.bank.desk.assess({ key: `P${person}`, person, scoreAuthorization: scoreAuthorization ?? (await city.leave(person)) })
async function signed(person = patient): Promise<string> {
  await assess(person)
  const reply = await city.bank.desk.sign({ key: `S${person}`, offer: `P${person}` })
  if (reply.outcome !== 'signed') throw new Error(reply.reason)
  return reply.agreement
}
const hold = (agreement: string, key: string, yuan: number, visit = 'V1') =>
  city.bank.desk.authorize({ key, agreement, site, amountFen: fen(yuan * 100), visit })
const settle = (agreement: string, key: string, yuan: number, visit = 'V1') =>
  city.bank.desk.settleVisit({ key, agreement, site, visit, amountFen: fen(yuan * 100) })
type Wallet = (typeof repaymentWallets)[number]
const ask = (agreement: string, key: string, yuan: number, wallet: Wallet = 'wechat') =>
  city.bank.desk.repay({ key, agreement, wallet, payer: wallet === 'unionpay' ? account : payer, amountFen: fen(yuan * 100) })
/** The patient confirms at once. */
async function repay(agreement: string, key: string, yuan: number, wallet: Wallet = 'wechat') {
  const asked = await ask(agreement, key, yuan, wallet)
  if (asked.outcome !== 'asked' || wallet === 'unionpay') return asked
  await city.onPhone(wallet, asked.prepay ?? '', 'pay')
  return ask(agreement, key, yuan, wallet)
}

describe('a line of credit', () => {
  test.each([
    [574, undefined],
    [575, 500],
    [610, 500],
    [630, 1000],
    [631, 5000],
    [660, 5000],
    [661, 10_000],
    [700, 10_000],
    [701, 15_000],
    [750, 15_000],
    [751, 20_000],
  ])('of a score of %i is at most %s yuan, whatever the bank itself would lend', async (person, yuan) => {
    expect(await assess(person)).toEqual(
      yuan === undefined ? no('not-granted') : { outcome: 'offer', limitFen: yuan * 100, validThrough: '2024-01-09' },
    )
  })

  test('is below the band where the bank’s own judgement is', async () => {
    expect(await assess(611)).toMatchObject({ limitFen: 60_000 })
  })

  test('is opened by accepting the offer, once, while it stands', async () => {
    expect(await city.bank.desk.sign({ key: 'S1', offer: 'P660' })).toEqual(no('unknown-offer'))
    const agreement = await signed()
    expect(await city.bank.desk.sign({ key: 'S660', offer: 'P660' })).toEqual({ outcome: 'signed', agreement, limitFen: 500_000 })
    expect(await city.bank.desk.sign({ key: 'S2', offer: 'P660' })).toEqual(no('signed-already'))
    await assess(700)
    city.setClock('2024-01-10 00:00:00')
    expect(await city.bank.desk.sign({ key: 'S700', offer: 'P700' })).toEqual(no('offer-expired'))
  })

  test('is raised no higher than the band of the score as it is then, and a card does not lift it', async () => {
    const agreement = await signed()
    const scoreAuthorization = await city.leave(patient)
    expect(await city.bank.desk.raiseLimit({ key: 'E1', agreement, scoreAuthorization })).toEqual(no('not-granted'))
    const low = await signed(611)
    expect(await city.bank.desk.raiseLimit({ key: 'E2', agreement: low, scoreAuthorization: await city.leave(611) })).toEqual({
      outcome: 'raised',
      limitFen: 100_000,
    })
    expect(await city.bank.desk.issueCard({ key: 'K1', person: patient })).toMatchObject({ outcome: 'card', agreement, limitFen: 500_000 })
    expect(await city.bank.desk.issueCard({ key: 'K2', person: patient })).toEqual(no('card-issued-already'))
    expect(await city.bank.desk.issueCard({ key: 'K3', person: 700 })).toEqual(no('not-granted'))
  })
})

describe('the leave to ask for a score', () => {
  test('is explicit: without it, or with another person’s, nothing is assessed', async () => {
    expect(await city.bank.desk.assess({ key: 'P1', person: patient })).toEqual(no('no-score-authorization'))
    expect(await assess(patient, await city.leave(700))).toEqual(no('no-score-authorization'))
    expect(await assess(patient, 'SQ0')).toEqual(no('no-score-authorization'))
    expect(await city.entries()).not.toContainEqual(expect.objectContaining({ does: 'offer' }))
  })

  test('can be taken back: then nobody is told, what was signed stands, and only a new leave opens it again', async () => {
    const agreement = await signed()
    const scoreAuthorization = await city.leave(patient)
    expect(await city.score.desk.revokeLeave({ authorization: scoreAuthorization, person: 700 })).toEqual(no('authorization-of-another'))
    expect(await city.score.desk.revokeLeave({ authorization: scoreAuthorization, person: patient })).toEqual({ outcome: 'revoked' })
    expect(await city.bank.desk.raiseLimit({ key: 'E1', agreement, scoreAuthorization })).toEqual(no('no-score-authorization'))
    expect(await city.leave(patient)).toBe('revoked')
    expect(await hold(agreement, 'A1', 100)).toMatchObject({ outcome: 'authorized' })
    const again = await city.leave(patient, 'a new leave')
    expect(await city.bank.desk.raiseLimit({ key: 'E1', agreement, scoreAuthorization: again })).toEqual(no('not-granted'))
  })

  test('a silent score service decides nothing, and the applicant may come again', async () => {
    city.isScoreUp = false
    await expect(assess(patient)).rejects.toThrow('cannot be reached')
    city.isScoreUp = true
    expect(await assess(patient)).toMatchObject({ outcome: 'offer' })
  })
})

describe('a visit', () => {
  test('piles up holds within the limit and pays nothing; on leaving one payment takes their place', async () => {
    const agreement = await signed()
    for (const [key, yuan] of [
      ['A1', 50],
      ['A2', 1200],
      ['A3', 3700],
    ] as const)
      expect(await hold(agreement, key, yuan)).toMatchObject({ outcome: 'authorized' })
    expect(await hold(agreement, 'A4', 51)).toEqual(no('over-credit-limit'))
    const open = await city.bank.desk.visit({ agreement, site, visit: 'V1' })
    expect(open).toMatchObject({ state: 'open', heldFen: 495_000, paidFen: 0, holds: [{ key: 'A1' }, { key: 'A2' }, { key: 'A3' }] })
    expect((await city.entries()).map(({ does }) => does)).not.toContain('capture')
    expect(await settle(agreement, 'C1', 4951)).toEqual(no('over-hold'))
    // The insurer pays its part; the bank advances what is left.
    expect(await settle(agreement, 'C1', 1800)).toEqual({ outcome: 'captured', paidFen: 180_000 })
    expect(await settle(agreement, 'C1', 1800)).toEqual({ outcome: 'captured', paidFen: 180_000 })
    expect(await settle(agreement, 'C1', 1801)).toEqual(no('key-reused'))
    expect(await settle(agreement, 'C2', 1)).toEqual(no('no-holds'))
    expect(await city.bank.desk.visit({ agreement, site, visit: 'V1' })).toEqual({
      outcome: 'visit',
      state: 'settled',
      heldFen: 0,
      holds: [],
      paidFen: 180_000,
    })
    expect(await city.bank.desk.line({ agreement })).toMatchObject({ usedFen: 180_000, heldFen: 0, leftFen: 320_000 })
    expect((await city.entries()).filter(({ does }) => does === 'settle-visit')).toHaveLength(1)
  })

  test('an examination that was not made gives its hold back, and is not paid on leaving', async () => {
    const agreement = await signed()
    await hold(agreement, 'A1', 100)
    await hold(agreement, 'A2', 400)
    await city.bank.desk.release({ hold: 'A2' })
    expect(await settle(agreement, 'C1', 101)).toEqual(no('over-hold'))
    expect(await settle(agreement, 'C1', 100)).toMatchObject({ outcome: 'captured' })
    expect(await city.bank.desk.refund({ key: 'R1', capture: 'C1', amountFen: fen(4000) })).toMatchObject({ outcome: 'refunded' })
    expect(await city.bank.desk.line({ agreement })).toMatchObject({ usedFen: 6000, debts: [{ payment: 'C1', owedFen: 6000 }] })
  })

  test('another visit, another site and another patient’s agreement hold apart', async () => {
    const agreement = await signed()
    await hold(agreement, 'A1', 100)
    await hold(agreement, 'A2', 200, 'V2')
    expect(await settle(agreement, 'C2', 200, 'V2')).toMatchObject({ outcome: 'captured' })
    expect(await city.bank.desk.settleVisit({ key: 'C1', agreement, site: 8, visit: 'V1', amountFen: fen(1) })).toEqual(no('no-holds'))
    expect(await city.bank.desk.visit({ agreement, site, visit: 'V1' })).toMatchObject({ state: 'open', heldFen: 10_000 })
    expect(await city.bank.desk.visit({ agreement, site, visit: 'V9' })).toMatchObject({ state: 'unheard-of' })
  })

  test('left without settling is an outcome: its holds lapse together, nothing is paid, and the score hears of it once', async () => {
    const agreement = await signed()
    await hold(agreement, 'A1', 100)
    city.setClock('2024-01-03 09:00:00')
    await hold(agreement, 'A2', 300)
    city.setClock('2024-02-01 23:59:59')
    expect(await city.bank.desk.visit({ agreement, site, visit: 'V1' })).toMatchObject({ state: 'open', heldFen: 40_000 })
    city.setClock('2024-02-02 00:00:00')
    await expect.poll(() => city.scoreNow(patient), { timeout: 10_000 }).toBe(640)
    expect(await city.bank.desk.visit({ agreement, site, visit: 'V1' })).toMatchObject({ state: 'left-unsettled', heldFen: 0, paidFen: 0 })
    expect(await settle(agreement, 'C1', 100)).toEqual(no('no-holds'))
    expect(await city.bank.desk.line({ agreement })).toMatchObject({ standing: 'good', heldFen: 0, usedFen: 0 })
    city.setClock('2024-02-10 00:00:00')
    const reports = (await city.entries()).flatMap((entry) => (entry.does === 'report' ? [entry.report] : []))
    expect(reports).toMatchObject([{ event: 'left-unsettled', person: patient, amountFen: 40_000, date: '2024-02-02' }])
  })
})

describe('an advance', () => {
  test('is repaid through any of three wallets, the oldest first, in parts, and never beyond what is owed', async () => {
    const agreement = await signed()
    await hold(agreement, 'A1', 100)
    await settle(agreement, 'C1', 100)
    city.setClock('2024-01-05 09:00:00')
    await hold(agreement, 'A2', 50, 'V2')
    await settle(agreement, 'C2', 50, 'V2')
    expect(await repay(agreement, 'W1', 60, 'wechat')).toEqual({ outcome: 'repaid', repaidFen: 6000, owedFen: 9000 })
    expect(await ask(agreement, 'W1', 60, 'wechat')).toEqual({ outcome: 'repaid', repaidFen: 6000, owedFen: 9000 })
    expect(await ask(agreement, 'W1', 60, 'alipay')).toEqual(no('key-reused'))
    expect(await repay(agreement, 'W2', 60, 'alipay')).toEqual({ outcome: 'repaid', repaidFen: 6000, owedFen: 3000 })
    expect(await city.bank.desk.line({ agreement })).toMatchObject({
      debts: [{ payment: 'C2', owedFen: 3000, usedOn: '2024-01-05', repayThrough: '2024-03-04' }],
    })
    expect(await repay(agreement, 'W3', 31, 'unionpay')).toEqual(no('over-repayment'))
    expect(await city.bank.desk.close({ agreement })).toEqual(no('still-used'))
    expect(await repay(agreement, 'W3', 30, 'unionpay')).toEqual({ outcome: 'repaid', repaidFen: 3000, owedFen: 0 })
    expect(await city.bank.desk.close({ agreement })).toEqual({ outcome: 'closed' })
    expect(await hold(agreement, 'A3', 1, 'V3')).toEqual(no('agreement-closed'))
    expect(await city.bank.desk.line({ agreement: account })).toMatchObject({ usedFen: 3000, leftFen: 97_000 })
    expect(await city.bank.desk.repay({ key: 'W3', agreement, wallet: 'unionpay', payer: 'ZH9', amountFen: fen(3000) })).toEqual(
      no('key-reused'),
    )
    expect(repaymentWallets).toEqual(['wechat', 'alipay', 'unionpay'])
  })

  test('is not repaid by an order that the patient does not confirm, nor from another’s account, nor with money that is not there', async () => {
    const agreement = await signed()
    await hold(agreement, 'A1', 2000)
    await settle(agreement, 'C1', 2000)
    const asked = await ask(agreement, 'W1', 100)
    expect(asked).toMatchObject({ outcome: 'asked', prepay: expect.any(String) })
    expect(await ask(agreement, 'W1', 100)).toMatchObject({ outcome: 'asked' })
    expect(await city.bank.desk.line({ agreement })).toMatchObject({ usedFen: 200_000 })
    // Nobody answers for five minutes: the bank closes the order, and a late payer finds it closed.
    city.setClock('2024-01-02 09:01:00')
    city.wait(300_001)
    await expect
      .poll(
        async () => {
          city.setClock('2024-01-02 09:06:00')
          return (await city.entries()).at(-1)
        },
        { timeout: 10_000 },
      )
      .toMatchObject({ does: 'fail-repayment', key: 'W1' })
    expect(await ask(agreement, 'W1', 100)).toEqual(no('repayment-failed'))
    await expect(city.onPhone('wechat', asked.outcome === 'asked' ? (asked.prepay ?? '') : '', 'pay')).rejects.toThrow('closed')
    const from = { agreement, wallet: 'unionpay' as const, amountFen: fen(100_001) }
    expect(await city.bank.desk.repay({ ...from, key: 'W2', payer: account })).toEqual(no('not-enough-money'))
    expect(await city.bank.desk.repay({ ...from, key: 'W3', payer: agreement })).toEqual(no('unknown-payer'))
    expect(await city.bank.desk.line({ agreement })).toMatchObject({ usedFen: 200_000, debts: [{ owedFen: 200_000 }] })
  })

  test.each(['wechat', 'alipay'] as const)(
    'asked for again with another payer at %s is refused, and the first order stands',
    async (wallet) => {
      const agreement = await signed()
      await hold(agreement, 'A1', 100)
      await settle(agreement, 'C1', 100)
      const asked = await ask(agreement, 'W1', 100, wallet)
      const other = { key: 'W1', agreement, wallet, payer: anotherPayer, amountFen: fen(10_000) }
      expect(await city.bank.desk.repay(other)).toEqual(no('key-reused'))
      await city.onPhone(wallet, asked.outcome === 'asked' ? (asked.prepay ?? '') : '', 'pay')
      expect(await ask(agreement, 'W1', 100, wallet)).toMatchObject({ outcome: 'repaid', owedFen: 0 })
    },
  )

  test('is repaid once though the wallet fell silent after it was paid, and is not called overdue meanwhile', async () => {
    const agreement = await signed()
    await hold(agreement, 'A1', 100)
    await settle(agreement, 'C1', 100)
    city.setClock('2024-03-01 23:59:00')
    const asked = await ask(agreement, 'W1', 100, 'alipay')
    await city.onPhone('alipay', asked.outcome === 'asked' ? (asked.prepay ?? '') : '', 'pay')
    city.areWalletsUp = false
    expect(await ask(agreement, 'W1', 100, 'alipay')).toEqual({ outcome: 'asked' })
    city.setClock('2024-03-02 00:01:00')
    expect(await city.bank.desk.line({ agreement })).toMatchObject({ standing: 'good', usedFen: 10_000 })
    city.areWalletsUp = true
    await expect
      .poll(
        async () => {
          city.setClock('2024-03-02 00:02:00')
          return city.bank.desk.line({ agreement })
        },
        { timeout: 10_000 },
      )
      .toMatchObject({ standing: 'good', usedFen: 0, debts: [] })
    expect(await ask(agreement, 'W1', 100, 'alipay')).toEqual({ outcome: 'repaid', repaidFen: 10_000, owedFen: 0 })
    const said = (await city.entries()).map(({ does }) => does)
    expect([said.filter((does) => does === 'repay').length, said.includes('overdue')]).toEqual([1, false])
  })

  test('repaid on the 59th day is in time: the score hears nothing', async () => {
    const agreement = await signed()
    await hold(agreement, 'A1', 100)
    await settle(agreement, 'C1', 100)
    city.setClock('2024-03-01 23:59:59')
    expect(await repay(agreement, 'W1', 100)).toMatchObject({ owedFen: 0 })
    city.setClock('2024-06-01 09:00:00')
    expect(await city.bank.desk.line({ agreement })).toMatchObject({ standing: 'good', debts: [] })
    expect((await city.entries()).map(({ does }) => does)).not.toContain('report')
  })

  test('not repaid by the end of the 59th day is overdue: no further credit, the score falls; repaid late, both mend', async () => {
    const agreement = await signed()
    await hold(agreement, 'A1', 100)
    await settle(agreement, 'C1', 100)
    await repay(agreement, 'W0', 99)
    city.isScoreUp = false
    city.setClock('2024-03-02 00:00:00')
    expect(await city.bank.desk.line({ agreement })).toMatchObject({ standing: 'overdue', usedFen: 100 })
    expect(await hold(agreement, 'A3', 1, 'V3')).toEqual(no('overdue'))
    // The score service was away; the report is kept and carried until it is heard.
    expect(await city.scoreNow(patient)).toBe(660)
    city.isScoreUp = true
    await expect.poll(() => city.scoreNow(patient), { timeout: 10_000 }).toBe(620)
    expect(await city.bank.desk.assess({ key: 'P2', person: patient, scoreAuthorization: await city.leave(patient) })).toEqual(
      no('overdue'),
    )
    expect(await repay(agreement, 'W1', 1)).toMatchObject({ owedFen: 0 })
    expect(await city.bank.desk.line({ agreement })).toMatchObject({ standing: 'good' })
    expect(await hold(agreement, 'A3', 1, 'V3')).toMatchObject({ outcome: 'authorized' })
    await expect.poll(() => city.scoreNow(patient), { timeout: 10_000 }).toBe(630)
    const reports = (await city.entries()).flatMap((entry) => (entry.does === 'report' ? [entry.report.event] : []))
    expect(reports).toEqual(['overdue', 'settled-late'])
    await expect.poll(async () => (await city.entries()).filter(({ does }) => does === 'reported').length, { timeout: 10_000 }).toBe(2)
  })
})

describe('the score service', () => {
  test('notes a report once, and refuses other contents under its key', async () => {
    const report = { key: 'X1', asker: 'bank-a', person: patient, event: 'overdue', amountFen: fen(100), date: '2024-03-02' } as const
    for (const _ of [1, 2]) expect(await city.score.desk.report(report)).toEqual({ outcome: 'noted' })
    expect(await city.score.desk.report({ ...report, amountFen: fen(101) })).toEqual(no('key-reused'))
    expect(await city.score.desk.report({ ...report, key: 'X2', person: 9 })).toEqual(no('unknown-person'))
    expect(await city.scoreNow(patient)).toBe(620)
  })

  test('answers the bank that was let ask, and no other', async () => {
    const authorization = await city.leave(patient)
    expect(await city.score.desk.ask({ asker: 'bank-b', person: patient, authorization })).toEqual(no('authorization-of-another'))
    expect(await city.score.desk.ask({ asker: 'bank-a', person: 700, authorization })).toEqual(no('authorization-of-another'))
    expect(await city.score.desk.grantLeave({ key: 'L9', person: 9, asker: 'bank-a' })).toEqual(no('unknown-person'))
    expect(await city.score.desk.grantLeave({ key: 'L660', person: 700, asker: 'bank-a' })).toEqual(no('key-reused'))
  })
})
