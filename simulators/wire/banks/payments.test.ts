import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readStatement } from '../dialects/bank-statement.ts'
import { bankRules } from './bank-book.ts'
import type { BankEntry } from './bank-entry.ts'
import { usualTerms } from './bank-terms.ts'
import { decideLine } from './credit-decisions.ts'
import { fen, type OneBank, oneBank } from './testing/one-bank.ts'

const site = 7
const agreement = 'XY1'
const account = 'ZH1'
let city: OneBank
beforeAll(async () => {
  city = await oneBank()
})
beforeEach(async () => {
  await city.reset()
  await city.open({
    agreements: [
      { agreement, person: 1, limitFen: fen(100_000), usedFen: fen(0) },
      { agreement: account, person: 1, kind: 'account', limitFen: fen(5000), usedFen: fen(0) },
    ],
  })
})
const hold = (key: string, amount: number, of = agreement) => city.bank.desk.authorize({ key, agreement: of, site, amountFen: fen(amount) })
const capture = (key: string, of: string, amount: number) => city.bank.desk.capture({ key, hold: of, amountFen: fen(amount) })
const refund = (key: string, of: string, amount: number) => city.bank.desk.refund({ key, capture: of, amountFen: fen(amount) })
const line = async (of = agreement) => {
  const { usedFen, heldFen, leftFen, overpaidFen } = (await city.bank.desk.line({ agreement: of })) as never
  return { usedFen, heldFen, leftFen, overpaidFen }
}

describe('a hold and its capture', () => {
  test('the rest of a hold is free again once a part of it was captured', async () => {
    expect(await hold('A1', 60_000)).toEqual({ outcome: 'authorized', heldFen: 60_000 })
    expect(await hold('A2', 40_001)).toEqual({ outcome: 'refused', reason: 'over-credit-limit' })
    expect(await capture('C1', 'A1', 45_000)).toEqual({ outcome: 'captured', paidFen: 45_000 })
    expect(await line()).toEqual({ usedFen: 45_000, heldFen: 0, leftFen: 55_000, overpaidFen: 0 })
  })

  test('more than was held, a hold given back and a hold captured before are refused', async () => {
    await hold('A1', 100)
    expect(await capture('C1', 'A1', 101)).toEqual({ outcome: 'refused', reason: 'over-hold' })
    await city.bank.desk.release({ hold: 'A1' })
    expect(await capture('C1', 'A1', 100)).toEqual({ outcome: 'refused', reason: 'hold-released' })
    expect(await hold('A1', 100)).toEqual({ outcome: 'refused', reason: 'hold-released' })
    await hold('A2', 100)
    await capture('C2', 'A2', 100)
    expect(await capture('C3', 'A2', 100)).toEqual({ outcome: 'refused', reason: 'hold-captured' })
    expect(await city.bank.desk.release({ hold: 'A2' })).toEqual({ outcome: 'refused', reason: 'hold-captured' })
  })
})

describe('a key', () => {
  test('sent again with the same contents is answered alike and stands once; with other contents it is refused', async () => {
    const twice = async (send: () => Promise<unknown>) => {
      const first = await send()
      expect(await send()).toEqual(first)
      return first
    }
    expect(await twice(() => hold('A1', 100))).toMatchObject({ outcome: 'authorized' })
    expect(await twice(() => capture('C1', 'A1', 80))).toMatchObject({ outcome: 'captured' })
    expect(await twice(() => refund('R1', 'C1', 30))).toMatchObject({ outcome: 'refunded' })
    expect(await twice(() => city.bank.desk.debit({ key: 'D1', agreement: account, site, amountFen: fen(10) }))).toMatchObject({
      outcome: 'debited',
    })
    const reused = { outcome: 'refused', reason: 'key-reused' }
    expect(await hold('A1', 101)).toEqual(reused)
    expect(await capture('C1', 'A1', 81)).toEqual(reused)
    expect(await refund('R1', 'C1', 31)).toEqual(reused)
    expect(await city.bank.desk.debit({ key: 'D1', agreement: account, site: 8, amountFen: fen(10) })).toEqual(reused)
    expect(await line()).toMatchObject({ usedFen: 50, heldFen: 0 })
  })

  test('is one effect’s, whatever that does', async () => {
    await hold('A1', 100)
    expect(await capture('A1', 'A1', 100)).toEqual({ outcome: 'refused', reason: 'key-reused' })
    expect(await refund('A1', 'A1', 100)).toEqual({ outcome: 'refused', reason: 'key-reused' })
    expect(await city.bank.desk.release({ hold: 'C1' })).toEqual({ outcome: 'released' })
    expect(await capture('C1', 'A1', 100)).toEqual({ outcome: 'refused', reason: 'undone-before-it-came' })
  })
})

