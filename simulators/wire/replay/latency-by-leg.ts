/**
 * How long each leg took, from what the generator heard and what the counterparties logged: arrival, start and end of service by bill or
 * payment, all of the one machine's clock. Own time of the target is the whole less the counterparties' spans on the way.
 */

import { bucketOf, HISTOGRAM_BUCKETS } from '../../measures/histogram.ts'
import { isQuantilePublishable, quantileMilliseconds } from '../../measures/quantile.ts'
import type { WireLeg, WireQuantiles } from '../../measures/result-wire.ts'
import type { TraceRow } from '../../trace/trace.ts'
import type { Conducted } from './conduct.ts'

type Span = Conducted['spans'][number]

export function latencyByLeg(planned: readonly TraceRow[], { log, spans }: Pick<Conducted, 'log' | 'spans'>): readonly WireLeg[] {
  const begin = log.beginMs ?? 0
  // The target's own log is no counterparty's.
  const theirs = spans.filter(({ actor, operation }) => actor !== 'platform' && !ownOfCashier.has(operation))
  const ofKey = groupBy(theirs, ({ businessKey }) => businessKey)
  // Keys at payers begin with the payment's number.
  const ofPayment = groupBy(
    theirs.filter(({ operation }) => operation.startsWith('bank/')),
    ({ businessKey }) => businessKey.split('-')[0] as string,
  )
  const book = legBook()
  for (const seen of log.rows) {
    const row = planned[seen.row]
    const last = seen.answers.at(-1)
    if (row === undefined || row.bill === null || last?.outcome !== 'paid' || seen.endMs === undefined || seen.sentMs === undefined)
      continue
    // A credential is asked about by person, a hospital's bills by visit; whose they are tells the time they came.
    const aside = [...(ofKey.get(String(row.person)) ?? []), ...(ofKey.get(`JZ${row.visit}`) ?? [])]
    const isWithin = ({ arrivedMs }: Span) =>
      arrivedMs >= begin + (seen.sentMs as number) - 1 && arrivedMs <= begin + (seen.endMs as number)
    const own = [...(ofKey.get(row.bill) ?? []), ...(ofPayment.get(last.payment ?? '') ?? []), ...aside.filter(isWithin)]
    const by = (party: string) => own.filter(({ operation }) => operation.startsWith(`${party}/`))
    const [from, to] = [begin + seen.sentMs, begin + seen.endMs]
    const wholeMs = to - from
    const ownMs = wholeMs - coveredMs(own, from, to)
    const intended = begin + seen.dueMs
    book.add('intended-to-answered', seen.endMs - seen.dueMs, own.length === 0 ? null : ownMs)
    for (const [leg, party] of [
      ['bureau', 'bureau'],
      ['payer', 'bank'],
      ['his', 'his'],
      ['channel', 'entry'],
    ] as const)
      if (by(party).length > 0) book.add(leg, sumMs(by(party)), null)
    if (row.entry >= 0 && row.mode !== 'window' && row.mode !== 'kiosk')
      book.add('platform', wholeMs - coveredMs(by('entry'), from, to), ownMs)
    const authorised = endOf(own, ['bank/authorize', 'bank/debit'])
    const settled = endOf(own, ['bureau/settle'])
    const confirmed = endOf(own, ['his/notice', 'his/invoice'])
    if (authorised !== undefined) book.add('intended-to-authorised', authorised - intended, null)
    if (authorised !== undefined && settled !== undefined && settled >= authorised)
      book.add('authorised-to-settled', settled - authorised, null)
    if (settled !== undefined && confirmed !== undefined && confirmed >= settled)
      book.add('settled-to-confirmed', confirmed - settled, null)
  }
  return book.legs()
}

/** A window's whole errand, which the messages within it make up. */
const ownOfCashier = new Set(['his/window-payment', 'his/kiosk-payment'])

const sumMs = (spans: readonly Span[]): number => spans.reduce((sum, { arrivedMs, endedMs }) => sum + endedMs - arrivedMs, 0)
/** Milliseconds of a stretch in which at least one of these spans ran. */
function coveredMs(spans: readonly Span[], from: number, to: number): number {
  let covered = 0
  let upTo = from
  for (const { arrivedMs, endedMs } of spans.toSorted((a, b) => a.arrivedMs - b.arrivedMs)) {
    const end = Math.min(to, endedMs)
    covered += Math.max(0, end - Math.max(upTo, arrivedMs))
    upTo = Math.max(upTo, end)
  }
  return covered
}

const endOf = (spans: readonly Span[], operations: readonly string[]): number | undefined =>
  spans
    .filter(({ operation }) => operations.includes(operation))
    .reduce<number | undefined>((first, { endedMs }) => Math.min(first ?? endedMs, endedMs), undefined)

function groupBy<Of>(all: readonly Of[], keyOf: (one: Of) => string): ReadonlyMap<string, readonly Of[]> {
  const groups = new Map<string, Of[]>()
  for (const one of all) {
    const key = keyOf(one)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [one])
    else group.push(one)
  }
  return groups
}

function legBook() {
  const kept = new Map<WireLeg['leg'], { total: number[]; own: number[] }>()
  return {
    add(leg: WireLeg['leg'], totalMs: number, ownMs: number | null): void {
      const known = kept.get(leg) ?? { total: [], own: [] }
      known.total.push(totalMs)
      if (ownMs !== null) known.own.push(ownMs)
      kept.set(leg, known)
    },
    legs: (): readonly WireLeg[] =>
      [...kept].map(([leg, { total, own }]) => ({ leg, totalMs: quantilesOf(total), ownMs: quantilesOf(own), from: 'business-keys' })),
  }
}

/** Null where nothing was observed. */
export function quantilesOf(milliseconds: readonly number[]): WireQuantiles | null {
  if (milliseconds.length === 0) return null
  const counts = new Float64Array(HISTOGRAM_BUCKETS)
  let max = 0
  for (const one of milliseconds) {
    const whole = Math.max(0, Math.round(one))
    const bucket = bucketOf(whole)
    counts[bucket] = (counts[bucket] ?? 0) + 1
    max = Math.max(max, whole)
  }
  const count = milliseconds.length
  return {
    count,
    p50: quantileMilliseconds(counts, 0.5) as number,
    p95: quantileMilliseconds(counts, 0.95) as number,
    p99: isQuantilePublishable(count, 0.99) ? quantileMilliseconds(counts, 0.99) : null,
    max,
    buckets: [...counts.entries()].filter(([, many]) => many > 0),
  }
}
