/** What the bureau keeps: persons with their insurance year, sites, uploaded bills, trials, settlements. Changed by its book's entries alone. */
import type { AgeGroup, InsuredType, Tier } from '../../../scenarios/plan.ts'
import { fenOf } from '../../money/fen.ts'
import type { BillSplit, YearSoFar } from '../../policy/split-bill.ts'
import type { EnrolmentType } from '../desks/bureau-care-desk.ts'
import type { ClaimedBill, FundSegment } from '../desks/bureau-desk.ts'
import { dateOf } from '../desks/business-time.ts'
import type { ClaimFacts, ReviewRule } from '../desks/claim-desk.ts'
import { identityOf } from '../people/identity.ts'
import type { BookRules } from '../stores/kept-book.ts'
import { applyClaim, type ClaimEffect, type ClaimState, emptyClaims, markSettled } from './claims/claim-state.ts'
import { applyClearing, type ClearingEffect, type ClearingState, emptyClearing } from './clearing/clearing-state.ts'
import { type DayIndex, siteDay } from './day-index.ts'
import type { PersonYear } from './insurance-year.ts'
import { applyMobile, emptyMobileChain, type MobileChainState, type MobileEffect } from './mobile/mobile-state.ts'

export interface OpeningPerson {
  readonly person: number
  readonly insuredType: InsuredType
  readonly ageGroup: AgeGroup
  readonly yearSoFar: YearSoFar
}

/** A message that had an effect: the same number brings the same answer and no second effect. */
interface Answered {
  /** Site, day and sequence. */
  readonly message: string
  /** What it asked, so that the number with other contents is refused. */
  readonly asked: string
}

export interface SettledEntry extends Answered {
  readonly does: 'settle'
  readonly settlement: string
  readonly trial: string
  readonly site: number
  readonly person: number
  readonly bills: readonly ClaimedBill[]
  readonly split: BillSplit
  readonly segment: FundSegment
  readonly yearAfter: YearSoFar
  /** First day of the insurance year it counts for, yyyy-MM-dd. */
  readonly yearFrom: string
  /** Of a settlement that came through a visit. */
  readonly claim?: ClaimFacts
  readonly settledAtMs?: number
  /** A stay in hospital has a deductible of its own. */
  readonly isStay?: true
}
export interface ReversedEntry extends Answered, PersonYear {
  readonly does: 'reverse'
  readonly settlement: string
  readonly original: string
}

/** What one message of a visit does. */
export type MessageEffect =
  | ClaimEffect
  | ClearingEffect
  | MobileEffect
  | SettledEntry
  | ReversedEntry
  | ({ readonly does: 'reinstate'; readonly settlement: string } & PersonYear)

export type BureauEntry =
  /** A message with all its effects: one entry, so that a crash keeps all of them or none. */
  | {
      readonly does: 'message'
      readonly message: string
      readonly site: number
      readonly name: string
      readonly asked: string
      readonly reply: object
      readonly effects: readonly MessageEffect[]
    }
  | { readonly does: 'open'; readonly seed: number; readonly year: number }
  | { readonly does: 'open-site'; readonly site: number; readonly tier: Tier; readonly noticeUrl?: string }
  /** 6302 was heard by its site, or given up. */
  | { readonly does: 'site-told'; readonly notice: number; readonly heard: boolean; readonly tries: number }
  | ({ readonly does: 'open-person'; readonly yearFrom: string } & OpeningPerson)
  | {
      readonly does: 'upload'
      readonly site: number
      readonly visit: string
      readonly bill: ClaimedBill
      readonly lines: number
      /** What the lines offend against. The lines themselves are not kept. */
      readonly rules?: readonly ReviewRule[]
      /** A line of it is for children alone (限儿童); whose bill it is shows at its settlement. */
      readonly forChildren?: true
    }
  | {
      readonly does: 'trial'
      readonly trial: string
      readonly site: number
      readonly person: number
      readonly bills: readonly ClaimedBill[]
      readonly split: BillSplit
      readonly segment: FundSegment
      readonly kind?: TrialKind
      readonly stay?: string
    }
  | { readonly does: 'drop-bill'; readonly site: number; readonly bill: string }
  | ({ readonly does: 'enrol' } & Enrolment)
  /** Effects of what needs no number of its own: to ask again is harmless. */
  | { readonly does: 'act'; readonly site: number; readonly effects: readonly MessageEffect[] }
  | SettledEntry
  | ReversedEntry

