/** The later sections of run-result.json, and the pieces they share with the first ones; run-result-schema.ts puts them together. */
import { z } from 'zod'
import { confidences } from '../scenarios/plan-provenance.ts'
import { sliceDimensions } from '../simulators/measures/run-result.ts'

export const words = z.strictObject({ zh: z.string(), en: z.string() })
export const nullableNumber = z.number().nullable()
const interval = z.tuple([z.number(), z.number()])
const slice = z.strictObject({ dimension: z.enum(sliceDimensions), name: z.string() })
export const measureFields = {
  name: z.string(),
  arm: z.string(),
  slice,
  value: z.number(),
  unit: z.string(),
  count: z.number(),
  interval: interval.nullable(),
  days: z.number(),
}
export const difference = z.strictObject({ ...measureFields, against: z.string(), varianceRatio: nullableNumber })
const source = z.strictObject({ document: z.string(), place: z.string(), confidence: z.enum(confidences) })

const evidenceRow = z.strictObject({
  name: z.string(),
  title: words,
  use: z.enum(['calibrated', 'held-out']),
  source,
  unit: z.string(),
  target: z.strictObject({ low: z.number(), high: z.number() }),
  model: nullableNumber,
  interval: interval.nullable(),
  measure: z.string(),
  slice,
  arm: z.string(),
  against: z.string().nullable(),
  verdict: z.enum(['agrees', 'disagrees', 'not-measured']),
  tolerance: z.number(),
  toleranceReason: words,
  remark: words,
})

const publishedTotal = z.strictObject({
  name: z.string(),
  title: words,
  unit: z.string(),
  published: z.number(),
  source,
  use: z.enum(['fitted', 'predicted', 'unused']),
  from: words,
  model: nullableNumber,
})

const calibration = z.strictObject({
  command: z.string(),
  converged: z.boolean(),
  evaluations: z.number(),
  parameters: z.array(
    z.strictObject({ name: z.string(), title: words, start: z.number(), fitted: z.number(), low: z.number(), high: z.number() }),
  ),
})

const reducedCity = z.strictObject({
  sites: z.number(),
  siteShare: z.number(),
  days: z.number(),
  arms: z.array(z.strictObject({ name: z.string(), title: words, adoption: z.number(), staffing: z.string() })),
  measures: z.array(z.strictObject(measureFields)),
  differences: z.array(difference),
  parties: z.array(
    z.strictObject({
      party: z.string(),
      arm: z.string(),
      servers: z.number(),
      slowFactor: z.number(),
      whole: z.number(),
      reduced: z.number(),
    }),
  ),
  departure: z.array(
    z.strictObject({
      measure: z.string(),
      unit: z.string(),
      arm: z.string(),
      against: z.string().nullable(),
      whole: z.number(),
      reduced: z.number(),
      wholeInterval: interval.nullable(),
      reducedInterval: interval.nullable(),
    }),
  ),
})

const assumptionStudy = z.strictObject({
  plans: z.number(),
  plansForPublication: z.number(),
  sites: z.number(),
  siteShare: z.number(),
  days: z.number(),
  seed: z.number(),
  failedPlans: z.number(),
  failure: words.nullable(),
  saturatedPlans: z.number(),
  headlines: z.array(
    z.strictObject({
      measure: z.string(),
      arm: z.string(),
      against: z.string(),
      unit: z.string(),
      base: z.number(),
      baseOfTheFirstPlay: z.number(),
      dice: z.strictObject({ plays: z.number(), standardDeviation: z.number() }),
      p5: z.number(),
      p50: z.number(),
      p95: z.number(),
      otherSignShare: z.number(),
      ranking: z.array(z.strictObject({ group: z.string(), correlation: z.number(), interval })),
      tornado: z.array(z.strictObject({ group: z.string(), atLow: z.number(), atHigh: z.number() })),
      varianceShare: z.strictObject({ unverified: z.number(), explained: z.number() }),
      values: z.array(z.number()),
    }),
  ),
  groups: z.array(z.strictObject({ group: z.string(), title: words, inputs: z.number(), unverified: z.number() })),
  inputs: z.strictObject({ verified: z.number(), likely: z.number(), unverified: z.number(), assumed: z.number() }),
})

