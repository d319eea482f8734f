/**
 * One bill through every book of a city, as one sequence: pure, from the books to rows. What belongs to a bill is found by its keys: the
 * bill's number, then whatever an entry that has one of the keys is known by itself (attempt, hold, trial, settlement, order …), until
 * nothing new is found. A visit or an agreement is no such key: it has other bills too.
 */
import { isRepaymentOrder } from '../banks/repayments.ts'
import type { BookRow } from '../stores/book-store.ts'
import type { BookEntry } from '../stores/kept-book.ts'
import type { LedgerBooks, LedgerPayment, Posting } from '../stores/ledger.ts'
import { reconciledRows } from './reconciled-rows.ts'
import { isApplication, reviewedEffects } from './reviewed-effects.ts'

/** A book as its actor shows it; platform and hospitals show their ledgers beside it. */
export interface ShownBooks {
  readonly actor: string
  readonly entries: readonly BookEntry<unknown>[]
  readonly ledger?: LedgerBooks
  /** The platform's book of reconciliation. */
  readonly reconciliation?: readonly BookRow[]
}

export interface BillRow {
  /** Business clock, epoch milliseconds. */
  readonly atMs: number
  readonly actor: string
  /** The entry's own word, or the event of a ledger. */
  readonly does: string
  readonly isEvent?: true
  readonly payment?: string
  readonly amounts: readonly { readonly name: string; readonly amountFen: number }[]
}

export interface BillStory {
  readonly bill: string
  /** In the order of the business clock; entries of one moment in the order of the money's way. */
  readonly rows: readonly BillRow[]
  readonly payments: readonly Pick<LedgerPayment, 'number' | 'channel' | 'mode' | 'state' | 'isOpen' | 'site' | 'person'>[]
  readonly postings: readonly Posting[]
}

const keyNames = new Set([
  'bill',
  'attempt',
  'payment',
  'hold',
  // One settlement on leaving takes the place of these.
  'holds',
  'key',
  'trial',
  'settlement',
  // A reversal has a number of its own and names the settlement's.
  'original',
  'order',
  // The hospital's number of a mobile order is its bill's; the wallet names the insurer's order.
  'siteOrder',
  'payOrder',
  'mixed',
  'transaction',
  'refund',
  'capture',
])
/** Shorter words are counters of somebody's own and would tie strangers together. */
const shortestKey = 8

/** Undefined where no book knows the bill. */
export function storyOfBill(bill: string, books: readonly ShownBooks[]): BillStory | undefined {
  const entries = books.flatMap(({ actor, entries: kept }) => kept.map(({ atMs, entry }) => ({ actor, atMs, entry, keys: keysOf(entry) })))
  const ledgers = books.flatMap(({ actor, ledger }) => (ledger === undefined ? [] : [{ actor, ...ledger }]))
  const payments = ledgers.flatMap(({ payments: kept }) => kept.filter((payment) => payment.bill === bill))
  const known = new Set([bill, ...payments.flatMap(({ number, memory }) => [number, ...keysOf(JSON.parse(memory)).map(([, key]) => key)])])
  /** Attempts: the platform's payments, and those of windows and kiosks. */
  const numbers = payments.map(({ number }) => number)
  // A key made from a payment's number is that payment's: P…-A is its hold.
  const isKnown = (key: string) => known.has(key) || numbers.some((number) => key.startsWith(`${number}-`) || key.startsWith(`${number}.`))
  const found = new Set<(typeof entries)[number]>()
  for (let before = -1; before !== found.size; ) {
    before = found.size
    for (const one of entries) {
      if (found.has(one) || !one.keys.some(([, key]) => isKnown(key))) continue
      found.add(one)
      if (tellsOfMany(one.entry)) continue
      // Another bill of a joint settlement is told of by its own story.
      for (const [name, key] of one.keys) {
        if (name === 'bill' || key.length < shortestKey || isRepaymentOrder(key)) continue
        known.add(key)
        if (name === 'attempt') numbers.push(key)
      }
    }
  }
  if (found.size === 0 && payments.length === 0) return undefined
  const kept = [...found].flatMap(({ actor, atMs, entry }) => {
    return effectsOf(entry, isKnown).map((effect) => rowOf(actor, atMs, effect))
  })
  const events = ledgers.flatMap((ledger) =>
    ledger.events
      .filter(({ payment }) => numbers.includes(payment))
      .map(({ payment, number, atMs, event }): BillRow => {
        const posted = ledger.postings.filter((posting) => posting.payment === payment && posting.event === number)
        return {
          actor: ledger.actor,
          atMs,
          does: event,
          isEvent: true,
          payment,
          amounts: posted.map(({ account, amountFen }) => ({ name: account, amountFen })),
        }
      }),
  )
  const isOurs = (key: string) => numbers.includes(key) || isKnown(key)
  const reconciled = books.flatMap(({ actor, reconciliation = [] }) => reconciledRows(actor, reconciliation, isOurs))
  return {
    bill,
    rows: [...kept, ...events, ...reconciled].toSorted((a, b) => a.atMs - b.atMs),
    payments,
    postings: ledgers.flatMap(({ postings }) => postings.filter(({ payment }) => numbers.includes(payment))),
  }
}

/** A repayment is of several advances, a matched bill of a whole day, an application of a month: each belongs to the story, whatever else it names does not. */
const tellsOfMany = (entry: unknown): boolean =>
  ['repay', 'match-bill'].includes((entry as { readonly does?: string }).does ?? '') || effectsIn(entry).some(isApplication)

const effectsIn = (entry: unknown): readonly unknown[] => {
  const { effects } = entry as { readonly effects?: unknown }
  return Array.isArray(effects) ? effects : []
}

/** One message may have several effects at its receiver; each that is about the bill is told. Without any it is told itself. */
function effectsOf(entry: unknown, isKnown: (key: string) => boolean): readonly unknown[] {
  const about = effectsIn(entry).filter((effect) => keysOf(effect).some(([, key]) => isKnown(key)))
  if (about.length === 0) return [entry]
  return about.flatMap((effect): readonly unknown[] => (isApplication(effect) ? reviewedEffects(effect, isKnown) : [effect]))
}

export const rowOf = (actor: string, atMs: number, entry: unknown): BillRow => ({
  actor,
  atMs,
  does: String((entry as { readonly does?: unknown }).does ?? ''),
  amounts: amountsOf(entry),
})

/** Names and words of every key in an entry, however deep. */
function keysOf(value: unknown): (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, part]) => {
    const words = typeof part === 'string' ? [part] : Array.isArray(part) && keyNames.has(name) ? part : undefined
    if (words === undefined) return keysOf(part)
    return words.flatMap((word: unknown) => (keyNames.has(name) && typeof word === 'string' && word !== '' ? [[name, word] as const] : []))
  })
}

/** Amounts of an entry and of its split; lines of a bill add up to it and are left out. */
function amountsOf(entry: unknown): BillRow['amounts'] {
  if (typeof entry !== 'object' || entry === null) return []
  return Object.entries(entry).flatMap(([name, part]) => {
    if (typeof part === 'number') return name.endsWith('Fen') && part !== 0 ? [{ name, amountFen: part }] : []
    return name === 'split' || name === 'order' ? amountsOf(part) : []
  })
}
