/**
 * What a party may answer that is no plain answer, once as bytes on a socket and once as msw plays it, with what the caller makes of it.
 * One table for both clients, so that they mean the same by "maybe".
 */
import type { Socket } from 'node:net'
import { delay, HttpResponse } from 'msw'
import type { NoReply } from '../desks/port.ts'

export interface OddAnswer {
  readonly name: string
  /** Writes to the caller's socket once its request has come. */
  readonly onSocket: (socket: Socket) => void
  /** Absent: fetch's words cannot say it, a socket alone can. */
  readonly mocked?: () => Response | Promise<Response>
  readonly heard:
    | { readonly outcome: 'answered'; readonly status: number }
    | { readonly outcome: 'no-reply'; readonly sent: NoReply['sent'] }
}

const head = (status: string, ...lines: readonly string[]) =>
  `HTTP/1.1 ${[status, 'content-type: application/json', ...lines].join('\r\n')}\r\n\r\n`
const whole = '{"outcome":"paid"}'
const half = whole.slice(0, 9)
const silent = { outcome: 'no-reply', sent: 'maybe' } as const

/** A body that ends in an error after its first half. */
const broken = () =>
  new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(half))
      },
      pull(controller) {
        controller.error(new TypeError('the connection was reset'))
      },
    }),
    { headers: { 'content-type': 'application/json' } },
  )

/** @param timeoutMs after which the caller gives up */
export const oddAnswers = (timeoutMs: number): readonly OddAnswer[] => [
  {
    name: 'a plain answer',
    onSocket: (socket) => socket.end(head('200 OK', `content-length: ${whole.length}`) + whole),
    mocked: () => HttpResponse.text(whole),
    heard: { outcome: 'answered', status: 200 },
  },
  {
    name: 'an answer in chunks that come letter by letter, after an interim one',
    onSocket(socket) {
      const bytes = `HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${head('200 OK', 'transfer-encoding: chunked')}9;ext=1\r\n${half}\r\n9\r\n${whole.slice(9)}\r\n0\r\nx-trailer: 1\r\n\r\n`
      socket.setNoDelay()
      const next = (at: number): void => {
        if (at < bytes.length) socket.write(bytes.slice(at, at + 1), () => setImmediate(next, at + 1))
      }
      next(0)
    },
    mocked: () => HttpResponse.text(whole),
    heard: { outcome: 'answered', status: 200 },
  },
  {
    name: 'an answer without a length, whole when the connection ends',
    onSocket: (socket) => socket.end(head('200 OK') + whole),
    mocked: () => HttpResponse.text(whole),
    heard: { outcome: 'answered', status: 200 },
  },
  {
    name: 'a refusal for load, with when to come back',
    onSocket: (socket) => socket.end(`${head('429 Too Many Requests', 'content-length: 2', 'retry-after: 3')}{}`),
    mocked: () => HttpResponse.json({}, { status: 429, headers: { 'retry-after': '3' } }),
    heard: { outcome: 'answered', status: 429 },
  },
  {
    name: 'a page of a proxy instead of JSON',
    onSocket: (socket) => socket.end(`${head('502 Bad Gateway', 'content-length: 15')}<h1>sorry</h1>\r\n`.slice(0, -1)),
    mocked: () => HttpResponse.html('<h1>sorry</h1>', { status: 502 }),
    heard: silent,
  },
  {
    name: 'no body where one is due',
    onSocket: (socket) => socket.end(head('200 OK', 'content-length: 0')),
    mocked: () => HttpResponse.text(''),
    heard: silent,
  },
  {
    name: 'half a JSON text, whole by its length',
    onSocket: (socket) => socket.end(head('200 OK', `content-length: ${half.length}`) + half),
    mocked: () => HttpResponse.text(half),
    heard: silent,
  },
  {
    name: 'half a body, then the end',
    onSocket: (socket) => socket.end(head('200 OK', `content-length: ${whole.length}`) + half),
    mocked: broken,
    heard: silent,
  },
  {
    name: 'a reset in the middle of the answer',
    onSocket: (socket) => socket.write(head('200 OK', `content-length: ${whole.length}`) + half, () => socket.resetAndDestroy()),
    mocked: broken,
    heard: silent,
  },
  {
    name: 'a reset before any byte',
    onSocket: (socket) => socket.resetAndDestroy(),
    mocked: () => HttpResponse.error(),
    heard: silent,
  },
  {
    name: 'the end before any byte',
    onSocket: (socket) => socket.end(),
    mocked: () => HttpResponse.error(),
    heard: silent,
  },
  {
    name: 'bytes that are no HTTP',
    onSocket: (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
    mocked: () => HttpResponse.error(),
    heard: silent,
  },
  {
    name: 'a chunk whose length is no number',
    onSocket: (socket) => socket.end(`${head('200 OK', 'transfer-encoding: chunked')}zz\r\n${whole}\r\n0\r\n\r\n`),
    mocked: broken,
    heard: silent,
  },
  {
    name: 'two lengths that differ',
    onSocket: (socket) => socket.end(head('200 OK', 'content-length: 5', `content-length: ${whole.length}`) + whole),
    heard: silent,
  },
  {
    name: 'a length and chunks at once',
    onSocket: (socket) => socket.end(`${head('200 OK', `content-length: ${whole.length}`, 'transfer-encoding: chunked')}0\r\n\r\n`),
    heard: silent,
  },
  {
    name: 'a chunk longer than it says',
    onSocket: (socket) => socket.end(`${head('200 OK', 'transfer-encoding: chunked')}9\r\n${whole}\r\n0\r\n\r\n`),
    heard: silent,
  },
  {
    name: 'a header folded over two lines',
    onSocket: (socket) => socket.end(head('200 OK', 'x-note: one', ` content-length: ${whole.length}`) + whole),
    heard: silent,
  },
  {
    name: 'a head without end',
    onSocket: (socket) => socket.end(`HTTP/1.1 200 OK\r\nx-note: ${'x'.repeat(20_000)}`),
    heard: silent,
  },
  {
    name: 'less by its length than came',
    onSocket: (socket) => socket.end(head('200 OK', `content-length: ${half.length}`) + whole),
    mocked: () => HttpResponse.text(half),
    heard: silent,
  },
  {
    name: 'silence',
    onSocket: () => undefined,
    mocked: async () => {
      await delay('infinite')
      return HttpResponse.text(whole)
    },
    heard: silent,
  },
  {
    name: 'bytes that dribble beyond the deadline',
    onSocket(socket) {
      socket.write(head('200 OK', `content-length: ${whole.length}`))
      const letters = [...whole]
      const drip = setInterval(() => {
        const letter = letters.shift()
        if (letter === undefined || socket.destroyed) clearInterval(drip)
        else socket.write(letter)
      }, timeoutMs / 4)
      socket.once('close', () => clearInterval(drip))
    },
    mocked: async () => {
      await delay('infinite')
      return HttpResponse.text(whole)
    },
    heard: silent,
  },
]
