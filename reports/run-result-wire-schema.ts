/** The form of a result's wire section; run-result-schema.ts puts it beside the others. */
import { z } from 'zod'
import { repaymentWallets } from '../scenarios/plan-credit.ts'
import { ledgerKinds, wireLegs, wireOutcomeVersion } from '../simulators/measures/result-wire.ts'
import { nullableNumber, words } from './run-result-sections.ts'

const quantiles = z.strictObject({
  count: z.number(),
  p50: z.number(),
  p95: z.number(),
  p99: nullableNumber,
  max: z.number(),
  buckets: z.array(z.tuple([z.number(), z.number()])),
})
const level = {
  name: z.string(),
  title: words,
  scale: z.number(),
  clockSpeed: z.number(),
  errandsPerSecond: z.number(),
  platformPaymentsPerSecond: z.number(),
  perPayment: z.strictObject({
    messages: nullableNumber,
    commits: nullableNumber,
    signatures: nullableNumber,
    verifications: nullableNumber,
  }),
  efficiency: z
    .strictObject({
      cpuMicros: z.number(),
      partsMicros: z.number(),
      parts: z.array(
        z.strictObject({
          part: z.enum(['sent', 'answered', 'command', 'commit', 'hmacChecked', 'rsaMade', 'rsaChecked']),
          count: z.number(),
          micros: z.number(),
        }),
      ),
    })
    .exactOptional(),
}

const goLiveSide = z.strictObject({
  stormSeconds: nullableNumber,
  readySites: z.number(),
  lastReadySecond: nullableNumber,
  peakBureauCallsPerSecond: nullableNumber,
  refused: z.number(),
  unanswered: z.number(),
  late: z.number(),
})
const goLive = z.strictObject({
  sites: z.number(),
  terminals: z.number(),
  directories: z.number(),
  untilSecond: z.number(),
  directoryBytes: z.number(),
  wire: goLiveSide,
  virtual: goLiveSide,
})

const audit = z.strictObject({
  verdict: z.enum(['passed', 'failed', 'void']),
  voidReasons: z.array(words),
  rules: z.array(
    z.strictObject({
      name: z.string(),
      title: words,
      standing: z.enum(['kept', 'broken', 'not-applicable']),
      checked: z.number(),
      broken: z.number(),
      findings: z.array(z.strictObject({ id: z.string(), words, why: z.string() })),
    }),
  ),
  books: z.array(z.strictObject({ actor: z.string(), entries: z.number() })),
  replay: z.string(),
})

export const leg = z.strictObject({
  leg: z.enum(wireLegs),
  totalMs: quantiles.nullable(),
  ownMs: quantiles.nullable(),
  from: z.enum(['trace-headers', 'business-keys', 'business-clock']),
})

