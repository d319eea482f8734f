/** Remembers words for a time: two generations, the older dropped when the younger is full of age. */
export class NonceWindow {
  readonly #keepMs: number
  #young = new Set<string>()
  #old = new Set<string>()
  #youngSinceMs = 0

  constructor(keepMs: number) {
    this.#keepMs = keepMs
  }

  /** True the first time. */
  take(word: string, nowMs: number): boolean {
    if (nowMs - this.#youngSinceMs > this.#keepMs) {
      this.#old = nowMs - this.#youngSinceMs > 2 * this.#keepMs ? new Set() : this.#young
      this.#young = new Set()
      this.#youngSinceMs = nowMs
    }
    if (this.#young.has(word) || this.#old.has(word)) return false
    this.#young.add(word)
    return true
  }
}
