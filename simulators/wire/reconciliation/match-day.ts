/**
 * Holds the platform's records of one accounting day against a party's statement of it. A record without a partner is a difference,
 * unless its partner is on the way: across the cut-off, or because the payment is not over yet. What was on the way for one cut-off
 * and found no partner is a difference the day after.
 */
import { type Fen, noMoney } from '../../money/fen.ts'
import type { Difference, MoneyRecord, Party } from './records.ts'

export interface DayToMatch {
  readonly party: Party
  readonly day: string
  /** First moment after the accounting day. */
  readonly untilMs: number
  readonly ours: readonly MoneyRecord[]
  readonly theirs: readonly MoneyRecord[]
  /** In transit at the end of the day before. */
  readonly carried: InTransit
  /** Keys the platform has of later days, which this day's statement may name already. */
  readonly oursLater: ReadonlySet<string>
  /** Keys and payment numbers of payments that are not over. */
  readonly underWay: ReadonlySet<string>
  /** Keys of differences that ended because the party corrects its books: the row may come late, and is no news. */
  readonly corrected: ReadonlySet<string>
  /** So long before the cut-off a record may have its partner after it. */
  readonly graceMs: number
}

export interface InTransit {
  readonly ours: readonly MoneyRecord[]
  readonly theirs: readonly MoneyRecord[]
}
export const nothingInTransit: InTransit = { ours: [], theirs: [] }

export interface MatchedRecord extends MoneyRecord {
  readonly theirsAtMs: number
}

export interface DayMatched {
  /** Ours, each with an equal partner, and when the party booked it. */
  readonly matched: readonly MatchedRecord[]
  readonly inTransit: InTransit
  readonly differences: readonly Difference[]
}

export function matchDay(asked: DayToMatch): DayMatched {
  const { party, day, ours, theirs, carried, oursLater, underWay, corrected, untilMs, graceMs } = asked
  const oursBy = byKey([...carried.ours, ...ours])
  const theirsBy = byKey([...carried.theirs, ...theirs])
  const wasCarried = new Set([...carried.ours, ...carried.theirs].map(nameOf))
  const matched: MatchedRecord[] = []
  const onTheWay = { ours: [] as MoneyRecord[], theirs: [] as MoneyRecord[] }
  const differences: Difference[] = []
  const differ = (
    kind: Difference['kind'],
    our: MoneyRecord | undefined,
    their: MoneyRecord | undefined,
    further: Pick<Difference, 'partsDiffer' | 'copy'> = {},
  ) => {
    const { key, does, site } = (our ?? their) as MoneyRecord
    differences.push({
      party,
      day,
      kind,
      does,
      key,
      site,
      oursFen: amountOf(our),
      theirsFen: amountOf(their),
      ...further,
      ...(our === undefined ? {} : { ours: our }),
    })
  }
  const isUnderWay = ({ key, payment }: MoneyRecord) => underWay.has(key) || (payment !== undefined && underWay.has(payment))
  const isNearCutOff = ({ atMs }: MoneyRecord) => untilMs - atMs <= graceMs

  for (const name of new Set([...oursBy.keys(), ...theirsBy.keys()])) {
    const [our] = oursBy.get(name) ?? []
    const [their, ...more] = theirsBy.get(name) ?? []
    const isFirstDay = !wasCarried.has(name)
    if (our !== undefined && their !== undefined && isUnderWay(our)) {
      // Nothing about a payment that is not over is final.
      onTheWay.ours.push(our)
      onTheWay.theirs.push(their)
    } else if (our !== undefined && their !== undefined) {
      const partsDiffer = differingParts(our, their)
      if (our.amountFen === their.amountFen && partsDiffer.length === 0) matched.push({ ...our, theirsAtMs: their.atMs })
      else differ('amount-differs', our, their, partsDiffer.length === 0 ? {} : { partsDiffer })
    } else if (our !== undefined) {
      if (isUnderWay(our) || (isFirstDay && isNearCutOff(our))) onTheWay.ours.push(our)
      else differ('missing-there', our, undefined)
    } else if (their !== undefined && !corrected.has(name)) {
      if (isUnderWay(their) || (isFirstDay && (oursLater.has(name) || isNearCutOff(their)))) onTheWay.theirs.push(their)
      else differ('missing-here', undefined, their)
    }
    // One statement that names a key twice counts its money twice.
    for (const [index, again] of more.entries()) differ('twice-there', undefined, again, { copy: index + 2 })
  }
  return { matched, inTransit: onTheWay, differences }
}

/** A key pays once and refunds once. */
export const nameOf = ({ does, key }: Pick<MoneyRecord, 'does' | 'key'>): string => `${does} ${key}`

function byKey(records: readonly MoneyRecord[]): Map<string, MoneyRecord[]> {
  const found = new Map<string, MoneyRecord[]>()
  for (const record of records) {
    const known = found.get(nameOf(record))
    if (known === undefined) found.set(nameOf(record), [record])
    else known.push(record)
  }
  return found
}

/** Names of the amounts that both sides tell, and tell differently. */
function differingParts(our: MoneyRecord, their: MoneyRecord): string[] {
  const theirs = their.parts ?? {}
  return Object.entries(our.parts ?? {}).flatMap(([name, amountFen]) =>
    theirs[name] === undefined || theirs[name] === amountFen ? [] : [name],
  )
}

const amountOf = (record: MoneyRecord | undefined): Fen => record?.amountFen ?? noMoney