const story = z.strictObject({
  role: z.enum(['median-saving', 'elderly-at-the-window', 'worst-off-decile']),
  title: words,
  day: z.number(),
  visit: z.number(),
  scale: z.number(),
  ageGroup: z.string(),
  insuredType: z.string(),
  tier: z.string(),
  department: z.string(),
  arms: z.array(
    z.strictObject({
      arm: z.string(),
      mode: z.string(),
      arrivedAtSecond: z.number(),
      leftAtSecond: z.number(),
      paymentWaitMinutes: z.number(),
      clinicalWaitMinutes: z.number(),
      spans: z.array(
        z.strictObject({
          what: z.enum(['payment-wait', 'payment-service', 'clinical-wait', 'clinical-service', 'elsewhere']),
          where: z.string(),
          fromSecond: z.number(),
          toSecond: z.number(),
        }),
      ),
      marks: z.array(z.strictObject({ what: z.string(), atSecond: z.number() })),
    }),
  ),
})

const goLive = z.strictObject({
  arm: z.string(),
  title: words,
  mornings: z.array(
    z.strictObject({
      name: z.string(),
      title: words,
      date: z.string(),
      sitesSwitching: z.number(),
      terminals: z.number(),
      lastSiteReadySecond: nullableNumber,
      sitesNotReadyBy0830: z.number(),
      signUpsAttempted: z.number(),
      signUpsGranted: z.number(),
      signUpsLost: z.number(),
      directoryBytes: z.number(),
      paymentsTheOldWay: z.number(),
      settlementsHeld: z.number(),
      delayMinutesPerVisit: z.number(),
      delayMinutesInterval: interval.nullable(),
      peakCallsPerSecond: z.array(z.strictObject({ party: z.string(), calls: z.number() })),
      readyByMinute: z.array(z.number()),
    }),
  ),
})

const rollOut = z.strictObject({
  fromDate: z.string(),
  toDate: z.string(),
  days: z.number(),
  transactions: z.number(),
  visits: z.number(),
  transactionsPerVisit: z.number(),
  equation: words,
  choices: z.array(
    z.strictObject({
      title: words,
      startDate: z.string(),
      transactionsPerDay: z.number(),
      transactionsPerVisit: z.number(),
      insuredShare: z.number(),
      chosen: z.boolean(),
      changes: words,
    }),
  ),
  waves: z.array(z.strictObject({ on: z.string(), title: words, sitesLive: z.number(), visitShare: z.number() })),
  months: z.array(
    z.strictObject({
      month: z.string(),
      transactions: z.number(),
      credentialTransactions: z.number(),
      creditPayments: z.number(),
      signUps: z.number(),
      sitesLive: z.number(),
      channelsOpen: z.number(),
      billFen: z.number(),
      credentialFen: z.number(),
      creditFen: z.number(),
    }),
  ),
  shapes: z.array(
    z.strictObject({
      name: z.string(),
      title: words,
      chosen: z.boolean(),
      adoptionAtMonthEnd: z.array(z.number()),
      meets: z.strictObject({ credentialTransactions: z.number(), creditPayments: z.number(), signUps: z.number() }),
      patientHoursSaved: nullableNumber,
    }),
  ),
  patientHoursSaved: z.strictObject({ value: z.number(), interval: interval.nullable(), sampledDays: z.number() }),
  notCarriedOver: z.strictObject({ billsLeft: z.number(), signUpsLost: z.number() }),
  features: z.array(words),
  sharedTableBytes: z.number(),
  sharedTableBytesPerPerson: z.number(),
})

/** Where each comes from: simulators/measures/result-*.ts. */
export const resultSections = {
  evidence: z.array(evidenceRow),
  publishedTotals: z.array(publishedTotal),
  calibration: calibration.nullable(),
  reducedCity: reducedCity.nullable(),
  assumptionStudy: assumptionStudy.nullable(),
  stories: z.array(story),
  goLive: z.array(goLive),
  rollOut: rollOut.nullable(),
}
