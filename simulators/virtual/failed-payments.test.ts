import { expect, test } from 'vitest'
import { loadPlan } from '../../scenarios/load-plan.ts'
import type { ArmPlan, Plan } from '../../scenarios/plan.ts'
import { type FaultPlan, noStrength } from '../../scenarios/plan-faults.ts'
import { claimLater, leftOwing } from '../money/payment-status.ts'
import { LEAVE, LEG_BUREAU, PAY, RULE_ATTEMPTS } from './kernel/inputs.ts'
import { PAID_STATUS_MASK } from './kernel/paid.ts'
import {
  OUTCOME_DONE,
  TOTAL_BACKUP_COULD_NOT,
  TOTAL_CALLS_NEEDED,
  TOTAL_CALLS_SENT,
  TOTAL_PAYMENTS_FAILED,
  TOTAL_REVERSALS,
  TOTAL_REVERSALS_FAILED,
} from './kernel/sums.ts'
import { type Kernel, openKernel } from './kernel-host.ts'
import { type TownDay, townDay } from './testing/random-town.ts'

const loaded = loadPlan('small-town')
if (!('plan' in loaded)) throw new Error('the small town is unsound')
const base = loaded.plan

const outage: FaultPlan = {
  name: 'fault',
  kind: 'outage',
  target: { party: 'channel', name: 'main-entry' },
  fromSecond: 8 * 3600,
  toSecond: 12 * 3600,
  form: 'refuse',
  ...noStrength,
}

/** The small town with desks enough, most of it paying by phone or credit. */
function town(faults: readonly FaultPlan[], arm: Partial<ArmPlan> = {}, change: (plan: Plan) => Plan = (plan) => plan): TownDay {
  const { parties } = base.city
  const tried: ArmPlan = { ...(base.scenario.arms[1] as ArmPlan), adoption: 0.8, ...arm, faults: faults.map(({ name }) => name) }
  const plan: Plan = {
    ...base,
    scenario: { ...base.scenario, arms: [tried], faults },
    city: {
      ...base.city,
      parties: {
        ...parties,
        channels: parties.channels.map((channel) => ({ ...channel, servers: 100 })),
        platform: { servers: 100 },
        bureau: { servers: 100 },
        banks: parties.banks.map((bank) => ({ ...bank, servers: 100 })),
      },
    },
  }
  return townDay(change(plan), tried.name, 0)
}

/** Everybody's limit; nobody's is raised. */
const withCredit =
  (limitFen: number) =>
  (plan: Plan): Plan => {
    const { city } = plan
    const credit = { ...city.people.credit, limits: [{ limitFen, share: 1 }], raiseSuccessShare: 0 }
    return { ...plan, city: { ...city, people: { ...city.people, credit } } }
  }

function run(day: TownDay): Kernel {
  const kernel = openKernel(null)
  for (const tables of day.tables) kernel.load(tables)
  kernel.loadVisits(day.count, day.visits)
  kernel.run(day.faults)
  return kernel
}

function failures(kernel: Kernel): { failed: number; couldNot: number } {
  const totals = kernel.sumDouble('totals')
  return { failed: totals[TOTAL_PAYMENTS_FAILED] as number, couldNot: totals[TOTAL_BACKUP_COULD_NOT] as number }
}
const sum = (of: Iterable<number>): number => [...of].reduce((total, value) => total + value, 0)

const everyEntry = (day: TownDay): TownDay => ({
  ...day,
  visits: { ...day.visits, visitEntries: day.visits.visitEntries.map(() => 0b111) },
})

test('without mutual backup no payment that an entry loses is saved', () => {
  const { failed, couldNot } = failures(run(everyEntry(town([outage], { mutualBackup: false }))))
  expect(failed).toBeGreaterThan(30)
  expect(couldNot).toBe(failed)
})

test('where everybody holds every entry, mutual backup saves each payment that the main entry loses', () => {
  const kernel = run(everyEntry(town([outage], { mutualBackup: true }, withCredit(1_000_000_000))))
  const { failed, couldNot } = failures(kernel)
  expect(failed).toBeGreaterThan(30)
  expect(couldNot).toBe(0)
  expect(sum(kernel.sum('channelFellBack'))).toBe(0)
})

