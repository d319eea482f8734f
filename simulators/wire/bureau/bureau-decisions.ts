/** What the bureau decides on its book, whichever dialect asks. Pure: state and request in, entries and reply out. */
import type { PolicyPlan } from '../../../scenarios/plan-policy.ts'
import { type Fen, fenOf, sumFen } from '../../money/fen.ts'
import { type BillSplit, benefitOf, splitBill } from '../../policy/split-bill.ts'
import { stayBenefitOf } from '../../policy/stay-benefit.ts'
import type {
  Account,
  AccountRequest,
  BureauRefusal,
  ClaimedBill,
  Credential,
  FromSite,
  FundSegment,
  Presettled,
  PresettleRequest,
  Refused,
  Reversed,
  ReverseRequest,
  Settled,
  SettleRequest,
  Uploaded,
  UploadRequest,
} from '../desks/bureau-desk.ts'
import { dateOf } from '../desks/business-time.ts'
import type { Decision } from '../stores/kept-book.ts'
import { type BureauEntry, type BureauState, billKey, enrolmentKey, type Person, type TrialKind } from './bureau-book.ts'
import { isForChildren, offencesIn } from './clearing/review.ts'
import { personToday, yearWithout } from './insurance-year.ts'

export type BureauDecision<Reply> = Decision<BureauEntry, Reply | Refused>
/** What the bureau goes by. */
export type Policy = Pick<PolicyPlan, 'benefits' | 'inpatient' | 'clearing' | 'insuranceYearStart'>

export const refuse = (reason: BureauRefusal): Decision<never, Refused> => ({ entries: [], reply: { outcome: 'refused', reason } })

/** Tokens of decoded e-credentials; they live in memory only and end with the day. */
export type Tokens = ReadonlyMap<string, { readonly person: number; readonly day: string }>

export function personOf(
  state: BureauState,
  policy: Policy,
  credential: Credential,
  tokens: Tokens,
  nowMs: number,
): Person | BureauRefusal {
  if (credential.kind === 'token') {
    const token = tokens.get(credential.value)
    if (token === undefined || token.day !== dateOf(nowMs)) return 'unknown-credential'
    return personToday(state, policy, nowMs, token.person) ?? 'unknown-person'
  }
  const person = state.personOf.get(`${credential.kind}:${credential.value}`)
  return (person === undefined ? undefined : personToday(state, policy, nowMs, person)) ?? 'unknown-person'
}

export function decideAccount(
  state: BureauState,
  request: AccountRequest,
  policy: Policy,
  tokens: Tokens,
  nowMs: number,
): BureauDecision<Account> {
  const tier = state.sites.get(request.site)
  if (tier === undefined) return refuse('unknown-site')
  const person = personOf(state, policy, request.credential, tokens, nowMs)
  if (typeof person === 'string') return refuse(person)
  const { deductibleFen } = benefitOf(policy, person, tier)
  const stay = stayBenefitOf(policy, person.insuredType, tier)
  const { currentAccountLeftFen, historyAccountLeftFen, deductiblePaidFen } = person.yearSoFar
  return {
    entries: [],
    reply: {
      outcome: 'account',
      cardNumber: person.cardNumber,
      name: person.name,
      insuredType: person.insuredType,
      currentAccountLeftFen,
      historyAccountLeftFen,
      deductiblePaidFen,
      deductibleFen,
      stayDeductibleFen: stay.deductibleFen,
      stayCapFen: stay.annualCapFen,
    },
  }
}

/** Lines of a stay come in batches of 50 (OH). */
const longestStayBatch = 50

export function decideUpload(state: BureauState, request: UploadRequest): BureauDecision<Uploaded> {
  if (!state.sites.has(request.site)) return refuse('unknown-site')
  const totalFen = sumFen(...request.lines.map((line) => line.totalFen))
  const coveredFen = sumFen(...request.lines.map((line) => line.coveredFen))
  if (request.lines.length > longestStayBatch && isEnrolled(state, request.site, undefined, request.visit)) return refuse('too-many-lines')
  if (coveredFen > totalFen) return refuse('amounts-do-not-add-up')
  const bill: ClaimedBill = { bill: request.bill, totalFen, coveredFen }
  const known = state.bills.get(billKey(request.site, request.bill))
  const reply = { outcome: 'uploaded', bill: request.bill, totalFen } as const
  if (known === undefined) {
    const rules = offencesIn(request.lines)
    const found = { ...(rules.length === 0 ? {} : { rules }), ...(isForChildren(request.lines) ? { forChildren: true as const } : {}) }
    return { entries: [{ does: 'upload', site: request.site, visit: request.visit, bill, lines: request.lines.length, ...found }], reply }
  }
  return isSameBill(known, bill) ? { entries: [], reply } : refuse('bill-known-with-other-amounts')
}

