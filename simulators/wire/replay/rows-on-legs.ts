/**
 * Each payment of a run with the messages the counterparties served for it. Joined by the trace header where the target passes it on, else by
 * what it must pass on: bill, payment, person, visit, and the time they came. All moments are of the one machine's clock.
 */
import type { TraceRow } from '../../trace/trace.ts'
import { rowOfTrace } from '../../trace/trace-parent.ts'
import { plannedOperation } from '../dialects/wallet-operations.ts'
import type { Conducted } from './conduct.ts'

export type LegSpan = Conducted['spans'][number]
/** Whose operations make up a leg, by what they begin with. */
const partyLegs = { channel: ['entry'], bureau: ['bureau'], payer: ['bank', 'wallet'], his: ['his'] } as const
export type PartyLeg = keyof typeof partyLegs
export const partyLegNames = Object.keys(partyLegs) as PartyLeg[]
/** @param operation as the message table names it */
export const isOfLeg = (operation: string, leg: PartyLeg): boolean => partyLegs[leg].some((party) => operation.startsWith(`${party}/`))
/** What a phone asks of its wallet is the patient's affair, and no message of the payment. */
const isOfPhone = (operation: string): boolean => operation.startsWith('phone/')

export interface RowOnLegs {
  readonly row: TraceRow
  /** As the last answer says; `no-answer` where none came. */
  readonly outcome: string
  /** Whether the target was asked; else the hospital asked the bureau itself. */
  readonly isByTarget: boolean
  /** From the window's begin. */
  readonly dueMs: number
  /** When it was sent and when its last answer was there, on the machine's clock. */
  readonly fromMs: number
  readonly toMs: number
  /** The intended start on the machine's clock. */
  readonly intendedMs: number
  readonly spans: readonly LegSpan[]
  readonly joinedBy: 'trace-headers' | 'business-keys'
}

/** Payments that were sent, in the order of the generator's lines. */
export function rowsOnLegs(planned: readonly TraceRow[], { log, spans }: Pick<Conducted, 'log' | 'spans'>): readonly RowOnLegs[] {
  const begin = log.beginMs ?? 0
  // The target's own log is no counterparty's.
  const theirs = spans
    .filter(({ actor, operation }) => actor !== 'platform' && !ownOfCashier.has(operation) && !isOfPhone(operation))
    .map((span) => ({ ...span, operation: plannedOperation(span.actor, span.operation) }))
  const ofKey = Map.groupBy(theirs, ({ businessKey }) => businessKey)
  // Keys at payers begin with the payment's number.
  const payments = new Set(log.rows.flatMap(({ answers }) => answers.flatMap(({ payment }) => payment ?? [])))
  const ofPayment = Map.groupBy(
    theirs.filter(({ operation }) => isOfLeg(operation, 'payer')),
    ({ businessKey }) => paymentOf(businessKey, payments),
  )
  const bills = new Set(planned.flatMap(({ bill }) => bill ?? []))
  /** A notice may go out with another request's work: a bill knows better whose it is. */
  const rowOf = ({ trace, businessKey }: LegSpan): number | undefined => {
    const row = rowOfTrace(trace)
    return row === undefined || (bills.has(businessKey) && planned[row]?.bill !== businessKey) ? undefined : row
  }
  const ofRow = Map.groupBy(theirs, rowOf)
  return log.rows.flatMap((seen): RowOnLegs[] => {
    const row = planned[seen.row]
    const last = seen.answers.at(-1)
    if (row === undefined || row.bill === null || last === undefined || seen.endMs === undefined || seen.sentMs === undefined) return []
    const [fromMs, toMs] = [begin + seen.sentMs, begin + seen.endMs]
    // A credential is asked about by person, a hospital's bills by visit; whose they are tells the time they came.
    const aside = [...(ofKey.get(String(row.person)) ?? []), ...(ofKey.get(`JZ${row.visit}`) ?? [])]
    const isWithin = ({ arrivedMs }: LegSpan) => arrivedMs >= fromMs - 1 && arrivedMs <= toMs
    const keyed = [...(ofKey.get(row.bill) ?? []), ...(ofPayment.get(last.payment ?? '') ?? []), ...aside.filter(isWithin)]
    const traced = ofRow.get(seen.row) ?? []
    return [
      {
        row,
        outcome: last.outcome,
        isByTarget: row.entry >= 0 && row.mode !== 'window' && row.mode !== 'kiosk',
        dueMs: seen.dueMs,
        fromMs,
        toMs,
        intendedMs: begin + seen.dueMs,
        spans: [...traced, ...keyed.filter((span) => rowOf(span) === undefined)],
        joinedBy: traced.length > 0 ? 'trace-headers' : 'business-keys',
      },
    ]
  })
}

/** A target has numbers of its own making: PO-7-A at the bank is of the payment PO-7. A key of no payment stays as it is. */
function paymentOf(key: string, payments: ReadonlySet<string>): string {
  for (let word = key; word !== ''; word = word.slice(0, Math.max(0, word.lastIndexOf('-')))) if (payments.has(word)) return word
  return key
}

/** What a leg's party served of a payment. */
export const spansOf = ({ spans }: RowOnLegs, leg: PartyLeg): readonly LegSpan[] => spans.filter(({ operation }) => isOfLeg(operation, leg))

/** The whole of a payment less what counterparties took meanwhile: what the target causes. Null where no counterparty was seen. */
export const ownMsOf = ({ spans, fromMs, toMs }: RowOnLegs): number | null =>
  spans.length === 0 ? null : toMs - fromMs - coveredMs(spans, fromMs, toMs)

/** Milliseconds of a stretch in which at least one of these spans ran. */
export function coveredMs(spans: readonly LegSpan[], fromMs: number, toMs: number): number {
  let covered = 0
  let upTo = fromMs
  for (const { arrivedMs, endedMs } of spans.toSorted((a, b) => a.arrivedMs - b.arrivedMs)) {
    const end = Math.min(toMs, endedMs)
    covered += Math.max(0, end - Math.max(upTo, arrivedMs))
    upTo = Math.max(upTo, end)
  }
  return covered
}

/** A window's whole errand, which the messages within it make up. */
const ownOfCashier = new Set(['his/window-payment', 'his/kiosk-payment'])
