/** 先诊疗后付费: holds of a visit, each one effect at one bank under a key made from its bill, so there is nothing to store or to resume. */
import type { HoldReply, HoldRequest, VisitReply, VisitRequest } from '../desks/payment-desk.ts'
import type { NoReply } from '../desks/port.ts'
import type { SagaSurroundings } from './saga.ts'
import { bankOf } from './step-parts.ts'

type Surroundings = Pick<SagaSurroundings, 'ledger' | 'ports'>
const noAgreement = { outcome: 'refused', reason: 'no-agreement' } as const

export async function hold({ person, site, visit, bill, amountFen }: HoldRequest, { ledger, ports }: Surroundings): Promise<HoldReply> {
  const signed = await ledger.agreementOf(person, 'leaving')
  if (signed === undefined) return noAgreement
  const { bank, agreement } = signed
  const heard = await bankOf(bank, ports).authorize({ key: `${site}-${bill}-V`, agreement, site, visit, amountFen })
  return heard.outcome === 'authorized' ? { outcome: 'held', heldFen: heard.heldFen } : notSo(heard)
}

export async function visitAtBank({ person, site, visit }: VisitRequest, { ledger, ports }: Surroundings): Promise<VisitReply> {
  const signed = await ledger.agreementOf(person, 'leaving')
  if (signed === undefined) return noAgreement
  const heard = await bankOf(signed.bank, ports).visit({ agreement: signed.agreement, site, visit })
  return heard.outcome === 'visit' ? { outcome: 'visit', state: heard.state, heldFen: heard.heldFen } : notSo(heard)
}

const notSo = (heard: NoReply | { readonly outcome: 'refused'; readonly reason: string }) =>
  heard.outcome === 'refused' ? ({ outcome: 'refused', reason: heard.reason } as const) : ({ outcome: 'unknown' } as const)