export function decidePresettle(
  state: BureauState,
  request: PresettleRequest,
  policy: Policy,
  tokens: Tokens,
  nowMs: number,
  of: { readonly kind?: TrialKind; readonly stay?: string } = {},
): BureauDecision<Presettled> {
  const claim = claimOf(state, request, of.kind)
  if (typeof claim === 'string') return refuse(claim)
  const person = personOf(state, policy, request.credential, tokens, nowMs)
  if (typeof person === 'string') return refuse(person)
  if (of.stay !== undefined && !isEnrolled(state, request.site, person.person, of.stay)) return refuse('not-enrolled')
  const { split, segment } = splitFor(state, person, request.site, claim, policy, of.kind)
  const trial = numberAt(nowMs, state.trials.size + 1)
  const entry = { does: 'trial', trial, site: request.site, person: person.person, bills: request.bills, split, segment, ...of } as const
  return { entries: [entry], reply: { outcome: 'presettled', trial, split, segment } }
}

export function decideSettle(
  state: BureauState,
  request: SettleRequest,
  policy: Policy,
  nowMs: number,
  of: { readonly kind?: TrialKind; readonly stay?: string } = {},
): BureauDecision<Settled> {
  const message = messageKey(request)
  const asked = `settle ${request.trial}`
  const before = state.answers.get(message)
  if (before !== undefined) {
    if (before.does !== 'settle' || before.asked !== asked) return refuse('message-number-reused')
    // A reversal is final: the original arriving once more is not told that it stands.
    if (state.settlements.get(before.settlement)?.reversedBy !== undefined) return refuse('reversed-before-it-came')
    return { entries: [], reply: settledReply(before) }
  }
  const trial = state.trials.get(request.trial)
  if (trial === undefined) return refuse('unknown-trial')
  // A trial of a registration is none of a charge: it is as if there were none.
  if (trial.kind !== of.kind || trial.stay !== of.stay) return refuse('unknown-trial')
  if (trial.site !== request.site) return refuse('trial-of-another-site')
  if (trial.used) return refuse('trial-used')
  if (dateOf(trial.atMs) !== dateOf(nowMs)) return refuse('trial-expired')
  if (request.bills.length !== trial.bills.length || !request.bills.every((bill, index) => isSameBill(bill, trial.bills[index]))) {
    return refuse('amounts-do-not-add-up')
  }
  const claim = claimOf(state, request, of.kind)
  if (typeof claim === 'string') return refuse(claim)
  const person = personToday(state, policy, nowMs, trial.person)
  if (person === undefined) return refuse('unknown-person')
  // Another settlement of the same person came in between: the trial no longer says what would be paid.
  if (person.turns !== trial.turns) return refuse('trial-out-of-date')
  const { split, segment, yearAfter } = splitFor(state, person, request.site, claim, policy, of.kind)
  const settlement = `3100${numberAt(nowMs, state.settlements.size + reversals(state) + 1)}`
  const entry: BureauEntry = {
    does: 'settle',
    message,
    asked,
    settlement,
    trial: request.trial,
    site: request.site,
    person: person.person,
    bills: request.bills,
    split,
    segment,
    yearAfter,
    yearFrom: person.yearFrom,
    ...(of.kind === 'stay' ? { isStay: true as const } : {}),
  }
  return { entries: [entry], reply: settledReply(entry) }
}

