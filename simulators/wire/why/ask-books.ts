/** The books of a running city, asked of each actor's control endpoint. */
import { fetchTransport } from '../client/fetch-transport.ts'
import { controlHeader } from '../server/control.ts'
import type { ShownBooks } from './story-of-bill.ts'

export interface UnheardActor {
  readonly origin: string
  readonly why: string
}

const longestWaitMs = 30_000

/** @returns what each actor shows, and those that showed nothing, with their reason */
export async function askBooks(
  origins: readonly string[],
  controlToken: string,
): Promise<{ readonly shown: readonly ShownBooks[]; readonly unheard: readonly UnheardActor[] }> {
  const answers = await Promise.all(origins.map((origin) => askOne(origin, controlToken)))
  return {
    shown: answers.flatMap((answer) => ('actor' in answer ? [answer] : [])),
    unheard: answers.flatMap((answer) => ('actor' in answer ? [] : [answer])),
  }
}

async function askOne(origin: string, controlToken: string): Promise<ShownBooks | UnheardActor> {
  const transport = fetchTransport({ origin, timeoutMs: longestWaitMs })
  const heard = await transport.send({ method: 'GET', path: '/control/books', headers: { [controlHeader]: controlToken } })
  if (heard.outcome === 'no-reply') return { origin, why: heard.why }
  if (heard.status !== 200) return { origin, why: `status ${heard.status}` }
  try {
    return JSON.parse(heard.body.toString('utf8')) as ShownBooks
  } catch {
    return { origin, why: 'an answer that is not JSON' }
  }
}
