/** The form of a latency profile's file: whatever is read of it later is there, and of its kind. What it means is checked beside its type. */
import { z } from 'zod'
import { divergence } from '../reports/run-result-wire-schema.ts'
import type { Words } from '../scenarios/plan.ts'
import {
  type LatencyProfile,
  latencyProfileFormat,
  latencyProfileVersion,
  type ProfileProblem,
} from '../simulators/trace/latency-profile.ts'

const words = z.strictObject({ zh: z.string(), en: z.string() })
const number = z.number().nullable()
const interval = z.tuple([z.number(), z.number()]).nullable()
const buckets = z.array(z.tuple([z.number(), z.number()]))

const leg = z.strictObject({
  leg: z.enum(['channel', 'platform', 'bureau', 'payer', 'his']),
  operation: z.string(),
  outcome: z.string(),
  isMeasured: z.boolean(),
  count: z.number(),
  share: z.number(),
  totalMsBuckets: buckets,
  ownMsBuckets: buckets,
  ownMsMean: number,
  ownMsInterval: interval,
})

const level = z.strictObject({
  name: z.string(),
  title: words,
  fromSecond: z.number(),
  seconds: z.number(),
  scale: z.number(),
  offeredPerSecond: z.number(),
  achievedPerSecond: z.number(),
  inFlight: z.strictObject({ mean: z.number(), most: z.number() }),
  cpu: z.array(z.strictObject({ actors: z.array(z.string()), cores: number })),
  generator: z.strictObject({ startLateMsP99: number, cores: number }),
  isValid: z.boolean(),
  reasons: z.array(words),
  settled: z.strictObject({ ownMsMean: number, ownMsInterval: interval }),
  legs: z.array(leg),
  divergence: z.array(divergence),
})

const profile = z.strictObject({
  format: z.literal(latencyProfileFormat),
  version: z.literal(latencyProfileVersion),
  planHash: z.string(),
  scenario: z.string(),
  arm: z.string(),
  target: z.strictObject({ name: z.string(), processes: z.number(), layout: z.array(z.array(z.string())) }),
  clockSpeed: z.number(),
  isSubSampled: z.boolean(),
  levels: z.array(level),
}) satisfies z.ZodType<LatencyProfile>

/** Every field that is not as the form has it, by place; of a file of another format or version nothing is known. */
export function profileFormProblems(data: unknown): readonly ProfileProblem[] {
  const { error } = profile.safeParse(data)
  if (error === undefined) return []
  const inChinese = profile.safeParse(data, { error: z.locales.zhCN().localeError }).error ?? error
  return error.issues.map(({ path, message }, index) => {
    const what: Words = { en: message, zh: inChinese.issues[index]?.message ?? message }
    return { place: placeOf(path), what }
  })
}

const placeOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (place, key) => (typeof key === 'number' ? `${place}[${key}]` : `${place}${place === '' ? '' : '.'}${String(key)}`),
    '',
  )
