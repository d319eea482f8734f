/** What a payment is in the double-entry ledger. */
import { sumFen } from '../../money/fen.ts'
import type { NoticeRequest } from '../desks/his-desk.ts'
import { isCashierMode, type PlatformMode } from '../desks/payment-desk.ts'
import type { LedgerPayment, Posting } from '../stores/ledger.ts'
import type { SagaMemory, SagaPayment } from './saga-words.ts'

const payerOfMode = {
  credit: 'credit',
  phone: 'bank',
  'in-consult': 'wallet',
  scan: 'wallet',
  leaving: 'credit',
} as const satisfies Readonly<Record<PlatformMode, NoticeRequest['payer']>>
const payerOfTender = { cash: 'cash', bank: 'bank', code: 'wallet' } as const
const accountOf = { credit: 'advances', bank: 'own-money', wallet: 'wallets', cash: 'till' } as const

/** Who pays the patient's part. */
export const payerOf = ({ mode }: LedgerPayment, { tender = 'cash' }: SagaMemory): NoticeRequest['payer'] =>
  isCashierMode(mode) ? payerOfTender[tender] : payerOfMode[mode]

/** What every payer owes the site for one payment, and the site's claim on them; the other way round when it is undone. */
export function postingsOf({ payment, memory }: SagaPayment, sign: 1 | -1): readonly Posting[] {
  const { split } = memory
  if (split === undefined) return []
  const totalFen = sumFen(split.fundFen, split.currentAccountFen, split.historyAccountFen, split.cashFen)
  const all: readonly Posting[] = [
    { account: accountOf[payerOf(payment, memory)], amountFen: sign * split.cashFen },
    { account: 'current-accounts', amountFen: sign * split.currentAccountFen },
    { account: 'history-accounts', amountFen: sign * split.historyAccountFen },
    { account: 'fund', amountFen: sign * split.fundFen },
    { account: 'due-to-site', amountFen: -sign * totalFen },
  ]
  return all.filter(({ amountFen }) => amountFen !== 0)
}

/** The patient's part is paid and nobody is entitled to it. */
export function hangingCash({ payment, memory }: SagaPayment): readonly Posting[] {
  const { split, isCaptured } = memory
  return isCaptured !== true || split === undefined
    ? []
    : hanging([{ account: accountOf[payerOf(payment, memory)], amountFen: split.cashFen }])
}

/** The insurer's part likewise. */
export function hangingSettlement({ memory: { split, settlement } }: SagaPayment): readonly Posting[] {
  if (settlement === undefined || split === undefined) return []
  return hanging([
    { account: 'current-accounts', amountFen: split.currentAccountFen },
    { account: 'history-accounts', amountFen: split.historyAccountFen },
    { account: 'fund', amountFen: split.fundFen },
  ])
}

function hanging(payers: readonly Posting[]): readonly Posting[] {
  const all = payers.filter(({ amountFen }) => amountFen !== 0)
  const totalFen = all.reduce((sum, { amountFen }) => sum + amountFen, 0)
  return totalFen === 0 ? [] : [...all, { account: 'suspense', amountFen: -totalFen }]
}
