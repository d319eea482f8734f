/** Which sites of a run switch over to the reform in an arm, and what each does until it is ready. */
import type { ArmPlan, Plan } from '../../scenarios/plan.ts'
import { drawWord, uniformOf } from '../engine/random.ts'
import { decisionNumber, seedWords } from '../engine/streams.ts'
import { type Site, sitesOf } from '../hospitals/sites.ts'
import { terminalsOf } from '../hospitals/terminals.ts'
import { waveOfSites } from '../hospitals/wave-of-site.ts'
import { GATE_HOLDS, GATE_OLD_WAY, GATE_OPEN } from './kernel/inputs.ts'

/** The kernel's tables of sites; empty where no site switches. */
export interface SwitchingSites {
  readonly gate: Int32Array
  readonly errands: Int32Array
}

/**
 * A site outside the arm's wave is as on an ordinary day, so that arms differ by who switches and by nothing else.
 *
 * @param sites the sites of this run, copies included
 */
export function switchingSites({ city, scenario }: Plan, arm: ArmPlan, sites: readonly Site[]): SwitchingSites {
  const { goLive } = scenario
  const of = arm.goLive
  if (goLive === undefined || of === undefined) return { gate: new Int32Array(0), errands: new Int32Array(0) }
  const all = sitesOf(city)
  const names = new Map(all.map(({ name }, index) => [name, index]))
  // The largest first: the harder morning.
  const waves = waveOfSites(city, all, goLive.waves, 'the-largest')
  const seed = seedWords(scenario.seed)
  const numbers = sites.map(({ name }) => names.get(name) as number)
  const switches = numbers.map((number) => of.wave === undefined || waves[number] === of.wave)
  return {
    gate: Int32Array.from(numbers, (number, at) => {
      if (switches[at] !== true) return GATE_OPEN
      return uniformOf(drawWord(seed.low, seed.high, number, HOLDS)) < goLive.holdingSitesShare ? GATE_HOLDS : GATE_OLD_WAY
    }),
    errands: Int32Array.from(sites, (site, at) => (switches[at] === true ? terminalsOf(site) + 1 : 0)),
  }
}

const HOLDS = decisionNumber('site/holds until ready')
