/**
 * An actor's failures, switched from outside: which hold now, whom they meet, and a list of everybody they met. Health, metrics and
 * control stay as they are, so that whoever watches sees what a patient cannot.
 *
 * Dice are keyed by the failure's name and seed, the operation, the business key and how often that key came, so a replay of the same
 * requests meets the same failures whatever else is under way.
 */
import { createHmac } from 'node:crypto'
import { momentMs } from '../desks/business-time.ts'
import type { BusinessClock } from './business-clock.ts'
import { isAmong } from './callers.ts'
import type { FailureOrder, FailureWord } from './failure-order.ts'

/** Something that passes by and may be met: a request at the desk, a callback on its way out. */
export interface Passing {
  /** Of the city's message table, or `callback/…`. */
  readonly operation: string
  /** Further names it answers to: its route's operation, its path. */
  readonly alias: readonly string[]
  readonly businessKey: string
}

export interface Touched {
  readonly failure: string
  readonly does: FailureWord
  readonly operation: string
  readonly businessKey: string
  /** Milliseconds of the protocol clock as it should be. */
  readonly atMs: number
}

export interface FailureClocks {
  /** Milliseconds since 1970 as the rest of the world counts them. */
  readonly realNowMs: () => number
  readonly businessMs: () => number
  readonly wait?: (ms: number) => Promise<void>
}

interface Standing {
  readonly order: FailureOrder
  readonly name: string
  readonly fromMs: number
  readonly untilMs: number
  /** How often each key came, and how often it was met. */
  readonly came: Map<string, number>
  readonly met: Map<string, number>
  touched: number
}

/** What these do to a request is known when its content or its answer was looked through. */
const seenInTheDoing: ReadonlySet<FailureWord> = new Set(['wrong-amount', 'truncated', 'lost-row'])

/** Lines kept; further ones are counted only, and the answer says so. */
const mostTouched = 200_000

/** An actor's two clocks with its switch: the protocol clock is the one a failure can set wrong. */
export function clocksOf(
  clock: BusinessClock,
  realNowMs: () => number,
): { readonly clock: BusinessClock; readonly realNowMs: () => number; readonly failureSwitch: FailureSwitch } {
  const failureSwitch = new FailureSwitch({ realNowMs, businessMs: clock.nowMs })
  return { clock, realNowMs: failureSwitch.protocolMs, failureSwitch }
}

export class FailureSwitch {
  readonly #clocks: FailureClocks
  #standing: Standing[] = []
  #touched: Touched[] = []
  #untold = 0
  /** Connections that wait for an answer which will not come. */
  readonly #unanswered = new Map<() => void, string>()
  /** Callbacks held back until another went out. */
  #heldBack: { readonly name: string; readonly release: () => void }[] = []
  /** Ends waits, by failure, when it is healed or the actor stops. */
  readonly #endings = new Map<string, AbortController>()

  constructor(clocks: FailureClocks) {
    this.#clocks = clocks
  }

  /** Milliseconds since 1970 as the rest of the world counts them: for measuring, whatever is wrong with the actor's clock. */
  get realNowMs(): () => number {
    return this.#clocks.realNowMs
  }

  /** False: nothing to look at. The one question every request asks. */
  get isArmed(): boolean {
    return this.#standing.length > 0
  }

  /** The actor's protocol clock, with what is wrong with it. Whatever signs, checks or waits reads this one. */
  readonly protocolMs = (): number => this.#clocks.realNowMs() + this.skewMs

