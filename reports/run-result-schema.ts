/**
 * The form of run-result.json, checked on reading and published as JSON Schema (schema/run-result.schema.json).
 * `sameForm` below does not compile when RunResult and this schema part ways.
 */

import { z } from 'zod'
import { staffings, tiers } from '../scenarios/plan.ts'
import { type FaultStrength, faultKinds, noStrength, outageForms } from '../scenarios/plan-faults.ts'
import { partyKinds } from '../scenarios/plan-parties.ts'
import { confidences, waysToVary } from '../scenarios/plan-provenance.ts'
import { type RunResult, runResultFormat, runResultVersion, sliceDimensions } from '../simulators/measures/run-result.ts'
import { feedback, spotCheck } from './run-result-feedback-schema.ts'
import { difference, measureFields, nullableNumber, resultSections, words } from './run-result-sections.ts'
import { wireOutcome } from './run-result-wire-schema.ts'

const partyKind = z.enum(partyKinds)

const fault = z.strictObject({
  name: z.string(),
  kind: z.enum(faultKinds),
  target: z.strictObject({ party: partyKind, name: z.string() }),
  fromSecond: z.number(),
  toSecond: z.number(),
  form: z.enum(outageForms),
  ...(Object.fromEntries(Object.keys(noStrength).map((key) => [key, z.number()])) as Record<FaultStrength, z.ZodNumber>),
})

const sitesKept = {
  siteShare: z.number(),
  siteShareOf: z.partialRecord(z.enum(tiers), z.number()).exactOptional(),
}
const staffing = z.enum(staffings)

const wave = z.strictObject({ on: z.string(), title: words, districts: z.array(z.string()), municipalInstitutions: z.number() })
const scenario = z.strictObject({
  name: z.string(),
  title: words,
  question: words,
  primaryMeasure: z.string(),
  minimumEffectThatMatters: z.number(),
  mustNotWorsen: z.array(z.strictObject({ group: z.string(), measure: z.string(), margin: z.number() })),
  seed: z.number(),
  date: z.string(),
  scale: z.number(),
  replication: z.strictObject({ pilotDays: z.number(), batchDays: z.number(), maximumDays: z.number(), precision: z.number() }),
  arms: z.array(
    z.strictObject({
      name: z.string(),
      title: words,
      reform: z.boolean(),
      adoption: z.number(),
      creditShareOfAdopters: z.number(),
      staffing,
      mutualBackup: z.boolean(),
      faults: z.array(z.string()),
      volunteerFactor: z.number(),
      familyCode: z.boolean().exactOptional(),
      settlesOnLeaving: z.boolean().exactOptional(),
      alsoAgainst: z.array(z.string()).exactOptional(),
      goLive: z.strictObject({ arm: z.string(), title: words, wave: z.number().exactOptional() }).exactOptional(),
      city: z.enum(['whole', 'reduced']).exactOptional(),
    }),
  ),
  faults: z.array(fault),
  wireArm: z.string().exactOptional(),
  goLive: z
    .strictObject({
      switchSecond: z.number(),
      readyBySecond: z.number(),
      waves: z.array(wave),
      startSpreadSeconds: z.number(),
      pauseSeconds: z.number(),
      directoryMegabytes: z.number(),
      fileDeskTransfers: z.number(),
      fileDeskMegabitsPerSecond: z.number(),
      fileDeskTimeoutSeconds: z.number(),
      holdingSitesShare: z.number(),
      hallSignUps: z.number(),
    })
    .exactOptional(),
  refunds: z.strictObject({ share: z.number(), partShare: z.number(), keptShare: z.number(), afterSeconds: z.number() }).exactOptional(),
  creditTerm: z
    .strictObject({
      overdueShare: z.number(),
      repaidAfterDays: z.array(z.number()),
      repaidAfterShare: z.array(z.number()),
      walletShare: z.strictObject({ wechat: z.number(), alipay: z.number(), unionpay: z.number() }),
      scorePoints: z.strictObject({ overdue: z.number(), 'settled-late': z.number(), 'left-unsettled': z.number() }),
    })
    .exactOptional(),
  surge: z.strictObject({ departments: z.record(z.string(), z.number()), emergency: z.number() }).exactOptional(),
  rollOut: z
    .strictObject({
      from: z.string(),
      to: z.string(),
      plays: z.enum(['every-day', 'compared-days']),
      waves: z.array(wave),
      totals: z.strictObject({
        transactions: z.number(),
        credentialTransactions: z.number(),
        creditPayments: z.number(),
        signUps: z.number(),
      }),
      shapes: z.array(
        z.strictObject({ name: z.string(), title: words, form: z.enum(['linear', 's-curve', 'power']), steepness: z.number() }),
      ),
    })
    .exactOptional(),
  reducedCity: z.strictObject({ ...sitesKept, days: z.number() }).exactOptional(),
  assumptionStudy: z
    .strictObject({ plans: z.number(), ...sitesKept, days: z.number(), repeats: z.number(), tornado: z.boolean() })
    .exactOptional(),
})

