/**
 * The same as {@link httpTransport} by the platform's own fetch: for calls that are few, where a pool of sockets to each party is not
 * worth having. Dearer by far on a hot path.
 */
import type { NoReply } from '../desks/port.ts'
import type { Transport, WireAnswer } from './transport.ts'

export interface FetchTransportOptions {
  readonly origin: string
  readonly timeoutMs: number
  /** Longer answers are cut off. */
  readonly largestAnswerBytes?: number
}

export function fetchTransport({ origin, timeoutMs, largestAnswerBytes = 256 << 20 }: FetchTransportOptions): Transport {
  return {
    async send({ method, path, headers, body }): Promise<WireAnswer | NoReply> {
      try {
        const answer = await fetch(origin + path, {
          method,
          headers,
          redirect: 'manual',
          signal: AbortSignal.timeout(timeoutMs),
          ...(body === undefined ? {} : { body: Buffer.from(body) }),
        })
        const chunks: Uint8Array[] = []
        let length = 0
        for await (const chunk of answer.body ?? []) {
          length += chunk.length
          if (length > largestAnswerBytes)
            return { outcome: 'no-reply', sent: 'maybe', why: `an answer of more than ${largestAnswerBytes} bytes` }
          chunks.push(chunk)
        }
        return { outcome: 'answered', status: answer.status, headers: Object.fromEntries(answer.headers), body: Buffer.concat(chunks) }
      } catch (error) {
        return { outcome: 'no-reply', sent: wasRefused(error) ? 'no' : 'maybe', why: whyOf(error) }
      }
    },
    // Fetch keeps its own sockets.
    close: async () => undefined,
  }
}

/** Nobody listened: fetch wraps the socket's own error. */
const wasRefused = (error: unknown) => codeOf(causeOf(error)) === 'ECONNREFUSED'
const causeOf = (error: unknown) => (error instanceof Error ? error.cause : undefined)
const codeOf = (error: unknown) => (error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined)

function whyOf(error: unknown): string {
  const cause = causeOf(error)
  const words = error instanceof Error ? error.message : String(error)
  return cause instanceof Error ? `${words}: ${cause.message}` : words
}
