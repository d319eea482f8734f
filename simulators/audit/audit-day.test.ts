import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DayFacts } from '../money/day-facts.ts'
import type { LedgerTotals } from '../money/ledger.ts'
import {
  claimLater,
  creditMode,
  leftOwing,
  noBill,
  paymentPoints,
  phoneMode,
  refunded,
  settled,
  unknown,
  unpaid,
} from '../money/payment-status.ts'
import { postDay } from '../money/post-day.ts'
import { auditDay } from './audit-day.ts'
import { findingWords } from './findings.ts'

const sites = 4
const banks = 3
interface Bill {
  status: number
  mode: number
  fund: number
  current: number
  history: number
  cash: number
  uncovered: number
}
const amount = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 900_000 }))
const bill = (statuses: readonly number[]): fc.Arbitrary<Bill> =>
  fc.record({
    status: fc.constantFrom(...statuses),
    mode: fc.nat(3),
    fund: amount,
    current: amount,
    history: amount,
    cash: amount,
    uncovered: amount,
  })
const day = (statuses: readonly number[], minLength = 0) =>
  fc.array(
    fc.record({ site: fc.nat(sites - 1), bank: fc.nat(banks - 1), bills: fc.tuple(bill(statuses), bill(statuses), bill(statuses)) }),
    {
      minLength,
      maxLength: 30,
    },
  )
const anyEnd = [noBill, settled, settled, claimLater, leftOwing, unpaid, refunded]

function factsOf(visits: readonly { site: number; bank: number; bills: readonly Bill[] }[]): DayFacts {
  const bills = visits
    .flatMap((visit) => visit.bills)
    .map((b) => (b.status === noBill ? { ...b, fund: 0, current: 0, history: 0, cash: 0, uncovered: 0 } : b))
  return {
    visits: visits.length,
    sites,
    banks,
    siteOf: Int32Array.from(visits, (visit) => visit.site),
    bankOf: Uint8Array.from(visits, (visit) => visit.bank),
    leftOf: new Uint8Array(visits.length).fill(1),
    statusOf: Uint8Array.from(bills, (b) => b.status),
    modeOf: Uint8Array.from(bills, (b) => b.mode),
    paidTimesOf: Uint8Array.from(bills, (b) => (b.status === settled || b.status === claimLater ? 1 : 0)),
    billFen: Float64Array.from(bills, (b) => b.fund + b.current + b.history + b.cash + b.uncovered),
    fundFen: Float64Array.from(bills, (b) => b.fund),
    currentAccountFen: Float64Array.from(bills, (b) => b.current),
    historyAccountFen: Float64Array.from(bills, (b) => b.history),
    cashFen: Float64Array.from(bills, (b) => b.cash + b.uncovered),
    coveredFen: Float64Array.from(bills, (b) => b.fund + b.current + b.history + b.cash),
  }
}
const audit = (facts: DayFacts, claimed: LedgerTotals = postDay(facts).close()) => auditDay(facts, facts.visits, claimed).findings
const kinds = (findings: readonly { kind: string }[]) => [...new Set(findings.map((finding) => finding.kind))]

/** One visit: registration by phone, an examination on credit, drugs at the window. */
const oneVisit = () =>
  factsOf([
    {
      site: 2,
      bank: 1,
      bills: [
        { status: settled, mode: phoneMode, fund: 1_000, current: 0, history: 0, cash: 400, uncovered: 0 },
        { status: settled, mode: creditMode, fund: 6_000, current: 100, history: 200, cash: 2_700, uncovered: 1_000 },
        { status: settled, mode: 0, fund: 5_000, current: 0, history: 0, cash: 2_000, uncovered: 500 },
      ],
    },
  ])

describe('an honest day', () => {
  test('has no findings, however its bills ended', () => {
    fc.assert(
      fc.property(day(anyEnd), (visits) => {
        const facts = factsOf(visits)
        const report = auditDay(facts, facts.visits, postDay(facts).close())
        expect(report.findings).toEqual([])
        expect(report.billsChecked).toBe(visits.flatMap((visit) => visit.bills).filter((b) => b.status !== noBill).length)
      }),
    )
  })
})

