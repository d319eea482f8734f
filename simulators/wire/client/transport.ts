/**
 * One request to one counterparty over HTTP. Whatever goes wrong at byte level ends as silence with a reason; nothing is thrown and
 * nothing is sent twice.
 */
import { traceParentHeader } from '../../trace/trace-parent.ts'
import type { NoReply } from '../desks/port.ts'
import { messageCounts } from './message-counts.ts'
import { poolTransport } from './pool-transport.ts'
import { socketTransport } from './socket-transport.ts'
import { traceNow } from './trace-context.ts'

export interface Transport {
  send(request: WireRequest): Promise<WireAnswer | NoReply>
  close(): Promise<void>
}

export interface WireRequest {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** With its query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array | undefined
}

export interface WireAnswer {
  readonly outcome: 'answered'
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

export interface TransportOptions {
  readonly origin: string
  readonly timeoutMs: number
  /** Sockets kept open to the party. */
  readonly connections?: number
  /** Longer answers are cut off: no counterparty has that much to say. */
  readonly largestAnswerBytes?: number
}

/** In the open by the house's own client, since most of a payment's work is its messages; under TLS by undici. */
export function httpTransport(options: TransportOptions): Transport {
  const { send, close } = new URL(options.origin).protocol === 'https:' ? poolTransport(options) : socketTransport(options)
  return {
    send(request) {
      messageCounts.sent += 1
      const trace = traceNow()
      return send(trace === undefined ? request : { ...request, headers: { ...request.headers, [traceParentHeader]: trace } })
    },
    close,
  }
}
