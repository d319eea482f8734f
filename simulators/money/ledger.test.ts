import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accountMeanings, accountNames } from './accounts.ts'
import { DayLedger, type LedgerTotals } from './ledger.ts'
import {
  claimLater,
  creditMode,
  kioskMode,
  leftOwing,
  noBill,
  paymentModeCount,
  phoneMode,
  refunded,
  settled,
  unknown,
  unpaid,
  windowMode,
} from './payment-status.ts'

const sites = 3
const banks = 2
/** Only the accounts with something in them. */
const standing = (totals: LedgerTotals) => Object.fromEntries(Object.entries(totals.byAccountFen).filter(([, fen]) => fen !== 0))
const bills = (totals: LedgerTotals, status: number, mode: number) => totals.billCount[status * paymentModeCount + mode]

describe('a bill of 100 fen: fund 60, current-year account 5, history account 7, patient 28', () => {
  const parts = [60, 5, 7, 28] as const
  test.each([
    ['window', windowMode, 'cash'],
    ['kiosk', kioskMode, 'cash'],
    ['phone', phoneMode, 'own-money'],
    ['credit', creditMode, 'advances'],
  ] as const)('settled by %s: each payer has paid its part', (_, mode, patientAccount) => {
    const ledger = new DayLedger(sites, banks)
    ledger.post(1, settled, mode, 1, ...parts)
    const totals = ledger.close()
    expect(standing(totals)).toEqual({ income: -100, fund: 60, 'current-accounts': 5, 'history-accounts': 7, [patientAccount]: 28 })
    expect(totals.incomeBySiteFen).toEqual([0, 100, 0])
    expect(totals.advancesByBankFen).toEqual(mode === creditMode ? [0, 28] : [0, 0])
    expect(bills(totals, settled, mode)).toBe(1)
  })

  test('paid in full while the bureau is down: the patient is out of pocket until the claim is paid', () => {
    const ledger = new DayLedger(sites, banks)
    ledger.post(0, claimLater, phoneMode, 0, ...parts)
    expect(standing(ledger.totals())).toEqual({
      income: -100,
      'own-money': 100,
      'claims-fund': 60,
      'claims-current-accounts': 5,
      'claims-history-accounts': 7,
      'due-to-patients': -72,
    })
    expect(standing(ledger.close())).toEqual({
      income: -100,
      'own-money': 100,
      fund: 60,
      'current-accounts': 5,
      'history-accounts': 7,
      reimbursed: -72,
    })
  })

  test('paid in full on credit: the bank advances all of it', () => {
    const ledger = new DayLedger(sites, banks)
    ledger.post(0, claimLater, creditMode, 1, ...parts)
    expect(ledger.close()).toMatchObject({ advancesByBankFen: [0, 100], byAccountFen: { advances: 100, reimbursed: -72 } })
  })

  test('left owing while the bureau is down: owed in its parts, and closed with the patient in arrears', () => {
    const ledger = new DayLedger(sites, banks)
    ledger.post(2, leftOwing, windowMode, 0, ...parts)
    expect(standing(ledger.totals())).toEqual({
      income: -100,
      'owing-fund': 60,
      'owing-current-accounts': 5,
      'owing-history-accounts': 7,
      'owing-cash': 28,
    })
    expect(standing(ledger.close())).toEqual({ income: -100, fund: 60, 'current-accounts': 5, 'history-accounts': 7, arrears: 28 })
  })

  test('unpaid: the bill is withdrawn and nobody has paid', () => {
    const ledger = new DayLedger(sites, banks)
    ledger.post(2, unpaid, kioskMode, 0, ...parts)
    expect(standing(ledger.close())).toEqual({ income: -100, withdrawn: 100 })
  })

  test('unknown, then found to have been paid: settled once', () => {
    const ledger = new DayLedger(sites, banks)
    ledger.post(0, unknown, creditMode, 0, ...parts)
    expect(standing(ledger.totals())).toEqual({ income: -100, suspense: 100 })
    ledger.confirm(0, creditMode, 0, ...parts)
    const totals = ledger.close()
    expect(standing(totals)).toEqual({ income: -100, fund: 60, 'current-accounts': 5, 'history-accounts': 7, advances: 28 })
    expect([bills(totals, unknown, creditMode), bills(totals, settled, creditMode)]).toEqual([0, 1])
  })

  test('unknown, then reversed, then paid at the window: the reversal leaves a count and no fen', () => {
    const ledger = new DayLedger(sites, banks)
    ledger.post(0, unknown, phoneMode, 0, ...parts)
    ledger.reverse(0, phoneMode, 100)
    expect(standing(ledger.totals())).toEqual({})
    ledger.post(0, settled, windowMode, 0, ...parts)
    const totals = ledger.close()
    expect(standing(totals)).toEqual({ income: -100, fund: 60, 'current-accounts': 5, 'history-accounts': 7, cash: 28 })
    expect(totals.reversals).toEqual({ count: 1, fen: 100 })
  })

  test('refunded: every payer has its part back', () => {
    const ledger = new DayLedger(sites, banks)
    ledger.post(0, settled, creditMode, 1, ...parts)
    ledger.refund(0, creditMode, 1, ...parts)
    const totals = ledger.close()
    expect(standing(totals)).toEqual({})
    expect(totals.advancesByBankFen).toEqual([0, 0])
    expect([bills(totals, settled, creditMode), bills(totals, refunded, creditMode)]).toEqual([0, 1])
  })
})

