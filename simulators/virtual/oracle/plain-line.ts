/** A line of people (or calls) and its servers, as a list one can look at. */
export interface Waiting<Who> {
  readonly who: Who
  /** 0 is called first. */
  readonly urgency: number
  readonly joined: number
}

export class PlainLine<Who> {
  readonly waiting: Waiting<Who>[] = []
  onDuty: number
  busy = 0
  starts = 0
  longest = 0
  /** Ticks times number: of those waiting, of servers busy, of servers on duty. */
  lineArea = 0
  busyArea = 0
  dutyArea = 0
  /** Every wait that ended here, by being served or by leaving. */
  waitSum = 0
  #seen = 0
  readonly #passed: (from: number, to: number, busy: number, onDuty: number) => void

  constructor(servers: number, passed: (from: number, to: number, busy: number, onDuty: number) => void = () => {}) {
    this.onDuty = servers
    this.#passed = passed
  }

  /** Time went by with everything as it stands. */
  passTo(tick: number): void {
    const ticks = tick - this.#seen
    if (ticks === 0) return
    this.lineArea += ticks * this.waiting.length
    this.busyArea += ticks * this.busy
    this.dutyArea += ticks * this.onDuty
    this.#passed(this.#seen, tick, this.busy, this.onDuty)
    this.#seen = tick
  }

  get idle(): boolean {
    return this.busy < this.onDuty
  }

  stand(waiting: Waiting<Who>): void {
    this.waiting.push(waiting)
    this.longest = Math.max(this.longest, this.waiting.length)
  }

  leave(who: Who): Waiting<Who> {
    const at = this.waiting.findIndex((waiting) => waiting.who === who)
    return this.waiting.splice(at, 1)[0] as Waiting<Who>
  }

  /** The most urgent of those who wait; of equals the one who stands longest. */
  callIn(): Waiting<Who> {
    let best = this.waiting[0] as Waiting<Who>
    for (const candidate of this.waiting) if (candidate.urgency < best.urgency) best = candidate
    return this.leave(best.who)
  }
}
