/**
 * A law of durations in the words a city file uses, and the three numbers the kernel draws from (distribution.ts).
 */
import { LAW_CONSTANT, LAW_EXPONENTIAL, LAW_LOGNORMAL, LAW_UNIFORM, LONGEST_TICKS } from './distribution.ts'
import { logOf } from './elementary.ts'
import { TICKS_PER_SECOND } from './time.ts'

/** How long something takes: seconds throughout; cv is standard deviation ÷ mean. */
export type Law =
  | { readonly kind: 'constant'; readonly meanSeconds: number }
  | { readonly kind: 'uniform'; readonly lowSeconds: number; readonly highSeconds: number }
  | { readonly kind: 'exponential'; readonly meanSeconds: number }
  | { readonly kind: 'lognormal'; readonly meanSeconds: number; readonly cv: number }

/** What {@link drawTicks} takes before the word. */
export type CompiledLaw = { readonly kind: number; readonly a: number; readonly b: number }

/** Throws on a mean, cv or range that is no duration: the scenario's own check has told the user by then. */
export function compileLaw(law: Law): CompiledLaw {
  switch (law.kind) {
    case 'constant':
      return { kind: LAW_CONSTANT, a: ticks(law.meanSeconds, law), b: 0 }
    case 'uniform': {
      if (law.highSeconds < law.lowSeconds) throw refused(law)
      return { kind: LAW_UNIFORM, a: ticks(law.lowSeconds, law), b: ticks(law.highSeconds, law) }
    }
    case 'exponential':
      return { kind: LAW_EXPONENTIAL, a: ticks(law.meanSeconds, law), b: 0 }
    case 'lognormal': {
      if (!(law.cv >= 0 && law.cv <= 10)) throw refused(law)
      // A lognormal with mean m and coefficient of variation c: σ² = ln(1 + c²), μ = ln m − σ²/2.
      const mean = ticks(law.meanSeconds, law)
      if (law.cv === 0 || mean === 0) return { kind: LAW_CONSTANT, a: mean, b: 0 }
      const variance = logOf(1 + law.cv * law.cv)
      return { kind: LAW_LOGNORMAL, a: logOf(mean) - variance / 2, b: Math.sqrt(variance) }
    }
    default:
      return law satisfies never
  }
}

/** The mean of a law in seconds, before the floor to a tick: what a load or a utilisation is computed from. */
export function meanSecondsOf(law: Law): number {
  return law.kind === 'uniform' ? (law.lowSeconds + law.highSeconds) / 2 : law.meanSeconds
}

function ticks(seconds: number, law: Law): number {
  const exact = seconds * TICKS_PER_SECOND
  if (!(exact >= 0 && exact <= LONGEST_TICKS)) throw refused(law)
  // A constant of 0.29 s is 2,900 ticks although 0.29 · 10,000 falls a hair short in doubles.
  const nearest = Math.round(exact)
  return Math.abs(exact - nearest) < 1e-6 ? nearest : exact
}

function refused(law: Law): RangeError {
  return new RangeError(
    `not a law of durations: ${JSON.stringify(law)}; seconds run from 0 to ${LONGEST_TICKS / TICKS_PER_SECOND}, cv from 0 to 10`,
  )
}
