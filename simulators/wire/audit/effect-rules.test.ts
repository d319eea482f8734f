import { describe, expect, it } from 'vitest'
import type { SeenAnswer } from './audit-input.ts'
import { oneEffectPerKey } from './effect-rules.ts'
import type { Facts } from './facts.ts'

/** A journal by number, and what the patient of row K was answered. */
function check(journal: Readonly<Record<string, string>>, answers: readonly SeenAnswer[], more: object = {}) {
  const payments = Object.entries(journal).map(([number, idempotencyKey]) => ({ number, idempotencyKey, channel: 'main-entry' }))
  const ledger = { payments, events: [], postings: [] }
  const facts = {
    payers: { odd: [], holds: [], payments: [] },
    insurer: { repeated: [] },
    target: { ledger },
    journals: [ledger],
    attemptOf: () => undefined,
    input: { planned: [{ row: 0, key: 'K', ...more }], seen: [{ row: 0, answers }] },
  }
  return oneEffectPerKey.check(facts as unknown as Facts, new Map() as never)
}
const paid = (key: string, payment: string): SeenAnswer => ({ key, outcome: 'paid', payment })

describe('one effect a key', () => {
  it('finds a payment the journal holds under another key than it was asked for, also where that key begins like it', () => {
    expect(check({ P1: 'K-2' }, [paid('K', 'P1')])).toMatchObject({ findings: [{ id: 'P1', expected: 'K', found: 'K-2' }, { id: 'P1' }] })
  })

  it('finds a payment told to the patient of which the journal knows nothing', () => {
    expect(check({ P2: 'K' }, [paid('K', 'P1')])).toMatchObject({ findings: [{ id: 'P1', found: '–' }] })
  })

  it('finds a payment nobody asked for', () => {
    expect(check({ P1: 'K', P2: 'made-up' }, [paid('K', 'P1')])).toMatchObject({ findings: [{ id: 'P2', found: 'made-up' }] })
  })

  it('lets a refund speak of the payment that goes back, which was asked for under another key', () => {
    const answers: SeenAnswer[] = [{ key: 'T', outcome: 'done', payment: 'P1' }]
    expect(check({ P1: 'T' }, answers, { key: 'T', refunds: 'MX1' })).toMatchObject({ findings: [] })
    expect(check({ P1: 'T' }, [{ ...(answers[0] as SeenAnswer), key: 'U' }], { key: 'T', refunds: 'MX1' })).toMatchObject({ findings: [] })
    expect(check({ P1: 'T' }, [{ ...(answers[0] as SeenAnswer), key: 'U' }], { key: 'T' })).toMatchObject({ findings: [{ id: 'P1' }] })
  })

  it('finds nothing where a patient went on another way under a key of its own, heard or not', () => {
    const answers = [{ key: 'K', outcome: 'no-answer' }, { key: 'K-own', outcome: 'no-answer' }, paid('K-own-window', 'P3')]
    expect(check({ P1: 'K', P2: 'K-own', P3: 'K-own-window' }, answers)).toMatchObject({ findings: [] })
  })
})
