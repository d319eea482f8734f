/** What the hospitals' book says: bills, attempts to pay them, what was paid and given back, invoices. */
import type { SplitParts } from './audit-input.ts'
import { type Entry, listOf, numberOf, partOf, textOf, type Written } from './entry-words.ts'
import { splitOf } from './insurer-facts.ts'

export interface HospitalPayment {
  readonly attempt: string
  readonly totalFen: number
  readonly split: SplitParts
  readonly settlement: string
  readonly payer: string
  readonly atMs: number
}
export interface HospitalAttempt {
  readonly attempt: string
  readonly site: number
  readonly bill: string
  /** `platform`, `window`, `kiosk`. */
  readonly by: string
  isClosed: boolean
  payment?: HospitalPayment
  /** Key of the refund the hospital agreed to. */
  refund?: string
  invoices: number
  redInvoices: number
}
export interface LineSums {
  readonly count: number
  readonly totalFen: number
  readonly coveredFen: number
}
export interface HospitalBill {
  readonly site: number
  readonly bill: string
  readonly person: number
  readonly totalFen: number
  readonly coveredFen: number
  /** Its lines added up again; undefined where the book shows none. */
  readonly lines: LineSums | undefined
  readonly attempts: HospitalAttempt[]
  mergedInto?: string
}

export interface HospitalFacts {
  /** By {@link billKey}. */
  readonly bills: ReadonlyMap<string, HospitalBill>
  readonly attempts: ReadonlyMap<string, HospitalAttempt>
  /** Attempts opened for more than one bill, payments booked without an attempt. */
  readonly odd: readonly string[]
}

export const billKey = (site: number, bill: string): string => `${site}\n${bill}`

export function hospitalFacts(entries: readonly Written[]): HospitalFacts {
  const bills = new Map<string, HospitalBill>()
  const attempts = new Map<string, HospitalAttempt>()
  const odd: string[] = []
  const raise = (bill: Entry) => {
    const [site, number] = [numberOf(bill, 'site'), textOf(bill, 'bill')]
    bills.set(billKey(site, number), {
      site,
      bill: number,
      person: numberOf(bill, 'person'),
      totalFen: numberOf(bill, 'totalFen'),
      coveredFen: numberOf(bill, 'coveredFen'),
      lines: sumsOf(listOf(bill, 'lines')),
      attempts: [],
    })
  }
  for (const { entry, atMs } of entries) {
    const site = numberOf(entry, 'site')
    const bill = bills.get(billKey(site, textOf(entry, 'bill')))
    const key = textOf(entry, 'attempt')
    const attempt = attempts.get(key)
    switch (entry['does']) {
      case 'open-bill':
        raise(entry)
        break
      case 'merge':
        raise(partOf(entry, 'into'))
        for (const from of (entry['from'] as readonly string[] | undefined) ?? []) {
          const part = bills.get(billKey(site, from))
          if (part !== undefined) part.mergedInto = textOf(partOf(entry, 'into'), 'bill')
        }
        break
      case 'open-attempt': {
        if (attempt !== undefined && attempt.bill !== textOf(entry, 'bill')) odd.push(key)
        if (attempt !== undefined) break
        const opened: HospitalAttempt = {
          attempt: key,
          site,
          bill: textOf(entry, 'bill'),
          by: textOf(entry, 'by'),
          isClosed: false,
          invoices: 0,
          redInvoices: 0,
        }
        attempts.set(key, opened)
        bill?.attempts.push(opened)
        break
      }
      case 'close-attempt':
        if (attempt !== undefined) attempt.isClosed = true
        break
      case 'paid':
        if (attempt === undefined || attempt.payment !== undefined) odd.push(key)
        if (attempt !== undefined) attempt.payment ??= paymentOf(entry, atMs)
        break
      case 'refund':
        if (attempt !== undefined) {
          attempt.refund = textOf(entry, 'refund')
          if (entry['redInvoice'] !== undefined) attempt.redInvoices += 1
        }
        if (entry['rest'] !== undefined) raise(partOf(entry, 'rest'))
        break
      case 'invoice':
        if (attempt !== undefined) attempt.invoices += 1
        break
      default:
    }
  }
  return { bills, attempts, odd }
}

function sumsOf(lines: readonly Entry[]): LineSums | undefined {
  if (lines.length === 0) return undefined
  const sum = (name: string) => lines.reduce((total, line) => total + numberOf(line, name), 0)
  return { count: lines.length, totalFen: sum('totalFen'), coveredFen: sum('coveredFen') }
}

const paymentOf = (entry: Entry, atMs: number): HospitalPayment => ({
  attempt: textOf(entry, 'attempt'),
  totalFen: numberOf(entry, 'totalFen'),
  split: splitOf(partOf(entry, 'split')),
  settlement: textOf(entry, 'settlement'),
  payer: textOf(entry, 'payer'),
  atMs,
})
