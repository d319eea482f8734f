/**
 * A book that several processes write: kept in their common ledger, folded by each. Whoever writes quotes the number after which they
 * decided; if another wrote meanwhile, they read on and decide again. For what happens rarely: every answer reads first.
 */
import type { BookRules, Decision } from './kept-book.ts'
import type { Ledger } from './ledger.ts'

export class SharedBook<State, Entry> {
  readonly #ledger: Pick<Ledger, 'appendTo' | 'rowsOf'>
  readonly #name: string
  readonly #rules: BookRules<State, Entry>
  readonly #nowMs: () => number
  #state: State
  #lastNumber = 0
  #turn: Promise<unknown> = Promise.resolve()

  constructor(ledger: Pick<Ledger, 'appendTo' | 'rowsOf'>, name: string, rules: BookRules<State, Entry>, nowMs: () => number) {
    this.#ledger = ledger
    this.#name = name
    this.#rules = rules
    this.#nowMs = nowMs
    this.#state = rules.empty()
  }

  /** Decides on everything that is on the disk. The decision must be pure: it may be asked again. */
  answer<Reply>(decide: (state: State, nowMs: number) => Decision<Entry, Reply>): Promise<Reply> {
    const reply = this.#turn.then(() => this.#answer(decide))
    this.#turn = reply.catch(() => undefined)
    return reply
  }

  /** The state as it is now. */
  read(): Promise<State> {
    return this.answer((state) => ({ entries: [], reply: state }))
  }

  /** Begins again, after the ledger was cleared. */
  forget(): void {
    this.#state = this.#rules.empty()
    this.#lastNumber = 0
  }

  async #answer<Reply>(decide: (state: State, nowMs: number) => Decision<Entry, Reply>): Promise<Reply> {
    for (;;) {
      for (const { number, atMs, text } of await this.#ledger.rowsOf(this.#name, this.#lastNumber)) {
        this.#rules.apply(this.#state, JSON.parse(text) as Entry, atMs)
        this.#lastNumber = number
      }
      const atMs = this.#nowMs()
      const { entries, reply } = decide(this.#state, atMs)
      if (entries.length === 0) return reply
      const rows = entries.map((entry) => ({ atMs, text: JSON.stringify(entry) }))
      if ((await this.#ledger.appendTo(this.#name, this.#lastNumber, rows)) === 'taken') continue
      for (const entry of entries) this.#rules.apply(this.#state, entry, atMs)
      this.#lastNumber += entries.length
      return reply
    }
  }
}