test('when the bureau is down no entry saves a payment; windows and kiosks do not count', () => {
  const bureau: FaultPlan = { ...outage, target: { party: 'bureau', name: 'bureau' } }
  const { failed, couldNot } = failures(run(everyEntry(town([bureau]))))
  expect(failed).toBeGreaterThan(30)
  expect(couldNot).toBe(failed)
  const atWindows = (plan: Plan): Plan => ({ ...plan, city: { ...plan.city, remote: [] } })
  expect(failures(run(town([bureau], { reform: false, adoption: 0 }, atWindows)))).toEqual({ failed: 0, couldNot: 0 })
})

test.each([
  ['main entry', outage.target],
  ['platform', { party: 'platform', name: 'platform' }],
  ['bureau', { party: 'bureau', name: 'bureau' }],
  ['bank', { party: 'bank', name: 'bank-a' }],
] as const)('on a day without the %s each entry has settled or failed every payment it attempted', (_, target) => {
  for (const form of ['refuse', 'black-hole'] as const) {
    const kernel = run(town([{ ...outage, target, form }]))
    const [attempted, settled, failed] = (['channelAttempted', 'channelSettled', 'channelFailed'] as const).map((name) => kernel.sum(name))
    expect(sum(failed as Int32Array)).toBeGreaterThan(20)
    expect([...(attempted as Int32Array)]).toEqual(
      [...(settled as Int32Array)].map((count, channel) => count + (failed?.[channel] as number)),
    )
  }
})

test('own money by phone in place of a credit that was refused has not fallen back from its entry', () => {
  const kernel = run(town([], { creditShareOfAdopters: 1 }, withCredit(1)))
  expect(sum(kernel.sum('channelFailed'))).toBeGreaterThan(20)
  expect(sum(kernel.sum('channelFellBack'))).toBe(0)
  expect(failures(kernel)).toEqual({ failed: 0, couldNot: 0 })
})

test('a payment that the bureau’s outage turns away from its entry has fallen back from it', () => {
  const kernel = run(everyEntry(town([{ ...outage, target: { party: 'bureau', name: 'bureau' } }])))
  expect(sum(kernel.sum('channelFellBack'))).toBeGreaterThan(30)
})

/** Everybody comes for this errand alone and leaves, paid or not. */
function onlyFor(day: TownDay, errand: string): TownDay {
  const whole = {
    ...day.city.whole,
    rowDoes: Int32Array.of(PAY, LEAVE),
    rowPlace: Int32Array.of(0, OUTCOME_DONE),
    rowLaw: Int32Array.of(0, 0),
    rowErrand: Int32Array.of(day.pathways.errandIndex.get(errand) as number, -1),
    rowPoint: Int32Array.of(2, -1),
    rowNext: Int32Array.of(1, 0),
    rowDecision: Int32Array.of(1, 2),
    rowWindow: Int32Array.of(-1, -1),
    rowKiosk: Int32Array.of(-1, -1),
    rowPhone: Int32Array.of(-1, -1),
  }
  return { ...day, tables: [{ ...day.city, whole }], visits: { ...day.visits, visitFirstRow: new Int32Array(day.count) } }
}

const calls = (kernel: Kernel, day: TownDay, kind: string): number =>
  sum(kernel.sumDouble('partyCalls').filter((_, party) => day.city.parties[party]?.kind === kind))

/** One try a message, nobody ever held for down, credit enough. */
const oneTry = (plan: Plan): Plan => {
  const rich = withCredit(1_000_000_000)(plan)
  const { parties } = rich.city
  const health = { ...parties.health, minimumCalls: 1_000_000 }
  return { ...rich, city: { ...rich.city, parties: { ...parties, retry: { ...parties.retry, attempts: 1 }, health } } }
}

test.each(['phone-payment', 'credit-payment'])(
  'a %s that breaks after its settlement is undone at the bureau and at its bank',
  (errand) => {
    const errors: FaultPlan = {
      ...outage,
      kind: 'error-burst',
      errorShare: 0.5,
      target: { party: 'platform', name: 'platform' },
      fromSecond: 0,
      toSecond: 86_400,
    }
    const day = onlyFor(town([errors], {}, oneTry), errand)
    const kernel = run(day)
    const settled = sum(kernel.sum('channelSettled'))
    // The platform is called for the order by all, for the posting by those who had an order, for the invoice by those who were settled.
    const ordered = calls(kernel, day, 'platform') - day.count - settled
    const undone = ordered - settled
    expect(settled).toBeGreaterThan(50)
    expect(undone).toBeGreaterThan(50)
    const totals = kernel.sumDouble('totals')
    expect(totals[TOTAL_REVERSALS]).toBe(2 * undone)
    expect(totals[TOTAL_REVERSALS_FAILED]).toBe(0)
    expect(calls(kernel, day, 'bureau')).toBe(2 * ordered + undone)
    expect(calls(kernel, day, 'bank')).toBe(2 * ordered + undone)
  },
)

