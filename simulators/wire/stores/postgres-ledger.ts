/**
 * The ledger in PostgreSQL, for several platform processes: the same interface, the same group commit (commands gather while a batch is
 * under way). A batch whose end is unknown, because the server went away, is sent again: every command says so much that a second
 * time changes nothing.
 */
import { Pool } from 'pg'
import { largestBatch, StoreFailed } from './batch-worker.ts'
import type { BookRow } from './book-store.ts'
import type { Agreement, Ledger, LedgerBooks, LedgerPayment, OpenReply, Posted, Untold } from './ledger.ts'
import type { LedgerCommand } from './ledger-commands.ts'
import { assertZeroSum } from './ledger-rules.ts'
import { postgresLedgerSchema } from './postgres-ledger-schema.ts'

/** Two batches at once keep the server busy while the other's commit is on its way to the disk (anchors §3.3). */
const batchesAtOnce = 2
/** Tries of one batch while the server is away: with the waits between them about half a minute. */
const mostTries = 40
const waitMs = (attempt: number) => Math.min(1000, 50 * attempt)
/** Serialises the making of tables by processes that start together. */
const schemaLock = 7_210_001

/** Nobody answers at the address, or not with these words. The address itself is not repeated: it holds a password. */
export class LedgerUnreachable extends Error {
  override readonly name = 'LedgerUnreachable'
}

interface Waiting {
  readonly command: LedgerCommand
  readonly resolve: (reply: unknown) => void
  readonly reject: (error: Error) => void
}

export async function openPostgresLedger(url: string): Promise<Ledger> {
  const pool = new Pool({ connectionString: url, max: batchesAtOnce, connectionTimeoutMillis: 5000 })
  // A connection that breaks while idle is replaced by the pool; the next batch hears if there is no server.
  pool.on('error', () => undefined)
  const maker = await pool.connect().catch(async (error: unknown) => {
    await pool.end()
    throw new LedgerUnreachable(error instanceof Error ? error.message : String(error))
  })
  try {
    await maker.query('SELECT pg_advisory_lock($1)', [schemaLock])
    await maker.query(postgresLedgerSchema)
    await maker.query('SELECT pg_advisory_unlock($1)', [schemaLock])
  } finally {
    maker.release()
  }

  let queue: Waiting[] = []
  let underWay = 0
  let closing = false
  let idle: (() => void) | undefined
  const written = { batches: 0, commands: 0 }

  async function run(batch: readonly Waiting[]): Promise<void> {
    const commands = JSON.stringify(batch.map(({ command }) => command))
    for (let attempt = 1; ; attempt += 1) {
      try {
        const { rows } = await pool.query<{ replies: unknown[] }>('SELECT run_ledger_batch($1::jsonb) AS replies', [commands])
        written.batches += 1
        written.commands += batch.length
        for (const [index, { resolve }] of batch.entries()) resolve(rows[0]?.replies[index] ?? undefined)
        return
      } catch (error) {
        if (attempt >= mostTries || !isPassing(error)) {
          for (const { reject } of batch) reject(new StoreFailed(error instanceof Error ? error.message : String(error)))
          return
        }
        await new Promise((resolve) => setTimeout(resolve, waitMs(attempt)))
      }
    }
  }

  function next(): void {
    while (underWay < batchesAtOnce && queue.length > 0) {
      const batch = queue.slice(0, largestBatch)
      queue = queue.slice(largestBatch)
      underWay += 1
      void run(batch).finally(() => {
        underWay -= 1
        next()
      })
    }
    if (underWay === 0 && queue.length === 0) idle?.()
  }

  const ask = <Reply>(command: LedgerCommand): Promise<Reply> => {
    if (closing) return Promise.reject(new StoreFailed('the ledger is closing'))
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    queue.push({ command, resolve, reject })
    next()
    return promise as Promise<Reply>
  }

  return {
    open: (payment, memory, lease, atMs) => ask<OpenReply>({ does: 'open', payment, memory, lease, atMs }),
    advance: (step) => {
      assertZeroSum(step.postings)
      return ask<'advanced' | 'fenced-off'>({ does: 'advance', step })
    },
    claim: (lease, expiredMs, most) => ask<readonly LedgerPayment[]>({ does: 'claim', lease, expiredMs, most }),
    renew: async (held, untilMs) => void (await ask({ does: 'renew', held, untilMs })),
    reopen: (reopening) => {
      assertZeroSum(reopening.postings)
      return ask<LedgerPayment | undefined>({ does: 'reopen', reopening })
    },
    deadEnds: () => ask<readonly LedgerPayment[]>({ does: 'dead-ends' }),
    payment: (number) => ask<LedgerPayment | undefined>({ does: 'payment', number }),
    firstMs: () => ask<number | undefined>({ does: 'first' }),
    sites: () => ask<readonly number[]>({ does: 'sites' }),
    paymentOfSerial: (serial) => ask<LedgerPayment | undefined>({ does: 'payment-of-serial', serial }),
    agreementOf: (person, mode) => ask<Agreement | undefined>({ does: 'agreement', person, mode }),
    sign: (agreements) => ask<void>({ does: 'sign', agreements }),
    posted: (fromMs, untilMs) => ask<readonly Posted[]>({ does: 'posted', fromMs, untilMs }),
    openPayments: () => ask<readonly LedgerPayment[]>({ does: 'open-payments' }),
    untold: (nowMs, untilMs, most) => ask<readonly Untold[]>({ does: 'untold', nowMs, untilMs, most }),
    told: async (number, state, again) => void (await ask({ does: 'told', number, state, tries: 0, ...again })),
    appendTo: (book, afterNumber, rows) => ask<'appended' | 'taken'>({ does: 'append', book, afterNumber, rows }),
    rowsOf: (book, afterNumber) => ask<readonly BookRow[]>({ does: 'rows', book, afterNumber }),
    books: () => ask<LedgerBooks>({ does: 'books' }),
    clear: () => ask<void>({ does: 'clear' }),
    written,
    async close() {
      closing = true
      if (underWay > 0 || queue.length > 0) {
        await new Promise<void>((resolve) => {
          idle = resolve
        })
      }
      await pool.end()
    },
  }
}

/** Deadlocks and serialisation are undone by the server; a lost or refused connection may have committed, and repeating is safe. */
function isPassing(error: unknown): boolean {
  const { code = '', message = '' } = error as { readonly code?: string; readonly message?: string }
  return /^(?:40|08|57P0)|^E(?:CONN|PIPE)/.test(code) || /Connection terminated|timeout exceeded when trying to connect/.test(message)
}
