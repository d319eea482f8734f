/** Carries a fault out: begins it, ends it, and tells whom it met. Who waits between the two is the caller's affair. */
import type { FailureOrder } from '../server/failure-order.ts'
import { allWireFaults } from './all-wire-faults.ts'
import type { FaultOnWire, ProcessStrike } from './wire-fault.ts'

/** What a fault needs of whoever runs the city. */
export interface Strikeable {
  /** A control endpoint of an actor. */
  readonly control: (actor: string, method: 'GET' | 'PUT' | 'POST', path: string, body?: object) => Promise<unknown>
  /** The process an actor runs in. Absent: its actors have none of their own, and faults of processes are refused. */
  readonly process?: {
    readonly begin: (actor: string, does: ProcessStrike) => Promise<void>
    readonly end: (actor: string, does: ProcessStrike) => Promise<void>
  }
}

export interface Toll {
  readonly callsTouched: number
  /** Of the requests and callbacks it met, once each. */
  readonly keysTouched: readonly string[]
  /** When, in milliseconds of the protocol clock; of a process that was struck nobody wrote it down. */
  readonly metAtMs: readonly number[]
}

/** A fault of a process that nobody can carry out. */
export class NoProcessToStrike extends Error {
  override readonly name = 'NoProcessToStrike'
  constructor(fault: FaultOnWire) {
    super(`${fault.name}: ${fault.target} runs in no process of its own here, so it cannot be ${fault.kind}`)
  }
}

export interface Striking {
  begin(): Promise<void>
  /** The toll of a process fault is what callers of the target lost, which only they can tell. */
  end(): Promise<Toll>
}

export function striking(fault: FaultOnWire, city: Strikeable): Striking {
  const strike = allWireFaults[fault.kind].strikes(fault)
  const { target } = fault
  if (strike.by === 'process' && city.process === undefined) throw new NoProcessToStrike(fault)
  let before = 0
  let hasBegun = false
  return {
    async begin() {
      hasBegun = true
      switch (strike.by) {
        case 'nothing':
          return
        case 'order': {
          before = (await metBy(city, target, fault.name)).length
          await city.control(target, 'POST', '/control/failure', strike.order)
          return
        }
        case 'opening': {
          before = (await metBy(city, target, fault.name)).length
          await city.control(target, 'POST', '/control/failure', strike.order)
          await city.control(target, 'POST', '/control/opening', strike.opening)
          return
        }
        case 'process':
          await city.process?.begin(target, strike.does)
          return
        default:
          strike satisfies never
      }
    },
    async end() {
      // The run was over before its turn came.
      if (!hasBegun) return noToll
      switch (strike.by) {
        case 'nothing':
          return noToll
        case 'opening':
        case 'order': {
          // This one alone: another fault of the same actor may still last.
          await city.control(target, 'POST', '/control/failure', { does: 'none', name: fault.name } satisfies FailureOrder)
          const met = (await metBy(city, target, fault.name)).slice(before)
          return {
            callsTouched: met.length,
            keysTouched: [...new Set(met.map(({ businessKey }) => businessKey))],
            metAtMs: met.map(({ atMs }) => atMs),
          }
        }
        case 'process':
          await city.process?.end(target, strike.does)
          return noToll
        default:
          return strike satisfies never
      }
    },
  }
}
export const noToll: Toll = { callsTouched: 0, keysTouched: [], metAtMs: [] }

interface Met {
  readonly failure: string
  readonly businessKey: string
  readonly atMs: number
}

async function metBy(city: Strikeable, target: string, name: string): Promise<readonly Met[]> {
  const { touched } = (await city.control(target, 'GET', '/control/failure')) as { readonly touched: readonly Met[] }
  return touched.filter(({ failure }) => failure === name)
}