const errorsAllDay = (target: FaultPlan['target'], errorShare: number): FaultPlan => ({
  ...outage,
  ...{ kind: 'error-burst', errorShare, target, fromSecond: 0, toSecond: 2 * 86_400 },
})

test.each([
  // App opened, bills shown, paid; bills shown, paid. Code decoded, account, lines, trial, and the settlement.
  ['phone-payment', { party: 'channel', name: 'main-entry' }, 3],
  ['credit-payment', { party: 'channel', name: 'main-entry' }, 2],
  ['phone-payment', { party: 'bureau', name: 'bureau' }, 5],
  ['credit-payment', { party: 'bureau', name: 'bureau' }, 5],
] as const)('errors strike each request of a %s by itself at $party', (errand, target, requests) => {
  const share = 0.2
  const kernel = run(onlyFor(town([errorsAllDay(target, share)], { mutualBackup: false }, oneTry), errand))
  const of = (name: 'channelAttempted' | 'channelSettled') =>
    target.party === 'channel' ? (kernel.sum(name)[0] as number) : sum(kernel.sum(name))
  const asked = of('channelAttempted')
  const chance = (1 - share) ** requests
  expect(asked).toBeGreaterThan(300)
  expect(Math.abs(of('channelSettled') / asked - chance)).toBeLessThan(4 * Math.sqrt((chance * (1 - chance)) / asked))
})

test('an error before the request that takes the time comes at once', () => {
  const day = onlyFor(town([errorsAllDay({ party: 'bureau', name: 'bureau' }, 1)], { mutualBackup: false }, oneTry), 'phone-payment')
  const kernel = run(day)
  expect(sum(kernel.sum('channelSettled'))).toBe(0)
  expect(calls(kernel, day, 'bureau')).toBeGreaterThan(300)
  expect(kernel.sumDouble('legAssumed')[LEG_BUREAU]).toBe(0)
})

test('a bank that erred is asked what became of the money, which is undone there alone', () => {
  const errors: FaultPlan = { ...outage, kind: 'error-burst', errorShare: 1, target: { party: 'bank', name: 'bank-a' } }
  const kernel = run(onlyFor(town([errors], { mutualBackup: false }, oneTry), 'phone-payment'))
  const failed = sum(kernel.sum('channelFailed'))
  expect(failed).toBeGreaterThan(50)
  // Who was settled already when the bank began to err is undone at the bureau too: those on their way at that moment.
  expect(kernel.sumDouble('totals')[TOTAL_REVERSALS]).toBeGreaterThanOrEqual(failed)
  expect(kernel.sumDouble('totals')[TOTAL_REVERSALS]).toBeLessThanOrEqual(failed + 3)
})

test('a payment whose bank fell silent is undone at that bank alone, as soon as the bank is back', () => {
  const silent: FaultPlan = { ...outage, form: 'black-hole', target: { party: 'bank', name: 'bank-a' } }
  const day = onlyFor(town([silent], {}, oneTry), 'credit-payment')
  const kernel = run(day)
  const totals = kernel.sumDouble('totals')
  const failed = sum(kernel.sum('channelFailed'))
  expect(failed).toBeGreaterThan(50)
  // Who was settled already when the bank fell silent may be undone at the bureau too: those on their way at that moment.
  expect(totals[TOTAL_REVERSALS]).toBeGreaterThanOrEqual(failed)
  expect(totals[TOTAL_REVERSALS]).toBeLessThanOrEqual(failed + 3)
  expect(totals[TOTAL_REVERSALS_FAILED]).toBe(0)
  // Undoing went on through the outage: a bank that is tried again and again is called more often than it had payments.
  expect(calls(kernel, day, 'bank')).toBeGreaterThan(3 * day.count)
})

test('a refusal of credit moves no money and is not undone', () => {
  const kernel = run(onlyFor(town([], {}, withCredit(1)), 'credit-payment'))
  expect(sum(kernel.sum('channelFailed'))).toBeGreaterThan(50)
  expect(kernel.sumDouble('totals')[TOTAL_REVERSALS]).toBe(0)
})

