/**
 * The ledger in PostgreSQL, for several platform processes: the same interface, the same group commit (commands gather while a batch is
 * under way). A batch whose end is unknown, because the server went away, is sent again: every command says so much that a second
 * time changes nothing.
 */
import { Socket } from 'node:net'
import { Pool } from 'pg'
import { largestBatch, StoreFailed } from './batch-worker.ts'
import type { Ledger } from './ledger.ts'
import type { LedgerCommand } from './ledger-commands.ts'
import { ledgerOver } from './ledger-over.ts'
import { postgresLedgerSchema } from './postgres-ledger-schema.ts'
import { patiently } from './postgres-patience.ts'

/** Two batches at once keep the server busy while the other's commit is on its way to the disk. */
const batchesAtOnce = 2
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

/** @param givenUp nobody waits for the server's first word any more; what is open by then stays so */
export async function openPostgresLedger(url: string, givenUp?: AbortSignal): Promise<Ledger> {
  const first = new Socket()
  const sockets = [first]
  const pool = new Pool({
    ...{ connectionString: url, max: batchesAtOnce, connectionTimeoutMillis: 5000 },
    stream: () => sockets.pop() ?? new Socket(),
  })
  const giveUp = () => first.destroy()
  givenUp?.addEventListener('abort', giveUp)
  // A connection that breaks while idle is replaced by the pool; the next batch hears if there is no server.
  pool.on('error', () => undefined)
  const maker = await pool
    .connect()
    .catch(async (error: unknown) => {
      await pool.end()
      throw new LedgerUnreachable(error instanceof Error ? error.message : String(error))
    })
    .finally(() => givenUp?.removeEventListener('abort', giveUp))
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
    try {
      const { rows } = await patiently(() =>
        pool.query<{ replies: unknown[] }>('SELECT run_ledger_batch($1::jsonb) AS replies', [commands]),
      )
      written.batches += 1
      written.commands += batch.length
      for (const [index, { resolve }] of batch.entries()) resolve(rows[0]?.replies[index] ?? undefined)
    } catch (error) {
      for (const { reject } of batch) reject(error as Error)
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

  const ask = (command: LedgerCommand): Promise<unknown> => {
    if (closing) return Promise.reject(new StoreFailed('the ledger is closing'))
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    queue.push({ command, resolve, reject })
    next()
    return promise
  }

  return {
    ...ledgerOver(ask),
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
