/** `goLive:` and `surge:` of a scenario file: numbers of one morning that no city file holds, each with its warrant. */
import { z } from 'zod'
import { slug, words } from './text-forms.ts'
import { count, one, share } from './warranted.ts'

const clock = z
  .string()
  .regex(/^\d{2}:\d{2}(:\d{2})?$/)
  .describe('hh:mm or hh:mm:ss')
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .describe('yyyy-mm-dd')

export const goLiveSchema = z.strictObject({
  at: clock.describe('The moment of the switch.'),
  readyBy: clock.describe('A site that is ready later counts as late.'),
  startSpreadSeconds: one({ max: 3600 }).describe(
    'Terminals sign in and sites ask for their directory within so many seconds of the switch.',
  ),
  pauseSeconds: one({ min: 1, max: 3600 }).describe('Mean pause of a terminal or site before it tries again.'),
  directoryMegabytes: one({ max: 10_000 }).describe('Size of the directories a site loads, 10⁶ bytes.'),
  fileDeskTransfers: count(1).describe("Transfers at a time at the bureau's file desk."),
  fileDeskMegabitsPerSecond: one({ min: 0.1, max: 100_000 }).describe('Rate of one transfer.'),
  fileDeskTimeoutSeconds: one({ min: 1, max: 36_000 }).describe('A site waits so long for its turn and its transfer.'),
  holdingSitesShare: share().describe(
    'Share of the sites whose windows hold every settlement until they are ready; the others settle the old way.',
  ),
  hallSignUps: one({ max: 10_000_000 }).describe(
    "Sign-ups attempted in the switching sites' halls if all sites switch, beside an ordinary day's.",
  ),
  waves: z
    .array(
      z.strictObject({
        on: day.describe('When the wave joins; it is played on the scenario’s own day.'),
        title: words,
        districts: z.array(slug).default([]).describe('They join with all their sites but those of municipal tertiary institutions.'),
        municipalInstitutions: z.number().int().min(0).default(0).describe('Further municipal tertiary institutions, the largest first.'),
      }),
    )
    .default([])
    .describe('Used by arms that go live in-waves.'),
})
export type GoLiveFile = z.output<typeof goLiveSchema>

export const surgeSchema = z.strictObject({
  departments: z.record(slug, one({ min: 1, max: 20 })).describe('Visits to a department as a factor on its ordinary visits.'),
  emergency: one({ min: 1, max: 20 }).describe('Emergency visits as a factor on the ordinary ones.'),
})
export type SurgeFile = z.output<typeof surgeSchema>

export const serviceLevelSchema = z.strictObject({
  settledShare: z.number().min(0).max(1).describe('Share of the payments begun in a minute that must be settled.'),
  withinSeconds: z.number().gt(0).max(3600).describe('95 % of them within so many seconds.'),
  backMinutes: z.number().int().min(1).max(600).describe('Whole minutes inside the level before service counts as back.'),
})
