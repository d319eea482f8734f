/**
 * A desk's memory with a book behind it. A decision is a pure function of the state; its entries are applied at once and written
 * together with whatever else is under way, and the reply leaves when they are on the disk. A restart folds the book into the same state.
 *
 * Decisions run one after another on one thread, so a desk serialises per person, bill and line of credit without locks.
 */
import { StoreFailed } from './batch-worker.ts'
import type { BookRow, BookStore } from './book-store.ts'

export interface Decision<Entry, Reply> {
  readonly entries: readonly Entry[]
  readonly reply: Reply
}

/** What a desk keeps, and how one entry of its book changes it. The same function serves the living desk and the restart. */
export interface BookRules<State, Entry> {
  readonly empty: () => State
  readonly apply: (state: State, entry: Entry, atMs: number) => void
}

export interface BookEntry<Entry> {
  readonly number: number
  readonly atMs: number
  readonly entry: Entry
}

export class KeptBook<State, Entry> {
  readonly #store: BookStore
  readonly #rules: BookRules<State, Entry>
  readonly #nowMs: () => number
  #state: State
  #lastNumber = 0
  /** Resolves when every entry appended so far is on the disk. */
  #durable: Promise<unknown> = Promise.resolve()
  #failed: Error | undefined

  constructor(store: BookStore, rules: BookRules<State, Entry>, nowMs: () => number) {
    this.#store = store
    this.#rules = rules
    this.#nowMs = nowMs
    this.#state = rules.empty()
    for (const row of store.rows) {
      rules.apply(this.#state, JSON.parse(row.text) as Entry, row.atMs)
      this.#lastNumber = row.number
    }
  }

  get state(): State {
    return this.#state
  }

  get lastNumber(): number {
    return this.#lastNumber
  }

  /**
   * Decides, writes, answers. A reply that changed nothing also waits for what it may have seen, so nobody is told of an effect
   * that a power cut could still take away.
   */
  async answer<Reply>(decide: (state: State, nowMs: number) => Decision<Entry, Reply>): Promise<Reply> {
    if (this.#failed !== undefined) throw this.#failed
    const nowMs = this.#nowMs()
    const { entries, reply } = decide(this.#state, nowMs)
    for (const entry of entries) this.#append(entry, nowMs)
    await this.#durable
    if (this.#failed !== undefined) throw this.#failed
    return reply
  }

  /** The book as it lies on the disk. */
  async export(): Promise<readonly BookEntry<Entry>[]> {
    const rows = await this.#store.export()
    return rows.map(({ number, atMs, text }) => ({ number, atMs, entry: JSON.parse(text) as Entry }))
  }

  /** Begins again with an empty book. */
  async reset(): Promise<void> {
    await this.#durable
    await this.#store.clear()
    this.#state = this.#rules.empty()
    this.#lastNumber = 0
  }

  /** Why nothing can be written any more; undefined as long as it can. */
  get failure(): Error | undefined {
    return this.#failed
  }

  get written(): { readonly batches: number; readonly commands: number } {
    return this.#store.written
  }

  close(): Promise<void> {
    return this.#store.close()
  }

  #append(entry: Entry, atMs: number): void {
    this.#lastNumber += 1
    this.#rules.apply(this.#state, entry, atMs)
    const row: BookRow = { number: this.#lastNumber, atMs, text: JSON.stringify(entry) }
    // The store keeps the order, so the last promise stands for all before it.
    this.#durable = this.#store.append(row).catch((error: unknown) => {
      this.#failed ??= error instanceof Error ? error : new StoreFailed(String(error))
    })
  }
}
