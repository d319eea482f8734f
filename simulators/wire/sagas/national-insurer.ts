/**
 * Trial, settlement and their undoing at a site that speaks the national interface. An unknown settlement is asked about first: has the
 * person's year moved since the trial (5206)? Where it has, the same message is sent again and tells its number. Where nothing is known
 * after all tries it is taken back by its message's number (2601), which also buries one that is still on its way. A known settlement is
 * reversed (2208).
 */
import { noMoney } from '../../money/fen.ts'
import type { FromSite } from '../desks/bureau-desk.ts'
import type { InsuredVisit, SiteClaim, SitePort } from '../desks/site-port.ts'
import { done, type Ports, type SagaPayment, type StepEnd } from './saga-words.ts'
import { endOf } from './step-parts.ts'

/** Places of a payment's messages in its ten numbers. */
const slots = { decode: 0, person: 1, visit: 2, fees: 3, totals: 4, presettle: 5, settle: 6, reverse: 7, takeBack: 8, ask: 9 } as const

/** What the trial leaves behind, as the memory's text. */
interface Trial {
  readonly visit: InsuredVisit
  /** The person's year before the settlement. */
  readonly totals: string
}

export async function presettleNationally(saga: SagaPayment, { bureau }: Ports, port: SitePort): Promise<StepEnd> {
  const { payment, inHand } = saga
  if (inHand.qr === undefined || inHand.bill === undefined) return { end: 'refused', reason: 'interrupted' }
  // The e-credential is decoded where the 五期 sites have it decoded: one centre for all.
  const decoded = await bureau.decode({ ...stamped(saga, 'decode'), qr: inHand.qr })
  if (decoded.outcome !== 'decoded') return endOf(decoded)
  inHand.token = decoded.token
  const from = { person: stamped(saga, 'person'), visit: stamped(saga, 'visit') }
  const opened = await port.openVisit(from, { token: decoded.token, siteNumber: payment.number })
  if (opened.outcome !== 'visit') return endOf(opened)
  const { visit } = opened
  const added = await port.addFees(stamped(saga, 'fees'), visit, payment.number, inHand.bill.lines)
  if (added.outcome !== 'added') return endOf(added)
  const totals = await port.totals(stamped(saga, 'totals'), visit)
  if (totals.outcome !== 'totals') return endOf(totals)
  const trial: Trial = { visit, totals: totals.text }
  const heard = await port.presettle(stamped(saga, 'presettle'), claimOf(saga, trial, decoded.token))
  if (heard.outcome !== 'trial') return endOf(heard)
  return { end: 'done', learnt: { trial: JSON.stringify(trial), split: heard.split } }
}

export async function settleNationally(saga: SagaPayment, port: SitePort): Promise<StepEnd> {
  const trial = trialOf(saga)
  const { token } = saga.inHand
  // Without its credential it cannot be sent, and one that was sent before may still come.
  if (trial === undefined || token === undefined) return { end: 'refused', reason: 'interrupted', mayStillCome: true }
  const heard = await port.settle(sentAs(saga), claimOf(saga, trial, token))
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
  const at = (slot: 'reverse' | 'takeBack'): FromSite => numbered(saga, slot, sentAtMs)
  if (settlement === undefined) {
    if (settleSentAtMs === undefined) return done
    const heard = await port.takeBack(at('takeBack'), trial.visit, numbered(saga, 'settle', settleSentAtMs))
    return heard.outcome === 'taken-back' ? done : endOf(heard)
  }
  const heard = await port.reverse(at('reverse'), trial.visit, settlement)
  if (heard.outcome === 'reversed') return done
  if (heard.outcome === 'no-reply') return endOf(heard)
  // Refused in words: the bureau itself says whether it stands.
  const stands = await port.isReversed(stamped(saga, 'ask'), trial.visit, settlement)
  return stands.outcome === 'settlement' && stands.isReversed ? done : endOf(stands.outcome === 'no-reply' ? stands : heard)
}

const trialOf = ({ memory }: SagaPayment) => (memory.trial === undefined ? undefined : (JSON.parse(memory.trial) as Trial))
const claimOf = ({ payment, memory }: SagaPayment, { visit }: Trial, token: string): SiteClaim => ({
  visit,
  token,
  batch: payment.number,
  totalFen: memory.totalFen ?? noMoney,
})
const numbered = ({ payment }: SagaPayment, slot: keyof typeof slots, atMs: number): FromSite => ({
  site: payment.site,
  message: { sequence: payment.serial * 10 + slots[slot], atMs },
})
const stamped = (saga: SagaPayment, slot: keyof typeof slots) => numbered(saga, slot, saga.nowMs)
/** The settlement's own number: when it was first sent is stored. */
const sentAs = (saga: SagaPayment) => numbered(saga, 'settle', saga.memory.settleSentAtMs ?? saga.memory.sentAtMs)