export const divergence = z.strictObject({
  leg: z.enum(['channel', 'platform', 'bureau', 'payer', 'his', 'answered']),
  payments: z.number(),
  virtualMs: z.number(),
  wireMs: z.number(),
  differenceMs: z.number(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
})

const fault = z.strictObject({
  name: z.string(),
  kind: z.string(),
  title: words,
  target: z.string(),
  fromSecond: z.number(),
  toSecond: z.number(),
  callsTouched: z.number(),
  effect: z.strictObject({ measure: z.string(), twin: z.number(), found: z.number(), leastDifference: z.number() }),
  isToothless: z.boolean(),
  afterHeal: z.strictObject({ fromSecond: z.number().exactOptional(), compared: z.number(), equal: z.number() }).nullable(),
  detectedAfterSeconds: nullableNumber,
  firstPatientFailureAfterSeconds: nullableNumber,
  firstRoutedAwayAfterSeconds: nullableNumber,
  foretold: z
    .strictObject({
      detectedAfterSeconds: nullableNumber,
      firstPatientFailureAfterSeconds: nullableNumber,
      firstRoutedAwayAfterSeconds: nullableNumber,
    })
    .nullable(),
  backAfterSeconds: nullableNumber,
  planted: z.number(),
  found: z.number(),
})

const reviewFigures = {
  ...{ planned: z.number(), sent: z.number(), found: z.number(), settled: z.number(), held: z.number() },
  ...{ heldFen: z.number(), paidFen: z.number(), deductedFen: z.number() },
}
const closingBooks = z.strictObject({
  compared: z.number(),
  equal: z.number(),
  rest: z.array(z.strictObject({ reason: z.string(), title: words, rows: z.number(), examples: z.array(z.string()) })),
})

const creditOverdue = z.strictObject({ persons: z.number(), amountFen: z.number() })
const creditTerm = z.strictObject({
  days: z.number(),
  played: z.array(z.string()),
  persons: z.number(),
  openingFen: z.number(),
  advancedFen: z.number(),
  givenBackFen: z.number(),
  repaidFen: z.number(),
  owedFen: z.number(),
  paidOutFen: nullableNumber,
  wallets: z.array(z.strictObject({ wallet: z.enum(repaymentWallets), persons: z.number(), amountFen: z.number() })),
  overdue: creditOverdue,
  virtual: z.strictObject({ persons: z.number(), repaidFen: z.number(), overdue: creditOverdue }),
  reportedOverdue: nullableNumber,
  closingBooks,
  seconds: z.number(),
})

const failoverFigures = z.strictObject({
  payments: z.number(),
  broke: z.number(),
  notSaved: z.number(),
  toHospital: z.number(),
  atOtherEntries: z.number(),
})

export const wireOutcome = z.strictObject({
  version: z.literal(wireOutcomeVersion),
  window: z.strictObject({ date: z.string(), fromSecond: z.number(), toSecond: z.number(), arm: z.string() }),
  level: z.strictObject(level),
  target: z.strictObject({
    name: z.string(),
    isOurs: z.boolean(),
    ledger: z.enum([...ledgerKinds, 'its-own']),
    processes: z.number(),
    layout: z.array(z.array(z.string())),
  }),
  generator: z.strictObject({
    name: z.string(),
    version: z.string(),
    vus: z.number(),
    cpuShare: nullableNumber,
    niceness: nullableNumber.exactOptional(),
    startLateMs: z.strictObject({ p50: z.number(), p99: z.number(), max: z.number(), count: z.number() }).nullable(),
    droppedStarts: z.number(),
    isHealthy: z.boolean(),
  }),
  processes: z
    .array(
      z.strictObject({
        actors: z.array(z.string()),
        cores: nullableNumber,
        loopDelayMsP99: nullableNumber,
        niceness: nullableNumber.exactOptional(),
      }),
    )
    .exactOptional(),
  signatures: z.array(z.strictObject({ kind: z.enum(['hmac', 'rsa', 'sm']), made: z.number(), checked: z.number() })).exactOptional(),
  rows: z.strictObject({
    planned: z.number(),
    sent: z.number(),
    heldByPredecessor: z.number(),
    notSent: z.array(z.strictObject({ reason: z.string(), title: words, rows: z.number() })),
  }),
  errands: z.array(
    z.strictObject({
      errand: z.string(),
      outcomes: z.array(z.strictObject({ outcome: z.string(), rows: z.number() })),
      totalMs: quantiles.nullable(),
    }),
  ),
  legs: z.array(leg),
  divergence: z.array(divergence).exactOptional(),
  goLive: goLive.exactOptional(),
  money: z
    .array(
      z.strictObject({
        stage: z.enum(['intended', 'authorised', 'settled', 'confirmed', 'matched', 'reconciled', 'paid-out']),
        sums: z.number(),
        amountFen: z.number(),
        meanAgeSeconds: nullableNumber,
        oldestAgeSeconds: nullableNumber,
        standingFen: z.number(),
        standingMeanAgeSeconds: nullableNumber,
      }),
    )
    .exactOptional(),
  review: z
    .strictObject({
      kinds: z.array(z.strictObject({ kind: z.enum(['repeated-item', 'outside-directory', 'outside-age']), ...reviewFigures })),
      all: z.strictObject(reviewFigures),
    })
    .exactOptional(),
  closingBooks,
  creditTerm: creditTerm.exactOptional(),
  audit,
  faults: z.array(fault),
  failover: z.strictObject({ wire: failoverFigures, virtual: failoverFigures }).nullable(),
  levels: z.array(
    z.strictObject({
      ...level,
      valid: z.boolean(),
      standing: z.enum(['held', 'lost', 'void']).exactOptional(),
      sent: z.number(),
      settledShare: z.number(),
      refusedBusy: z.number(),
      ownMsP99: nullableNumber,
      totalMsP95: nullableNumber,
      divergence: z.array(divergence).exactOptional(),
    }),
  ),
  machine: z.strictObject({
    processor: z.string(),
    cores: z.number(),
    memoryGigabytes: z.number(),
    system: z.string(),
    fdatasyncMsP50: nullableNumber,
  }),
  verdicts: z
    .array(
      z.strictObject({
        name: z.string(),
        title: words,
        measured: nullableNumber,
        is: z.enum(['at-least', 'at-most']),
        goal: z.number(),
        unit: z.string(),
        standing: z.enum(['ok', 'short']),
      }),
    )
    .exactOptional(),
  notes: z.array(words).exactOptional(),
})
