/** What the bureau keeps: persons with their insurance year, sites, uploaded bills, trials, settlements. Changed by its book's entries alone. */
import type { AgeGroup, InsuredType, Tier } from '../../../scenarios/plan.ts'
import { fenOf } from '../../money/fen.ts'
import { type BillSplit, unsplitBill, type YearSoFar } from '../../policy/split-bill.ts'
import type { ClaimedBill, FundSegment } from '../desks/bureau-desk.ts'
import { identityOf } from '../people/identity.ts'
import type { BookRules } from '../stores/kept-book.ts'

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
}
export interface ReversedEntry extends Answered {
  readonly does: 'reverse'
  readonly settlement: string
  readonly original: string
}

export type BureauEntry =
  | { readonly does: 'open'; readonly seed: number; readonly year: number }
  | { readonly does: 'open-site'; readonly site: number; readonly tier: Tier }
  | ({ readonly does: 'open-person' } & OpeningPerson)
  | { readonly does: 'upload'; readonly site: number; readonly visit: string; readonly bill: ClaimedBill; readonly lines: number }
  | {
      readonly does: 'trial'
      readonly trial: string
      readonly site: number
      readonly person: number
      readonly bills: readonly ClaimedBill[]
      readonly split: BillSplit
      readonly segment: FundSegment
    }
  | SettledEntry
  | ReversedEntry

export interface Person extends OpeningPerson {
  readonly name: string
  readonly idNumber: string
  readonly cardNumber: string
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
}

export interface BureauState {
  seed: number
  year: number
  readonly sites: Map<number, Tier>
  readonly persons: Map<number, Person>
  /** Card number, ID number and QR code → person. Made from the identity, never written. */
  readonly personOf: Map<string, number>
  /** Site and bill number → the uploaded bill, and the settlement that stands for it. */
  readonly bills: Map<string, ClaimedBill & { readonly settlement?: string | undefined }>
  readonly trials: Map<string, Trial>
  readonly settlements: Map<string, SettledEntry & { readonly reversedBy?: string | undefined }>
  readonly answers: Map<string, SettledEntry | ReversedEntry>
}

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
  }),
  apply(state, entry, atMs) {
    switch (entry.does) {
      case 'open':
        state.seed = entry.seed
        state.year = entry.year
        return
      case 'open-site':
        state.sites.set(entry.site, entry.tier)
        return
      case 'open-person': {
        const { does: _, ...person } = entry
        const { name, idNumber, cardNumber, qr } = identityOf(state, person.person, person.ageGroup)
        state.persons.set(person.person, { ...person, name, idNumber, cardNumber, turns: 0 })
        for (const word of [`card:${cardNumber}`, `id-number:${idNumber}`, `qr:${qr}`]) state.personOf.set(word, person.person)
        return
      }
      case 'upload':
        state.bills.set(billKey(entry.site, entry.bill.bill), entry.bill)
        return
      case 'trial': {
        const { does: _, ...trial } = entry
        const turns = state.persons.get(entry.person)?.turns ?? 0
        state.trials.set(entry.trial, { ...trial, turns, atMs, used: false })
        return
      }
      case 'settle':
        settle(state, entry)
        return
      case 'reverse':
        reverse(state, entry)
        return
      default:
        entry satisfies never
    }
  },
}

function settle(state: BureauState, entry: SettledEntry): void {
  const person = state.persons.get(entry.person)
  if (person !== undefined) state.persons.set(entry.person, { ...person, yearSoFar: entry.yearAfter, turns: person.turns + 1 })
  const trial = state.trials.get(entry.trial)
  if (trial !== undefined) state.trials.set(entry.trial, { ...trial, used: true })
  state.settlements.set(entry.settlement, entry)
  for (const bill of entry.bills) state.bills.set(billKey(entry.site, bill.bill), { ...bill, settlement: entry.settlement })
  state.answers.set(entry.message, entry)
}

function reverse(state: BureauState, entry: ReversedEntry): void {
  const original = state.settlements.get(entry.original)
  if (original === undefined) return
  state.settlements.set(entry.original, { ...original, reversedBy: entry.settlement })
  const person = state.persons.get(original.person)
  if (person !== undefined) {
    const yearSoFar = unsplitBill(original.split, person.yearSoFar)
    state.persons.set(original.person, { ...person, yearSoFar, turns: person.turns + 1 })
  }
  for (const bill of original.bills) state.bills.set(billKey(original.site, bill.bill), bill)
  state.answers.set(entry.message, entry)
}

/** Opening amounts as they arrive through the control endpoint, made sure of. */
export const yearOf = (year: YearSoFar): YearSoFar => ({
  currentAccountLeftFen: fenOf(year.currentAccountLeftFen),
  historyAccountLeftFen: fenOf(year.historyAccountLeftFen),
  deductiblePaidFen: fenOf(year.deductiblePaidFen),
  fundPaidFen: fenOf(year.fundPaidFen),
})
