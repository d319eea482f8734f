import { readFileSync } from 'node:fs'
import type { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LoadOptions } from '../../scenarios/load-plan.ts'
import type { Plan, ScenarioPlan } from '../../scenarios/plan.ts'
import { type FaultPlan, noStrength } from '../../scenarios/plan-faults.ts'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { kernelBytes } from '../../tools/build-kernel.ts'
import type { RunResult } from '../measures/run-result.ts'
import { type RunOptions, type RunProgress, runCity } from './run-city.ts'

const bytes = await kernelBytes('simulators/virtual/kernel/kernel.ts', 'release')

function run(plan: Plan, options: Partial<RunOptions> = {}): Promise<RunResult> {
  return runCity(plan, { workers: 1, kernel: { bytes }, wallClock: () => new Date(0), replay: 'the command', ...options })
}

/** The small town without the study of its assumptions, which study.test.ts plays. */
function town(options: LoadOptions = {}): Plan {
  const plan = planOf('small-town', options)
  const { assumptionStudy: _, ...scenario } = plan.scenario
  return { ...plan, scenario }
}

/** The small town with its scenario changed here and there. */
function townWith(changes: Partial<ScenarioPlan>, replications = 2): Plan {
  const plan = town({ replications })
  return { ...plan, scenario: { ...plan.scenario, ...changes } }
}

/** Every thread started while a test runs; one that has ended is numbered −1. */
const threads: Worker[] = []
const note = (thread: Worker): unknown => threads.push(thread)
beforeEach(() => {
  threads.length = 0
  process.on('worker', note)
})
afterEach(() => {
  process.off('worker', note)
})

/** The value of a measure over the whole city. */
function figureOf(result: RunResult, arm: string, name: string): number {
  const found = result.measures.find((measure) => measure.arm === arm && measure.name === name && measure.slice.dimension === 'all')
  if (found === undefined) throw new Error(`${name} was not measured in ${arm}`)
  return found.value
}

const night: FaultPlan = {
  name: 'outage-at-night',
  kind: 'outage',
  target: { party: 'channel', name: 'third-entry' },
  fromSecond: 3 * 3600,
  toSecond: 3 * 3600 + 60,
  form: 'refuse',
  ...noStrength,
}

test('a plan has one result hash, with any number of workers, compiled or plain, and after being stored', async () => {
  const plan = town({ replications: 3 })
  const stored = JSON.parse(JSON.stringify(plan)) as Plan
  const results = [
    await run(plan),
    await run(plan, { workers: 2 }),
    await run(stored, { workers: 3 }),
    await run(plan, { kernel: { bytes: null } }),
  ]
  const [first] = results as [RunResult]
  expect(first.resultHash).toMatch(/^[0-9a-f]{64}$/)
  expect(results.map((result) => result.resultHash)).toEqual(results.map(() => first.resultHash))
  expect(results.map(({ provenance }) => [provenance.workers, provenance.kernel])).toEqual([
    [1, 'webassembly'],
    [2, 'webassembly'],
    [3, 'webassembly'],
    [1, 'typescript'],
  ])
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
  expect(first.provenance.version, 'raise it in run-city.ts and package.json alike').toBe(version)
  // The hash speaks of all that is not provenance.
  const { resultHash: _, provenance: __, ...said } = first
  const { resultHash: ___, provenance: ____, ...saidByPlain } = results[3] as RunResult
  expect(saidByPlain).toEqual(said)
})

test('a run of several batches has one hash on one thread and on two, days left over from one batch in none of the next', async () => {
  const replication = { pilotDays: 3, batchDays: 1, maximumDays: 6, precision: 1e-6 }
  const [here, onThreads] = [await run(townWith({ replication })), await run(townWith({ replication }), { workers: 2 })]
  expect(here.replication).toMatchObject({ days: 6, precisionReached: false })
  expect(here.replication.halfWidths).toHaveLength(4)
  expect(onThreads.resultHash).toBe(here.resultHash)
  // Each batch goes on where the last one ended: six days in four batches are the six days of one.
  const inOneBatch = await run(town({ replications: 6 }))
  expect(inOneBatch.measures).toEqual(here.measures)
  expect(inOneBatch.differences).toEqual(here.differences)
})

test('another seed has another hash', async () => {
  const [one, other] = [await run(town({ replications: 1 })), await run(town({ replications: 1, seed: 8 }))]
  expect(one.planHash).not.toBe(other.planHash)
  expect(one.resultHash).not.toBe(other.resultHash)
})

