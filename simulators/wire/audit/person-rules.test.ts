import { describe, expect, it } from 'vitest'
import type { SeenAnswer } from './audit-input.ts'
import type { Facts } from './facts.ts'
import { billKey } from './hospital-facts.ts'
import { sameKeySameAnswer } from './person-rules.ts'

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

  it('finds nothing where a patient refused on credit pays by own money under a key of its own', () => {
    expect(heard(answer('K', 'P1', 'refused'), answer('K-own', 'P2', 'paid'))).toMatchObject({ findings: [] })
  })
})