export function decideReverse(state: BureauState, request: ReverseRequest, policy: Policy, nowMs: number): BureauDecision<Reversed> {
  const message = messageKey(request)
  const asked = `reverse ${request.settlement}`
  const original = state.settlements.get(request.settlement)
  const before = state.answers.get(message)
  if (before !== undefined && (before.does !== 'reverse' || before.asked !== asked)) return refuse('message-number-reused')
  // A settlement of another site is nobody's business: it is as if there were none.
  if (original === undefined || original.site !== request.site) return refuse('unknown-settlement')
  const reply = (settlement: string): Reversed => ({ outcome: 'reversed', settlement, split: original.split, segment: original.segment })
  if (before !== undefined) return { entries: [], reply: reply(before.settlement) }
  if (original.reversedBy !== undefined) return refuse('already-reversed')
  if (state.clearing.clearedBy.has(request.settlement)) return refuse('already-cleared')
  if (request.totalFen !== sumFen(...original.bills.map(({ totalFen }) => totalFen))) return refuse('wrong-amount')
  const settlement = `3100${numberAt(nowMs, state.settlements.size + reversals(state) + 1)}`
  const person = personToday(state, policy, nowMs, original.person)
  if (person === undefined) return refuse('unknown-person')
  const entry = { does: 'reverse', message, asked, settlement, original: request.settlement, ...yearWithout(person, original) } as const
  return { entries: [entry], reply: reply(settlement) }
}

const settledReply = ({
  settlement,
  split,
  segment,
}: {
  readonly settlement: string
  readonly split: BillSplit
  readonly segment: FundSegment
}) => ({ outcome: 'settled', settlement, split, segment }) as const

/** The bills of a request as one claim, or why they cannot be one. */
function claimOf(
  state: BureauState,
  request: FromSite & { readonly bills: readonly ClaimedBill[] },
  kind: TrialKind | undefined,
): { totalFen: Fen; coveredFen: Fen } | BureauRefusal {
  if (!state.sites.has(request.site)) return 'unknown-site'
  // The fee of a registration has no lines of its own.
  for (const bill of kind === 'registration' ? [] : request.bills) {
    const uploaded = state.bills.get(billKey(request.site, bill.bill))
    if (uploaded === undefined) return 'bill-not-uploaded'
    if (!isSameBill(uploaded, bill)) return 'amounts-do-not-add-up'
    if (uploaded.settlement !== undefined) return 'bill-already-settled'
  }
  return {
    totalFen: sumFen(...request.bills.map(({ totalFen }) => totalFen)),
    coveredFen: sumFen(...request.bills.map(({ coveredFen }) => coveredFen)),
  }
}

function splitFor(
  state: BureauState,
  person: Person,
  site: number,
  claim: { totalFen: Fen; coveredFen: Fen },
  policy: Policy,
  kind: TrialKind | undefined,
) {
  const tier = state.sites.get(site)
  if (tier === undefined) throw new Error(`site ${site} was looked up before`)
  if (kind !== 'stay') {
    const { split, yearAfter } = splitBill(claim, benefitOf(policy, person, tier), person.yearSoFar)
    return { split, yearAfter, segment: segmentOf(split, person) }
  }
  const { deductiblePaidFen } = person.yearSoFar
  const { split, yearAfter } = splitBill(claim, stayBenefitOf(policy, person.insuredType, tier), {
    ...person.yearSoFar,
    deductiblePaidFen: fenOf(0),
  })
  return { split, yearAfter: { ...yearAfter, deductiblePaidFen }, segment: 'pooled' as const }
}

/** 入院登记 of this person at this site under this number. */
export function isEnrolled(state: BureauState, site: number, person: number | undefined, number: string): boolean {
  const known = (['3', '7'] as const).flatMap((type) => state.enrolmentsOf.get(enrolmentKey({ site, type, number })) ?? [])
  return known.some((enrolment) => person === undefined || state.enrolments.get(enrolment)?.person === person)
}

/** Employees and retired people have the additional fund for outpatients; where nothing lies above the deductible there is no segment. */
function segmentOf(split: BillSplit, { insuredType }: Pick<Person, 'insuredType'>): FundSegment {
  const aboveFen = split.fundFen + (split.historyAccountFen + split.cashFen - split.uncoveredFen - split.deductibleFen)
  return aboveFen > 0 && (insuredType === 'employee' || insuredType === 'retired') ? 'additional' : 'pooled'
}

const isSameBill = (one: ClaimedBill, other: ClaimedBill | undefined) =>
  other !== undefined && one.bill === other.bill && one.totalFen === other.totalFen && one.coveredFen === other.coveredFen

export const messageKey = ({ site, message }: FromSite): string => `${site} ${dateOf(message.atMs)} ${message.sequence}`

const numberAt = (nowMs: number, count: number) => dateOf(nowMs).replaceAll('-', '') + String(count).padStart(10, '0')

function reversals(state: BureauState): number {
  return state.answers.size - state.settlements.size
}
