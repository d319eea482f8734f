/**
 * When a party counts as down, from the definition: a list of every call that ended since it was last brought back.
 * A call counts while its sixth of the window is one of the last six, the present one included.
 */
export interface HealthRule {
  readonly windowTicks: number
  readonly minimumCalls: number
  readonly failureShare: number
  readonly probeTicks: number
}

export class PlainHealth {
  readonly #rule: HealthRule
  #ended: { readonly tick: number; readonly failed: boolean }[] = []
  #downUntilProbe: number | null = null

  constructor(rule: HealthRule) {
    this.#rule = rule
  }

  get down(): boolean {
    return this.#downUntilProbe !== null
  }

  /** Whether a call may go now; while down, one in each probe interval. */
  mayCall(tick: number): boolean {
    if (this.#downUntilProbe === null) return true
    if (tick < this.#downUntilProbe) return false
    this.#downUntilProbe = tick + this.#rule.probeTicks
    return true
  }

  /** A call ended. True when this one marks the party down. */
  note(tick: number, failed: boolean): boolean {
    if (!failed && this.down) {
      this.#ended = []
      this.#downUntilProbe = null
    }
    this.#ended.push({ tick, failed })
    if (!failed || this.down) return false
    const sixth = Math.floor(this.#rule.windowTicks / 6)
    const counted = this.#ended.filter((call) => Math.floor(tick / sixth) - Math.floor(call.tick / sixth) < 6)
    const failures = counted.filter((call) => call.failed).length
    if (counted.length < this.#rule.minimumCalls || failures < this.#rule.failureShare * counted.length) return false
    this.#downUntilProbe = tick + this.#rule.probeTicks
    return true
  }
}
