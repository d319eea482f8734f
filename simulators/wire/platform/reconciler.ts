/**
 * Reconciliation at work: fetches each party's day-end file once its day is over, has it matched, makes the moves of the differences,
 * pays out what is reconciled and applies to the insurer for what it owes. Everything it decides stands in a book that all processes
 * share; whoever comes to a day first matches it, and moves may be made twice without a second effect.
 */
import { fenOf } from '../../money/fen.ts'
import type { ClearingDesk } from '../desks/clearing-desk.ts'
import type { Port } from '../desks/port.ts'
import { accountingDayOf, dayAfter, windowOf } from '../reconciliation/accounting-day.ts'
import {
  decideApplied,
  decideClearingNews,
  monthOf,
  monthsToApplyFor,
  openApplications,
  toAppealFor,
} from '../reconciliation/clearing-decisions.ts'
import { nameOf } from '../reconciliation/match-day.ts'
import { decidePayOuts } from '../reconciliation/payout-decisions.ts'
import { dayKey, inTransitOf, type ReconciliationEntry, type ReconciliationState } from '../reconciliation/reconciliation-book.ts'
import { decideClosings, decideHeard, decideMatchDay, openMoves } from '../reconciliation/reconciliation-decisions.ts'
import type { MoneyRecord, Party } from '../reconciliation/records.ts'
import type { Ports } from '../sagas/saga-words.ts'
import type { Ledger } from '../stores/ledger.ts'
import type { SharedBook } from '../stores/shared-book.ts'
import { perform } from './difference-moves.ts'
import { legsOf, legsTakenBack, namesOf } from './movements.ts'
import type { StatementSource } from './statements.ts'

export interface ReconcilerParts {
  readonly ledger: Ledger
  readonly book: SharedBook<ReconciliationState, ReconciliationEntry>
  readonly ports: Ports
  readonly clearing: Port<ClearingDesk>
  readonly sources: readonly StatementSource[]
  /** Business clock. */
  readonly nowMs: () => number
  /** So long before a cut-off a record's partner may lie after it. */
  readonly graceMs: number
  /** An accounting day was matched, by this process. */
  readonly matched?: (day: DayMatched) => void
}

export interface DayMatched {
  readonly party: string
  readonly day: string
  /** Of the party's file. */
  readonly rows: number
  readonly differences: number
}

/** What a run could not do yet, by party or site: asked again at the next. */
export interface ReconciliationRun {
  readonly waiting: readonly { readonly of: string; readonly why: string }[]
}

export interface Reconciler {
  /** Does what can be done now. One run at a time; a call during a run waits for it. */
  run(): Promise<ReconciliationRun>
  /** Waits for the run under way. */
  idle(): Promise<void>
}

export function reconciler(parts: ReconcilerParts): Reconciler {
  let underWay: Promise<ReconciliationRun> | undefined
  return {
    run() {
      underWay ??= runOnce(parts).finally(() => {
        underWay = undefined
      })
      return underWay
    },
    async idle() {
      await underWay?.catch(() => undefined)
    },
  }
}

async function runOnce(parts: ReconcilerParts): Promise<ReconciliationRun> {
  const { book, sources } = parts
  const waiting: { of: string; why: string }[] = []
  for (const source of sources) {
    // One party that cannot be asked keeps no other from being reconciled.
    const why = await matchWhatIsOver(parts, source).catch((error: unknown) => (error instanceof Error ? error.message : String(error)))
    if (why !== undefined) waiting.push({ of: source.party.name, why })
  }
  for (const of of await makeMoves(parts)) waiting.push({ of, why: 'no reply' })
  await book.answer((state, nowMs) => decideClosings(state, nowMs))
  await book.answer((state) => decidePayOuts(state))
  waiting.push(...(await clearWithInsurer(parts)))
  return { waiting }
}

/** Every accounting day of a party that is over and not matched, in order. @returns why it stopped before today */
async function matchWhatIsOver(parts: ReconcilerParts, { party, cutOff, fetch }: StatementSource): Promise<string | undefined> {
  const { book, ledger, nowMs, graceMs, matched } = parts
  const state = await book.read()
  const today = accountingDayOf(nowMs(), cutOff)
  const firstMs = await ledger.firstMs()
  if (firstMs === undefined) return undefined
  let day = accountingDayOf(firstMs, cutOff)
  while (state.days.has(dayKey(party.name, day))) day = dayAfter(day)
  for (; day < today; day = dayAfter(day)) {
    const statement = await fetch(day)
    if (statement.outcome === 'not-yet') return `${day}: ${statement.why}`
    const window = windowOf(day, cutOff)
    // What is open is asked before what is posted: a payment that ends in between is still taken as open, and looked at the day after.
    const underWay = new Set((await ledger.openPayments()).flatMap(namesOf))
    const inTransit = inTransitOf(await book.read(), party.name)
    const ours = [
      ...(await recordsOf(ledger, party, window.fromMs, nowMs() + 1)),
      ...(await takenBackSince(parts, party, inTransit.theirs, window.fromMs)),
    ]
    const carried = new Map((await freshRecords(ledger, party, inTransit.ours)).map((one) => [nameOf(one), one]))
    let entry: ReconciliationEntry | undefined
    await book.answer((now) => {
      const decided = decideMatchDay(now, {
        party,
        day,
        window,
        ours: ours.filter(({ atMs }) => atMs < window.untilMs),
        theirs: statement.records,
        carriedOurs: (record) => carried.get(nameOf(record)) ?? record,
        oursLater: new Set(ours.filter(({ atMs }) => atMs >= window.untilMs).map(nameOf)),
        underWay,
        graceMs,
      })
      entry = decided.entries[0]
      return decided
    })
    if (entry?.does === 'match-day') matched?.({ party: party.name, day, rows: entry.rows, differences: entry.differences.length })
  }
  return undefined
}