describe('the books of any day', () => {
  const amount = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2_000_000 }))
  const posting = fc.record({
    site: fc.nat(sites - 1),
    bank: fc.nat(banks - 1),
    mode: fc.nat(paymentModeCount - 1),
    parts: fc.tuple(amount, amount, amount, amount),
    ends: fc.constantFrom('settled', 'claim-later', 'left-owing', 'unpaid', 'unknown', 'confirmed', 'reversed', 'refunded'),
  })

  test('sum to zero before and after the close, at every site, and each payer has paid the sum of its parts', () => {
    fc.assert(
      fc.property(fc.array(posting, { maxLength: 60 }), (postings) => {
        const ledger = new DayLedger(sites, banks)
        const sums = { fund: 0, raised: 0, onCredit: 0, patients: 0 }
        for (const { site, bank, mode, parts, ends } of postings) {
          const bill = parts[0] + parts[1] + parts[2] + parts[3]
          if (ends === 'settled' || ends === 'refunded') ledger.post(site, settled, mode, bank, ...parts)
          if (ends === 'refunded') ledger.refund(site, mode, bank, ...parts)
          if (ends === 'claim-later') ledger.post(site, claimLater, mode, bank, ...parts)
          if (ends === 'left-owing') ledger.post(site, leftOwing, mode, bank, ...parts)
          if (ends === 'unpaid') ledger.post(site, unpaid, mode, bank, ...parts)
          if (ends === 'unknown' || ends === 'confirmed' || ends === 'reversed') ledger.post(site, unknown, mode, bank, ...parts)
          if (ends === 'confirmed') ledger.confirm(site, mode, bank, ...parts)
          if (ends === 'reversed') ledger.reverse(site, mode, bill)
          if (ends !== 'reversed' && ends !== 'refunded') sums.raised += bill
          const insurerPays = ends === 'settled' || ends === 'confirmed' || ends === 'claim-later' || ends === 'left-owing'
          if (insurerPays) sums.fund += parts[0]
          if (insurerPays) sums.patients += parts[3]
          if (mode === creditMode && (ends === 'settled' || ends === 'confirmed')) sums.onCredit += parts[3]
          if (mode === creditMode && ends === 'claim-later') sums.onCredit += bill
        }
        const zero = (totals: LedgerTotals) => Object.values(totals.byAccountFen).reduce((a, b) => a + b, 0)
        expect(zero(ledger.totals())).toBe(0)
        const totals = ledger.close()
        const of = totals.byAccountFen
        expect(zero(totals)).toBe(0)
        expect(of.fund).toBe(sums.fund)
        expect(0 - of.income).toBe(sums.raised)
        expect(totals.incomeBySiteFen.reduce((a, b) => a + b, 0)).toBe(sums.raised)
        expect(of.advances).toBe(sums.onCredit)
        expect(of.cash + of['own-money'] + of.advances + of.arrears + of.reimbursed).toBe(sums.patients)
        for (const emptied of accountNames.filter((name) => /^(claims|owing|due)-/.test(name))) expect(Math.abs(of[emptied])).toBe(0)
      }),
    )
  })

  test('take nothing after the close, and close once', () => {
    const ledger = new DayLedger(sites, banks)
    ledger.close()
    expect(() => ledger.post(0, settled, windowMode, 0, 1, 0, 0, 0)).toThrow('closed day')
    expect(() => ledger.close()).toThrow('closed once')
  })

  test.each([
    ['half a fen', () => [0, settled, windowMode, 0, 0.5, 0, 0, 0.5]],
    ['a negative part', () => [0, settled, windowMode, 0, 10, 0, 0, -1]],
    ['no number', () => [0, settled, windowMode, 0, Number.NaN, 0, 0, 0]],
    ['more than the exact range holds', () => [0, settled, windowMode, 0, 2 ** 53, 0, 0, 0]],
    ['a site that is not there', () => [sites, settled, windowMode, 0, 1, 0, 0, 0]],
    ['a bank that is not there', () => [0, settled, creditMode, banks, 1, 0, 0, 0]],
    ['a mode that is not there', () => [0, settled, paymentModeCount, 0, 1, 0, 0, 0]],
    ['a bill that was never raised', () => [0, noBill, windowMode, 0, 1, 0, 0, 0]],
  ])('refuse %s', (_, given) => {
    const ledger = new DayLedger(sites, banks)
    expect(() => ledger.post(...(given() as Parameters<DayLedger['post']>))).toThrow()
  })

  test('confirm or reverse nothing that was not in suspense', () => {
    const ledger = new DayLedger(sites, banks)
    ledger.post(0, unknown, phoneMode, 0, 100, 0, 0, 0)
    expect(() => ledger.reverse(0, phoneMode, 101)).toThrow('only what is in suspense')
    expect(() => ledger.confirm(1, phoneMode, 0, 100, 0, 0, 0)).toThrow('only what is in suspense')
  })

  test('end the run where a site is a fen off, or where banks and hospitals tell different sums', () => {
    const shaken = (balance: 'balancesFen' | 'advancesByBankFen') => {
      const ledger = new DayLedger(sites, banks)
      ledger.post(1, settled, creditMode, 1, 60, 5, 7, 28)
      const inside = ledger as unknown as Record<typeof balance, Float64Array>
      inside[balance][1]! += 1
      return () => ledger.close()
    }
    expect(shaken('balancesFen')).toThrow('site 0: the book does not sum to zero')
    expect(shaken('advancesByBankFen')).toThrow('banks advanced 29 fen, hospitals received 28')
  })

  test('end the run where a sum leaves the exact range', () => {
    const ledger = new DayLedger(sites, banks)
    for (let bill = 0; bill < 8_192; bill++) ledger.post(0, settled, windowMode, 0, 2 ** 40, 0, 0, 0)
    expect(() => ledger.close()).toThrow('outside the exact range')
  })

  test('say in both languages what each account means', () => {
    for (const name of accountNames) {
      expect(accountMeanings[name].zh).toMatch(/[\u4e00-\u9fff]/)
      expect(accountMeanings[name].en).toMatch(/^[A-Z]/)
    }
  })
})
