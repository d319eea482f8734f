import { expect, test } from 'vitest'
import { listScenarios } from '../../scenarios/load-plan.ts'
import type { Plan } from '../../scenarios/plan.ts'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { kernelBytes } from '../../tools/build-kernel.ts'
import { sitesOf } from '../hospitals/sites.ts'
import { terminalsOf } from '../hospitals/terminals.ts'
import type { RunResult } from '../measures/run-result.ts'
import { runCity } from './run-city.ts'
import { sitesInRun } from './sites-in-run.ts'

const bytes = await kernelBytes('simulators/virtual/kernel/kernel.ts', 'release')
const run = (plan: Plan): Promise<RunResult> =>
  runCity(plan, { workers: 1, kernel: { bytes }, wallClock: () => new Date(0), replay: 'the command' })

/** A hundredth or so of Shanghai's sites, whole, with all their visits. */
function small(name: string, scale = 0.015, replications = 1): Plan {
  const plan = planOf(name, { scale, replications })
  const { assumptionStudy: study, reducedCity: reduced } = plan.scenario
  // Two hundred plans are for a published range; two, and two days of the reduced city, say that both play here too.
  const assumptionStudy = study === undefined ? {} : { assumptionStudy: { ...study, plans: 2, repeats: 2, tornado: false } }
  const reducedCity = reduced === undefined ? {} : { reducedCity: { ...reduced, days: 2 } }
  return { ...plan, scenario: { ...plan.scenario, ...assumptionStudy, ...reducedCity } }
}
/** One question about its days alone: nothing is studied beside it. */
function daysAlone(plan: Plan): Plan {
  const { assumptionStudy: _study, reducedCity: _reduced, ...scenario } = plan.scenario
  return { ...plan, scenario }
}
/** With the parties as busy as the whole city makes them. */
function asBusy(plan: Plan): Plan {
  const { parties } = plan.city
  const fewer = <Party extends { readonly servers: number }>(party: Party): Party => ({
    ...party,
    servers: Math.max(1, Math.round(party.servers * plan.scenario.scale)),
  })
  return { ...plan, city: { ...plan.city, parties: { ...parties, bureau: fewer(parties.bureau), platform: fewer(parties.platform) } } }
}

/** Of the whole city, or of one of its age groups. */
const measureOf = (result: RunResult, arm: string, name: string, slice = 'all') =>
  result.measures.find(
    (row) => row.arm === arm && row.name === name && row.slice.name === slice && ['all', 'age'].includes(row.slice.dimension),
  )
const figure = (...of: Parameters<typeof measureOf>): number | undefined => measureOf(...of)?.value
const outcomeOf = (result: RunResult, arm: string) => result.goLive.find((one) => one.arm === arm)?.mornings ?? []

// A roll-out is many days, and the small town is no small share of a city: their own tests play them.
const ofOneDay = listScenarios().flatMap(({ name }) => (name === 'small-town' || planOf(name).scenario.rollOut !== undefined ? [] : [name]))
const runs = new Map<string, Promise<RunResult>>()
function resultOf(name: string): Promise<RunResult> {
  // Half of a bureau that a few sites do not fill is still enough for them; Tianjin's pilot has four hospitals in all.
  const known =
    runs.get(name) ??
    run(name === 'bureau-brownout' ? asBusy(small(name, 0.03)) : small(name, name === 'tianjin-leaving' ? 0.5 : undefined))
  runs.set(name, known)
  return known
}

test.each(ofOneDay)('%s runs on a few sites: valid, every arm measured and compared by the question’s own measure', async (name) => {
  const result = await resultOf(name)
  expect(result.verdict).toEqual({ valid: true, reasons: [] })
  const { primaryMeasure, arms } = result.scenario
  for (const [index, arm] of result.arms.entries()) {
    expect(figure(result, arm.name, primaryMeasure), arm.name).toBeGreaterThanOrEqual(0)
    const isCompared = result.differences.some(
      (row) => row.arm === arm.name && row.name === primaryMeasure && row.against === arms[0]?.name,
    )
    expect([arm.name, isCompared]).toEqual([arm.name, index > 0])
  }
})

// ── the main entry, the platform, a bank and the bureau ───────────────────────

const family = ['channel-failover', 'platform-outage', 'bank-outage', 'bureau-brownout']

