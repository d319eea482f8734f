/**
 * The books of a city that does not run: read from their files and left as they are. `his.sqlite` is the book of `his`; a ledger beside it
 * (`his-ledger.sqlite`) is the same actor's.
 */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { BookRow } from './book-store.ts'
import type { BookEntry } from './kept-book.ts'
import type { LedgerBooks } from './ledger.ts'
import { booksOf } from './sqlite-ledger-books.ts'

export interface StoppedBook {
  readonly actor: string
  readonly entries: readonly BookEntry<unknown>[]
  readonly ledger?: LedgerBooks
  readonly reconciliation?: readonly BookRow[]
}
export interface StoppedBooks {
  readonly shown: readonly StoppedBook[]
  readonly unread: readonly { readonly path: string; readonly why: string }[]
}

/** Undefined where there is no such folder or no book in it. */
export function readStoppedBooks(folder: string): StoppedBooks | undefined {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(bookEnd)) : []
  if (names.length === 0) return undefined
  const shown: StoppedBook[] = []
  const unread: StoppedBooks['unread'][number][] = []
  for (const name of names.toSorted()) {
    const path = join(folder, name)
    try {
      shown.push(readBook(path, name.slice(0, -bookEnd.length).replace(/-ledger$/, '')))
    } catch (error) {
      unread.push({ path, why: error instanceof Error ? error.message : String(error) })
    }
  }
  return { shown, unread }
}

const bookEnd = '.sqlite'

const reconciliationOf = (database: DatabaseSync) =>
  database
    .prepare("SELECT number, at_ms AS atMs, text FROM book_row WHERE book = 'reconciliation' ORDER BY number")
    .all()
    .map((row) => ({ ...row })) as unknown as BookRow[]

function readBook(path: string, actor: string): StoppedBook {
  // Whoever opens the file of a killed process first brings it up to its log, and others wait for that meanwhile.
  const database = new DatabaseSync(path, { readOnly: true, timeout: 10_000 })
  try {
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()
    const isLedger = tables.some(({ name }) => name === 'payment')
    if (isLedger) return { actor, entries: [], ledger: booksOf(database), reconciliation: reconciliationOf(database) }
    const rows = database.prepare('SELECT number, at_ms AS atMs, text FROM entry ORDER BY number').all()
    return {
      actor,
      entries: rows.map(({ number, atMs, text }) => ({
        number: Number(number),
        atMs: Number(atMs),
        entry: JSON.parse(String(text)) as unknown,
      })),
    }
  } finally {
    database.close()
  }
}
