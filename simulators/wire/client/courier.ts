/**
 * Carries notices to whoever asked to be told: at once, then along the documented ladder until one is heard. Which notices are open stands in the
 * book; how often each was tried lives in memory, so a restarted actor begins their ladders again.
 */
import { httpTransport, type Transport } from './transport.ts'

/** What a courier must know of a notice. */
export interface CarriedNotice {
  readonly notice: number
  readonly url: string
}

export interface Parcel {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface CourierOptions<Notice extends CarriedNotice> {
  /** Milliseconds between tries, of the protocol clock. */
  readonly ladderMs: (notice: Notice) => readonly number[]
  readonly divisor: () => number
  /** Made anew for every try: signatures carry their time. */
  readonly pack: (notice: Notice) => Parcel
  readonly isHeard: (status: number, body: string) => boolean
  readonly done: (notice: Notice, heard: boolean, tries: number) => void
}

/** Whoever is told answers within 5 s, or the notice counts as not heard (WX). */
const answerWithinMs = 5000

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
      void this.#try(notice, 1)
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

  async #try(notice: Notice, tries: number): Promise<void> {
    const heard = await this.#send(notice)
    if (this.#stopped || !this.#underWay.has(notice.notice)) return
    const waitMs = this.#options.ladderMs(notice)[tries - 1]
    if (heard || waitMs === undefined) {
      this.#options.done(notice, heard, tries)
      return
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      void this.#try(notice, tries + 1)
    }, waitMs / this.#options.divisor())
    timer.unref()
    this.#timers.add(timer)
  }

  async #send(notice: Notice): Promise<boolean> {
    const url = URL.parse(notice.url)
    if (url === null) return false
    const { headers, body } = this.#options.pack(notice)
    const transport = this.#transports.get(url.origin) ?? httpTransport({ origin: url.origin, timeoutMs: answerWithinMs, connections: 4 })
    this.#transports.set(url.origin, transport)
    const answer = await transport.send({ method: 'POST', path: url.pathname + url.search, headers, body: Buffer.from(body) })
    return answer.outcome === 'answered' && this.#options.isHeard(answer.status, answer.body.toString('utf8'))
  }
}
