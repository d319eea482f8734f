/**
 * Trial, settlement and their undoing at a site that speaks the national interface. An unknown settlement is asked about first: has the
 * person's year moved since the trial (5206)? Where it has, the same message is sent again and tells its number. Where nothing is known
 * after all tries it is taken back by its message's number (2601), which also buries one that is still on its way. A known settlement is
 * reversed (2208).
 */
import { noMoney } from '../../money/fen.ts'
import type { Credential, FromSite } from '../desks/bureau-desk.ts'
import type { InsuredVisit, SiteClaim, SitePort } from '../desks/site-port.ts'
import { decoded, fromSite, type Slot } from './presettle-parts.ts'
import { done, type Ports, type SagaPayment, type StepEnd } from './saga-words.ts'
import { endOf } from './step-parts.ts'

/** What the trial leaves behind, as the memory's text. */
interface Trial {
  readonly visit: InsuredVisit
  /** The person's year before the settlement. */
  readonly totals: string
}

export async function presettleNationally(saga: SagaPayment, ports: Ports, port: SitePort): Promise<StepEnd> {
  const { payment, inHand } = saga
  if (inHand.bill === undefined) return { end: 'refused', reason: 'interrupted' }
  // The e-credential is decoded where the 五期 sites have it decoded: one centre for all.
  const credential = await decoded(saga, ports)
  if ('end' in credential) return credential
  const from = { person: stamped(saga, 'person'), visit: stamped(saga, 'visit') }
  const opened = await port.openVisit(from, { credential, siteNumber: payment.number })
  if (opened.outcome !== 'visit') return endOf(opened)
  const { visit } = opened
  const added = await port.addFees(stamped(saga, 'fees'), visit, payment.number, inHand.bill.lines)
  if (added.outcome !== 'added') return endOf(added)
  const totals = await port.totals(stamped(saga, 'totals'), visit)
  if (totals.outcome !== 'totals') return endOf(totals)
  const trial: Trial = { visit, totals: totals.text }
  const heard = await port.presettle(stamped(saga, 'nationalTrial'), claimOf(saga, trial, credential))
  if (heard.outcome !== 'trial') return endOf(heard)
  return { end: 'done', learnt: { trial: JSON.stringify(trial), split: heard.split } }
}

export async function settleNationally(saga: SagaPayment, port: SitePort): Promise<StepEnd> {
  const trial = trialOf(saga)
  const credential = inHandOf(saga)
  // Without its credential it cannot be sent, and one that was sent before may still come.
  if (trial === undefined || credential === undefined) return { end: 'refused', reason: 'interrupted', mayStillCome: true }
  const heard = await port.settle(sentAs(saga), claimOf(saga, trial, credential))
  if (heard.outcome !== 'settled') return endOf(heard)
  return { end: 'done', learnt: { settlement: heard.settlement, split: heard.split } }
}

export async function askNationally(saga: SagaPayment, port: SitePort): Promise<StepEnd> {
  const trial = trialOf(saga)
  if (trial === undefined) return { end: 'refused', reason: 'interrupted', mayStillCome: true }
  const now = await port.totals(stamped(saga, 'ask'), trial.visit)
  if (now.outcome !== 'totals') return endOf(now)
  if (now.text === trial.totals) return { end: 'silent', sent: 'maybe', why: 'the settlement is not heard of' }
  return settleNationally(saga, port)
}

export async function undoNationally(saga: SagaPayment, port: SitePort): Promise<StepEnd> {
  const trial = trialOf(saga)
  if (trial === undefined) return done
  const { settlement, sentAtMs, settleSentAtMs } = saga.memory
  const at = (slot: Slot): FromSite => fromSite(saga, slot, sentAtMs)
  if (settlement === undefined) {
    if (settleSentAtMs === undefined) return done
    const heard = await port.takeBack(at('takeBack'), trial.visit, fromSite(saga, 'nationalSettle', settleSentAtMs))
    return heard.outcome === 'taken-back' ? done : endOf(heard)
  }
  const heard = await port.reverse(at('nationalReverse'), trial.visit, settlement)
  if (heard.outcome === 'reversed') return done
  if (heard.outcome === 'no-reply') return endOf(heard)
  // Refused in words: the bureau itself says whether it stands.
  const stands = await port.isReversed(stamped(saga, 'ask'), trial.visit, settlement)
  return stands.outcome === 'settlement' && stands.isReversed ? done : endOf(stands.outcome === 'no-reply' ? stands : heard)
}

const trialOf = ({ memory }: SagaPayment) => (memory.trial === undefined ? undefined : (JSON.parse(memory.trial) as Trial))
/** What the living process has of the patient's credential. */
const inHandOf = ({ inHand: { token, card } }: SagaPayment): Credential | undefined =>
  token !== undefined ? { kind: 'token', value: token } : card === undefined ? undefined : { kind: 'card', value: card }
const claimOf = ({ payment, memory }: SagaPayment, { visit }: Trial, credential: Credential): SiteClaim => ({
  visit,
  credential,
  batch: payment.number,
  totalFen: memory.totalFen ?? noMoney,
})
const stamped = (saga: SagaPayment, slot: Slot) => fromSite(saga, slot, saga.nowMs)
/** The settlement's own number: when it was first sent is stored. */
const sentAs = (saga: SagaPayment) => fromSite(saga, 'nationalSettle', saga.memory.settleSentAtMs ?? saga.memory.sentAtMs)