test.each(family)(
  '%s: arms differ by the fault and by mutual backup alone, and what backup is worth is a paired figure of its own',
  async (name) => {
    const { arms, faults } = planOf(name).scenario
    const [whole, backed, alone] = arms
    expect(arms.map(({ name }) => name)).toEqual(['no-fault', 'with-backups', 'without-backups'])
    const { name: _a, title: _b, alsoAgainst: _c, mutualBackup: first, ...rest } = alone!
    const { name: _d, title: _e, alsoAgainst: _f, mutualBackup: second, ...others } = backed!
    expect([rest, first, second]).toEqual([others, false, true])
    expect({ ...whole, name: '', title: '' }).toEqual({ ...backed, name: '', title: '', faults: [] })
    expect(faults).toHaveLength(1)
    const result = await resultOf(name)
    const rows = result.furtherDifferences
    expect(new Set(rows.map(({ arm, against }) => `${arm} − ${against}`))).toEqual(new Set(['without-backups − with-backups']))
    for (const row of rows.filter(({ slice }) => slice.dimension === 'all')) {
      const of = (arm: string) => measureOf(result, arm, row.name)!
      const [alone, backed] = [of('without-backups'), of('with-backups')]
      if (alone.days === row.days && backed.days === row.days) expect(row.value).toBeCloseTo(alone.value - backed.value, 6)
    }
  },
)

test('with the main entry down other entries take its patients over where they may, and the rest go to kiosks and windows', async () => {
  const result = await resultOf('channel-failover')
  const [backed, alone] = ['with-backups', 'without-backups'].map((arm) => figure(result, arm, 'payments-fallen-back/suishenban')!) as [
    number,
    number,
  ]
  expect(alone).toBeGreaterThan(1.3 * backed)
  expect(figure(result, 'without-backups', 'failed-share-backup-could-not-save')).toBe(1)
  const couldNot = figure(result, 'with-backups', 'failed-share-backup-could-not-save')!
  expect(couldNot).toBeGreaterThan(0.02)
  expect(couldNot).toBeLessThan(0.6)
  expect(figure(result, 'with-backups', 'payments-failed/suishenban')).toBeGreaterThan(
    50 + figure(result, 'no-fault', 'payments-failed/suishenban')!,
  )
  expect(figure(result, 'with-backups', 'minutes-outside-service-level')).toBeGreaterThan(
    figure(result, 'no-fault', 'minutes-outside-service-level')! + 10,
  )
  for (const {
    arm,
    detectedAfterSeconds,
    firstPatientFailureAfterSeconds,
    firstRoutedAwayAfterSeconds,
    backAfterSeconds,
  } of result.faults) {
    for (const [day, failed] of firstPatientFailureAfterSeconds.entries()) {
      expect(failed, arm).toBeGreaterThan(0)
      expect(firstRoutedAwayAfterSeconds[day]! > detectedAfterSeconds[day]!, arm).toBe(true)
      expect(backAfterSeconds[day], arm).toBeGreaterThanOrEqual(1500)
    }
  }
})

test('when the platform that all entries share is down mutual backup saves nothing, and everybody pays at a window', async () => {
  const result = await resultOf('platform-outage')
  for (const arm of ['with-backups', 'without-backups']) expect(figure(result, arm, 'failed-share-backup-could-not-save')).toBe(1)
  const worth = result.furtherDifferences.filter(({ slice, name }) => slice.dimension === 'all' && name === 'visit-duration-minutes')
  expect(worth.map(({ value }) => value)).toEqual([0])
})

test('with half the bureau gone its calls wait, and paying takes longer than its service time', async () => {
  const result = await resultOf('bureau-brownout')
  const waiting = (arm: string) => figure(result, arm, 'leg-seconds-computed/bureau')!
  expect(waiting('with-backups')).toBeGreaterThan(2 * waiting('no-fault'))
  expect(figure(result, 'with-backups', 'settlement-seconds-p95/window')).toBeGreaterThan(
    figure(result, 'no-fault', 'settlement-seconds-p95/window')!,
  )
})

// ── a flu week, children and the elderly ──────────────────────────────────────

