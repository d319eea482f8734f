/**
 * A made-up RunResult of realistic shape for the tests of this room: two arms, every slice, ten days, twenty entries.
 * Its figures come from no simulation and are shown to nobody but the tests.
 */
import type { ScenarioPlan } from '../../scenarios/plan.ts'
import { noStrength } from '../../scenarios/plan-faults.ts'
import { catalogue, groupQuantiles } from '../../simulators/measures/catalogue.ts'
import type { Difference, Measure, RunResult, Series, Slice } from '../../simulators/measures/run-result.ts'
import { quantileDimensions } from '../../simulators/measures/wait-groups.ts'
import {
  ageRows,
  channels,
  districtWords,
  hourRows,
  insuredRows,
  modeRows,
  named,
  parties,
  stations,
  switchRows,
  tierRows,
  w,
} from './sample-city.ts'
import { sampleCalibration, sampleEvidence, samplePublishedTotals } from './sample-evidence.ts'
import { sampleGoLive } from './sample-go-live.ts'
import { sampleRollOut } from './sample-roll-out.ts'
import { sampleStories } from './sample-stories.ts'
import { sampleReducedCity, sampleStudy } from './sample-study.ts'
import { sampleWarrants } from './sample-warrants.ts'

const scenario: ScenarioPlan = {
  name: 'sample-weekday',
  title: w('样例工作日', 'A sample weekday'),
  question: w(
    '如果四成患者改用移动或信用付费而窗口数不变，付费排队会少多少？谁会变差？',
    'If 40 % of patients pay by phone or credit and the windows are kept, how much payment queueing goes away, and is anyone worse off?',
  ),
  primaryMeasure: 'payment-queueing-minutes-per-visit',
  minimumEffectThatMatters: 1,
  mustNotWorsen: [
    { group: 'age/elderly', measure: 'payment-queueing-minutes-per-visit', margin: 0.5 },
    { group: 'age/child', measure: 'visit-duration-minutes', margin: 2 },
    { group: 'tier/community', measure: 'clinical-queueing-minutes-per-visit', margin: 0.5 },
  ],
  seed: 20201231,
  date: '2020-11-16',
  scale: 1,
  replication: { pilotDays: 10, batchDays: 5, maximumDays: 60, precision: 0.2 },
  arms: [
    {
      name: 'before',
      title: w('改革前', 'Before the reform'),
      reform: false,
      adoption: 0,
      creditShareOfAdopters: 0,
      staffing: 'windows-kept',
      mutualBackup: false,
      faults: [],
      volunteerFactor: 1,
    },
    {
      name: 'adopt-40',
      title: w('假设40%使用，窗口保留', 'What if 40 % adopt, windows kept'),
      reform: true,
      adoption: 0.4,
      creditShareOfAdopters: 0.3,
      staffing: 'windows-kept',
      mutualBackup: true,
      faults: ['main-entry-down'],
      volunteerFactor: 1,
    },
  ],
  faults: [
    {
      name: 'main-entry-down',
      kind: 'outage',
      target: { party: 'channel', name: 'suishenban' },
      fromSecond: 32_400,
      toSecond: 34_200,
      form: 'refuse',
      ...noStrength,
    },
  ],
}

/** A small wobble in −1…1 from a text, so that neighbouring bars differ and every run is equal. */
function wobble(text: string): number {
  let state = 2166136261
  for (const letter of text) state = Math.imul(state ^ letter.charCodeAt(0), 16777619)
  return ((state >>> 8) % 2000) / 1000 - 1
}

