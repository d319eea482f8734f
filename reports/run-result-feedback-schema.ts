/** The form of a result's feedback: queues as assumed and as measured. */
import { z } from 'zod'
import { nullableNumber, words } from './run-result-sections.ts'
import { divergence, leg } from './run-result-wire-schema.ts'

const interval = z.tuple([z.number(), z.number()]).nullable()

export const feedback = z.strictObject({
  profileHash: z.string(),
  target: z.string(),
  isSpot: z.boolean(),
  levels: z.array(
    z.strictObject({
      offeredPerSecond: z.number(),
      achievedPerSecond: z.number(),
      seconds: z.number(),
      payments: z.number(),
      inFlight: z.number(),
      ownMsP50: z.number(),
      ownMsP95: z.number(),
      ownMsMean: z.number(),
      ownMsInterval: interval,
      divergence: z.array(divergence),
    }),
  ),
  days: z.number(),
  assumedMs: z.number(),
  arms: z.array(
    z.strictObject({
      arm: z.string(),
      measuredShare: z.number(),
      busiestPerSecond: z.number(),
      minutesOutside: z.number(),
      rows: z.array(z.strictObject({ measure: z.string(), assumed: nullableNumber, measured: nullableNumber })),
    }),
  ),
})

export const spotCheck = z.union([
  z.strictObject({ ran: z.literal(false), reason: words }),
  z.strictObject({
    ran: z.literal(true),
    window: z.strictObject({ date: z.string(), fromSecond: z.number(), toSecond: z.number(), arm: z.string() }),
    errands: z.strictObject({ planned: z.number(), sent: z.number() }),
    platformPaymentsPerSecond: z.number(),
    closingBooks: z.strictObject({ compared: z.number(), equal: z.number() }),
    audit: z.strictObject({ verdict: z.enum(['passed', 'failed', 'void']), rulesKept: z.number() }),
    generator: z.strictObject({ name: z.string(), version: z.string(), startLateMsP99: nullableNumber }),
    legs: z.array(leg),
    divergence: z.array(divergence),
    voidReasons: z.array(words),
    feedback: feedback.nullable(),
    wallSeconds: z.number(),
  }),
])