test('two arms of equal settings differ by exactly nothing in every measure and slice', async () => {
  const [, after] = town().scenario.arms as [unknown, ScenarioPlan['arms'][number]]
  const result = await run(townWith({ arms: [after, { ...after, name: 'the-same-again' }] }))
  expect(result.differences.length).toBeGreaterThan(1000)
  expect(result.differences.filter(({ value }) => value !== 0)).toEqual([])
  // Nor do the days differ one by one: a mean of nothing could hide two that cancel.
  expect(result.differences.filter(({ varianceRatio }) => varianceRatio !== null && varianceRatio !== 0)).toEqual([])
  const [left, right] = [after.name, 'the-same-again'].map((arm) =>
    result.series.filter((series) => series.arm === arm).map((series) => series.values),
  )
  expect(right).toEqual(left)
})

test('the reform arm of the small town moves people from the window to the phone and shortens the queue to pay', async () => {
  const result = await run(town({ replications: 2 }))
  expect(figureOf(result, 'what-if-40', 'payment-mode-share/credit')).toBeGreaterThan(0.03)
  expect(figureOf(result, 'before', 'payment-mode-share/credit')).toBe(0)
  const saved = result.differences.find(
    ({ name, slice }) => name === 'payment-queueing-minutes-per-visit' && slice.dimension === 'all',
  ) as RunResult['differences'][number]
  expect(saved.value).toBeLessThan(-1)
  expect(saved.value).toBeCloseTo(figureOf(result, 'what-if-40', saved.name) - figureOf(result, 'before', saved.name), 10)
  expect(result.measures.find(({ name, arm }) => name === 'visits' && arm === 'before')).toBeDefined()
})

test('a precision out of reach runs to the cap and says so; one within reach stops as soon as the rule allows', async () => {
  const replication = { pilotDays: 2, batchDays: 2, maximumDays: 5, precision: 1e-6 }
  const capped = await run(townWith({ replication }))
  expect(capped.replication).toMatchObject({ days: 5, precisionReached: false, provisional: true })
  expect(capped.replication.halfWidths).toHaveLength(3)
  expect(capped.replication.halfWidths.every((halfWidth) => halfWidth > 1e-6)).toBe(true)
  const reached = await run(townWith({ replication: { pilotDays: 30, batchDays: 2, maximumDays: 60, precision: 1000 } }))
  expect(reached.replication).toMatchObject({ days: 32, precisionReached: true, provisional: false })
  expect(reached.replication.halfWidths).toHaveLength(2)
})

test('a single arm runs to its cap: there is no difference to be precise about', async () => {
  const [only] = town().scenario.arms as [ScenarioPlan['arms'][number]]
  const replication = { pilotDays: 1, batchDays: 1, maximumDays: 3, precision: 1000 }
  const result = await run(townWith({ arms: [only], faults: [], replication }))
  expect(result.replication).toMatchObject({ days: 3, precisionReached: false })
  expect(result.differences).toEqual([])
  expect(result.verdict.valid).toBe(true)
})

test.each([1, 2])('with %i workers one provisional answer comes on the way, marked so, with its number of days', async (workers) => {
  const seen: RunProgress[] = []
  const result = await run(town({ replications: 4 }), { workers, onProgress: (progress) => seen.push(progress) })
  const provisional = seen.flatMap((progress) => (progress.provisional === undefined ? [] : [progress.provisional]))
  expect(provisional.map(({ replication }) => [replication.days, replication.provisional])).toEqual([[workers, true]])
  expect(provisional[0]?.resultHash).not.toBe(result.resultHash)
  const spine = seen.filter(({ phase }) => phase !== 'reduced-city')
  expect(spine.map(({ phase }) => phase)).toEqual(['people', 'days', 'days', 'days', 'days', 'measures'])
  expect(spine.map(({ daysDone }) => daysDone)).toEqual([0, 1, 2, 3, 4, 4])
  // Another worker may be through with some of them while the last day is played; they are told once the days are in, each once at most.
  const further = seen.filter(({ phase }) => phase === 'reduced-city').map(({ daysDone }) => daysDone)
  expect(seen.slice(5, -1).map(({ phase }) => phase)).toEqual(further.map(() => 'reduced-city'))
  expect(further.at(-1)).toBe(2)
  expect(further).toEqual([0, 1, 2].slice(3 - further.length))
})

test('an answer on the way is marked provisional even when it rests on ten days', async () => {
  const provisional: RunResult[] = []
  const result = await run(town({ replications: 11 }), {
    workers: 10,
    onProgress: (progress) => progress.provisional !== undefined && provisional.push(progress.provisional),
  })
  expect(provisional.map(({ replication }) => [replication.days, replication.provisional])).toEqual([[10, true]])
  expect(result.replication).toMatchObject({ days: 11, provisional: false })
})