const hourLoad = [1, 1, 1, 1, 1, 2, 8, 30, 75, 100, 92, 55, 22, 48, 58, 44, 28, 14, 8, 5, 3, 2, 1, 1]
const visitsPerDay = 418_000
/** Before-arm value of each catalogue name and the factor the other arm has; names with subjects have a value a subject. */
const levels: Readonly<Record<string, readonly [number, number]>> = {
  'payment-queueing-minutes-per-visit': [13.4, 0.46],
  'clinical-queueing-minutes-per-visit': [41.2, 1.03],
  'wait-after-payment-minutes-per-visit': [7.6, 1.22],
  'visit-duration-minutes': [102, 0.93],
  'queueing-share-of-visit': [0.54, 0.92],
  'payment-lines-joined': [2.4, 0.64],
  'payment-lines-with-any-wait': [1.9, 0.6],
  'payment-lines-waited-over-1-minute': [1.6, 0.5],
  'clinical-lines-joined': [3.6, 1],
  'clinical-lines-with-any-wait': [2.9, 1.01],
  'clinical-lines-waited-over-1-minute': [2.6, 1.01],
  'share-waiting-under-1-hour': [0.34, 1.2],
  'share-waiting-3-hours-or-more': [0.14, 0.82],
  'balked-share': [0.012, 0.7],
  'reneged-share': [0.021, 0.8],
  'left-unpaid-share': [0.0012, 0.9],
  'payment-queueing-minutes-p50': [9.1, 0.4],
  'payment-queueing-minutes-p90': [31.5, 0.5],
  'payment-queueing-minutes-p95': [40.2, 0.52],
  'visit-duration-minutes-p50': [92, 0.93],
  'visit-duration-minutes-p95': [221, 0.95],
  'retry-amplification': [1.013, 1.02],
  'failed-share-backup-could-not-save': [0.11, 0.7],
  'fund-fen': [6_214_000_000, 1],
  'account-fen': [2_410_000_000, 1],
  'credit-fen': [0, 1],
  'cash-fen': [1_913_000_000, 0.97],
  'owing-fen': [1_200_000, 1.1],
  'claim-later-fen': [900_000, 1],
  'sign-ups-granted': [0, 1],
  'sign-ups-with-digital-card': [0, 1],
  'sign-ups-with-raised-limit': [0, 1],
  'sign-ups-refused': [0, 1],
  'sign-ups-lost': [0, 1],
}
/** With the reform; before it nobody signs up. */
const signUpEnds: Readonly<Record<string, number>> = {
  'sign-ups-granted': 1790,
  'sign-ups-with-digital-card': 290,
  'sign-ups-with-raised-limit': 130,
  'sign-ups-refused': 330,
  'sign-ups-lost': 10,
}
const subjectsOf = {
  station: stations.map((row) => row.name),
  mode: modeRows.map((row) => row.name),
  leg: ['entry', 'platform', 'bureau', 'bank', 'his'],
  channel: channels.map((row) => row.name),
  party: parties.map((row) => row.name),
  none: [],
}
const subjectLevels: Readonly<Record<string, readonly [number, number]>> = {
  'wait-seconds-mean': [420, 0.85],
  'wait-seconds-p50': [300, 0.85],
  'wait-seconds-p95': [1500, 0.88],
  'utilization-busiest-hour': [0.74, 0.95],
  'overtime-share': [0.012, 0.95],
  'payment-mode-share': [0.25, 1],
  'settlement-seconds-mean': [1.6, 1.04],
  'settlement-seconds-p50': [1.4, 1.04],
  'settlement-seconds-p95': [3.4, 1.1],
  'settlement-seconds-p99': [5.1, 1.2],
  'leg-seconds-assumed': [0.31, 1],
  'leg-seconds-computed': [0.08, 1.6],
  'payments-attempted': [26_000, 1.4],
  'payments-settled': [25_500, 1.4],
  'payments-failed': [160, 1.2],
  'payments-fallen-back': [120, 1.2],
  'payments-spilled-over': [310, 1.3],
  'peak-calls-per-second': [64, 1.5],
  'utilization-peak-minute': [0.62, 1.3],
  'minutes-above-90-percent': [4, 2],
  'first-minute-above-90-percent': [560, 0.97],
  'headroom-at-peak': [0.38, 0.6],
}

function sliceFactor(slice: Slice): number {
  switch (slice.dimension) {
    case 'all':
      return 1
    case 'hour':
      return 0.1 + (hourLoad[Number(slice.name)] ?? 0) / 55
    case 'tier':
      return { 'municipal-tertiary': 1.7, 'district-tertiary': 1.3, secondary: 0.9, community: 0.35 }[slice.name] ?? 1
    default:
      return 1 + wobble(`${slice.dimension}${slice.name}`) * 0.35
  }
}

