import { expect, test } from 'vitest'
import { errands } from '../simulators/platform/errands.ts'
import { loadPlan } from './load-plan.ts'
import type { CityPlan, PaymentMode } from './plan.ts'

/** The reasons in shanghai.yaml say how busy each party is in the peak hour; this is that arithmetic, mean work only. */
const { city } = planOfShanghai()

function planOfShanghai(): { city: CityPlan } {
  const loaded = loadPlan('shanghai-weekday')
  if ('problems' in loaded) throw new Error(loaded.problems[0]!.en)
  return loaded.plan
}

const meanSecondsOf = (operation: string): number => {
  const law = city.laws[city.parties.operations[operation]!]!
  return law.kind === 'uniform' ? (law.lowSeconds + law.highSeconds) / 2 : law.meanSeconds
}

/** Seconds of one party's servers that a payment of this kind takes. */
const workSeconds = (errand: string, leg: string): number =>
  errands
    .find(({ name }) => name === errand)!
    .messages.filter((message) => message.leg === leg)
    .reduce((sum, { operation }) => sum + meanSecondsOf(operation), 0)

/** A Monday (first weekday) in December (twelfth month). */
const peakVisitsPerSecond =
  (city.demand.visitsPerDay * city.demand.weekdayFactors[0]! * city.demand.monthFactors[11]! * Math.max(...city.demand.hourlyShares)) / 3600
/** Registration, examinations where there are any, drugs where there are any. */
const paymentsPerVisit = city.tiers.reduce(
  (sum, { visitShare, laboratoryShare, imagingShare, drugShare }) =>
    sum + visitShare * (2 - (1 - laboratoryShare) * (1 - imagingShare) + drugShare),
  0,
)
const paymentsPerSecond = peakVisitsPerSecond * paymentsPerVisit

/** Half of the registrations and a quarter of the other payments of those who do not adopt are made at a kiosk. */
const kioskShareOfPayments = (0.5 + 0.25 * (paymentsPerVisit - 1)) / paymentsPerVisit
function busyServers(leg: string, adoption: number): number {
  const by: Readonly<Record<PaymentMode, number>> = {
    window: (1 - adoption) * (1 - kioskShareOfPayments),
    kiosk: (1 - adoption) * kioskShareOfPayments,
    phone: adoption * 0.7,
    credit: adoption * 0.3,
  }
  return Object.entries(by).reduce((sum, [mode, share]) => sum + paymentsPerSecond * share * workSeconds(`${mode}-payment`, leg), 0)
}

const bankServers = city.parties.banks.reduce((sum, { servers }) => sum + servers, 0)

test('a visit in Shanghai has about 2.1 payments, and a Monday in December brings about 42 visits a second in the peak hour', () => {
  expect(paymentsPerVisit).toBeCloseTo(2.1, 1)
  expect(peakVisitsPerSecond).toBeGreaterThan(40)
  expect(peakVisitsPerSecond).toBeLessThan(44)
})

test.each([0, 0.4, 0.8])('the insurer is 50 to 70 % busy in the peak hour at adoption %d', (adoption) => {
  const utilization = busyServers('bureau', adoption) / city.parties.bureau.servers
  expect(utilization).toBeGreaterThan(0.5)
  expect(utilization).toBeLessThan(0.7)
})

test.each([
  [0.4, 0.3, 0.5],
  [0.8, 0.6, 0.8],
])('at adoption %d the platform, the main entry and the banks are between %d and %d busy', (adoption, low, high) => {
  const main = city.parties.channels[0]!
  const utilizations = {
    platform: busyServers('platform', adoption) / city.parties.platform.servers,
    'main entry': (busyServers('entry', adoption) * main.usageShare) / main.servers,
    banks: busyServers('bank', adoption) / bankServers,
  }
  for (const [party, utilization] of Object.entries(utilizations)) {
    expect(utilization, party).toBeGreaterThan(low)
    expect(utilization, party).toBeLessThan(high)
  }
})

test('no bank has a share of payments far from its share of servers', () => {
  for (const { name, share, servers } of city.parties.banks) expect(share / (servers / bankServers), name).toBeCloseTo(1, 0)
})
