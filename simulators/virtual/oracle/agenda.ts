/**
 * What is still to come, as one sorted list of things to do.
 *
 * At one tick: changes of the scenario, then ends of service, then patience and timeouts, then arrivals, moves and next messages.
 * Within a class by visit; of one visit its own affairs before its errands', errands in the order they were sent.
 */
export type EventClass = 'scenario' | 'end' | 'timer' | 'move'
const classes: readonly EventClass[] = ['scenario', 'end', 'timer', 'move']

export interface Planned {
  /** Tick, class, visit, then what tells one visit's affairs apart. */
  readonly order: readonly number[]
  readonly act: () => void
  cancelled: boolean
}

export class Agenda {
  now = 0
  /** The latest tick anything was planned for, cancelled or not. */
  latest = 0
  /** Latest first, so that the next one is taken from the end. */
  readonly #list: Planned[] = []

  plan(tick: number, kind: EventClass, visit: number, affair: readonly number[], act: () => void): Planned {
    if (tick < this.now) throw new Error(`planned for ${tick}, and it is ${this.now}`)
    this.latest = Math.max(this.latest, tick)
    const planned = { order: [tick, classes.indexOf(kind), visit, ...affair], act, cancelled: false }
    let low = 0
    let high = this.#list.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (isBefore(planned.order, (this.#list[middle] as Planned).order)) low = middle + 1
      else high = middle
    }
    this.#list.splice(low, 0, planned)
    return planned
  }

  /** The next thing to do, the clock set to it; undefined when the day is over. A cancelled one is passed on, since its tick comes to pass. */
  next(): Planned | undefined {
    const planned = this.#list.pop()
    if (planned !== undefined) this.now = planned.order[0] as number
    return planned
  }
}

function isBefore(a: readonly number[], b: readonly number[]): boolean {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? -1) - (b[i] ?? -1)
    if (difference !== 0) return difference < 0
  }
  return false
}