test('on a day without faults every call was needed, also those that raise a limit', () => {
  const poor = withCredit(1)
  const raised = (plan: Plan): Plan => {
    const { city } = poor(plan)
    return { ...plan, city: { ...city, people: { ...city.people, credit: { ...city.people.credit, raiseSuccessShare: 1 } } } }
  }
  const day = onlyFor(town([], {}, raised), 'credit-payment')
  const kernel = run(day)
  const totals = kernel.sumDouble('totals')
  // Authorisation and capture, and a raise between them.
  expect(calls(kernel, day, 'bank')).toBeGreaterThan(2.5 * day.count)
  expect(totals[TOTAL_CALLS_SENT]).toBe(totals[TOTAL_CALLS_NEEDED])
})

test('a payment refused at each of three tries sent two calls more than were needed', () => {
  const refused: FaultPlan = { ...outage, fromSecond: 0, toSecond: 86_400 }
  const day = onlyFor(town([refused], { mutualBackup: false }, oneTry), 'phone-payment')
  const tries = 3
  for (const tables of day.tables) (tables.whole.rules as Int32Array)[RULE_ATTEMPTS] = tries
  const kernel = run(day)
  const totals = kernel.sumDouble('totals')
  const failed = sum(kernel.sum('channelFailed'))
  expect(failed).toBeGreaterThan(50)
  expect(totals[TOTAL_CALLS_SENT]).toBe((totals[TOTAL_CALLS_NEEDED] as number) + (tries - 1) * failed)
})

test('trouble long after a fault is not put down to it', () => {
  // In the morning nobody calls the entry that is out; in the afternoon it is too slow for anybody by itself.
  const early: FaultPlan = { ...outage, fromSecond: 0, toSecond: 60 }
  const sluggish = (plan: Plan): Plan => {
    const { city } = oneTry(plan)
    const timeoutSeconds = { ...city.parties.retry.timeoutSeconds, entry: 0.0001 }
    const health = { ...city.parties.health, minimumCalls: 1 }
    return { ...plan, city: { ...city, parties: { ...city.parties, retry: { ...city.parties.retry, timeoutSeconds }, health } } }
  }
  const tables = ['faultDetected', 'faultFirstFailure', 'faultFirstRouted'] as const
  const day = onlyFor(town([early], { mutualBackup: false }, sluggish), 'phone-payment')
  expect(Math.min(...day.visits.visitArrival)).toBeGreaterThan((60 + base.city.parties.health.windowSeconds) * 10_000)
  const kernel = run(day)
  expect(sum(kernel.sum('channelFailed'))).toBeGreaterThan(50)
  expect(tables.map((name) => [...kernel.sum(name)])).toEqual([[-1], [-1], [-1]])
  const still = onlyFor(
    town([{ ...early, kind: 'slow', slowFactor: 1, toSecond: 86_400 }], { mutualBackup: false }, sluggish),
    'phone-payment',
  )
  const felt = run(still)
  for (const name of tables) expect(felt.sum(name)[0], name).toBeGreaterThan(0)
})

test('who has waited for the bureau as often as people do pays in full or leaves owing, in the proportion of those who never wait', () => {
  const allDay: FaultPlan = { ...outage, target: { party: 'bureau', name: 'bureau' }, fromSecond: 0, toSecond: 86_400 }
  const waiting =
    (tries: number) =>
    (plan: Plan): Plan => {
      const journey = {
        ...plan.city.journey,
        bureauDownShares: { wait: 0.96, payInFull: 0.01, leaveOwing: 0.03 },
        bureauDownTries: tries,
      }
      return { ...plan, city: { ...plan.city, journey } }
    }
  const ended = (tries: number) => {
    const kernel = run(town([allDay], {}, waiting(tries)))
    const words = (['visitPaid0', 'visitPaid1', 'visitPaid2'] as const).flatMap((name) => [...kernel.visits(name)])
    const of = (status: number): number => words.filter((word) => (word & PAID_STATUS_MASK) === status).length
    const ends = kernel.visits('visitEnd')
    return { pay: of(claimLater), owe: of(leftOwing), meanEnd: sum(ends) / ends.length }
  }
  const [never, twice] = [ended(0), ended(2)]
  for (const { pay, owe } of [never, twice]) {
    expect(pay + owe).toBeGreaterThan(500)
    expect(Math.abs(pay / (pay + owe) - 0.25)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / (pay + owe)))
  }
  expect(twice.meanEnd).toBeGreaterThan(never.meanEnd)
})