export function sampleRunResult(): RunResult {
  const slices = slicesOf()
  const measures: Measure[] = []
  for (const arm of ['before', 'adopt-40']) {
    for (const kind of catalogue) {
      if (kind.subject === 'none')
        for (const slice of kind.sliced ? slices : slices.slice(0, 1)) measures.push(sampleMeasure(kind.name, kind.unit, arm, slice))
      for (const subject of subjectsOf[kind.subject]) measures.push(sampleMeasure(`${kind.name}/${subject}`, kind.unit, arm, slices[0]!))
    }
    for (const { name, unit } of groupQuantiles)
      for (const slice of slices.filter(({ dimension }) => quantileDimensions.includes(dimension)))
        measures.push(sampleMeasure(name, unit, arm, slice))
  }
  const before = new Map(
    measures.filter((row) => row.arm === 'before').map((row) => [`${row.name}|${row.slice.dimension}|${row.slice.name}`, row]),
  )
  const differences: Difference[] = measures
    .filter((row) => row.arm !== 'before')
    .map((row) => {
      const first = before.get(`${row.name}|${row.slice.dimension}|${row.slice.name}`)!
      const value = row.value - first.value
      const half = Math.abs(first.value) * 0.006 + 0.0001
      return {
        ...row,
        against: 'before',
        value,
        interval: [value - half, value + half],
        varianceRatio: 0.14 + 0.1 * Math.abs(wobble(row.name)),
      }
    })
  return {
    format: 'medpay-run-result',
    version: 2,
    world: 'virtual',
    resultHash: 'b1946ac92492d2347c6235b4d2611184d8e8fca3be2a5b7a5f6f3b1a7d1f0c11',
    planHash: '591785b794601e212b260e25925636fd7a4a1c5c7f9b0c2f2e2d9c0b5f1a4e7d',
    verdict: { valid: true, reasons: [] },
    scenario,
    city: {
      name: 'sample',
      title: w('样例城市', 'Sample city'),
      institutions: 417,
      sites: 2037,
      slices: {
        all: [named('all', '全市', 'Whole city')],
        tier: tierRows,
        district: districtWords.map(([name, zh, en]) => named(name, zh, en)),
        age: ageRows,
        insured: insuredRows,
        hour: hourRows,
        mode: modeRows,
        switch: switchRows,
        hospital: [],
        'tier-age': [],
        'tier-hour': [],
      },
      parties,
      stations,
    },
    replication: {
      days: 10,
      pilotDays: 10,
      batchDays: 5,
      maximumDays: 60,
      precision: 0.2,
      halfWidths: [0.14],
      precisionReached: true,
      provisional: false,
    },
    arms: scenario.arms.map(({ name, title, adoption, reform, staffing }) => ({ name, title, adoption, reform, staffing })),
    measures,
    differences,
    // As if two arms with the reform were compared: the names are those of the sample's own two.
    furtherDifferences: differences.filter((row) => row.name === 'failed-share-backup-could-not-save'),
    series: sampleSeries(),
    faults: [
      {
        fault: scenario.faults[0]!,
        arm: 'adopt-40',
        callsTouched: 48_211,
        detectedAfterSeconds: [12, 14, 12, 11, 13, 12, 12, 15, 12, 13],
        firstPatientFailureAfterSeconds: [1, 0, 1, 2, 0, 1, 1, 0, 1, 1],
        firstRoutedAwayAfterSeconds: [13, 15, 13, 12, 14, 13, 13, 16, 13, 14],
        backAfterSeconds: [1860, 1920, 1860, 1860, null, 1920, 1860, 1860, 1980, 1860],
        tookEffect: true,
      },
    ],
    audit: [
      {
        name: 'ledger-sums-to-zero',
        title: w('账目合计为零', 'The ledger sums to zero'),
        passed: true,
        expected: 0,
        found: 0,
        detail: w('', ''),
      },
      {
        name: 'bills-equal-payers',
        title: w('账单总额等于各支付方之和', 'Bills equal the sum of their payers'),
        passed: true,
        expected: 105_382_114_327,
        found: 105_382_114_327,
        detail: w('4,183,211 张账单', '4,183,211 bills'),
      },
      {
        name: 'patients-in-equal-patients-out',
        title: w('到院人次等于离院人次', 'Patients in equal patients out'),
        passed: true,
        expected: 4_180_220,
        found: 4_180_220,
        detail: w('', ''),
      },
    ],
    observed: [8, 9, 10].map((hour) => ({
      site: 'site-0001',
      station: 'cashier-window',
      hour,
      observedMeanWaitSeconds: 540 + hour * 20,
      modelMeanWaitSeconds: hour === 10 ? null : 510 + hour * 22,
      observedCount: 60,
      modelCount: hour === 10 ? 0 : 612,
    })),
    evidence: sampleEvidence,
    publishedTotals: samplePublishedTotals,
    calibration: sampleCalibration,
    reducedCity: sampleReducedCity,
    assumptionStudy: sampleStudy,
    stories: sampleStories,
    goLive: sampleGoLive,
    rollOut: sampleRollOut,
    warrants: sampleWarrants(),
    provenance: {
      version: '0.1.0',
      kernel: 'webassembly',
      node: 'v26.10.0',
      machine: '2 × x86-64',
      workers: 2,
      wallSeconds: 21.4,
      cpuSeconds: 40.2,
      startedAt: '2026-11-22T12:00:00Z',
      replay: 'npx medpay run sample-weekday --seed 20201231',
    },
  }
}