const titled = z.strictObject({ name: z.string(), title: words })

const warrant = z.union([
  z.strictObject({
    kind: z.literal('source'),
    document: z.string(),
    place: z.string(),
    confidence: z.enum(confidences),
  }),
  z.strictObject({
    kind: z.literal('assumption'),
    low: z.number(),
    high: z.number(),
    varies: z.enum(waysToVary),
    reason: z.string(),
    group: z.string(),
  }),
])

export const runResultSchema = z
  .strictObject({
    format: z.literal(runResultFormat),
    version: z.literal(runResultVersion),
    world: z.enum(['virtual', 'wire']),
    resultHash: z.string(),
    planHash: z.string(),
    verdict: z.strictObject({ valid: z.boolean(), reasons: z.array(words) }),
    scenario,
    city: z.strictObject({
      name: z.string(),
      title: words,
      institutions: z.number(),
      sites: z.number(),
      slices: z.record(z.enum(sliceDimensions), z.array(titled)),
      parties: z.array(z.strictObject({ name: z.string(), kind: partyKind, title: words, servers: z.number() })),
      stations: z.array(z.strictObject({ name: z.string(), title: words, payment: z.boolean() })),
    }),
    replication: z.strictObject({
      days: z.number(),
      pilotDays: z.number(),
      batchDays: z.number(),
      maximumDays: z.number(),
      precision: z.number(),
      halfWidths: z.array(z.number()),
      precisionReached: z.boolean(),
      provisional: z.boolean(),
    }),
    arms: z.array(z.strictObject({ name: z.string(), title: words, adoption: z.number(), reform: z.boolean(), staffing: z.string() })),
    measures: z.array(z.strictObject(measureFields)),
    differences: z.array(difference),
    furtherDifferences: z.array(difference),
    series: z.array(
      z.strictObject({
        name: z.string(),
        arm: z.string(),
        subject: z.string(),
        unit: z.string(),
        fromSecond: z.number(),
        stepSeconds: z.number(),
        values: z.array(nullableNumber),
      }),
    ),
    faults: z.array(
      z.strictObject({
        fault,
        arm: z.string(),
        callsTouched: z.number(),
        detectedAfterSeconds: z.array(nullableNumber),
        firstPatientFailureAfterSeconds: z.array(nullableNumber),
        firstRoutedAwayAfterSeconds: z.array(nullableNumber),
        backAfterSeconds: z.array(nullableNumber),
        tookEffect: z.boolean(),
      }),
    ),
    audit: z.array(
      z.strictObject({ name: z.string(), title: words, passed: z.boolean(), expected: z.number(), found: z.number(), detail: words }),
    ),
    observed: z.array(
      z.strictObject({
        site: z.string(),
        station: z.string(),
        hour: z.number(),
        observedMeanWaitSeconds: z.number(),
        modelMeanWaitSeconds: nullableNumber,
        observedCount: z.number(),
        modelCount: z.number(),
      }),
    ),
    ...resultSections,
    wire: wireOutcome.exactOptional(),
    feedback: feedback.exactOptional(),
    spotCheck: spotCheck.exactOptional(),
    warrants: z.array(z.strictObject({ path: z.string(), value: z.union([z.number(), z.array(z.number())]), unit: z.string(), warrant })),
    provenance: z.strictObject({
      version: z.string(),
      kernel: z.enum(['webassembly', 'typescript']),
      node: z.string(),
      machine: z.string(),
      workers: z.number(),
      wallSeconds: z.number(),
      cpuSeconds: z.number(),
      startedAt: z.string(),
      replay: z.string(),
    }),
  })
  .meta({
    title: 'medpay RunResult',
    description:
      'All that a run says: measures with units, counts and intervals, audit, provenance. resultHash covers everything except provenance and spotCheck.',
  })

/** JSON Schema draft 2020-12 of run-result.json. */
export function runResultJsonSchema(): object {
  return { $id: `run-result-v${runResultVersion}.schema.json`, ...z.toJSONSchema(runResultSchema, { target: 'draft-2020-12' }) }
}

type Written<T> = T extends readonly [infer A, infer B]
  ? [Written<A>, Written<B>]
  : T extends readonly (infer E)[]
    ? Written<E>[]
    : T extends object
      ? { -readonly [K in keyof T]: Written<T[K]> }
      : T
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type Flat<T> = T extends readonly (infer E)[]
  ? T extends readonly [infer A, infer B]
    ? [Flat<A>, Flat<B>]
    : Flat<E>[]
  : T extends object
    ? { [K in keyof T]: Flat<T[K]> }
    : T
const sameForm: Same<Flat<Written<RunResult>>, Flat<z.infer<typeof runResultSchema>>> = true
void sameForm
