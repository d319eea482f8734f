/** What a move of the table does at the party's desk. Keys are the difference's own, so a move may be repeated. Silence: try again later. */
import { noMoney, sumFen } from '../../money/fen.ts'
import type { BankDesk } from '../desks/bank-desk.ts'
import type { BureauDesk } from '../desks/bureau-desk.ts'
import type { ClearingDesk } from '../desks/clearing-desk.ts'
import type { HisDesk } from '../desks/his-desk.ts'
import type { MerchantDesk } from '../desks/merchant-desk.ts'
import type { NoReply, Port } from '../desks/port.ts'
import type { Heard } from '../reconciliation/difference-rules.ts'
import { giveBackFen, moveKey, type OpenMove } from '../reconciliation/reconciliation-decisions.ts'
import type { Difference } from '../reconciliation/records.ts'
import { payerOf } from '../sagas/postings.ts'
import type { Ports, SagaMemory } from '../sagas/saga-words.ts'
import { holdKey } from '../sagas/step-parts.ts'
import type { Ledger, LedgerPayment } from '../stores/ledger.ts'
import { payerKey } from './movements.ts'
import { ownMessages } from './statements.ts'

export interface MoveParts {
  readonly ports: Ports
  readonly clearing: Port<ClearingDesk>
  readonly ledger: Pick<Ledger, 'payment'>
}

/** @param openedMs when the difference was found; with its place among all of them it numbers messages that must be the same at every try */
export async function perform(
  { ports, clearing, ledger }: MoveParts,
  { difference, move }: OpenMove,
  { place, openedMs }: { readonly place: number; readonly openedMs: number },
): Promise<Heard | 'silent'> {
  const { party, ours } = difference
  const payment = ours?.payment === undefined ? undefined : await ledger.payment(ours.payment)
  if (party.kind === 'insurer') {
    if (move === 'ask') return askInsurer(clearing, difference)
    return reverse(ports.bureau, clearing, difference, { sequence: ownMessages.reverse + place, atMs: openedMs })
  }
  if (party.kind === 'hospital') return payment === undefined ? 'refused' : tell(ports.his, payment)
  const wallet = ports.walletOf(party.name)
  if (wallet !== undefined) return atWallet(wallet.desk, wallet.merchant, difference, move, payment)
  const bank = ports.bankOf(party.name)
  return bank === undefined ? 'refused' : atBank(bank, difference, move, payment)
}

const isSilent = (heard: { readonly outcome: string }): heard is NoReply => heard.outcome === 'no-reply'

async function askInsurer(clearing: Port<ClearingDesk>, difference: Difference): Promise<Heard | 'silent'> {
  const { site, key: settlement, does, theirsFen, ours } = difference
  const heard = await clearing.settlement({ site, settlement })
  if (isSilent(heard)) return 'silent'
  if (heard.outcome === 'refused' || (does === 'refund' && !heard.isReversed)) return 'nothing'
  const { line } = heard
  const insuredFen = line.fundFen + line.currentAccountFen + line.historyAccountFen
  const parts: Readonly<Record<string, number>> = ours?.parts ?? {}
  const isAsOurs = (['fundFen', 'currentAccountFen', 'historyAccountFen', 'cashFen'] as const).every((name) => parts[name] === line[name])
  return ours !== undefined && isAsOurs ? 'ours' : insuredFen === theirsFen ? 'theirs' : 'nothing'
}

async function reverse(
  bureau: Port<BureauDesk>,
  clearing: Port<ClearingDesk>,
  { site, key: settlement }: Difference,
  message: { readonly sequence: number; readonly atMs: number },
): Promise<Heard | 'silent'> {
  const known = await clearing.settlement({ site, settlement })
  if (isSilent(known)) return 'silent'
  if (known.outcome === 'refused') return 'refused'
  const { fundFen, currentAccountFen, historyAccountFen, cashFen } = known.line
  const totalFen = sumFen(fundFen, currentAccountFen, historyAccountFen, cashFen)
  const heard = await bureau.reverse({ site, message, settlement, totalFen })
  return isSilent(heard) ? 'silent' : heard.outcome === 'reversed' ? 'done' : 'refused'
}

