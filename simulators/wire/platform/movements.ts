/** The platform's own records of moved money, one for each party that keeps another: made from its ledger, held against theirs. */
import { fenOf, sumFen } from '../../money/fen.ts'
import type { MoneyRecord, Party } from '../reconciliation/records.ts'
import type { SagaMemory } from '../sagas/saga-words.ts'
import { captureKey, refundKey } from '../sagas/step-parts.ts'
import type { LedgerPayment, Posted } from '../stores/ledger.ts'

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

/** Names under which the records of a payment that is not over may stand in anybody's books. */
export function namesOf(payment: LedgerPayment): readonly string[] {
  const { settlement } = JSON.parse(payment.memory) as SagaMemory
  return [payment.number, payerKey(payment), refundKey(payment.number), ...(settlement === undefined ? [] : [settlement])]
}
