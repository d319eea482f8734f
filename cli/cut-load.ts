/** What a load plays: the trace that its words ask for, and the faults that strike it. */
import type { Plan } from '../scenarios/plan.ts'
import { traceProblems } from '../simulators/trace/check-trace.ts'
import type { Trace } from '../simulators/trace/trace.ts'
import { cutTrace, NothingToCut } from '../simulators/virtual/cut/cut-trace.ts'
import type { AskedWindow } from '../simulators/virtual/cut/window-day.ts'
import type { FaultOnWire } from '../simulators/wire/faults/wire-fault.ts'
import { ratePlanned } from '../simulators/wire/replay/level-figures.ts'
import { faultsInWindow } from '../simulators/wire/replay/strikes.ts'
import type { LoadWindow, LoadWords } from './commands/load.ts'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure } from './failure.ts'
import { asFault } from './load-faults.ts'
import { loadLevels } from './load-levels.ts'
import { stressGoalPerSecond } from './play-stress.ts'

export function cut(
  plan: Plan,
  { window, arm, scale, level = 'as-asked' }: LoadWords,
  kernelBytes: Uint8Array | null,
  faults?: readonly [],
): Trace {
  const trace = cutOrTell(() =>
    cutTrace(plan, {
      kernelBytes,
      ...(arm === undefined ? {} : { arm }),
      ...(faults === undefined ? {} : { faults }),
      scale: scale ?? loadLevels[level].scale,
      window: windowAsked(window ?? (level === 'as-asked' ? usualWindow(plan, arm) : undefined) ?? { seconds: loadLevels[level].seconds }),
    }),
  )
  const problems = traceProblems(trace)
  if (problems.length > 0) throw new Error(`a broken trace was cut: ${problems[0]?.place} ${problems[0]?.what.en}`)
  return trace
}

/** Where faults strike, the trace is of the same people without them: what they change happens live, and beside the same twin. */
export function cutWithFaults(
  plan: Plan,
  words: LoadWords,
  kernelBytes: Uint8Array | null,
): { trace: Trace; faults: readonly FaultOnWire[] } {
  const { seed, arms, faults: plans } = plan.scenario
  const given = words.fault.map((one, index) => asFault(one, index, seed))
  const unharmed = cut(plan, words, kernelBytes, [])
  const arm = arms.find(({ name }) => name === unharmed.arm)
  const faults = [...faultsInWindow(arm ?? { faults: [] }, plans, unharmed.window, seed), ...given]
  if (faults.length > 0 || arm === undefined || arm.faults.length === 0) return { trace: unharmed, faults }
  // A window outside its arm's faults is one of a day that has them.
  return { trace: cut(plan, words, kernelBytes), faults }
}

/** Stress superposes as many days as its goal needs, each as busy as the first. */
export function atItsGoal(plan: Plan, words: LoadWords, kernelBytes: Uint8Array | null): LoadWords {
  if (words.level !== 'stress' || words.scale !== undefined) return words
  const first = cut(plan, words, kernelBytes, [])
  const scale = Math.max(1, Math.ceil((words.goal ?? stressGoalPerSecond) / ratePlanned(first)))
  return { ...words, scale, window: first.window }
}

/** What is not there to be played is the user's to mend. */
export function cutOrTell<Of>(make: () => Of): Of {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof NothingToCut)) throw error
    throw new CommandFailure(exitCodes.badInput, error.words.en, error.words.zh)
  }
}

/** Where sites of the arm switch over: from the switch until they are to be ready. */
function usualWindow({ scenario: { goLive, arms, wireArm } }: Plan, arm: string | undefined): LoadWindow | undefined {
  const played = arms.find(({ name }) => name === (arm ?? wireArm ?? arms.at(-1)?.name))
  if (goLive === undefined || played?.goLive === undefined) return undefined
  return { fromSecond: goLive.switchSecond, seconds: goLive.readyBySecond - goLive.switchSecond }
}

const windowAsked = ({ fromSecond, seconds }: LoadWindow): AskedWindow =>
  fromSecond === undefined ? { fromSecond: 'busiest', seconds } : { fromSecond, seconds }
