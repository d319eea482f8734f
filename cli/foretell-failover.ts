/** What the virtual city foretells of one run of the failover table, on the cut that the wire plays. */
import type { Plan } from '../scenarios/plan.ts'
import type { ShortFormPlan } from '../scenarios/plan-short-form.ts'
import type { Trace } from '../simulators/trace/trace.ts'
import { cutTrace } from '../simulators/virtual/cut/cut-trace.ts'
import { cashFreeIn, type Foretold, foretell } from '../simulators/virtual/cut/foretell.ts'
import { asRoutedOnWire } from '../simulators/wire/faults/as-foretold.ts'
import { type ShortFault, shortFault } from '../simulators/wire/faults/short-fault.ts'
import { mostGraceMs } from '../simulators/wire/replay/conduct.ts'
import { cutOrTell } from './cut-load.ts'
import type { FailoverFiguresOfRun } from './failover-record.ts'
import { type FailoverKey, runName } from './failover-runs.ts'

export interface ForetoldRun {
  readonly short: ShortFault
  readonly trace: Trace
  readonly foretold: Foretold
  readonly figures: FailoverFiguresOfRun
}

export interface ForetellAsked {
  readonly plan: Plan
  readonly shortForm: ShortFormPlan
  readonly key: FailoverKey
  readonly kernelBytes: Uint8Array | null
}

export function foretellFailover({ plan, shortForm, key, kernelBytes }: ForetellAsked): ForetoldRun {
  const { scale } = key
  const short = shortFault(plan, shortForm, key.form, key.windowSeconds, key.isLimited, scale)
  const { window, fault, foretold: faults } = short
  const trace = traceOf(plan, key, window, kernelBytes)
  const foretold = foretell(asRoutedOnWire(plan, [fault]), {
    ...{ arm: trace.arm, window, scale, faults, kernelBytes, cashFree: cashFreeIn(trace), backWithinSeconds: mostGraceMs / 1000 },
  })
  const { payments, broke, notSaved, toHospital, atOtherEntries } = foretold
  const struck = foretold.faults.find(({ name }) => name === fault.name)
  const figures = { payments, broke, notSaved, toHospital, atOtherEntries, ...momentsOf(struck) }
  return { short, trace, foretold, figures }
}

/** Of a part that is told of nowhere: none came. */
export const momentsOf = (
  of: Pick<FailoverFiguresOfRun, 'detectedAfterSeconds' | 'firstPatientFailureAfterSeconds'> | undefined | null,
): Pick<FailoverFiguresOfRun, 'detectedAfterSeconds' | 'firstPatientFailureAfterSeconds'> => ({
  detectedAfterSeconds: of?.detectedAfterSeconds ?? null,
  firstPatientFailureAfterSeconds: of?.firstPatientFailureAfterSeconds ?? null,
})

/** Forms of one scenario and seed are struck on the very same trace; a whole city's takes a while to cut. */
let lastCut: { readonly name: string; readonly trace: Trace } | undefined

function traceOf(plan: Plan, key: FailoverKey, window: Trace['window'], kernelBytes: Uint8Array | null): Trace {
  const name = runName({ ...key, form: 'refuse', isLimited: false })
  if (lastCut?.name === name) return lastCut.trace
  const trace = cutOrTell(() => cutTrace(plan, { window, scale: key.scale, faults: [], kernelBytes }))
  lastCut = { name, trace }
  return trace
}