test('a surge brings more visits to the departments it names, to nobody twice, and leaves the staff as it was', async () => {
  const plan = daysAlone(small('flu-surge'))
  const scenario = { ...plan.scenario, arms: plan.scenario.arms.slice(0, 1) }
  const { surge: _, ...calm } = scenario
  const [more, usual] = [await run({ ...plan, scenario }), await run({ ...plan, scenario: calm })]
  const visits = (result: RunResult, slice = 'all') => figure(result, 'before', 'visits', slice)!
  expect(visits(more) / visits(usual)).toBeGreaterThan(1.05)
  expect(visits(more) / visits(usual)).toBeLessThan(1.35)
  expect(visits(more, 'child') / visits(usual, 'child')).toBeGreaterThan(visits(more, 'elderly') / visits(usual, 'elderly'))
  expect(figure(more, 'before', 'clinical-queueing-minutes-per-visit')).toBeGreaterThan(
    figure(usual, 'before', 'clinical-queueing-minutes-per-visit')!,
  )
})

test('without the family code children pay as before the reform, and the window they need is there', async () => {
  const result = await resultOf('children-and-elderly')
  const lines = (arm: string) => figure(result, arm, 'payment-lines-joined', 'child')!
  expect(lines('no-family-code')).toBeCloseTo(lines('before'), 1)
  expect(lines('guaranteed')).toBeLessThan(lines('before') - 0.2)
  expect(figure(result, 'no-family-code', 'payment-lines-joined', 'young-adult')).toBeCloseTo(
    figure(result, 'guaranteed', 'payment-lines-joined', 'young-adult')!,
    1,
  )
})

// ── going live ────────────────────────────────────────────────────────────────

test('every terminal of a site that switches signs in once and every site loads its directory once, all at once or wave by wave', async () => {
  const plan = small('shanghai-golive')
  const result = await resultOf('shanghai-golive')
  const { sites } = sitesInRun(sitesOf(plan.city), plan.scenario.scale, plan.scenario.seed)
  const [all] = outcomeOf(result, 'all-at-once')
  const waves = outcomeOf(result, 'in-waves')
  const sum = (of: (morning: (typeof waves)[number]) => number) => waves.reduce((total, morning) => total + of(morning), 0)
  const terminals = sites.reduce((total, site) => total + terminalsOf(site), 0)
  const megabyte = 1_000_000
  expect([all?.sitesSwitching, all?.terminals, all?.directoryBytes]).toEqual([
    sites.length,
    terminals,
    sites.length * plan.scenario.goLive!.directoryMegabytes * megabyte,
  ])
  expect(waves).toHaveLength(4)
  expect([sum((w) => w.sitesSwitching), sum((w) => w.terminals), sum((w) => w.directoryBytes)]).toEqual([
    all?.sitesSwitching,
    all?.terminals,
    all?.directoryBytes,
  ])
  // Whoever signs up in a hall does so on the morning of that hall; an ordinary day's sign-ups come each time.
  const [ordinary] = outcomeOf(result, 'ordinary')
  expect(ordinary?.sitesSwitching).toBe(0)
  expect(ordinary?.lastSiteReadySecond).toBe(null)
  expect(sum((w) => w.signUpsAttempted - ordinary!.signUpsAttempted)).toBeCloseTo(all!.signUpsAttempted - ordinary!.signUpsAttempted, 6)
  expect(all!.signUpsAttempted).toBeGreaterThan(3 * ordinary!.signUpsAttempted)
})

test('no sign-up is lost without being counted: attempted are granted, refused or lost, also with the bureau out at the switch', async () => {
  const plan = daysAlone(small('shanghai-golive'))
  const outage = { ...planOf('platform-outage').scenario.faults[0]!, name: 'dead', fromSecond: 28_800, toSecond: 32_400 }
  const { arms } = plan.scenario
  const faulty = {
    ...plan.scenario,
    faults: [outage],
    arms: arms.slice(0, 2).map((arm) => ({ ...arm, faults: arm.goLive ? ['dead'] : [] })),
  }
  const result = await run({ ...plan, scenario: faulty })
  for (const arm of ['ordinary', 'all-at-once']) {
    const of = (name: string) => figure(result, arm, name)!
    const granted = of('sign-ups-granted') + of('sign-ups-with-digital-card') + of('sign-ups-with-raised-limit')
    expect(of('sign-ups-attempted')).toBe(granted + of('sign-ups-refused') + of('sign-ups-lost'))
    const [morning] = outcomeOf(result, arm)
    expect([morning?.signUpsAttempted, morning?.signUpsGranted, morning?.signUpsLost]).toEqual([
      of('sign-ups-attempted'),
      granted,
      of('sign-ups-lost'),
    ])
  }
  expect(figure(result, 'all-at-once', 'sign-ups-lost')).toBeGreaterThan(5)
  expect(figure(result, 'ordinary', 'sign-ups-lost')).toBe(0)
})

