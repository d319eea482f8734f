/** Closing books beside the virtual city's: every bill that was paid has the same split to the fen, or a reason stands beside it. */
import type { Words } from '../../../scenarios/plan.ts'
import { walletNames } from '../../../scenarios/plan-wallets.ts'
import type { ClosingBooks } from '../../measures/result-wire.ts'
import type { SeenRow, SeenSplit } from '../../trace/seen-row.ts'
import type { ExpectedSplit, TraceRow } from '../../trace/trace.ts'

const mostExamples = 5

const titles: Readonly<Record<string, Words>> = {
  'not-sent': { zh: '未发送', en: 'not sent' },
  'not-paid': { zh: '线上未付成', en: 'not paid on the wire' },
  'no-split': { zh: '线上未告知分割', en: 'paid, and no split was told' },
  'failed-in-virtual': { zh: '虚拟城市中未付成', en: 'not paid in the virtual city' },
  'other-order': { zh: '同一人的账单结算次序不同', en: 'bills of the same person settled in another order' },
  'other-way': { zh: '患者改用其他方式支付', en: 'the patient turned to another way to pay' },
  differs: { zh: '分割不同', en: 'another split' },
}

/** `credit` or `account` as a bank's book says a bill was paid, or the name of the wallet whose book does; undefined: paid in another way, or not. */
export type KindOfPayment = (site: number, bill: string) => string | undefined

/** Why each planned row with a split has none equal to it on the wire; undefined: it is equal. */
export function comparedRows(
  planned: readonly TraceRow[],
  seen: readonly SeenRow[],
  kindOf: KindOfPayment,
): readonly { readonly row: TraceRow; readonly seen: SeenRow | undefined; readonly why: string | undefined }[] {
  const bySeen = new Map(seen.map((row) => [row.row, row]))
  const disturbed = otherOrder(planned, bySeen)
  return planned.flatMap((row) => {
    if (row.expected === null) return []
    const one = bySeen.get(row.row)
    const kind = row.bill === null ? undefined : kindOf(row.site, row.bill)
    return [{ row, seen: one, why: whyNotEqual(row, row.expected, one, disturbed.has(row.person), kind) }]
  })
}

export function closingBooks(planned: readonly TraceRow[], seen: readonly SeenRow[], kindOf: KindOfPayment): ClosingBooks {
  const rest = new Map<string, { rows: number; examples: string[] }>()
  const all = comparedRows(planned, seen, kindOf)
  let equal = 0
  for (const { row, why } of all) {
    if (why === undefined) equal += 1
    else {
      const kept = rest.get(why) ?? { rows: 0, examples: [] }
      kept.rows += 1
      if (kept.examples.length < mostExamples) kept.examples.push(row.bill as string)
      rest.set(why, kept)
    }
  }
  const told = [...rest].map(([reason, kept]) => ({ reason, title: titles[reason] as Words, ...kept }))
  return { compared: all.length, equal, rest: told.toSorted((a, b) => b.rows - a.rows) }
}

function whyNotEqual(
  row: TraceRow,
  expected: ExpectedSplit,
  seen: SeenRow | undefined,
  isOtherOrder: boolean,
  kind: ReturnType<KindOfPayment>,
): string | undefined {
  if (seen === undefined || seen.notSent !== undefined) return 'not-sent'
  const last = seen.answers.at(-1)
  if (last?.outcome !== 'paid') return 'not-paid'
  if (last.split === undefined) return 'no-split'
  if (row.virtual.outcome === 'failed') return 'failed-in-virtual'
  if (!isSame(expected, last.split)) return isOtherOrder ? 'other-order' : 'differs'
  const creditFen = kind === 'credit' ? last.split.cashFen : 0
  const wallet = row.mode === 'kiosk' && expected.cashFen > 0 ? row.wallet : undefined
  if (creditFen === expected.creditFen && walletNames.find((name) => name === kind) === wallet) return undefined
  // A raised limit is the same way still.
  return last.key === row.key || last.key === `${row.key}-raised` ? 'differs' : 'other-way'
}

const isSame = (expected: ExpectedSplit, seen: SeenSplit): boolean =>
  expected.fundFen === seen.fundFen &&
  expected.currentAccountFen === seen.currentAccountFen &&
  expected.historyAccountFen === seen.historyAccountFen &&
  expected.creditFen + expected.cashFen === seen.cashFen

/** Persons whose bills ended in another order than in the virtual city, or one of whose bills was not paid: their year went another way. */
function otherOrder(planned: readonly TraceRow[], seen: ReadonlyMap<number, SeenRow>): ReadonlySet<number> {
  const rows = new Map<number, TraceRow[]>()
  for (const row of planned) {
    if (row.expected === null) continue
    const own = rows.get(row.person)
    if (own === undefined) rows.set(row.person, [row])
    else own.push(row)
  }
  const disturbed = new Set<number>()
  for (const [person, own] of rows) {
    if (own.length < 2) continue
    const inVirtual = own.toSorted((a, b) => a.virtual.endMs - b.virtual.endMs)
    let before = Number.NEGATIVE_INFINITY
    for (const { row } of inVirtual) {
      const one = seen.get(row)
      if (one?.answers.at(-1)?.outcome !== 'paid' || (one.endMs as number) < before) disturbed.add(person)
      before = one?.endMs ?? before
    }
  }
  return disturbed
}
