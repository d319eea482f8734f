import { describe, expect, it } from 'vitest'
import type { ExportedLedger, NumberedBook } from './audit-input.ts'
import { factsOf } from './facts.ts'
import { ledgerZero, sagaRanOnce } from './ledger-rules.ts'

const ledger = (parts: Partial<ExportedLedger>): ExportedLedger => ({ payments: [], events: [], postings: [], ...parts })
const book = (actor: string, kind: string, own: ExportedLedger): NumberedBook => ({ actor, kind, entries: [], ledger: own })
const check = (rule: typeof sagaRanOnce, ...books: readonly NumberedBook[]) =>
  rule.check(factsOf({ books, planned: [], seen: [] }) as never, new Map() as never)
const steps = (...events: readonly string[]) =>
  ledger({ events: events.map((event, index) => ({ payment: 'P1', number: index + 1, event })) })

describe('each step of a payment is taken once', () => {
  it('finds one that is taken twice', () => {
    expect(check(sagaRanOnce, book('platform', 'platform', steps('bank/authorize', 'bank/authorize')))).toMatchObject({
      findings: [{ id: 'P1 bank/authorize' }],
    })
  })

  it('finds nothing where it was undone before it was taken again', () => {
    const again = steps('bank/authorize', 'undone bank/authorize', 'bank/authorize')
    expect(check(sagaRanOnce, book('platform', 'platform', again))).toMatchObject({ findings: [] })
  })
})

const half = ledger({ postings: [{ payment: 'P1', event: 1, account: 'till', amountFen: 5 }] })
it('the journal of the hospitals’ own cashiers is looked at as the target’s is', () => {
  expect(check(ledgerZero, book('platform', 'platform', ledger({})), book('his', 'his', half))).toMatchObject({
    findings: [{ id: 'P1 1' }],
  })
})

it('where the target shows no journal the rule was not applied to it, unless a cashier’s is wrong', () => {
  expect(check(ledgerZero, book('his', 'his', ledger({})))).toEqual({ standing: 'not-applicable' })
  expect(check(ledgerZero, book('his', 'his', half))).toMatchObject({ standing: 'checked' })
})
