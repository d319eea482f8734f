/** Day-end files of the parties, each fetched from its desk, checked whole, and read into records. A file that is not whole says nothing. */
import { createHash } from 'node:crypto'
import { sumFen } from '../../money/fen.ts'
import type { BankDesk } from '../desks/bank-desk.ts'
import type { DayTotals } from '../desks/bureau-care-desk.ts'
import type { BureauDesk } from '../desks/bureau-desk.ts'
import type { ClearingDesk, DayLine } from '../desks/clearing-desk.ts'
import type { HisDesk } from '../desks/his-desk.ts'
import type { MerchantBillDesk } from '../desks/merchant-desk.ts'
import type { Port } from '../desks/port.ts'
import { readStatement } from '../dialects/bank-statement.ts'
import { type CutOff, calendarDay } from '../reconciliation/accounting-day.ts'
import type { MoneyRecord, Party } from '../reconciliation/records.ts'
import type { LedgerPayment } from '../stores/ledger.ts'
import { bureauParty, hospitalParty, isOwnKey, payerParty } from './movements.ts'

export type Statement =
  | { readonly outcome: 'statement'; readonly records: readonly MoneyRecord[] }
  /** Not made yet, not reached, or not whole: it is asked for again. */
  | { readonly outcome: 'not-yet'; readonly why: string }

export interface StatementSource {
  readonly party: Party
  readonly cutOff: CutOff
  fetch(day: string): Promise<Statement>
}

const notYet = (why: string): Statement => ({ outcome: 'not-yet', why })

/** 日对账单 as CSV with control totals. @param cutOff of the bank's accounting day */
export function bankStatements(bank: string, find: () => Pick<Port<BankDesk>, 'statement'> | undefined, cutOff: CutOff): StatementSource {
  return {
    party: payerParty(bank),
    cutOff,
    async fetch(day) {
      const desk = find()
      if (desk === undefined) return notYet('nobody has said where it listens')
      const heard = await desk.statement({ date: day })
      if (heard.outcome !== 'statement') return notYet(heard.outcome === 'refused' ? heard.reason : heard.why)
      if (createHash('sha256').update(heard.csv).digest('hex') !== heard.sha256) return notYet('the file is not the one the bank sent')
      const read = readStatement(heard.csv)
      if ('mistakes' in read) return notYet(read.mistakes.join('; '))
      if (read.bank !== bank || read.date !== day) return notYet(`a file of ${read.bank} and ${read.date}`)
      const records = read.lines.flatMap(({ key, kind, site, atMs, amountFen }): MoneyRecord[] => {
        const does = kind === 'advance' || kind === 'debit' ? 'pay' : 'refund'
        return isOwnKey(key) ? [{ key, does, site, atMs, amountFen }] : []
      })
      return { outcome: 'statement', records }
    },
  }
}

/** T+1 bills of a wallet, ready the next day from 09:00; a wallet's day is the calendar's, by the moment of payment. */
export function walletStatements(wallet: string, find: () => Port<MerchantBillDesk> | undefined, site: SiteOf): StatementSource {
  return {
    party: payerParty(wallet),
    cutOff: calendarDay,
    async fetch(day) {
      const desk = find()
      if (desk === undefined) return notYet('there is no contract with it')
      const heard = await desk.tradeBill({ date: day })
      if (heard.outcome !== 'bill') return notYet(heard.outcome === 'refused' ? heard.reason : heard.why)
      const records = await Promise.all(
        heard.lines.map(async ({ kind, order, refund, atMs, amountFen }): Promise<MoneyRecord> => {
          const does = kind === 'payment' ? 'pay' : 'refund'
          return { key: does === 'pay' ? order : (refund ?? order), does, site: await site(order), atMs, amountFen }
        }),
      )
      return { outcome: 'statement', records }
    },
  }
}

/** A wallet knows no sites: of an order nobody knows there is none, and 0 stands for it. */
type SiteOf = (order: string) => Promise<number>

export interface BureauStatementParts {
  readonly bureau: Pick<Port<BureauDesk>, 'compareDay'>
  readonly clearing: Pick<Port<ClearingDesk>, 'dayLines'>
  readonly sites: () => Promise<readonly number[]>
  readonly ofSerial: (serial: number) => Promise<LedgerPayment | undefined>
  /** Business clock. */
  readonly nowMs: () => number
}