describe('the auditor finds', () => {
  test('one fen lost anywhere in the ledger, in any account, site, bank or count', () => {
    fc.assert(
      fc.property(day(anyEnd, 1), fc.nat(), fc.constantFrom(-1, 1), (visits, where, fen) => {
        const facts = factsOf(visits)
        const totals = postDay(facts).close()
        const accounts = Object.keys(totals.byAccountFen)
        const shaken = (numbers: readonly number[]) => numbers.map((n, i) => (i === where % numbers.length ? n + fen : n))
        const account = accounts[where % accounts.length] as keyof LedgerTotals['byAccountFen']
        expect(
          audit(facts, { ...totals, byAccountFen: { ...totals.byAccountFen, [account]: totals.byAccountFen[account] + fen } }),
        ).toHaveLength(1)
        expect(audit(facts, { ...totals, incomeBySiteFen: shaken(totals.incomeBySiteFen) })).toHaveLength(1)
        expect(audit(facts, { ...totals, advancesByBankFen: shaken(totals.advancesByBankFen) })).toHaveLength(1)
        const cell = 4 + (where % (totals.billCount.length - 4))
        const counted = totals.billCount.map((n, i) => (i === cell ? n + fen : n))
        expect(audit(facts, { ...totals, billCount: counted })).toHaveLength(1)
      }),
    )
  })

  test('a fen lost inside a bill', () => {
    fc.assert(
      fc.property(day(anyEnd, 1), fc.nat(), (visits, where) => {
        const facts = factsOf(visits)
        const claimed = postDay(facts).close()
        const at = where % facts.statusOf.length
        facts.cashFen[at]! += 1
        expect(kinds(audit(facts, claimed))).toContain('parts-do-not-make-the-bill')
      }),
    )
  })

  test('a bill posted twice', () => {
    fc.assert(
      fc.property(day([settled, claimLater, leftOwing, unpaid], 1), fc.nat(), (visits, where) => {
        const facts = factsOf(visits)
        const at = where % facts.statusOf.length
        const visit = Math.floor(at / paymentPoints)
        const ledger = postDay(facts)
        const parts = [facts.fundFen[at]!, facts.currentAccountFen[at]!, facts.historyAccountFen[at]!, facts.cashFen[at]!] as const
        ledger.post(facts.siteOf[visit]!, facts.statusOf[at]!, facts.modeOf[at]!, facts.bankOf[visit]!, ...parts)
        expect(kinds(audit(facts, ledger.close()))).toEqual(['total-differs'])
      }),
    )
  })

  test('a swapped part: the fund pays what the patient should', () => {
    const facts = oneVisit()
    const claimed = postDay(facts).close()
    const cash = facts.cashFen[2]!
    facts.cashFen[2] = facts.fundFen[2]!
    facts.fundFen[2] = cash
    const findings = audit(facts, claimed)
    expect(findings).toContainEqual({ kind: 'total-differs', what: 'fund', own: 9_500, claimed: 12_000, count: 1 })
    expect(findings).toContainEqual({ kind: 'total-differs', what: 'cash', own: 5_000, claimed: 2_500, count: 1 })
  })

  test('a swap that the ledger shares, where it makes the insurer pay for what is not covered', () => {
    const facts = oneVisit()
    facts.fundFen[2] = 7_500
    facts.cashFen[2] = 0
    expect(audit(facts)).toEqual([{ kind: 'insurer-pays-uncovered', visit: 0, point: 2, insurerFen: 7_500, coveredFen: 7_000, count: 1 }])
  })

  test("a payment booked to another patient's bank, or to another site", () => {
    const facts = oneVisit()
    const claimed = postDay(facts).close()
    facts.bankOf[0] = 0
    facts.siteOf[0] = 3
    expect(audit(facts, claimed).map((finding) => 'what' in finding && finding.what)).toEqual([
      'income of site 2',
      'income of site 3',
      'advances of bank 0',
      'advances of bank 1',
    ])
  })

  test('a bill whose money moved twice, though ledger and patient know of one payment', () => {
    const facts = oneVisit()
    facts.paidTimesOf[1] = 2
    expect(audit(facts)).toEqual([{ kind: 'paid-more-than-once', visit: 0, point: 1, times: 2, count: 1 }])
  })

  test('a bill settled without money, and money taken for a bill that was not settled', () => {
    const facts = oneVisit()
    facts.paidTimesOf[0] = 0
    facts.statusOf[1] = unpaid
    expect(kinds(audit(facts))).toEqual(['settled-but-not-paid', 'paid-but-not-settled'])
  })

  test('a payment whose outcome nobody knows at the close', () => {
    const facts = oneVisit()
    facts.statusOf[1] = unknown
    facts.paidTimesOf[1] = 0
    expect(audit(facts)).toEqual([{ kind: 'outcome-unknown', visit: 0, point: 1, count: 1 }])
  })

  test('a visit that never left, one that left twice, and a count of leavings that is not the count of arrivals', () => {
    const none = { status: noBill, mode: 0, fund: 0, current: 0, history: 0, cash: 0, uncovered: 0 }
    const facts = factsOf([...Array(3)].map(() => ({ site: 0, bank: 0, bills: [none, none, none] })))
    facts.leftOf.set([0, 2, 1])
    expect(auditDay(facts, 2, postDay(facts).close()).findings).toEqual([
      { kind: 'never-left', visit: 0, count: 1 },
      { kind: 'left-more-than-once', visit: 1, times: 2, count: 1 },
      { kind: 'visits-in-are-not-visits-out', visitsIn: 3, visitsOut: 2, count: 1 },
    ])
  })

  test('claims and owed bills that the close forgot', () => {
    const facts = oneVisit()
    facts.statusOf.set([claimLater, leftOwing, settled])
    facts.paidTimesOf.set([1, 0, 1])
    const open = audit(facts, postDay(facts).totals()).map((finding) => 'what' in finding && finding.what)
    expect(open).toEqual(expect.arrayContaining(['fund', 'reimbursed', 'arrears', 'claims-fund', 'due-to-patients', 'owing-cash']))
  })

  test('an amount that is no whole fen, and a code that does not exist', () => {
    const facts = oneVisit()
    const claimed = postDay(facts).close()
    facts.fundFen[0]! += 0.5
    facts.cashFen[0]! -= 0.5
    facts.modeOf[1] = 7
    facts.statusOf[2] = 9
    expect(kinds(audit(facts, claimed))).toEqual(expect.arrayContaining(['broken-amount', 'no-such-code']))
  })
})

describe('a finding', () => {
  test('is told in both languages, with the number of its kind', () => {
    const facts = factsOf(
      [...Array(2)].map(() => ({
        site: 0,
        bank: 0,
        bills: [settled, settled, settled].map((status) => ({ status, mode: 0, fund: 1, current: 0, history: 0, cash: 1, uncovered: 0 })),
      })),
    )
    facts.paidTimesOf.fill(2)
    expect(audit(facts).map(findingWords)).toEqual([
      { zh: '就诊 0 的挂号账单：支付了 2 次（共 6 处）', en: 'visit 0, bill of registration: paid 2 times (6 in all)' },
    ])
  })
})

test('the auditor reads neither the ledger nor the split', () => {
  for (const file of ['audit-day.ts', 'fact-findings.ts', 'findings.ts']) {
    const imports = [...readFileSync(new URL(file, import.meta.url), 'utf8').matchAll(/from '([^']+)'/g)].map(([, path]) => path)
    const allowed = [
      '../money/day-facts.ts',
      '../money/payment-status.ts',
      '../../scenarios/plan.ts',
      './fact-findings.ts',
      './findings.ts',
    ]
    expect(allowed).toEqual(expect.arrayContaining(imports))
  }
})
