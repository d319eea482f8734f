/**
 * Carries notices to whoever asked to be told: at once, then along a ladder until one is heard. Which notices are open stands in the book.
 * Where each try is written there too, a restarted actor goes on where it stopped; else it begins their ladders again.
 */
import { httpTransport, type Transport } from './transport.ts'

/** What a courier must know of a notice. */
export interface CarriedNotice {
  readonly notice: number
  readonly url: string
  /** Tries so far, as the book says; absent: it does not say. */
  readonly tries?: number
  /** Protocol moment of its next turn; absent: at once. */
  readonly nextAtMs?: number
}

export interface Parcel {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface CourierOptions<Notice extends CarriedNotice> {
  /** Milliseconds between tries, of the protocol clock. */
  readonly ladderMs: (notice: Notice) => readonly number[]
  readonly divisor: () => number
  readonly protocolMs: () => number
  /** Whether anything may be sent there at all; absent: everywhere. */
  readonly mayGoTo?: (url: string) => boolean
  /** Made anew for every try: signatures carry their time. */
  readonly pack: (notice: Notice) => Parcel
  readonly isHeard: (status: number, body: string) => boolean
  /** Takes one try out: late, twice or not at all, where failures want it so. Absent: as it is. */
  readonly carry?: (notice: Notice, send: () => Promise<boolean>) => Promise<boolean>
  /** Not heard: its next turn. Resolves when that stands in the book. */
  readonly tried?: (notice: Notice, tries: number, nextAtMs: number) => Promise<void>
  readonly done: (notice: Notice, end: 'heard' | 'given-up' | 'not-allowed', tries: number) => void
}

/** Whoever is told answers within 5 s, or the notice counts as not heard (WX). */
const answerWithinMs = 5000
/** The longest sleep of a Node timer is 2^31 ms. */
const longestSleepMs = 2_000_000_000

export class Courier<Notice extends CarriedNotice> {
  readonly #options: CourierOptions<Notice>
  readonly #underWay = new Set<number>()
  readonly #transports = new Map<string, Transport>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #stopped = false

  constructor(options: CourierOptions<Notice>) {
    this.#options = options
  }

  /** Takes up every open notice that is not under way yet. */
  look(notices: Iterable<Notice>): void {
    if (this.#stopped) return
    for (const notice of notices) {
      if (this.#underWay.has(notice.notice)) continue
      this.#underWay.add(notice.notice)
      if (this.#options.mayGoTo?.(notice.url) ?? true) this.#tryAt(notice, notice.tries ?? 0, notice.nextAtMs ?? 0)
      // Later than this call, which may come from an actor that is still being made.
      else queueMicrotask(() => this.#options.done(notice, 'not-allowed', 0))
    }
  }

  /** Forgets what is under way, as after a reset of the book. */
  forget(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
    this.#underWay.clear()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.forget()
    await Promise.all([...this.#transports.values()].map((transport) => transport.close()))
  }

  #tryAt(notice: Notice, triesBefore: number, atMs: number): void {
    const waitMs = atMs - this.#options.protocolMs()
    if (waitMs <= 0) {
      void this.#try(notice, triesBefore + 1)
      return
    }
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer)
        this.#tryAt(notice, triesBefore, atMs)
      },
      Math.min(waitMs, longestSleepMs),
    )
    timer.unref()
    this.#timers.add(timer)
  }

  async #try(notice: Notice, tries: number): Promise<void> {
    const { carry } = this.#options
    const heard = await (carry === undefined ? this.#send(notice) : carry(notice, () => this.#send(notice)))
    if (this.#stopped || !this.#underWay.has(notice.notice)) return
    const waitMs = this.#options.ladderMs(notice)[tries - 1]
    if (heard || waitMs === undefined) {
      this.#options.done(notice, heard ? 'heard' : 'given-up', tries)
      return
    }
    const nextAtMs = this.#options.protocolMs() + waitMs / this.#options.divisor()
    // A book that can no longer be written ends the actor's answers; its ladder goes on in memory.
    await this.#options.tried?.(notice, tries, nextAtMs).catch(() => undefined)
    if (!this.#stopped && this.#underWay.has(notice.notice)) this.#tryAt(notice, tries, nextAtMs)
  }

  async #send(notice: Notice): Promise<boolean> {
    const url = URL.parse(notice.url)
    if (url === null || this.#stopped) return false
    const { headers, body } = this.#options.pack(notice)
    const transport = this.#transports.get(url.origin) ?? httpTransport({ origin: url.origin, timeoutMs: answerWithinMs, connections: 4 })
    this.#transports.set(url.origin, transport)
    const answer = await transport.send({ method: 'POST', path: url.pathname + url.search, headers, body: Buffer.from(body) })
    return answer.outcome === 'answered' && this.#options.isHeard(answer.status, answer.body.toString('utf8'))
  }
}