/** The last of the ten message numbers of a payment that settles: see sagas/steps.ts. */
const settleSlot = 5
/** Numbers of reconciliation's own messages, far above those of payments. */
export const ownMessages = { compare: 980_000_000, reverse: 990_000_000 } as const

/** 日对账: every site's lines, proven whole by SL01's totals. Lines of windows and kiosks are the hospitals' to reconcile. */
export function bureauStatements({ bureau, clearing, sites, ofSerial, nowMs }: BureauStatementParts): StatementSource {
  return {
    party: bureauParty,
    cutOff: calendarDay,
    async fetch(day) {
      const records: MoneyRecord[] = []
      for (const site of await sites()) {
        const heard = await clearing.dayLines({ site, day })
        if (heard.outcome !== 'day') return notYet(heard.outcome === 'refused' ? heard.reason : heard.why)
        const message = { sequence: ownMessages.compare + (site % 1_000_000), atMs: nowMs() }
        const compared = await bureau.compareDay({ site, message, day, totals: totalsOf(heard.lines) })
        if (compared.outcome !== 'compared') return notYet(compared.outcome === 'refused' ? compared.reason : compared.why)
        if (!compared.isEqual) return notYet(`the lines of site ${site} are not whole`)
        for (const line of heard.lines) {
          const payment = line.sequence % 10 === settleSlot ? await ofSerial((line.sequence - settleSlot) / 10) : undefined
          if (payment?.site === site && payment.bill === line.bill) records.push(recordOf(line, payment))
        }
      }
      return { outcome: 'statement', records }
    },
  }
}

function recordOf(line: DayLine, { site, number }: LedgerPayment): MoneyRecord {
  const { settlement: key, does, atMs, fundFen, currentAccountFen, historyAccountFen, cashFen } = line
  const amountFen = sumFen(fundFen, currentAccountFen, historyAccountFen)
  return { key, does, site, atMs, amountFen, payment: number, parts: { fundFen, currentAccountFen, historyAccountFen, cashFen } }
}

function totalsOf(lines: readonly DayLine[]): DayTotals {
  const total = { count: 0, currentAccountFen: 0, historyAccountFen: 0, cashFen: 0, pooledFen: 0, additionalFen: 0, uncoveredFen: 0 }
  for (const { does, fundFen, currentAccountFen, historyAccountFen, cashFen, uncoveredFen, segment } of lines) {
    const sign = does === 'pay' ? 1 : -1
    total.count += 1
    total.currentAccountFen += sign * currentAccountFen
    total.historyAccountFen += sign * historyAccountFen
    total.cashFen += sign * (cashFen - uncoveredFen)
    total[segment === 'pooled' ? 'pooledFen' : 'additionalFen'] += sign * fundFen
    total.uncoveredFen += sign * uncoveredFen
  }
  return total
}

/** 日结明细 of every site, proven whole by its totals. Only payments of the platform's are held against its records. */
export function hospitalStatements(
  his: Pick<Port<HisDesk>, 'dayLines'>,
  sites: () => Promise<readonly number[]>,
  cutOff: CutOff,
): StatementSource {
  return {
    party: hospitalParty,
    cutOff,
    async fetch(day) {
      const records: MoneyRecord[] = []
      for (const site of await sites()) {
        const heard = await his.dayLines({ site, date: day })
        if (heard.outcome !== 'day') return notYet(heard.outcome === 'refused' ? heard.reason : heard.why)
        const { lines, paidCount, refundedCount, totalFen } = heard
        const signed = lines.reduce((sum, line) => sum + (line.does === 'pay' ? 1 : -1) * line.totalFen, 0)
        const paid = lines.filter(({ does }) => does === 'pay').length
        if (signed !== totalFen || paid !== paidCount || lines.length !== paidCount + refundedCount) {
          return notYet(`the lines of site ${site} are not whole`)
        }
        for (const { attempt: key, does, atMs, totalFen: amountFen, fundFen, currentAccountFen, historyAccountFen, cashFen } of lines) {
          const parts = { fundFen, currentAccountFen, historyAccountFen, cashFen }
          if (isOwnKey(key)) records.push({ key, does, site, atMs, amountFen, parts })
        }
      }
      return { outcome: 'statement', records }
    },
  }
}
