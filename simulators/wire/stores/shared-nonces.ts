/**
 * Nonces of signed requests, in the PostgreSQL that several platform processes share: what one of them took, none takes again. The table
 * is unlogged, so a nonce costs a trip to the server and no write to its disk; it is empty after the server has crashed, and around that
 * the effect's own key is the guard, as it is around a restart of a process alone.
 */
import { hash, randomBytes } from 'node:crypto'
import { Pool } from 'pg'
import { patiently } from './postgres-patience.ts'

export interface SharedNonces {
  /** True for the first process that asks; each asks for a word once. */
  take(word: string, nowMs: number): Promise<boolean>
  close(): Promise<void>
}

/** A word again, seen by another process or by this one when the answer to the same query was lost, stays with whoever took it first. */
const takeWords = `INSERT INTO nonce (word, taken_by, until_ms) SELECT word, $2, $3 FROM unnest($1::text[]) word ORDER BY word
  ON CONFLICT (word) DO UPDATE SET until_ms = nonce.until_ms RETURNING word, taken_by = $2 AS "isOurs"`
const forgetMs = 60_000

/**
 * @param url of the ledger's database, whose tables are there
 * @param keepMs how long a word is remembered: twice the window in which a signature is taken, at the least
 */
export function postgresNonces(url: string, keepMs: number): SharedNonces {
  const pool = new Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 5000 })
  pool.on('error', () => undefined)
  const owner = randomBytes(8).toString('hex')
  let waiting: { readonly word: string; readonly resolve: (isOurs: boolean) => void; readonly reject: (error: unknown) => void }[] = []
  let latestMs = 0
  let forgottenMs = 0
  let underWay: Promise<void> | undefined

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        const asked = [batch.map(({ word }) => word), owner, latestMs + keepMs]
        const { rows } = await patiently(() => pool.query<{ word: string; isOurs: boolean }>(takeWords, asked))
        const ours = new Set(rows.flatMap(({ word, isOurs }) => (isOurs ? [word] : [])))
        for (const { word, resolve } of batch) resolve(ours.has(word))
        if (latestMs - forgottenMs > forgetMs) {
          forgottenMs = latestMs
          await patiently(() => pool.query('DELETE FROM nonce WHERE until_ms < $1', [latestMs]))
        }
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    underWay = undefined
  }

  return {
    take(word, nowMs) {
      latestMs = Math.max(latestMs, nowMs)
      // Of one length, whatever a caller calls itself.
      const { promise, resolve, reject } = Promise.withResolvers<boolean>()
      waiting.push({ word: hash('sha256', word, 'base64url'), resolve, reject })
      underWay ??= run()
      return promise
    },
    async close() {
      await underWay
      await pool.end()
    },
  }
}