describe('a refund', () => {
  test('comes in parts that add up to the payment at most', async () => {
    await hold('A1', 1000)
    await capture('C1', 'A1', 1000)
    expect(await refund('R1', 'C1', 400)).toEqual({ outcome: 'refunded', refundedFen: 400 })
    expect(await refund('R2', 'C1', 601)).toEqual({ outcome: 'refused', reason: 'over-refund' })
    expect(await refund('R2', 'C1', 600)).toEqual({ outcome: 'refunded', refundedFen: 600 })
    expect(await line()).toEqual({ usedFen: 0, heldFen: 0, leftFen: 100_000, overpaidFen: 0 })
    expect(await refund('R3', 'C9', 1)).toEqual({ outcome: 'refused', reason: 'unknown-capture' })
  })

  test('of what was repaid from the patient’s own account stands in it again at once, and no advance is paid from it', async () => {
    await hold('A1', 1000)
    await capture('C1', 'A1', 1000)
    await city.bank.desk.repay({ key: 'W1', agreement, wallet: 'unionpay', payer: account, amountFen: fen(700) })
    expect(await line(account)).toMatchObject({ leftFen: 4300 })
    for (const _ of ['first', 'again']) await refund('R1', 'C1', 500)
    expect(await line()).toEqual({ usedFen: 0, heldFen: 0, leftFen: 100_000, overpaidFen: 0 })
    expect(await line(account)).toMatchObject({ leftFen: 4500 })
    await refund('R2', 'C1', 500)
    expect(await line(account)).toMatchObject({ leftFen: 5000 })
    await city.bank.desk.debit({ key: 'D1', agreement, site, amountFen: fen(150) })
    expect(await line()).toMatchObject({ usedFen: 150, overpaidFen: 0 })
  })

  test('to the patient’s own account stands in it again', async () => {
    expect(await city.bank.desk.debit({ key: 'D1', agreement: account, site, amountFen: fen(5001) })).toMatchObject({ outcome: 'refused' })
    await city.bank.desk.debit({ key: 'D1', agreement: account, site, amountFen: fen(5000) })
    await refund('R1', 'D1', 5000)
    expect(await line(account)).toEqual({ usedFen: 0, heldFen: 0, leftFen: 5000, overpaidFen: 0 })
  })
})

describe('a reversal', () => {
  test('takes back a capture with its hold, a debit and a hold; each twice is once', async () => {
    await hold('A1', 1000)
    await capture('C1', 'A1', 900)
    await hold('A2', 500)
    await city.bank.desk.debit({ key: 'D1', agreement: account, site, amountFen: fen(10) })
    for (const key of ['C1', 'A2', 'D1', 'C1']) expect(await city.bank.desk.reverse({ key })).toEqual({ outcome: 'reversed' })
    expect(await line()).toEqual({ usedFen: 0, heldFen: 0, leftFen: 100_000, overpaidFen: 0 })
    expect(await line(account)).toMatchObject({ leftFen: 5000 })
    expect(await city.bank.desk.query({ key: 'C1' })).toEqual({ outcome: 'reversed' })
    expect(await capture('C1', 'A1', 900)).toEqual({ outcome: 'refused', reason: 'capture-reversed' })
    expect(await refund('R1', 'C1', 1)).toEqual({ outcome: 'refused', reason: 'capture-reversed' })
    expect((await city.entries()).filter(({ does }) => does === 'reverse')).toHaveLength(2)
  })

  test('of what never came leaves a tombstone, and the late original is refused', async () => {
    expect(await city.bank.desk.reverse({ key: 'D9' })).toEqual({ outcome: 'reversed' })
    expect(await city.bank.desk.reverse({ key: 'A9' })).toEqual({ outcome: 'reversed' })
    const late = { outcome: 'refused', reason: 'undone-before-it-came' }
    expect(await city.bank.desk.debit({ key: 'D9', agreement: account, site, amountFen: fen(1) })).toEqual(late)
    expect(await hold('A9', 1)).toEqual(late)
    expect(await city.bank.desk.query({ key: 'D9' })).toEqual({ outcome: 'reversed' })
    expect(await line(account)).toMatchObject({ usedFen: 0 })
  })

  test('is refused once its accounting day is closed, or a part was refunded', async () => {
    await city.bank.desk.debit({ key: 'D1', agreement, site, amountFen: fen(100) })
    await city.bank.desk.debit({ key: 'D2', agreement, site, amountFen: fen(100) })
    await refund('R1', 'D2', 1)
    expect(await city.bank.desk.reverse({ key: 'D2' })).toEqual({ outcome: 'refused', reason: 'refunded-already' })
    expect(await city.bank.desk.reverse({ key: 'R1' })).toEqual({ outcome: 'refused', reason: 'not-reversible' })
    city.setClock('2020-10-12 23:00:00')
    expect(await city.bank.desk.reverse({ key: 'D1' })).toEqual({ outcome: 'refused', reason: 'too-late-to-reverse' })
  })
})

