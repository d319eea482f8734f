/**
 * What a city file may say. The keys are those of CityPlan; a list of like things (districts, channels …) is a table whose
 * columns are warranted numbers, so that a set of shares is one warranted list. Lists by tier and by age follow tiers and ageGroups of plan.ts.
 */
import { z } from 'zod'
import { calibrationSchema, evidenceRow, publishedTotalRow } from './evidence-schema.ts'
import { insuredTypes, registrationWays, stationKinds, tiers } from './plan.ts'
import { legNames } from './plan-parties.ts'
import { walletNames } from './plan-wallets.ts'
import { clock, day, slug, titles, words } from './text-forms.ts'
import { byAge, byKey, byName, byTier, column, count, hours, list, one, rowByAge, rowByName, share, warrantShape } from './warranted.ts'

export const cityFormat = 'medpay-city'

const seconds = (max = 86400) => one({ max })
export const cv = () => one({ max: 10 })
const lawSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant'), meanSeconds: seconds() }),
  z.strictObject({ kind: z.literal('exponential'), meanSeconds: seconds() }),
  z.strictObject({ kind: z.literal('lognormal'), meanSeconds: seconds(), cv: cv() }),
  z.strictObject({ kind: z.literal('uniform'), lowSeconds: seconds(), highSeconds: seconds() }),
])

const stationSchema = z.strictObject({
  title: words,
  serviceLaw: slug,
  peakUtilization: byTier('factor', { min: 0.05, max: 3 }),
  minimumServers: count(1),
  shift: slug,
  elderlyPriority: z.boolean(),
  nightDuty: z.boolean(),
  balking: z.boolean(),
  reneging: z.boolean(),
})
const tierTitles = z.strictObject(Object.fromEntries(tiers.map((tier) => [tier, words])) as Record<(typeof tiers)[number], typeof words>)
const stations = z.strictObject(
  Object.fromEntries(stationKinds.map((kind) => [kind, stationSchema])) as Record<(typeof stationKinds)[number], typeof stationSchema>,
)
const namedServers = () => byName('factor', { min: 1, integer: true })
const sharesByName = () => byName('sharpness', { max: 1 })
const counts = () => byTier('sharpness', { integer: true, total: 'free' })

const servers = z.number().int().min(0).max(10_000)
const givenSite = z.strictObject({
  name: z.string().min(1),
  district: slug,
  tier: z.enum(tiers),
  servers: z.strictObject(
    Object.fromEntries(stationKinds.map((kind) => [kind, servers.optional()])) as Record<
      (typeof stationKinds)[number],
      z.ZodOptional<typeof servers>
    >,
  ),
  departments: z.array(z.strictObject({ name: slug, doctors: servers.min(1) })).min(1),
  hourlyArrivals: z.array(z.number().min(0).max(100_000)).length(24),
})
const observedWait = z.strictObject({
  site: z.string().min(1),
  station: z.enum([...stationKinds, 'consulting-room']),
  hour: z.number().int().min(0).max(23),
  meanWaitSeconds: z.number().min(0).max(86400),
  count: z.number().int().min(1),
})
const table = <Row extends z.ZodType>(row: Row) =>
  z.strictObject({ source: z.string().min(1), confidence: warrantShape.confidence.unwrap(), list: z.array(row).min(1) })

