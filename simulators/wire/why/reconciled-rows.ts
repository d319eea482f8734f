/** What the platform's reconciliation did about one bill's payments, as rows of its story: what differed, what was asked, how it ended. */
import type { ReconciliationEntry } from '../reconciliation/reconciliation-book.ts'
import { numberOf } from '../reconciliation/records.ts'
import type { BookRow } from '../stores/book-store.ts'
import type { BillRow } from './story-of-bill.ts'

/** @param isOurs of a payment's number or a key made from it */
export function reconciledRows(actor: string, book: readonly BookRow[], isOurs: (key: string) => boolean): readonly BillRow[] {
  const parties = new Map<string, string>()
  return book.flatMap(({ atMs, text }): BillRow[] => {
    const row = (does: string, amounts: BillRow['amounts'] = []): BillRow => ({ atMs, actor, does, isEvent: true, amounts })
    const entry = JSON.parse(text) as ReconciliationEntry
    if (entry.does === 'match-day') {
      return entry.differences.flatMap((difference) => {
        const { key, kind, does, party, oursFen, theirsFen, ours } = difference
        if (!isOurs(ours?.payment ?? key) && !isOurs(key)) return []
        parties.set(numberOf(difference), `${does} ${party.name}`)
        const amounts = [
          { name: 'oursFen', amountFen: oursFen },
          { name: 'theirsFen', amountFen: theirsFen },
        ]
        return [row(`differs: ${kind} ${does} ${party.name}`, amounts)]
      })
    }
    if (entry.does !== 'hear' && entry.does !== 'close') return []
    const about = parties.get(entry.difference)
    if (about === undefined) return []
    return [row(entry.does === 'hear' ? `${entry.heard.move}: ${entry.heard.heard} ${about}` : `closed: ${entry.ending} ${about}`)]
  })
}