describe('the statement of an accounting day', () => {
  const read = async (date: string) => {
    const statement = await city.bank.desk.statement({ date })
    return statement.outcome === 'refused' ? statement.reason : readStatement(statement.csv)
  }

  test('has every movement until the cut-off with control totals; what comes after it belongs to the next day', async () => {
    await hold('A1', 1000)
    await capture('C1', 'A1', 900)
    await city.bank.desk.debit({ key: 'D,1%', agreement: account, site, amountFen: fen(12) })
    await refund('R1', 'C1', 300)
    await city.bank.desk.reverse({ key: 'D,1%' })
    expect(await read('2020-10-12')).toBe('statement-not-ready')
    city.setClock('2020-10-12 22:59:59')
    await city.bank.desk.debit({ key: 'D2', agreement: account, site, amountFen: fen(5) })
    city.setClock('2020-10-12 23:00:00')
    await city.bank.desk.debit({ key: 'D3', agreement: account, site, amountFen: fen(6) })
    const lines = [
      ['advance', 'C1', 'C1', 900],
      ['debit', 'D,1%', 'D,1%', 12],
      ['refund', 'R1', 'C1', 300],
      ['reversal', 'D,1%', 'D,1%', 12],
      ['debit', 'D2', 'D2', 5],
    ]
    const statement = await city.bank.desk.statement({ date: '2020-10-12' })
    expect(statement.outcome === 'statement' && statement.csv).toBe(
      [
        'H,bank-a,2020-10-12',
        'D,1,2020-10-12 09:00:00,advance,7,C1,C1,9.00',
        'D,2,2020-10-12 09:00:00,debit,7,D%2C1%25,D%2C1%25,0.12',
        'D,3,2020-10-12 09:00:00,refund,7,R1,C1,3.00',
        'D,4,2020-10-12 09:00:00,reversal,7,D%2C1%25,D%2C1%25,0.12',
        'D,5,2020-10-12 22:59:59,debit,7,D2,D2,0.05',
        'T,advance,1,9.00',
        'T,debit,2,0.17',
        'T,refund,1,3.00',
        'T,reversal,1,0.12',
        'N,5,6.05',
        '',
      ].join('\n'),
    )
    const day = await read('2020-10-12')
    expect(
      typeof day === 'object' && 'lines' in day && day.lines.map(({ kind, key, payment, amountFen }) => [kind, key, payment, amountFen]),
    ).toEqual(lines)
    expect(await read('2020-10-13')).toBe('statement-not-ready')
    city.setClock('2020-10-14 08:00:00')
    expect(await read('2020-10-13')).toMatchObject({ lines: [{ key: 'D3' }] })
    expect(await read('2020-02-30')).toBe('no-such-day')
    expect(await read('2020-10-01')).toMatchObject({ lines: [] })
  })
})

