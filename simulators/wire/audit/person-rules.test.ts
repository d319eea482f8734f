import { describe, expect, it } from 'vitest'
import type { SeenAnswer } from './audit-input.ts'
import type { Facts } from './facts.ts'
import { billKey, type HospitalAttempt } from './hospital-facts.ts'
import type { InsurerDeed, Settlement } from './insurer-facts.ts'
import { saidNotPaidIsNotPaid, saidPaidIsPaid, sameKeySameAnswer, splitAsPolicy } from './person-rules.ts'

const heard = (...answers: readonly SeenAnswer[]) => {
  const row = { row: 0, site: 7, bill: 'MX1' }
  const facts = { bills: new Map([[billKey(7, 'MX1'), { bill: { bill: 'MX1' } }]]), input: { planned: [row], seen: [{ row: 0, answers }] } }
  return sameKeySameAnswer.check(facts as unknown as Facts, new Map() as never)
}
const answer = (key: string, payment: string, outcome: string): SeenAnswer => ({ key, payment, outcome })

describe('the same key has the same answer', () => {
  it('finds two payments under one key', () => {
    expect(heard(answer('K', 'P1', 'in-doubt'), answer('K', 'P2', 'paid'))).toMatchObject({ findings: [{ id: 'MX1' }] })
  })

  it('finds a payment told as paid and then as refused', () => {
    expect(heard(answer('K', 'P1', 'paid'), answer('K', 'P1', 'refused'))).toMatchObject({ findings: [{ id: 'MX1' }] })
  })

  it('finds a payment told as paid and then as in doubt', () => {
    expect(heard(answer('K', 'P1', 'paid'), answer('K', 'P1', 'in-doubt'))).toMatchObject({ findings: [{ id: 'MX1' }] })
  })

  it('finds nothing where a patient refused on credit pays by own money under a key of its own', () => {
    expect(heard(answer('K', 'P1', 'refused'), answer('K-own', 'P2', 'paid'))).toMatchObject({ findings: [] })
  })
})

describe('whoever was told “not paid” has not paid', () => {
  const silence: SeenAnswer = { key: 'K', outcome: 'no-answer' }
  const refused: SeenAnswer = { key: 'K', outcome: 'refused', reason: 'over-credit-limit' }

  /** One bill, whose payments by number came to these amounts; the journal, where there is one, says under which key. */
  function told(answers: readonly SeenAnswer[], paid: Readonly<Record<string, number>>, journal?: Readonly<Record<string, string>>) {
    const attempts = Object.keys(paid).map((attempt) => ({ attempt, site: 7, bill: 'MX1', by: 'platform', isClosed: false }))
    const payments = Object.entries(paid).map(([number, amountFen]) => ({ key: `${number}-C`, amountFen, refunds: [] }))
    const planned = { row: 0, site: 7, bill: 'MX1', key: 'K' }
    const facts = {
      bills: new Map([
        [billKey(7, 'MX1'), { bill: { bill: 'MX1', attempts }, settlements: [], payments, rows: [{ planned, seen: { row: 0, answers } }] }],
      ]),
      attemptOf: (key: string) =>
        attempts.find(({ attempt }) => key === attempt || key.startsWith(`${attempt}-`)) as HospitalAttempt | undefined,
      journals:
        journal === undefined
          ? []
          : [{ payments: Object.entries(journal).map(([number, idempotencyKey]) => ({ number, idempotencyKey })) }],
      input: { planned: [planned], seen: [{ row: 0, answers }] },
    } as unknown as Facts
    return facts
  }
  const check = (facts: Facts) => saidNotPaidIsNotPaid.check(facts, new Map() as never)

  it('finds money taken where a silence came before the refusal', () => {
    expect(check(told([silence, refused], { P1: 500 }))).toMatchObject({ findings: [{ id: 'MX1', found: '500' }] })
  })

  it('finds money taken under the refused key although the patient then paid another way', () => {
    const answers = [silence, refused, { key: 'K-window', outcome: 'paid', payment: 'P2' }]
    expect(check(told(answers, { P1: 500, P2: 500 }, { P1: 'K', P2: 'K-window' }))).toMatchObject({
      findings: [{ id: 'P1', found: '500' }],
    })
    const numbered = [{ ...refused, payment: 'P1' }, answers[2] as SeenAnswer]
    expect(check(told(numbered, { P1: 500, P2: 500 }))).toMatchObject({ findings: [{ id: 'P1' }] })
  })

  it('finds money taken where the target invents a reason that sounds like “paid”', () => {
    expect(check(told([{ ...refused, reason: 'left-unpaid' }], { P1: 500 }))).toMatchObject({ findings: [{ id: 'MX1' }] })
  })

  it('finds nothing where the refused key took nothing, where the last word is silence, or where somebody else has paid', () => {
    expect(check(told([refused, { key: 'K-own', outcome: 'paid', payment: 'P2' }], { P2: 500 }, { P2: 'K-own' }))).toMatchObject({
      findings: [],
    })
    expect(check(told([refused, silence], { P1: 500 }))).toMatchObject({ findings: [] })
    expect(check(told([{ ...refused, reason: 'bill-paid' }], { P1: 500 }))).toMatchObject({ findings: [] })
  })

  it('finds a patient sent away from a bill that nobody has paid', () => {
    const away = told([{ ...refused, reason: 'bill-paid' }], {})
    expect(saidPaidIsPaid.check(away, new Map() as never)).toMatchObject({ findings: [{ id: 'MX1', found: 'not paid' }] })
  })
})

describe('every settlement is worked out again', () => {
  const benefit = {
    ...{ insuredType: 'employee', ageGroup: 'elderly', insured: true, deductibleFen: 1000, annualCapFen: 100_000 },
    fundRateBasisPoints: [5000, 5000, 5000, 5000],
  }
  const year = { currentAccountLeftFen: 0, historyAccountLeftFen: 0, deductiblePaidFen: 0, fundPaidFen: 0 }
  /** A bill of 20 yuan, all in scope, of which the fund paid so much. */
  const settled = (settlement: string, fundFen: number): Settlement => ({
    ...{ settlement, site: 7, person: 1, bills: [{ bill: settlement, totalFen: 2000, coveredFen: 2000 }], stands: true },
    split: { fundFen, currentAccountFen: 0, historyAccountFen: 0, cashFen: 2000 - fundFen },
    ...{ message: settlement, atMs: 0, isStay: false, yearFrom: '2020-07-01' },
  })
  const found = (...deeds: readonly InsurerDeed[]) => {
    const insurer = {
      deeds,
      persons: new Map([[1, { insuredType: 'employee', ageGroup: 'elderly', yearFrom: '2020-07-01', year }]]),
      tierOf: new Map([[7, 'community']]),
    }
    const checked = splitAsPolicy.check({ insurer, input: { policy: { benefits: [benefit] } } } as unknown as Facts, new Map() as never)
    return checked.standing === 'checked' ? checked.findings.map(({ id }) => id) : checked.standing
  }
  const settle = (settlement: Settlement): InsurerDeed => ({ does: 'settle', settlement })

  it('from where the settlement before it left the person', () => {
    expect(found(settle(settled('A', 500)), settle(settled('B', 1000)))).toEqual([])
    expect(found(settle(settled('A', 500)), settle(settled('B', 500)))).toEqual(['B'])
  })

  it('as if one that was taken back had never been', () => {
    const first = settled('A', 500)
    expect(found(settle(first), { does: 'reverse', settlement: first }, settle(settled('B', 500)))).toEqual([])
    expect(found(settle(first), { does: 'reverse', settlement: first }, settle(settled('B', 1000)))).toEqual(['B'])
  })
})
