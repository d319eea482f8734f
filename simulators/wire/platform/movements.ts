/** The platform's own records of moved money, one for each party that keeps another: made from its ledger, held against theirs. */
import { fenOf, sumFen } from '../../money/fen.ts'
import type { MoneyRecord, Party } from '../reconciliation/records.ts'
import type { SagaMemory } from '../sagas/saga-words.ts'
import { captureKey, refundKey } from '../sagas/step-parts.ts'
import type { LedgerPayment, Posted, TakenBack } from '../stores/ledger.ts'

export interface Leg {
  readonly party: Party
  readonly record: MoneyRecord
}

export const bureauParty: Party = { kind: 'insurer', name: 'bureau' }
export const hospitalParty: Party = { kind: 'hospital', name: 'his' }
export const payerParty = (name: string): Party => ({ kind: 'payer', name })

const payerAccounts = ['advances', 'own-money', 'wallets'] as const
const walletModes: readonly string[] = ['in-consult', 'scan']

/** Under what a payment stands in its payer's books. */
export const payerKey = ({ number, mode }: LedgerPayment): string => (walletModes.includes(mode) ? number : captureKey(number))

/** Whether a payer's key is of the platform's making: other collectors' money is none of its business. */
export const isOwnKey = (key: string): boolean => /^P[0-9a-z]+(?:-[CRD]){0,2}$/.test(key)

/** Every leg of one write that moved money. */
export function legsOf({ payment, atMs, postings, events }: Posted): readonly Leg[] {
  const { number, site } = payment
  const memory = JSON.parse(payment.memory) as SagaMemory
  const dueFen = postings.find(({ account }) => account === 'due-to-site')?.amountFen ?? 0
  if (memory.split === undefined || dueFen === 0) return []
  const does = dueFen < 0 ? 'pay' : 'refund'
  const { fundFen, currentAccountFen, historyAccountFen, cashFen } = memory.split
  const parts = { fundFen, currentAccountFen, historyAccountFen, cashFen }
  const account = payerAccounts.find((one) => postings.some((posting) => posting.account === one)) ?? 'own-money'
  const base = { does, site, atMs, payment: number } as const
  const legs: Leg[] = []
  if (memory.settlement !== undefined) {
    const amountFen = sumFen(fundFen, currentAccountFen, historyAccountFen)
    legs.push({ party: bureauParty, record: { ...base, key: memory.settlement, amountFen, parts, account: 'fund' } })
  }
  if (cashFen > 0 && memory.bank !== undefined) {
    const key = does === 'pay' ? payerKey(payment) : refundKey(number)
    legs.push({ party: payerParty(memory.bank), record: { ...base, key, amountFen: cashFen, account } })
  }
  // A hospital that refused the notice has nothing to take back.
  const hasToldHospital = events.some(({ event }) => event === (does === 'pay' ? 'his/notice' : 'undone his/notice'))
  if (hasToldHospital || (does === 'pay' && payment.isOpen)) {
    legs.push({ party: hospitalParty, record: { ...base, key: number, amountFen: fenOf(Math.abs(dueFen)), parts } })
  }
  return legs.map(({ party, record }) => ({ party, record: { ...record, legs: legs.length } }))
}

/**
 * Of a payment taken back before it was posted: what its parties booked and gave back again. No movement of the payment's and nothing to pay
 * out, so its records name no payment; but both sides have them.
 */
export function legsTakenBack({ payment, events }: TakenBack): readonly Leg[] {
  const { number, site } = payment
  const { split, settlement, bank, isCaptured } = JSON.parse(payment.memory) as SagaMemory
  if (split === undefined) return []
  const { fundFen, currentAccountFen, historyAccountFen, cashFen } = split
  const parts = { fundFen, currentAccountFen, historyAccountFen, cashFen }
  const isKnown = new Set(events.map(({ event }) => event))
  return events.flatMap(({ event, atMs }): readonly Leg[] => {
    const operation = event.replace(/^undone /, '')
    if (operation === event) return legsAt(operation, 'pay', atMs)
    // One that was heard of when it went back was booked before.
    return [...(isKnown.has(operation) ? [] : legsAt(operation, 'pay', atMs)), ...legsAt(operation, 'refund', atMs)]
  })

  function legsAt(operation: string, does: MoneyRecord['does'], atMs: number): readonly Leg[] {
    const base = { does, site, atMs }
    if (operation === 'bureau/settle' && settlement !== undefined) {
      const amountFen = sumFen(fundFen, currentAccountFen, historyAccountFen)
      return [{ party: bureauParty, record: { ...base, key: settlement, amountFen, parts, account: 'fund' } }]
    }
    if (payerOperations.includes(operation) && isCaptured === true && bank !== undefined && cashFen > 0) {
      const key = does === 'pay' ? payerKey(payment) : refundKey(number)
      return [{ party: payerParty(bank), record: { ...base, key, amountFen: cashFen } }]
    }
    return []
  }
}

const payerOperations: readonly string[] = ['bank/capture', 'bank/debit']

/** Names under which the records of a payment that is not over may stand in anybody's books. */
export function namesOf(payment: LedgerPayment): readonly string[] {
  const { settlement } = JSON.parse(payment.memory) as SagaMemory
  return [payment.number, payerKey(payment), refundKey(payment.number), ...(settlement === undefined ? [] : [settlement])]
}