async function tell(his: Port<HisDesk>, payment: LedgerPayment): Promise<Heard | 'silent'> {
  const { site, bill, number } = payment
  const memory = JSON.parse(payment.memory) as SagaMemory
  const { split, settlement, totalFen } = memory
  if (split === undefined || settlement === undefined) return 'refused'
  const payer = payerOf(payment, memory)
  const heard = await his.notice({ site, bill, attempt: number, totalFen: totalFen ?? noMoney, split, settlement, payer })
  return isSilent(heard) ? 'silent' : heard.outcome === 'noted' ? 'done' : 'refused'
}

async function atBank(
  bank: Port<BankDesk>,
  difference: Difference,
  move: OpenMove['move'],
  payment: LedgerPayment | undefined,
): Promise<Heard | 'silent'> {
  const { key, oursFen, theirsFen } = difference
  switch (move) {
    case 'ask': {
      const heard = await bank.query({ key })
      if (isSilent(heard)) return 'silent'
      const fen = 'paidFen' in heard ? heard.paidFen : 'refundedFen' in heard ? heard.refundedFen : undefined
      return fen === undefined ? 'nothing' : fen === oursFen ? 'ours' : fen === theirsFen ? 'theirs' : 'nothing'
    }
    case 'give-back': {
      const heard = await bank.refund({ key: moveKey(difference), capture: key, amountFen: giveBackFen(difference) })
      return isSilent(heard) ? 'silent' : heard.outcome === 'refunded' ? 'done' : 'refused'
    }
    case 'collect': {
      if (payment === undefined) return 'refused'
      const heard = await bank.capture({ key, hold: holdKey(payment.number), amountFen: oursFen })
      return isSilent(heard) ? 'silent' : heard.outcome === 'captured' ? 'done' : 'refused'
    }
    case 'refund-again': {
      if (payment === undefined) return 'refused'
      const heard = await bank.refund({ key, capture: payerKey(payment), amountFen: oursFen })
      return isSilent(heard) ? 'silent' : heard.outcome === 'refunded' ? 'done' : 'refused'
    }
    default:
      return 'refused'
  }
}

/** A wallet collects nothing without its payer, and tells whether an order was paid, not how much: its amount is fixed. A refund's is not. */
async function atWallet(
  desk: Port<MerchantDesk>,
  merchant: string,
  difference: Difference,
  move: OpenMove['move'],
  payment: LedgerPayment | undefined,
): Promise<Heard | 'silent'> {
  const { key, does, oursFen, theirsFen } = difference
  const back = async (order: string, refund: string, amountFen: typeof oursFen) => {
    const heard = await desk.refund({ merchant, order, refund, amountFen })
    if (isSilent(heard)) return 'silent'
    // Under the number of a refund that was closed nothing goes back any more; people pay it.
    return heard.outcome === 'refund' && (heard.refund.state === 'done' || heard.refund.state === 'under-way') ? 'done' : 'refused'
  }
  if (move === 'give-back') return back(key, moveKey(difference), giveBackFen(difference))
  if (move === 'refund-again') return payment === undefined ? 'refused' : back(payment.number, key, oursFen)
  if (move !== 'ask') return 'refused'
  if (does === 'refund') {
    const ofOrder = payment === undefined ? {} : { order: payment.number }
    const told = await desk.queryRefund({ merchant, ...ofOrder, refund: key })
    if (isSilent(told)) return 'silent'
    // One that the payer's account did not take has left the merchant all the same.
    const fen = told.outcome === 'refund' && told.refund.state !== 'closed' ? told.refund.amountFen : undefined
    return fen === oursFen ? 'ours' : fen === theirsFen ? 'theirs' : 'nothing'
  }
  const heard = await desk.query({ merchant, order: key })
  if (isSilent(heard)) return 'silent'
  return heard.outcome === 'order' && heard.order.state === 'paid' ? 'ours' : 'nothing'
}