/** What a trial is of; absent: a charge. */
export type TrialKind = 'registration' | 'stay'

export interface Enrolment {
  readonly enrolment: string
  readonly site: number
  readonly person: number
  readonly type: EnrolmentType
  readonly number: string
  readonly from: string
  readonly until: string
}

export interface Person extends OpeningPerson {
  readonly name: string
  readonly idNumber: string
  readonly cardNumber: string
  /** First day of the insurance year that yearSoFar is of, yyyy-MM-dd; see personToday. */
  readonly yearFrom: string
  /** Counts settlements and reversals: a trial made before one is out of date. */
  readonly turns: number
}

export interface Trial {
  readonly trial: string
  readonly site: number
  readonly person: number
  readonly bills: readonly ClaimedBill[]
  readonly split: BillSplit
  readonly segment: FundSegment
  readonly turns: number
  readonly atMs: number
  readonly used: boolean
  readonly kind?: TrialKind
  readonly stay?: string
}

export interface BureauState {
  seed: number
  year: number
  readonly sites: Map<number, Tier>
  readonly persons: Map<number, Person>
  /** Card number, ID number and QR code → person. Made from the identity, never written. */
  readonly personOf: Map<string, number>
  /** Site and bill number → the uploaded bill, and the settlement that stands for it. */
  readonly bills: Map<
    string,
    ClaimedBill & { readonly settlement?: string | undefined; readonly rules?: readonly ReviewRule[]; readonly forChildren?: true }
  >
  readonly trials: Map<string, Trial>
  readonly settlements: Map<string, SettledEntry & { readonly reversedBy?: string | undefined; readonly reversedAtMs?: number | undefined }>
  /** By enrolment number. */
  readonly enrolments: Map<string, Enrolment>
  /** Site, type and number, and each person → enrolment numbers. */
  readonly enrolmentsOf: Map<string, string[]>
  readonly days: DayIndex
  readonly answers: Map<string, SettledEntry | ReversedEntry>
  readonly claims: ClaimState
  readonly clearing: ClearingState
  readonly mobile: MobileChainState
}

export const enrolmentKey = ({ site, type, number }: Pick<Enrolment, 'site' | 'type' | 'number'>): string => `${site}\n${type}\n${number}`
export const personKey = (person: number): string => `person ${person}`
export const billKey = (site: number, bill: string): string => `${site}\n${bill}`

export const bureauRules: BookRules<BureauState, BureauEntry> = {
  empty: () => ({
    seed: 0,
    year: 0,
    sites: new Map(),
    persons: new Map(),
    personOf: new Map(),
    bills: new Map(),
    trials: new Map(),
    settlements: new Map(),
    answers: new Map(),
    claims: emptyClaims(),
    enrolments: new Map(),
    enrolmentsOf: new Map(),
    days: new Map(),
    clearing: emptyClearing(),
    mobile: emptyMobileChain(),
  }),
  apply(state, entry, atMs) {
    switch (entry.does) {
      case 'message': {
        const { message, site, name, asked, reply } = entry
        for (const effect of entry.effects) applyEffect(state, effect, atMs)
        state.claims.messages.set(message, { message, site, name, asked, reply, isTakenBack: false })
        return
      }
      case 'open':
        state.seed = entry.seed
        state.year = entry.year
        return
      case 'open-site':
        state.sites.set(entry.site, entry.tier)
        if (entry.noticeUrl !== undefined) state.mobile.noticeUrls.set(entry.site, entry.noticeUrl)
        return
      case 'site-told':
        state.mobile.notices.delete(entry.notice)
        return
      case 'open-person': {
        const { does: _, ...person } = entry
        const identity = identityOf(state, person.person, person.ageGroup)
        const { idNumber, cardNumber, qr } = identity
        state.persons.set(person.person, {
          ...person,
          get name() {
            return identity.name
          },
          idNumber,
          cardNumber,
          turns: 0,
        })
        for (const word of [`card:${cardNumber}`, `id-number:${idNumber}`, `qr:${qr}`]) state.personOf.set(word, person.person)
        return
      }
      case 'upload':
        state.bills.set(billKey(entry.site, entry.bill.bill), {
          ...entry.bill,
          ...(entry.rules === undefined ? {} : { rules: entry.rules }),
          ...(entry.forChildren === undefined ? {} : { forChildren: entry.forChildren }),
        })
        return
      case 'drop-bill':
        state.bills.delete(billKey(entry.site, entry.bill))
        return
      case 'enrol': {
        const { does: _, ...enrolment } = entry
        state.enrolments.set(entry.enrolment, enrolment)
        for (const key of [enrolmentKey(entry), personKey(entry.person)]) {
          const known = state.enrolmentsOf.get(key)
          if (known === undefined) state.enrolmentsOf.set(key, [entry.enrolment])
          else known.push(entry.enrolment)
        }
        return
      }
      case 'trial': {
        const { does: _, ...trial } = entry
        const turns = state.persons.get(entry.person)?.turns ?? 0
        state.trials.set(entry.trial, { ...trial, turns, atMs, used: false })
        return
      }
      case 'act':
        for (const effect of entry.effects) applyEffect(state, effect, atMs)
        return
      case 'settle':
        settle(state, entry, atMs)
        return
      case 'reverse':
        reverse(state, entry, atMs)
        return
      default:
        entry satisfies never
    }
  },
}

