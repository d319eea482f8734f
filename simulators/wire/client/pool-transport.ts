/** The same over TLS: undici's Pool.dispatch, because it costs a tenth of fetch (measured). */
import { Pool } from 'undici'
import type { NoReply } from '../desks/port.ts'
import type { Transport, TransportOptions, WireAnswer } from './transport.ts'

/** The connection was never made, so the party cannot have heard. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])

export function poolTransport({ origin, timeoutMs, connections = 32, largestAnswerBytes = 64 << 20 }: TransportOptions): Transport {
  const pool = new Pool(origin, {
    connections,
    pipelining: 1,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connectTimeout: timeoutMs,
    keepAliveTimeout: 30_000,
  })
  return {
    send: ({ method, path, headers, body }) =>
      new Promise((resolve) => {
        const silence = (error: Error, sent: NoReply['sent']) => resolve({ outcome: 'no-reply', sent, why: wordOf(error) })
        // One limit for the whole exchange: a party that dribbles bytes would reset undici's own timers for ever.
        const deadline = AbortSignal.timeout(timeoutMs)
        let status = 0
        let answerHeaders: WireAnswer['headers'] = {}
        let length = 0
        const chunks: Buffer[] = []
        let stop: (error: Error) => void = () => undefined
        const late = () => stop(new Error(`no whole answer within ${timeoutMs} ms`))
        const finish = () => deadline.removeEventListener('abort', late)
        pool.dispatch(
          { method, path, headers, body: body ?? null },
          {
            onRequestStart(controller) {
              stop = (error) => controller.abort(error)
              if (deadline.aborted) late()
              else deadline.addEventListener('abort', late, { once: true })
            },
            onResponseStart(_, statusCode, responseHeaders) {
              status = statusCode
              answerHeaders = responseHeaders
            },
            onResponseData(_, chunk) {
              length += chunk.length
              if (length > largestAnswerBytes) stop(new Error(`an answer of more than ${largestAnswerBytes} bytes`))
              else chunks.push(chunk)
            },
            onResponseEnd() {
              finish()
              resolve({ outcome: 'answered', status, headers: answerHeaders, body: Buffer.concat(chunks) })
            },
            onResponseError(_, error) {
              finish()
              silence(error, neverSent.has(codeOf(error)) ? 'no' : 'maybe')
            },
          },
        )
      }),
    close: () => pool.close(),
  }
}

const codeOf = (error: unknown): string => (error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? '') : '')
const wordOf = (error: Error) => (codeOf(error) === '' ? error.message : `${codeOf(error)}: ${error.message}`)