test('whatever is asked of a bank, its line never passes the limit, its statements tell every fen, and its book folds into the same state', async () => {
  const keyArbitrary = fc.constantFrom('K1', 'K2', 'K3', 'K4', 'K5', 'K6')
  const amount = fc.integer({ min: 0, max: 4000 })
  const of = fc.constantFrom(agreement, account)
  const asked = fc.oneof(
    fc.record({
      does: fc.constant('authorize' as const),
      key: keyArbitrary,
      agreement: of,
      amount,
      visit: fc.option(fc.constantFrom('V1', 'V2')),
    }),
    fc.record({ does: fc.constant('capture' as const), key: keyArbitrary, other: keyArbitrary, amount }),
    fc.record({ does: fc.constant('settleVisit' as const), key: keyArbitrary, agreement: of, visit: fc.constantFrom('V1', 'V2'), amount }),
    fc.record({ does: fc.constant('debit' as const), key: keyArbitrary, agreement: of, amount }),
    fc.record({ does: fc.constant('refund' as const), key: keyArbitrary, other: keyArbitrary, amount }),
    fc.record({ does: fc.constant('release' as const), key: keyArbitrary }),
    fc.record({ does: fc.constant('reverse' as const), key: keyArbitrary }),
    fc.record({ does: fc.constant('repay' as const), key: keyArbitrary, amount }),
    fc.record({ does: fc.constant('later' as const), days: fc.integer({ min: 0, max: 40 }) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(asked, { maxLength: 40 }), async (requests) => {
      const one = city
      await one.reset()
      const limits = { [agreement]: 6000, [account]: 5000 }
      await one.open({
        agreements: [
          { agreement, person: 1, limitFen: fen(6000), usedFen: fen(0) },
          { agreement: account, person: 1, kind: 'account', limitFen: fen(5000), usedFen: fen(0) },
        ],
      })
      const { desk } = one.bank
      let day = 12
      for (const request of requests) {
        switch (request.does) {
          case 'authorize': {
            const { key, agreement: which, visit } = request
            await desk.authorize({ key, agreement: which, site, amountFen: fen(request.amount), ...(visit === null ? {} : { visit }) })
            break
          }
          case 'capture':
            await desk.capture({ key: request.key, hold: request.other, amountFen: fen(request.amount) })
            break
          case 'settleVisit':
            await desk.settleVisit({
              key: request.key,
              agreement: request.agreement,
              site,
              visit: request.visit,
              amountFen: fen(request.amount),
            })
            break
          case 'debit':
            await desk.debit({ key: request.key, agreement: request.agreement, site, amountFen: fen(request.amount) })
            break
          case 'refund':
            await desk.refund({ key: request.key, capture: request.other, amountFen: fen(request.amount) })
            break
          case 'release':
            await desk.release({ hold: request.key })
            break
          case 'reverse':
            await desk.reverse({ key: request.key })
            break
          case 'repay':
            await desk.repay({ key: request.key, agreement, wallet: 'unionpay', payer: account, amountFen: fen(request.amount) })
            break
          case 'later':
            day += request.days
            one.setClock(new Date(Date.UTC(2020, 9, day, 9)).toISOString().slice(0, 19).replace('T', ' '))
            break
          default:
            request satisfies never
        }
        for (const [which, limit] of Object.entries(limits)) {
          const { usedFen, heldFen, debts } = (await desk.line({ agreement: which })) as never as {
            usedFen: number
            heldFen: number
            debts: { owedFen: number }[]
          }
          expect(usedFen + heldFen).toBeLessThanOrEqual(limit)
          if (which === agreement) expect(debts.reduce((sum, { owedFen }) => sum + owedFen, 0)).toBe(usedFen)
        }
      }
      const again = bankRules({ repaymentDays: 59, cutOff: { minuteOfDay: 1380 }, ...usualTerms })
      const state = again.empty()
      for (const row of await one.store.export()) again.apply(state, JSON.parse(row.text) as BankEntry, row.atMs)
      for (const which of [agreement, account]) {
        expect(decideLine(state, { agreement: which }).reply).toEqual(await desk.line({ agreement: which }))
      }
      // Paid less given back, by the statements, is what line and account carry: a repayment moves it from one to the other.
      let netFen = 0
      one.setClock(new Date(Date.UTC(2020, 9, day + 2, 9)).toISOString().slice(0, 19).replace('T', ' '))
      for (let date = 12; date <= day + 1; date++) {
        const statement = await desk.statement({ date: new Date(Date.UTC(2020, 9, date)).toISOString().slice(0, 10) })
        const told = readStatement(statement.outcome === 'statement' ? statement.csv : '')
        if ('mistakes' in told) throw new Error(told.mistakes.join('; '))
        netFen += told.lines.reduce(
          (sum, { kind, amountFen }) => sum + (kind === 'advance' || kind === 'debit' ? amountFen : -amountFen),
          0,
        )
      }
      const credit = (await desk.line({ agreement })) as never as { usedFen: number; overpaidFen: number }
      const own = (await desk.line({ agreement: account })) as never as { usedFen: number }
      expect(netFen).toBe(credit.usedFen - credit.overpaidFen + own.usedFen)
    }),
    { numRuns: 40 },
  )
})

test('bands of the credit score that begin on a later business day bind from that day on', async () => {
  const one = { fromScore: 575, toScore: 1000, limitFen: fen(50_000) }
  let creditBands: readonly (typeof one)[] = []
  const tianjin = await oneBank({
    terms: {
      get creditBands() {
        return creditBands
      },
    },
    score: { ask: async () => ({ outcome: 'score', score: 660 }), report: async () => ({ outcome: 'noted' }) },
  })
  await tianjin.open({ agreements: [], customers: [1, 2].map((person) => ({ person, assessedFen: fen(900_000) })) as never })
  const assess = (person: number) => tianjin.bank.desk.assess({ key: `A${person}`, person, scoreAuthorization: 'SQ1' })
  expect(await assess(1)).toMatchObject({ outcome: 'offer', limitFen: 900_000 })
  creditBands = [one]
  expect(await assess(2)).toMatchObject({ outcome: 'offer', limitFen: 50_000 })
  // Without the person's leave nothing is granted any more.
  expect(await tianjin.bank.desk.assess({ key: 'A3', person: 2 })).toEqual({ outcome: 'refused', reason: 'no-score-authorization' })
})