function applyEffect(state: BureauState, effect: MessageEffect, atMs: number): void {
  switch (effect.does) {
    case 'settle':
      settle(state, effect, atMs)
      return
    case 'reverse':
      reverse(state, effect, atMs)
      return
    case 'reinstate':
      reinstate(state, effect)
      return
    case 'put-application':
    case 'pay-out':
      applyClearing(state.clearing, effect)
      return
    case 'put-order':
    case 'tell-site':
      applyMobile(state.mobile, effect)
      return
    default:
      applyClaim(state.claims, effect)
  }
}

function settle(state: BureauState, entry: SettledEntry, atMs: number): void {
  turn(state, entry.person, entry)
  const trial = state.trials.get(entry.trial)
  if (trial !== undefined) state.trials.set(entry.trial, { ...trial, used: true })
  const settledAtMs = entry.settledAtMs ?? atMs
  state.settlements.set(entry.settlement, { ...entry, settledAtMs })
  siteDay(state.days, entry.site, dateOf(settledAtMs)).settled.add(entry.settlement)
  for (const bill of entry.bills) {
    const key = billKey(entry.site, bill.bill)
    state.bills.set(key, { ...state.bills.get(key), ...bill, settlement: entry.settlement })
  }
  state.answers.set(entry.message, entry)
  if (entry.claim !== undefined) markSettled(state.claims, entry.claim, entry.settlement)
}

function reverse(state: BureauState, entry: ReversedEntry, atMs: number): void {
  const original = state.settlements.get(entry.original)
  if (original === undefined) return
  state.settlements.set(entry.original, { ...original, reversedBy: entry.settlement, reversedAtMs: atMs })
  siteDay(state.days, original.site, dateOf(atMs)).reversed.add(entry.original)
  turn(state, original.person, entry)
  for (const bill of original.bills) {
    const key = billKey(original.site, bill.bill)
    state.bills.set(key, { ...state.bills.get(key), ...bill, settlement: undefined })
  }
  state.answers.set(entry.message, entry)
  if (original.claim !== undefined) markSettled(state.claims, original.claim, undefined)
}

/** A reversal is taken back: the settlement stands again. */
function reinstate(state: BureauState, { settlement, ...year }: { readonly settlement: string } & PersonYear): void {
  const original = state.settlements.get(settlement)
  if (original === undefined) return
  const { reversedBy: _, reversedAtMs, ...standing } = original
  if (reversedAtMs !== undefined) siteDay(state.days, original.site, dateOf(reversedAtMs)).reversed.delete(settlement)
  state.settlements.set(settlement, standing)
  turn(state, original.person, year)
  if (original.claim !== undefined) markSettled(state.claims, original.claim, settlement)
}

function turn(state: BureauState, number: number, { yearAfter, yearFrom }: PersonYear): void {
  const person = state.persons.get(number)
  if (person !== undefined) state.persons.set(number, { ...person, yearSoFar: yearAfter, yearFrom, turns: person.turns + 1 })
}

/** Opening amounts as they arrive through the control endpoint, made sure of. */
export const yearOf = (year: YearSoFar): YearSoFar => ({
  currentAccountLeftFen: fenOf(year.currentAccountLeftFen),
  historyAccountLeftFen: fenOf(year.historyAccountLeftFen),
  deductiblePaidFen: fenOf(year.deductiblePaidFen),
  fundPaidFen: fenOf(year.fundPaidFen),
})