test.each([1, 2])('with %i workers an abort stops the run with its reason and leaves no thread behind', async (workers) => {
  const controller = new AbortController()
  const reason = new Error('the user pressed Ctrl-C')
  const running = run(town({ replications: 40 }), {
    workers,
    signal: controller.signal,
    onProgress: ({ daysDone }) => daysDone === 1 && controller.abort(reason),
  })
  await expect(running).rejects.toBe(reason)
  expect(threads.map(({ threadId }) => threadId)).toEqual(workers === 1 ? [] : [-1, -1])
})

test('a signal that is aborted already starts nothing', async () => {
  const days: number[] = []
  const running = run(town({ replications: 4 }), {
    workers: 2,
    signal: AbortSignal.abort('too late'),
    onProgress: ({ daysDone }) => days.push(daysDone),
  })
  await expect(running).rejects.toBe('too late')
  expect(days).toEqual([0])
})

test.each([1, 2])('with %i workers a defect of the plan ends the run with its own words', async (workers) => {
  const plan = town({ replications: 2 })
  const broken = { ...plan, city: { ...plan.city, journey: { ...plan.city.journey, walkLaw: 'no-such-law' } } }
  await expect(run(broken, { workers })).rejects.toThrow('walk: the city has no law "no-such-law"')
  expect(threads.map(({ threadId }) => threadId)).toEqual(workers === 1 ? [] : [-1, -1])
})

test('a fault that meets no call makes the run void and says which', async () => {
  const [before, after] = town().scenario.arms as [ScenarioPlan['arms'][number], ScenarioPlan['arms'][number]]
  const result = await run(townWith({ arms: [before, { ...after, faults: [night.name] }], faults: [night] }))
  expect(result.faults).toMatchObject([{ arm: 'what-if-40', callsTouched: 0, tookEffect: false }])
  expect(result.verdict.valid).toBe(false)
  expect(result.verdict.reasons.map(({ en }) => en)).toEqual([
    'The fault "outage-at-night" touched no call on at least one day of the arm "what-if-40", so the run is void',
  ])
  expect(result.faults[0]?.firstPatientFailureAfterSeconds).toEqual([null, null])
  expect(result.faults[0]?.backAfterSeconds).toEqual([0, 0])
})

test('arms without a fault are valid, and a fault of the scenario that strikes in no arm is no fault of the run', async () => {
  const arms = town().scenario.arms.map((arm) => ({ ...arm, faults: [] }))
  const result = await run(townWith({ arms, faults: [night] }))
  expect(result.faults).toEqual([])
  expect(result.verdict).toEqual({ valid: true, reasons: [] })
})

test('a fault that strikes in two arms is proved in each', async () => {
  const plan = town()
  const [fault] = plan.scenario.faults as [FaultPlan]
  const [, after] = plan.scenario.arms as [unknown, ScenarioPlan['arms'][number]]
  const alone = { ...after, name: 'without-backups', mutualBackup: false }
  const result = await run(townWith({ arms: [after, alone] }))
  expect(result.faults.map(({ arm, tookEffect }) => [arm, tookEffect])).toEqual([
    ['what-if-40', true],
    ['without-backups', true],
  ])
  for (const outcome of result.faults) {
    expect(outcome.callsTouched).toBeGreaterThan(0)
    expect(outcome.firstPatientFailureAfterSeconds.every((after) => after !== null && after >= 0 && after <= 700)).toBe(true)
    expect(outcome.fault).toEqual(fault)
  }
  // Whoever holds another entry is helped by it; without mutual backup nobody spills over.
  const spilled = (arm: string) =>
    ['main-entry', 'second-entry', 'third-entry'].reduce((sum, entry) => sum + figureOf(result, arm, `payments-spilled-over/${entry}`), 0)
  expect(spilled('what-if-40')).toBeGreaterThan(0)
  expect(spilled('without-backups')).toBe(0)
})

test('every fen is accounted for: the audit looked at bills and found nothing', async () => {
  const result = await run(town({ replications: 1 }))
  expect(result.audit.map(({ name, passed, found }) => [name, passed, found])).toEqual([
    ['books', true, 0],
    ['little', true, 0],
    ['reversals', true, 0],
  ])
  expect(result.audit[0]?.detail.en).toMatch(/^[1-9]\d+ bills, [1-9]\d+ fen$/)
  expect(result.audit[0]?.detail.zh).toMatch(/^[1-9]\d+ 张账单，共 [1-9]\d+ 分$/)
})
