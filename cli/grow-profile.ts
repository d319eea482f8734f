import { existsSync } from 'node:fs'
import type { Plan } from '../scenarios/plan.ts'
import { planHash } from '../scenarios/plan-hash.ts'
import type { WireOutcome } from '../simulators/measures/result-wire.ts'
import { type LatencyProfile, type ProfileOf, profileDifferences, profileWith } from '../simulators/trace/latency-profile.ts'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure } from './failure.ts'
import { readProfile } from './latency-profile.ts'
import { mustBeWritable } from './run-folder.ts'
import { writeWhole } from './write-file.ts'

/** What stands in the file so far, read before anything runs, so that a run of minutes does not end at a file it cannot add to. */
export const profileSoFar = (path: string, planHash: string): LatencyProfile | undefined => {
  mustBeWritable(path, '--profile')
  if (!existsSync(path)) return undefined
  const earlier = readProfile(path, true)
  if (earlier.planHash !== planHash) throw ofAnother(path, ['planHash'])
  return earlier
}

/** What the levels of a run are of. */
export const profileOf = (plan: Plan, { window, target, level }: WireOutcome): ProfileOf => ({
  planHash: planHash(plan),
  scenario: plan.scenario.name,
  arm: window.arm,
  target: { name: target.name, processes: target.processes, layout: target.layout },
  clockSpeed: level.clockSpeed,
})

/** Adds the levels of this run to the file, or begins it. */
export function growProfile(path: string, earlier: LatencyProfile | undefined, measured: LatencyProfile): void {
  const differences = earlier === undefined ? [] : profileDifferences(earlier, measured)
  if (differences.length > 0) throw ofAnother(path, differences)
  const profile = earlier === undefined ? measured : profileWith(earlier, measured)
  writeWhole(path, `${JSON.stringify(profile, undefined, 2)}\n`, true)
}

const ofAnother = (path: string, fields: readonly string[]): CommandFailure =>
  new CommandFailure(
    exitCodes.badInput,
    `${path} holds levels of another ${fields.join(', ')}, and is left as it is; name another file, or measure its levels again`,
    `${path} 中的负载级属于不同的 ${fields.join('、')}，保持不变；请另选文件，或重新测量其各级`,
  )
