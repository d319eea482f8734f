import { StoreFailed } from './batch-worker.ts'

/** Tries of one query while the server is away: with the waits between them about half a minute. */
const mostTries = 40
const waitMs = (attempt: number) => Math.min(1000, 50 * attempt)

/** Asks PostgreSQL until it answers. For queries that change nothing the second time: one whose end was lost may have been done. */
export async function patiently<Answer>(query: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await query()
    } catch (error) {
      if (attempt >= mostTries || !isPassing(error)) throw new StoreFailed(error instanceof Error ? error.message : String(error))
      await new Promise((resolve) => setTimeout(resolve, waitMs(attempt)))
    }
  }
}

/** Deadlocks and serialisation are undone by the server; a lost or refused connection may have committed, and repeating is safe. */
function isPassing(error: unknown): boolean {
  const { code = '', message = '' } = error as { readonly code?: string; readonly message?: string }
  return /^(?:40|08|57P0)|^E(?:CONN|PIPE)/.test(code) || /Connection terminated|timeout exceeded when trying to connect/.test(message)
}
