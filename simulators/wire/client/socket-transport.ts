/**
 * One request to one counterparty over a plain socket: the hot path of every payment, where undici costs twice as much (`npm run
 * bench:wire`). Sockets are kept, each carries one exchange at a time, and nothing is sent twice: whatever goes wrong once a byte may have
 * left is silence that must be asked about.
 */
import { connect, type Socket } from 'node:net'
import type { NoReply } from '../desks/port.ts'
import { AnswerReader } from './answer-reader.ts'
import type { Transport, TransportOptions, WireAnswer, WireRequest } from './transport.ts'

interface Exchange {
  readonly bytes: Buffer
  readonly resolve: (heard: WireAnswer | NoReply) => void
  /** Runs while it waits for a socket. */
  inLine: NodeJS.Timeout | undefined
}

/** Idle sockets are given up after so long, or a second before the other side does. */
const keptMs = 30_000
const readBytes = 65_536
/** What would end a line of the head, or has no place in one. */
const notInHead = /[^\t\x20-\x7e\x80-\xff]/

export function socketTransport({ origin, timeoutMs, connections = 32, largestAnswerBytes = 64 << 20 }: TransportOptions): Transport {
  const { hostname, port, host } = new URL(origin)
  const address = { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? 80 : Number(port), noDelay: true }
  const idle: Line[] = []
  const lines = new Set<Line>()
  let waiting: Exchange[] = []
  let closed: (() => void) | undefined

  /** One socket. */
  class Line {
    readonly #socket: Socket
    readonly #deadline: NodeJS.Timeout
    #exchange: Exchange | undefined
    #reader = new AnswerReader(largestAnswerBytes)
    #isConnected = false
    #why: string | undefined
    usableUntilMs = Number.POSITIVE_INFINITY

    constructor() {
      const buffer = Buffer.allocUnsafeSlow(readBytes)
      const read = (length: number) => {
        this.#read(buffer.subarray(0, length))
        return true
      }
      this.#socket = connect({ ...address, onread: { buffer, callback: read } })
      this.#socket.once('connect', () => {
        this.#isConnected = true
      })
      this.#socket.once('end', () => this.#ended())
      this.#socket.on('error', (error: NodeJS.ErrnoException) => {
        this.#why ??= error.code === undefined || error.message.includes(error.code) ? error.message : `${error.code}: ${error.message}`
      })
      this.#socket.once('close', () => this.#gone())
      // One limit for the whole exchange, however often a byte dribbles in.
      this.#deadline = setTimeout(() => this.#late(), timeoutMs).unref()
    }

    ask(exchange: Exchange): void {
      clearTimeout(exchange.inLine)
      this.#exchange = exchange
      this.#reader = new AnswerReader(largestAnswerBytes)
      this.#deadline.refresh()
      this.#socket.ref()
      this.#socket.write(exchange.bytes)
    }

    end(): void {
      this.#socket.destroy()
    }

    #read(bytes: Buffer): void {
      if (this.#exchange === undefined) {
        this.end()
        return
      }
      try {
        const answer = this.#reader.read(bytes)
        if (answer !== undefined) this.#heard(answer)
      } catch (error) {
        this.#why = error instanceof Error ? error.message : String(error)
        this.end()
      }
    }

    #heard(answer: WireAnswer): void {
      const { resolve } = this.#exchange as Exchange
      this.#exchange = undefined
      // An answer before the request was out: the rest of it would stand before the next.
      const isFree = this.#reader.mayBeReused && !this.#socket.destroyed && this.#socket.writableLength === 0
      if (isFree && closed === undefined) {
        this.usableUntilMs = Date.now() + Math.min(keptMs, (this.#reader.keptSeconds - 1) * 1000)
        const next = waiting.shift()
        if (next === undefined) {
          this.#socket.unref()
          idle.push(this)
        } else {
          this.ask(next)
        }
      } else {
        this.end()
      }
      resolve(answer)
    }

    /** The other side will say no more. */
    #ended(): void {
      const answer = this.#exchange === undefined ? undefined : this.#reader.end()
      if (answer !== undefined) this.#heard(answer)
      else this.#why ??= 'the other side closed the connection'
    }

    #late(): void {
      if (this.#exchange === undefined) return
      this.#why = `no whole answer within ${timeoutMs} ms`
      this.end()
    }

    #gone(): void {
      clearTimeout(this.#deadline)
      lines.delete(this)
      const at = idle.indexOf(this)
      if (at >= 0) idle.splice(at, 1)
      this.#exchange?.resolve({
        outcome: 'no-reply',
        sent: this.#isConnected ? 'maybe' : 'no',
        why: this.#why ?? 'the connection was closed',
      })
      this.#exchange = undefined
      const next = waiting.shift()
      if (next !== undefined) opened().ask(next)
      if (lines.size === 0) closed?.()
    }
  }

  function opened(): Line {
    const line = new Line()
    lines.add(line)
    return line
  }

  /** The idle socket used last: the others may grow old and close. */
  function usable(): Line | undefined {
    for (let line = idle.pop(); line !== undefined; line = idle.pop()) {
      if (line.usableUntilMs > Date.now()) return line
      line.end()
    }
    return lines.size < connections ? opened() : undefined
  }

  function queue(exchange: Exchange): void {
    exchange.inLine = setTimeout(() => {
      waiting = waiting.filter((one) => one !== exchange)
      exchange.resolve({ outcome: 'no-reply', sent: 'no', why: `no connection was free within ${timeoutMs} ms` })
    }, timeoutMs)
    waiting.push(exchange)
  }

  return {
    send: (request) =>
      new Promise((resolve) => {
        const bytes = bytesOf(request, host)
        if (bytes === undefined || closed !== undefined) {
          const why = bytes === undefined ? 'a header or path with a character that has no place in one' : 'the client is closed'
          resolve({ outcome: 'no-reply', sent: 'no', why })
          return
        }
        const exchange: Exchange = { bytes, resolve, inLine: undefined }
        const line = usable()
        if (line === undefined) queue(exchange)
        else line.ask(exchange)
      }),
    /** Once what is under way has its answer. */
    close: () =>
      new Promise((resolve) => {
        closed = resolve
        for (const line of [...idle]) line.end()
        if (lines.size === 0) resolve()
      }),
  }
}

/** The request as it goes on the wire; undefined where a path or header would break it. */
function bytesOf({ method, path, headers, body }: WireRequest, host: string): Buffer | undefined {
  let head = `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n`
  if (notInHead.test(path) || path.includes(' ')) return undefined
  for (const name of Object.keys(headers)) {
    const value = headers[name] as string
    if (notInHead.test(value)) return undefined
    head += `${name}: ${value}\r\n`
  }
  const length = body?.length ?? 0
  head += body === undefined && method === 'GET' ? '\r\n' : `content-length: ${length}\r\n\r\n`
  const bytes = Buffer.allocUnsafe(head.length + length)
  bytes.write(head, 0, 'latin1')
  if (body !== undefined) bytes.set(body, head.length)
  return bytes
}
