/**
 * Reads one HTTP/1.1 answer from bytes as they come. Strict: what could be read in two ways is no answer, since the money behind it would
 * then be taken for moved or not moved by guess.
 */
import type { WireAnswer } from './transport.ts'

/** The other side does not speak HTTP, or not whole. */
export class BrokenAnswer extends Error {
  override readonly name = 'BrokenAnswer'
}

const longestHeadBytes = 16_384
const longestLineBytes = 4096
const endOfHead = Buffer.from('\r\n\r\n')
const endOfLine = Buffer.from('\r\n')
const nothing = Buffer.alloc(0)

type Headers = Record<string, string | string[]>
type Part = 'head' | 'body' | 'until-close' | 'chunk-length' | 'chunk' | 'chunk-end' | 'trailer' | 'whole'

export class AnswerReader {
  readonly #largestBytes: number
  #part: Part = 'head'
  /** Bytes of a head or a line whose end has not come. */
  #rest: Buffer = nothing
  #left = 0
  #length = 0
  #chunks: Buffer[] = []
  #status = 0
  #headers: Headers = {}
  #mayBeReused = true

  constructor(largestBytes: number) {
    this.#largestBytes = largestBytes
  }

  /** The connection can carry another exchange once the answer is whole. */
  get mayBeReused(): boolean {
    return this.#mayBeReused
  }

  /** Seconds the other side keeps the connection when idle, as far as it says so. */
  get keptSeconds(): number {
    const hint = this.#headers['keep-alive']
    return typeof hint === 'string' ? Number(/timeout=(\d{1,6})/.exec(hint)?.[1] ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY
  }

  /** @param bytes may be overwritten after the call. Undefined: more has to come. */
  read(bytes: Buffer): WireAnswer | undefined {
    let at = 0
    while (at < bytes.length) {
      if (this.#part === 'whole') {
        // Nobody asked for what comes after the answer.
        this.#mayBeReused = false
        break
      }
      at = this.#step(bytes, at)
    }
    if (this.#part !== 'whole') return undefined
    const body = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks)
    return { outcome: 'answered', status: this.#status, headers: this.#headers, body }
  }

  /** The other side has nothing more to say. Undefined: it stopped in the middle. */
  end(): WireAnswer | undefined {
    if (this.#part !== 'until-close') return undefined
    this.#part = 'whole'
    return this.read(nothing)
  }

  /** @returns the place of the first byte it did not take */
  #step(bytes: Buffer, at: number): number {
    switch (this.#part) {
      case 'head':
        return this.#until(endOfHead, longestHeadBytes, bytes, at, (head) => this.#head(head))
      case 'body':
      case 'until-close':
      case 'chunk':
        return this.#take(bytes, at)
      case 'chunk-length':
        return this.#until(endOfLine, longestLineBytes, bytes, at, (line) => this.#chunkLength(line))
      case 'chunk-end':
        return this.#until(endOfLine, longestLineBytes, bytes, at, (line) => {
          if (line !== '') throw new BrokenAnswer('a chunk longer than its length')
          this.#part = 'chunk-length'
        })
      case 'trailer':
        return this.#until(endOfLine, longestLineBytes, bytes, at, (line) => {
          if (line === '') this.#part = 'whole'
        })
      default:
        throw new BrokenAnswer(`bytes after ${this.#part}`)
    }
  }

  /** Gives what stands before the mark to `use`, once the mark has come. */
  #until(mark: Buffer, longest: number, bytes: Buffer, at: number, use: (text: string) => void): number {
    const isFresh = this.#rest.length === 0
    const all = isFresh ? bytes : Buffer.concat([this.#rest, bytes.subarray(at)])
    const from = isFresh ? at : 0
    const end = all.indexOf(mark, from)
    if ((end < 0 ? all.length : end) - from > longest) throw new BrokenAnswer(`a line or head of more than ${longest} bytes`)
    if (end < 0) {
      this.#rest = Buffer.from(all.subarray(from))
      return bytes.length
    }
    const before = this.#rest.length
    this.#rest = nothing
    use(all.toString('latin1', from, end))
    return isFresh ? end + mark.length : at + end + mark.length - before
  }

  #take(bytes: Buffer, at: number): number {
    const end = this.#part === 'until-close' ? bytes.length : Math.min(bytes.length, at + this.#left)
    this.#length += end - at
    if (this.#length > this.#largestBytes) throw new BrokenAnswer(`an answer of more than ${this.#largestBytes} bytes`)
    this.#chunks.push(Buffer.from(bytes.subarray(at, end)))
    this.#left -= end - at
    if (this.#left === 0 && this.#part !== 'until-close') this.#part = this.#part === 'body' ? 'whole' : 'chunk-end'
    return end
  }

  #head(text: string): void {
    const [first = '', ...lines] = text.split('\r\n')
    const status = /^HTTP\/1\.([01]) (\d{3})(?: |$)/.exec(first)
    if (status === null) throw new BrokenAnswer('bytes that are no HTTP')
    this.#status = Number(status[2])
    this.#headers = headersOf(lines)
    // Interim answers precede the one that counts.
    if (this.#status < 200) {
      if (this.#status === 101) throw new BrokenAnswer('another protocol, unasked')
      return
    }
    const { connection = '', 'content-length': length, 'transfer-encoding': coding } = this.#headers
    const words = String(connection).toLowerCase()
    this.#mayBeReused = status[1] === '1' ? !words.includes('close') : words.includes('keep-alive')
    if (this.#status === 204 || this.#status === 304) this.#part = 'whole'
    else if (coding !== undefined) {
      if (String(coding).toLowerCase() !== 'chunked' || length !== undefined) throw new BrokenAnswer('a body whose length is not clear')
      this.#part = 'chunk-length'
    } else if (length === undefined) {
      this.#part = 'until-close'
      this.#mayBeReused = false
    } else {
      if (typeof length !== 'string' || !/^\d{1,15}$/.test(length)) throw new BrokenAnswer('a body whose length is not clear')
      this.#left = Number(length)
      this.#part = this.#left === 0 ? 'whole' : 'body'
    }
  }

  #chunkLength(line: string): void {
    const length = /^([\da-f]{1,12})[ \t]*(?:;.*)?$/i.exec(line)?.[1]
    if (length === undefined) throw new BrokenAnswer('a chunk whose length is no number')
    this.#left = Number.parseInt(length, 16)
    this.#part = this.#left === 0 ? 'trailer' : 'chunk'
  }
}

function headersOf(lines: readonly string[]): Headers {
  const headers: Headers = Object.create(null) as Headers
  for (const line of lines) {
    const colon = line.indexOf(':')
    // A name with a space around it, or a folded line, is read differently by different readers.
    if (colon < 1 || line[0] === ' ' || line[0] === '\t' || line[colon - 1] === ' ') throw new BrokenAnswer('a header that is none')
    const name = line.slice(0, colon).toLowerCase()
    const value = line.slice(colon + 1).trim()
    const before = headers[name]
    headers[name] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value]
  }
  return headers
}