function slicesOf(): readonly Slice[] {
  const rows = (dimension: Slice['dimension'], names: readonly { readonly name: string }[]): Slice[] =>
    names.map(({ name }) => ({ dimension, name }))
  const cross = (dimension: 'tier-age' | 'tier-hour', names: readonly { readonly name: string }[]): Slice[] =>
    tierRows.flatMap((tier) => names.map(({ name }) => ({ dimension, name: `${tier.name}/${name}` })))
  return [
    { dimension: 'all', name: 'all' },
    ...rows('tier', tierRows),
    ...rows(
      'district',
      districtWords.map(([name]) => ({ name })),
    ),
    ...rows('age', ageRows),
    ...rows('insured', insuredRows),
    ...rows('hour', hourRows),
    ...rows('mode', modeRows),
    ...rows('switch', switchRows),
    ...cross('tier-age', ageRows),
    ...cross('tier-hour', hourRows),
  ]
}

function sampleMeasure(name: string, unit: string, arm: string, slice: Slice): Measure {
  const slash = name.lastIndexOf('/')
  const kind = slash < 0 ? name : name.slice(0, slash)
  const subject = slash < 0 ? '' : name.slice(slash + 1)
  const [level, factor] = levels[kind] ?? subjectLevels[kind] ?? [visitsPerDay, 1]
  const spread = subject === '' ? sliceFactor(slice) : 1 + wobble(subject) * 0.45
  const afterFactor = factor + (subject === '' ? 0 : wobble(subject + kind) * 0.04)
  let value = level * spread * (arm === 'before' ? 1 : afterFactor)
  if (kind === 'payment-mode-share')
    value =
      (arm === 'before' ? { window: 0.71, kiosk: 0.29, phone: 0, credit: 0 } : { window: 0.41, kiosk: 0.19, phone: 0.28, credit: 0.12 })[
        subject
      ] ?? 0
  if (kind === 'credit-fen' && arm !== 'before') value = 183_000_000
  if (arm !== 'before') value = signUpEnds[kind] ?? value
  if (unit === '1' && kind !== 'retry-amplification') value = Math.min(value, kind === 'utilization-peak-minute' ? 0.99 : 0.95)
  const half = Math.abs(value) * 0.01
  return {
    name,
    arm,
    slice,
    value,
    unit,
    count: Math.round(visitsPerDay * 10 * Math.min(1, spread / 4)),
    interval: [value - half, value + half],
    days: 10,
  }
}

function sampleSeries(): readonly Series[] {
  return ['before', 'adopt-40'].flatMap((arm) => [
    ...parties.map((party) => ({
      name: 'utilization-by-minute',
      arm,
      subject: party.name,
      unit: '1',
      fromSecond: 0,
      stepSeconds: 60,
      values: Array.from({ length: 1440 }, (_, minute) => {
        const hour = Math.floor(minute / 60)
        const here = hourLoad[hour] ?? 0
        const next = hourLoad[(hour + 1) % 24] ?? 0
        const load = (here + ((next - here) * (minute % 60)) / 60) / 100
        return Math.max(
          0,
          Math.min(1, load * (0.55 + 0.35 * wobble(party.name)) * (arm === 'before' ? 0.8 : 1) + 0.02 * wobble(`${party.name}${minute}`)),
        )
      }),
    })),
    ...stations.map((station) => ({
      name: 'wait-seconds-by-hour',
      arm,
      subject: station.name,
      unit: 's',
      fromSecond: 0,
      stepSeconds: 3600,
      values: hourLoad.map((load) =>
        load < 3 ? null : load * (9 + 2 * wobble(station.name)) * (arm === 'before' || !station.payment ? 1 : 0.5),
      ),
    })),
    {
      name: 'payments-settled-share-by-minute',
      arm,
      subject: 'all',
      unit: '1',
      fromSecond: 0,
      stepSeconds: 60,
      values: Array.from({ length: 1440 }, (_, minute) =>
        minute < 420 ? null : arm !== 'before' && minute >= 540 && minute < 571 ? 0.62 + 0.01 * (minute - 540) : 0.998,
      ),
    },
  ])
}