test('all at once asks more of the bureau in its worst second than any wave, and its last site is ready later', async () => {
  const busy = daysAlone(asBusy(small('shanghai-golive', 0.05)))
  const goLive = { ...busy.scenario.goLive!, fileDeskTransfers: 3 }
  const result = await run({ ...busy, scenario: { ...busy.scenario, goLive } })
  const [all] = outcomeOf(result, 'all-at-once')
  const peak = (morning: typeof all) => morning!.peakCallsPerSecond.find(({ party }) => party === 'bureau')!.calls
  for (const wave of outcomeOf(result, 'in-waves')) {
    expect(peak(all)).toBeGreaterThan(peak(wave))
    expect(all!.lastSiteReadySecond).toBeGreaterThan(wave.lastSiteReadySecond!)
  }
  // 103 directories of 24 s each by three at a time.
  expect(all!.lastSiteReadySecond! - 28_800).toBeGreaterThan((103 / 3) * 24)
  const ready = all!.readyByMinute
  expect(ready.every((sites, minute) => minute === 0 || sites >= ready[minute - 1]!)).toBe(true)
  expect(ready.at(-1)).toBe(all!.sitesSwitching)
  expect(all!.sitesSwitching - ready[30]!).toBeCloseTo(all!.sitesNotReadyBy0830, 9)
})

test('a site that is not ready is paid the old way or holds, as the scenario says, and who was there already waits the longer for it', async () => {
  const plan = daysAlone(small('shanghai-golive'))
  const adopting = plan.scenario.arms.slice(0, 2).map((arm) => ({ ...arm, adoption: 0.3 }))
  const slow = { ...plan.scenario.goLive!, fileDeskTransfers: 1, fileDeskMegabitsPerSecond: 4 }
  const morning = async (holdingSitesShare: number) => {
    const result = await run({ ...plan, scenario: { ...plan.scenario, arms: adopting, goLive: { ...slow, holdingSitesShare } } })
    expect(result.verdict.valid).toBe(true)
    return outcomeOf(result, 'all-at-once')[0]!
  }
  const [oldWay, holding] = [await morning(0), await morning(1)]
  expect(oldWay.settlementsHeld).toBe(0)
  expect(oldWay.paymentsTheOldWay).toBeGreaterThan(100)
  expect(holding.settlementsHeld).toBeGreaterThan(50)
  expect(holding.delayMinutesPerVisit).toBeGreaterThan(oldWay.delayMinutesPerVisit + 1)
})

test('with twenty times as many users as published, payments by phone and on credit are twenty times the published shares', async () => {
  // So many, that a few sites tell; below the adoption at which an age group is full, payments grow in proportion.
  const times = 20
  const whole = planOf('shanghai-weekday', { scale: 0.06, replications: 1 })
  const { assumptionStudy: _study, reducedCity: _reduced, ...scenario } = whole.scenario
  const arms = scenario.arms
    .filter(({ name }) => name === 'as-published-2020')
    .map((arm) => ({ ...arm, adoption: times * arm.adoption, faults: [] }))
  const result = await run({ ...whole, scenario: { ...scenario, arms } })
  const share = (mode: string) => measureOf(result, 'as-published-2020', `payment-mode-share/${mode}`)
  const published = (name: string): number => whole.city.publishedTotals?.find((total) => total.name === name)?.published ?? Number.NaN
  const expectAbout = (found: number, name: string): void => {
    const wanted = (times * published(name)) / published('transactions')
    // Three standard errors, if the two payments of a visit always go one way.
    expect(Math.abs(found - wanted), name).toBeLessThan(3 * Math.sqrt((2 * wanted) / (share('phone')?.count ?? 1)))
  }
  const onCredit = share('credit')?.value ?? 0
  expectAbout((share('phone')?.value ?? 0) + onCredit, 'credential-transactions')
  expectAbout(onCredit, 'credit-payments')
})