  get skewMs(): number {
    let skewMs = 0
    for (const one of this.#standing) if (one.order.does === 'clock-skew' && this.#holds(one)) skewMs += one.order.skewMs ?? 0
    return skewMs
  }

  /** Beside those that stand. */
  add(order: FailureOrder): void {
    const { does, name = does, from, until } = order
    if (does === 'none') {
      this.heal(order.name)
      return
    }
    this.#standing.push({
      order,
      name,
      fromMs: (from === undefined ? undefined : momentMs(from)) ?? Number.NEGATIVE_INFINITY,
      untilMs: (until === undefined ? undefined : momentMs(until)) ?? Number.POSITIVE_INFINITY,
      came: new Map(),
      met: new Map(),
      touched: 0,
    })
  }

  /** In place of those that stand. */
  set(order: FailureOrder): void {
    this.heal()
    this.add(order)
  }

  /**
   * Ends every failure, or those of one name; who was met stays in the list. Connections kept waiting break, as when a process ends.
   */
  heal(name?: string): void {
    const isMeant = (other: string) => name === undefined || other === name
    this.#standing = this.#standing.filter((one) => !isMeant(one.name))
    for (const [other, ending] of this.#endings) {
      if (!isMeant(other)) continue
      ending.abort()
      this.#endings.delete(other)
    }
    for (const [letGo, other] of this.#unanswered) {
      if (!isMeant(other)) continue
      letGo()
      this.#unanswered.delete(letGo)
    }
    for (const held of this.#heldBack) if (isMeant(held.name)) held.release()
    this.#heldBack = this.#heldBack.filter((held) => !isMeant(held.name))
  }

  /** As a new actor. */
  reset(): void {
    this.heal()
    this.#touched = []
    this.#untold = 0
  }

  /** What stands, and everybody met since the actor began or was reset, oldest first. */
  told(): { readonly failures: readonly FailureOrder[]; readonly touched: readonly Touched[]; readonly untold: number } {
    return {
      failures: this.#standing.map(({ order, touched }) => ({ ...order, touched })),
      touched: this.#touched,
      untold: this.#untold,
    }
  }

  /** The failures that meet this one, in the order they were made; each is written down, now or by {@link hasMet}. */
  meet(passing: Passing): readonly FailureOrder[] {
    const met: FailureOrder[] = []
    const isCallback = passing.operation.startsWith('callback/')
    for (const one of this.#standing) {
      const { does } = one.order
      if (does === 'brown-out' || does === 'clock-skew' || does === 'new-key' || does.startsWith('callback-') !== isCallback) continue
      if (!this.#holds(one)) continue
      // Of a file its rows are met, not whoever asks for it.
      if (does === 'lost-row' ? !isMeant(one.order, passing) : !isChosen(one, passing)) continue
      if (!seenInTheDoing.has(does)) this.#note(one, passing)
      met.push(one.order)
    }
    return met
  }

  /** Whether a row of a file is met by the failure of that name, which is written down under the row's key. */
  meetRow(name: string, passing: Passing): boolean {
    const met = this.#standing.filter((one) => one.name === name && isChosen(one, passing))
    for (const one of met) this.#note(one, passing)
    return met.length > 0
  }

  /** Writes down whom a failure met, where only the doing shows it: what has no such amount or text is as it would have been. */
  hasMet(order: FailureOrder, passing: Passing): void {
    for (const one of this.#standing) if (one.order === order) this.#note(one, passing)
  }

  /** Whoever comes while the whole actor is strained is met, too: by its clock, its few servers or its new key. */
  meetWhole(does: 'clock-skew' | 'brown-out' | 'new-key', passing: Passing): void {
    for (const one of this.#standing) if (one.order.does === does && this.#holds(one)) this.#note(one, passing)
  }

  /** Share of the servers that go on. */
  get serversShare(): number {
    return this.#standing.reduce(
      (share, one) => (one.order.does === 'brown-out' && this.#holds(one) ? share * (one.order.servers ?? 1) : share),
      1,
    )
  }

  /** Waits as the failure of this name asks, unless it is healed first. */
  wait(ms: number, name: string): Promise<void> {
    if (this.#clocks.wait !== undefined) return this.#clocks.wait(ms)
    const { promise, resolve } = Promise.withResolvers<void>()
    const ending = this.#endings.get(name) ?? new AbortController()
    this.#endings.set(name, ending)
    const { signal } = ending
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
    return promise
  }

  /** Resolves when the caller gave up or the failure is healed; in the second case `letGo` broke the connection. */
  keepWaiting(socket: { once(event: 'close', listener: () => void): unknown; destroy(): unknown }, name: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const letGo = () => void socket.destroy()
    this.#unanswered.set(letGo, name)
    socket.once('close', () => {
      this.#unanswered.delete(letGo)
      resolve()
    })
    return promise
  }

  /** Takes a callback out as the failures want it. True: it was heard, once at least. */
  async carry(kind: string, businessKey: string, send: () => Promise<boolean>): Promise<boolean> {
    if (!this.isArmed) return send()
    const met = this.meet({ operation: `callback/${kind}`, alias: [], businessKey })
    if (met.some(({ does }) => does === 'callback-lost')) return false
    for (const { does, name = does, lateMs = 0 } of met) if (does === 'callback-late') await this.wait(lateMs, name)
    const copies = met.reduce((most, { does, copies: many = 2 }) => (does === 'callback-duplicate' ? Math.max(most, many) : most), 1)
    const sendAll = async () => (await Promise.all(Array.from({ length: copies }, send))).includes(true)
    const reordered = met.find(({ does }) => does === 'callback-reordered')
    if (reordered !== undefined && this.#heldBack.length === 0) {
      const { promise, resolve } = Promise.withResolvers<void>()
      const { does, name = does, lateMs = 0 } = reordered
      this.#heldBack.push({ name, release: resolve })
      await Promise.race([promise, this.wait(lateMs, name)])
      this.#heldBack = this.#heldBack.filter(({ release }) => release !== resolve)
      return sendAll()
    }
    const heard = await sendAll()
    this.#heldBack.shift()?.release()
    return heard
  }

  #holds({ fromMs, untilMs }: Standing): boolean {
    const now = this.#clocks.businessMs()
    return now >= fromMs && now < untilMs
  }

  #note(one: Standing, { operation, businessKey }: Passing): void {
    one.touched += 1
    if (this.#touched.length >= mostTouched) {
      this.#untold += 1
      return
    }
    const { does } = one.order
    this.#touched.push({ failure: one.name, does, operation, businessKey, atMs: this.#clocks.realNowMs() })
  }
}

const isMeant = ({ only }: FailureOrder, { operation, alias }: Passing): boolean =>
  only === undefined || [operation, ...alias].some((word) => isAmong(only, word))

function isChosen({ order, name, came, met }: Standing, passing: Passing): boolean {
  const { operation, businessKey } = passing
  const { does, keys, share = 1, seed = 0, mostPerKey } = order
  if (!isMeant(order, passing)) return false
  if (keys !== undefined && !keys.includes(businessKey)) return false
  const key = `${operation}\n${businessKey}`
  const times = (came.get(key) ?? 0) + 1
  came.set(key, times)
  // A wrong amount is wrong whenever its request comes again, else the second would be another request under the same key; a lost row likewise.
  if (share < 1 && uniform(seed, name, key, ofAKey.includes(does) ? 0 : times) >= share) return false
  const meetings = met.get(key) ?? 0
  if (mostPerKey !== undefined && meetings >= mostPerKey) return false
  met.set(key, meetings + 1)
  return true
}

const ofAKey: readonly FailureWord[] = ['wrong-amount', 'lost-row']

/** 0 ≤ u < 1, the same on every machine. */
const uniform = (seed: number, name: string, key: string, times: number): number =>
  createHmac('sha256', `medpay-failure:${seed}`).update(`${name}\n${key}\n${times}`).digest().readUInt32BE(0) / 2 ** 32
