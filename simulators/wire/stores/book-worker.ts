/** The thread of one book: SQLite, one table, group commit. Opened by book-store.ts. */
import { workerData } from 'node:worker_threads'
import type { BookCommand, BookRow } from './book-store.ts'
import { serveBatches } from './serve-batches.ts'

const { path } = workerData as { readonly path: string }

serveBatches<BookCommand, readonly BookRow[]>(path, (database) => {
  database.exec('CREATE TABLE IF NOT EXISTS entry (number INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, text TEXT NOT NULL) STRICT')
  const insert = database.prepare('INSERT INTO entry (number, at_ms, text) VALUES (?, ?, ?)')
  const all = database.prepare('SELECT number, at_ms AS atMs, text FROM entry ORDER BY number')
  const clear = database.prepare('DELETE FROM entry')
  const rows = () => all.all().map((row) => ({ ...row })) as unknown as BookRow[]
  return {
    hello: rows(),
    run: (command) => {
      switch (command.does) {
        case 'append':
          for (const { number, atMs, text } of command.rows) insert.run(number, atMs, text)
          return []
        case 'export':
          return rows()
        case 'clear':
          clear.run()
          return []
        default:
          return command satisfies never
      }
    },
  }
})
