/**
 * An append-only book: entries numbered 1, 2, 3 … without gaps, each written once and never changed. The number is given when the
 * entry is appended, the promise says when it is on the disk. A book with a gap is a broken book, and opening it fails.
 */
import { BatchWorker, StoreFailed } from './batch-worker.ts'

/** An entry as it lies in the book. `atMs` is the business clock, epoch milliseconds. */
export interface BookRow {
  readonly number: number
  readonly atMs: number
  /** The entry as JSON. */
  readonly text: string
}

export interface BookStore {
  /** What was there when it was opened, in order. */
  readonly rows: readonly BookRow[]
  append(row: BookRow): Promise<void>
  /** Every row on the disk, read back from there. */
  export(): Promise<readonly BookRow[]>
  /** Transactions and rows so far. */
  readonly written: { readonly batches: number; readonly commands: number }
  /** Takes every row away; the next number is 1 again. */
  clear(): Promise<void>
  close(): Promise<void>
}

export type BookCommand =
  | { readonly does: 'append'; readonly rows: readonly BookRow[] }
  | { readonly does: 'export' }
  | { readonly does: 'clear' }

/** Opens or begins the book at `path`, kept by a worker of its own. */
export async function openBookStore(path: string): Promise<BookStore> {
  const worker = new BatchWorker<BookCommand, readonly BookRow[]>(new URL('./book-worker.ts', import.meta.url), { path })
  const rows = (await worker.ready()) as readonly BookRow[]
  const gap = rows.findIndex(({ number }, index) => number !== index + 1)
  if (gap >= 0) {
    await worker.close()
    throw new StoreFailed(`${path}: entry ${gap + 1} is missing; a book has no gaps`)
  }
  let appended = 0
  let gathering: { readonly rows: BookRow[]; readonly written: Promise<void> } | undefined
  /** Rows of one turn go as one command: an opening book of a hundred thousand people is one transaction, not as many promises. */
  const gathered = () => {
    const together: BookRow[] = []
    const written = worker.send({ does: 'append', rows: together }).then(() => {
      appended += together.length
    })
    queueMicrotask(closeGathering)
    return { rows: together, written }
  }
  const closeGathering = () => {
    gathering = undefined
  }
  return {
    rows,
    append(row) {
      gathering ??= gathered()
      gathering.rows.push(row)
      return gathering.written
    },
    export() {
      closeGathering()
      return worker.send({ does: 'export' })
    },
    async clear() {
      // What is appended after this comes after it.
      closeGathering()
      await worker.send({ does: 'clear' })
    },
    get written() {
      return { batches: worker.written.batches, commands: appended }
    },
    close: () => worker.close(),
  }
}

/** A book that lives as long as the process: for benchmarks of everything but the disk, and for tests of decisions. */
export function memoryBookStore(before: readonly BookRow[] = []): BookStore {
  let rows: BookRow[] = [...before]
  return {
    rows: before,
    append: async (row) => void rows.push(row),
    export: async () => [...rows],
    written: { batches: 0, commands: 0 },
    clear: async () => {
      rows = []
    },
    close: async () => undefined,
  }
}
