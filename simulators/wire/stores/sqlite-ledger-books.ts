/** An embedded ledger read whole: by its own thread, and by whoever looks into a stopped city's files. */
import type { DatabaseSync } from 'node:sqlite'
import type { LedgerBooks, LedgerPayment } from './ledger.ts'

export const paymentColumns = `serial, number, channel, idempotency_key AS idempotencyKey, asked_sha256 AS askedSha256, person, site, bill, mode,
  state, is_open AS isOpen, memory, fence, events, notice_url AS noticeUrl`

export function booksOf(database: DatabaseSync): LedgerBooks {
  const rows = <Row>(sql: string) =>
    database
      .prepare(sql)
      .all()
      .map((row) => ({ ...row })) as unknown as Row[]
  return {
    payments: database
      .prepare(`SELECT ${paymentColumns} FROM payment ORDER BY serial`)
      .all()
      .map((row) => paymentOf(row) as LedgerPayment),
    events: rows(`SELECT p.number AS payment, e.number, e.at_ms AS atMs, e.event FROM event e JOIN payment p ON p.serial = e.payment
      ORDER BY e.payment, e.number`),
    postings: rows(`SELECT p.number AS payment, q.event, q.account, q.amount_fen AS amountFen FROM posting q
      JOIN payment p ON p.serial = q.payment ORDER BY q.payment, q.event, q.account`),
  }
}

export function paymentOf(row: unknown): LedgerPayment | undefined {
  if (row === undefined) return undefined
  const { isOpen, noticeUrl, ...rest } = row as Omit<LedgerPayment, 'isOpen' | 'noticeUrl'> & { isOpen: number; noticeUrl: string | null }
  return { ...rest, isOpen: isOpen === 1, ...(noticeUrl === null ? {} : { noticeUrl }) }
}