export const citySchema = z.strictObject({
  format: z.literal(cityFormat),
  version: z.literal(1),
  title: words,
  documents: z.record(z.string(), z.strictObject({ title: z.string().min(1), address: z.string().min(1) })),
  totals: z.strictObject({ institutions: count(1), sites: count(1) }),
  districts: z.strictObject({ titles, populationShare: sharesByName() }),
  tiers: z.strictObject({
    titles: tierTitles,
    institutions: counts(),
    sites: counts(),
    visitShare: byTier('sharpness', { max: 1 }),
    sizeSkew: byTier('factor', { max: 2 }),
    emergencySiteShare: byTier('power', { max: 1 }),
    laboratoryShare: byTier('power', { max: 1 }),
    imagingShare: byTier('power', { max: 1 }),
    drugShare: byTier('power', { max: 1 }),
    departmentCount: byTier('factor', { min: 1, integer: true }),
  }),
  departments: z.strictObject({ titles, weightByAge: rowByName(4, 'sharpness', { total: 'free' }) }),
  people: z.strictObject({
    persons: count(1),
    ageShares: byAge('sharpness', { max: 1 }),
    insuredShares: rowByAge('sharpness', { max: 1 }, insuredTypes.length),
    frequencyClasses: z.strictObject({ share: rowByAge('sharpness', { max: 1 }), visitsPerYear: rowByAge('factor', { max: 400 }) }),
    adoptionPropensity: byAge('sharpness', { max: 20, total: 'free' }),
    kioskShare: byAge('power', { max: 1 }),
    registrationShares: rowByAge('sharpness', { max: 1 }, registrationWays.length),
    selfServiceSuccess: byAge('power', { max: 1 }),
    helpedSuccess: byAge('power', { max: 1 }),
    asksVolunteer: byAge('power', { max: 1 }),
    furtherEntriesMean: one({ max: 19 }),
    credit: z.strictObject({
      limitYuan: column('factor', { max: 1_000_000 }),
      limitShare: column('sharpness', { max: 1 }),
      repaymentDays: count(1),
      raiseSuccessShare: share(),
      scoreBandShare: column('sharpness', { max: 1 })
        .exactOptional()
        .describe("Shares of signed persons by band of the policy's creditBands (海河分), in their order."),
      leavesUnsettledShare: share().exactOptional().describe('Of visits to be settled on leaving, those left without settling.'),
    }),
  }),
  demand: z.strictObject({
    allProvidersVisitsPerYear: one({ min: 1 }),
    daysOfThatYear: count(365),
    publicInstitutionsShare: share(),
    weekdayFactors: list(7, 'sharpness', { max: 7, total: 7 }),
    monthFactors: list(12, 'sharpness', { max: 12, total: 12 }),
    dayToDayCv: cv(),
    hourlyShares: hours(),
    emergencyShare: share(),
    emergencyHourlyShares: hours(),
    triageShares: list(4, 'sharpness', { max: 1 }),
  }),
  journey: z.strictObject({
    walkLaw: slug,
    resultDelayLaw: slug,
    firstConsultLaw: slug,
    returnConsultLaw: slug,
    phoneHandlingLaw: slug,
    patienceLaw: slug,
    impatientShare: share(),
    balkWaitingPerServer: one({ min: 1, max: 1000 }),
    bureauDownShares: byKey(['wait', 'payInFull', 'leaveOwing'], 'sharpness', { max: 1 }),
    bureauDownTries: one({ min: 0, max: 7, integer: true }),
    bureauDownWaitLaw: slug,
    switchEntryLaw: slug,
  }),
  stations,
  consulting: z.strictObject({
    peakUtilization: byTier('factor', { min: 0.05, max: 3 }),
    minimumServers: count(1),
    shift: slug,
    reneging: z.boolean(),
    elderlyPriority: z.boolean(),
  }),
  shifts: z.record(
    slug,
    z.strictObject({
      from: z.array(clock).min(1),
      share: column('power', { max: 1 }),
      minimumServers: column('factor', { integer: true }),
    }),
  ),
  laws: z.record(slug, lawSchema),
  bills: z.strictObject({
    registrationYuan: byTier('factor'),
    examinationMeanYuan: byTier('factor'),
    drugMeanYuan: byTier('factor'),
    emergencyMeanYuan: byTier('factor'),
    cv: cv(),
    coveredShare: share(),
    mostLines: one({ min: 1, max: 40, integer: true }).describe(
      'Most lines that hospitals itemise the covered part of an examination’s or a prescription’s bill in; 1 … so many are equally likely.',
    ),
    remoteMeanYuan: one(),
    wrongdoing: z
      .strictObject({
        repeatedItemShare: share().describe('重复收费: an item stands twice on the prescription.'),
        outsideDirectoryShare: share().describe('目录外项目纳入医保: an item of 丙类 is charged to the insurance.'),
        outsideAgeShare: share().describe('限儿童项目用于成人: an item for children alone is charged for somebody else.'),
      })
      .exactOptional()
      .describe('Of bills, those that offend so against the insurer’s rules; absent: every bill is honest.'),
  }),
  parties: z.strictObject({
    channels: z.strictObject({
      list: z
        .array(z.strictObject({ name: slug, title: words, openedOn: day }))
        .min(1)
        .describe('In backup order: the first is the first choice of those who must change entry.'),
      usageShare: sharesByName(),
      servers: namedServers(),
    }),
    platform: z.strictObject({ servers: count(1) }),
    bureau: z.strictObject({ servers: count(1) }),
    banks: z.strictObject({
      list: z.array(z.strictObject({ name: slug, title: words })).min(1),
      share: sharesByName(),
      servers: namedServers(),
      cutOffMinute: byName('factor', { min: 720, max: 1440, integer: true }).describe(
        'Minute after midnight at which a bank closes its accounting day, on the wire: 1380 is 23:00, 1440 midnight.',
      ),
    }),
    wallets: z
      .strictObject({
        list: z.array(z.strictObject({ name: z.enum(walletNames), title: words })).min(1),
        kioskShare: sharesByName().describe(
          'How people pay at a kiosk: by the 付款码 of a wallet of the list, by its name, or with a bank card (card); a habit of the person.',
        ),
        operations: z
          .strictObject({ 'wallet/code-pay': slug, 'wallet/refund': slug })
          .describe('Laws of service time. Wallets serve the whole country, so nobody waits in line there.'),
      })
      .exactOptional()
      .describe('Absent: everybody pays at a kiosk with a bank card.'),
    hospitals: z.strictObject({
      cutOffMinute: one({ min: 720, max: 1440, integer: true }).describe(
        'Minute after midnight at which hospitals close their day (日结), on the wire: 1440 is midnight.',
      ),
      inDoubtMinutes: one({ min: 1, max: 1440, integer: true }).describe(
        'How long a bill whose payment is in doubt keeps the window from collecting, on the wire; then the window may, and a late success is refunded.',
      ),
    }),
    operations: z.record(z.string().regex(/^[a-z]+\/[a-z-]+$/), slug),
    retry: z.strictObject({
      timeoutSeconds: byKey(legNames, 'factor', { min: 0.1, max: 600 }),
      // A call keeps the tries of up to eight entries apart in five bits.
      attempts: one({ min: 1, max: 4, integer: true }),
      backoffSeconds: seconds(600),
      backoffFactor: one({ min: 1, max: 10 }),
      jitterShare: share(),
      refusalSeconds: seconds(60),
    }),
    health: z.strictObject({ windowSeconds: seconds(3600), minimumCalls: count(1), failureShare: share(), probeSeconds: seconds(3600) }),
  }),
  remote: z.array(
    z.strictObject({
      name: slug,
      title: words,
      kind: z.enum(['internet-hospital', 'pharmacy']),
      count: count(0),
      visitsPerHour: one(),
      platformShare: share(),
      hourlyShares: hours(),
    }),
  ),
  signUp: z.strictObject({
    attemptsPerDay: one(),
    hourlyShares: hours(),
    grantedShare: share(),
    digitalCardShare: share(),
    raisedLimitShare: share(),
  }),
  service: z.strictObject({ settledShare: share(), withinSeconds: seconds(600), backMinutes: one({ min: 1, max: 1440, integer: true }) }),
  givenSites: table(givenSite).optional().describe('Sites of your own, in place of generated ones; the whole table has one warrant.'),
  observedWaits: table(observedWait).optional().describe("Waits you observed, to stand beside the model's."),
  evidence: z.array(evidenceRow).optional().describe('What documents say of waits and visits, to hold the model against.'),
  publishedTotals: z.array(publishedTotalRow).optional().describe('Totals that documents give; each fixed one parameter or is predicted.'),
  calibration: calibrationSchema.optional().describe('Which numbers of this file medpay calibrate finds from the calibrated rows.'),
})
export type CityFile = z.output<typeof citySchema>