async function recordsOf(ledger: Ledger, party: Party, fromMs: number, untilMs: number): Promise<readonly MoneyRecord[]> {
  const legs = [
    ...(await ledger.posted(fromMs, untilMs)).flatMap(legsOf),
    ...(await ledger.takenBack(fromMs, untilMs)).flatMap(legsTakenBack),
  ]
  return legs.flatMap(({ party: { name }, record }) =>
    name === party.name && record.atMs >= fromMs && record.atMs < untilMs ? [record] : [],
  )
}

/** A payment that was open when the party's record of it was carried may have been taken back since: then it has records of that earlier day too. */
async function takenBackSince(
  { ledger, graceMs }: ReconcilerParts,
  party: Party,
  carried: readonly MoneyRecord[],
  untilMs: number,
): Promise<readonly MoneyRecord[]> {
  if (carried.length === 0) return []
  const names = new Set(carried.map(nameOf))
  const fromMs = carried.reduce((first, { atMs }) => Math.min(first, atMs), untilMs) - graceMs
  return (await ledger.takenBack(fromMs, untilMs))
    .flatMap(legsTakenBack)
    .flatMap(({ party: { name }, record }) => (name === party.name && record.atMs < untilMs && names.has(nameOf(record)) ? [record] : []))
}

/** Carried records as the ledger has them now: a payment that was open then may have ended otherwise. */
async function freshRecords(ledger: Ledger, party: Party, records: readonly MoneyRecord[]): Promise<readonly MoneyRecord[]> {
  const moments = [...new Set(records.map(({ atMs }) => atMs))]
  return (await Promise.all(moments.map((atMs) => recordsOf(ledger, party, atMs, atMs + 1)))).flat()
}

/** @returns parties that stayed silent */
async function makeMoves(parts: ReconcilerParts): Promise<ReadonlySet<string>> {
  const silent = new Set<string>()
  for (;;) {
    const state = await parts.book.read()
    const places = new Map([...state.differences.keys()].map((number, place) => [number, place]))
    const open = openMoves(state).filter(({ difference }) => !silent.has(difference.party.name))
    if (open.length === 0) return silent
    for (const one of open) {
      const openedMs = state.differences.get(one.number)?.openedMs ?? 0
      const heard = await perform(parts, one, { place: places.get(one.number) ?? 0, openedMs })
      if (heard === 'silent') silent.add(one.difference.party.name)
      else await parts.book.answer((now, nowMs) => decideHeard(now, one.number, { move: one.move, heard }, nowMs))
    }
  }
}

/** 清算: applications for months that are over, appeals for what is held back, and what became of both. */
async function clearWithInsurer({ book, clearing, nowMs }: ReconcilerParts): Promise<{ of: string; why: string }[]> {
  const waiting: { of: string; why: string }[] = []
  for (const { site, month } of monthsToApplyFor(await book.read(), monthOf(nowMs()))) {
    const sums = await clearing.clearingMonth({ site, month })
    for (const amounts of sums.outcome === 'month' ? sums.types.filter(({ clearingType }) => clearingType === '11') : []) {
      const heard = await clearing.applyForMonth({ key: `Q-${site}-${month}-${amounts.clearingType}`, site, month, ...amounts })
      if (heard.outcome === 'applied') {
        const { application } = heard
        await book.answer((state) => decideApplied(state, { application, site, month, clearingType: amounts.clearingType }))
      } else waiting.push({ of: `site ${site} ${month}`, why: heard.outcome === 'refused' ? heard.reason : heard.why })
    }
  }
  for (const open of openApplications(await book.read())) {
    const { application, site } = open
    const view = await clearing.clearing({ site, application })
    if (view.outcome !== 'clearing') continue
    const withheld = toAppealFor(await book.read(), open, view)
    if (withheld.length > 0) {
      const state = await book.read()
      const settlements = withheld.map((settlement) => ({ settlement, evidence: evidenceOf(state, settlement) }))
      const heard = await clearing.appeal({ key: `S-${application}`, site, application, settlements })
      if (heard.outcome === 'appealed') {
        await book.answer((now) => ({
          entries:
            now.applications.get(application)?.decidedOn === undefined ? [{ does: 'appeal', application, decidedOn: heard.decidedOn }] : [],
          reply: undefined,
        }))
      }
    }
    const paid = await clearing.payouts({ site })
    if (paid.outcome === 'payouts') await book.answer((state) => decideClearingNews(state, view, paid.payouts))
  }
  return waiting
}

/** What the site says for a settlement held back: the records that agree with it. */
function evidenceOf(state: ReconciliationState, settlement: string): string {
  for (const { payment, legs } of state.movements.values()) {
    if (legs.get('insurer')?.record.key !== settlement) continue
    const agreeing = [...legs.values()].map(({ party, record }) => `${party} ${record.key} ${fenOf(record.amountFen)} 分`).join('；')
    return `支付 ${payment} 三方一致：${agreeing}`.slice(0, 500)
  }
  return settlement
}
