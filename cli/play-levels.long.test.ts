/** Load levels that search a rate, each as its command on real k6: tries, what was then played, and what is said of it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RunResult } from '../simulators/measures/run-result.ts'
import { exitCodes } from './exit-codes.ts'
import { medpay, ownFolder, processesOf } from './testing/medpay-process.ts'

/** How late starts were, and so whether a rate could be judged, is the machine's. */
const machinesCodes: readonly (number | null)[] = [exitCodes.ok, exitCodes.runVoid]

async function played(words: readonly string[]) {
  const folder = join(ownFolder(), 'out')
  const { code, err } = await medpay(['load', ...words, '--out', folder])
  expect(err).not.toContain('error of our own')
  expect(machinesCodes, err).toContain(code)
  expect(processesOf(folder)).toEqual([])
  const { wire, verdict } = JSON.parse(readFileSync(join(folder, 'run-result.json'), 'utf8')) as RunResult
  if (wire === undefined) throw new Error('a result without its wire part')
  expect(verdict.valid).toBe(code === exitCodes.ok)
  expect(wire.audit.rules.filter(({ standing }) => standing === 'broken')).toEqual([])
  // The search is by halves over twelve rates, told lowest first.
  const tried = wire.levels.flatMap(({ title }) => (/^tried /.test(title.en) ? [Number(/^tried (\d+)\/s$/.exec(title.en)?.[1])] : []))
  expect(tried.length).toBeGreaterThanOrEqual(3)
  expect(tried).toEqual(tried.toSorted((a, b) => a - b))
  const standingOf = (name: string) => wire.verdicts?.find((one) => one.name === name)?.standing
  return { wire, verdict, standingOf, notes: wire.notes?.map(({ en }) => en).join('\n') ?? '' }
}

test('stress tries rates, plays the highest that held over the whole window, and tells it beside the goal it was asked for', async () => {
  const { wire, verdict, standingOf } = await played([
    ...['small-town', '--level', 'stress', '--arm', 'what-if-80', '--goal', '6', '--window', '10s'],
  ])
  expect(wire.level.name).toBe('stress')
  expect(wire.level.scale).toBeGreaterThan(1)
  expect(wire.verdicts?.map(({ name, goal }) => [name, goal])).toEqual([
    ['payments-per-second', 6],
    ['audit-findings', 0],
  ])
  const hasHeld = wire.levels.some(({ standing }) => standing === 'held')
  const short = wire.level.platformPaymentsPerSecond < 6 || !hasHeld || !verdict.valid
  expect(standingOf('payments-per-second')).toBe(short ? 'short' : 'ok')
})

test('overload is judged beside the platform’s knee, or is void and says whose the knee was', async () => {
  const { wire, verdict, standingOf, notes } = await played(['shanghai-weekday', '--level', 'overload', '--scale', '1'])
  if (wire.verdicts === undefined) {
    expect(verdict.reasons.map(({ en }) => en).join()).toContain('held no rate that was tried')
    return
  }
  expect(wire.verdicts.map(({ name }) => name)).toEqual([
    ...['audit-findings', 'offered-over-knee', 'refusals-other-than-429', 'goodput-over-knee', 'back-inside-slo'],
  ])
  expect(notes).toMatch(/^the platform was held to 0\.\d+ of a core/)
  if (!verdict.valid) return
  expect(notes).toMatch(/above the knee gave way: the (process of )?platform/)
  expect(standingOf('audit-findings')).toBe('ok')
})
