import { expect, test } from 'vitest'
import { loadPlan } from '../../scenarios/load-plan.ts'
import type { Plan } from '../../scenarios/plan.ts'
import { KIOSK_WALLET_MASK, KIOSK_WALLET_SHIFT, SIGN_UP_SHIFT } from '../patients/traits.ts'
import { errands, type Leg, type Message } from '../platform/errands.ts'
import { fileDesk } from './compile-city.ts'
import { LEAVE, PAY } from './kernel/inputs.ts'
import { OUTCOME_DONE, TOTAL_CALLS_NEEDED, TOTAL_CALLS_SENT, TOTAL_PAYMENTS_FAILED } from './kernel/sums.ts'
import { type Kernel, openKernel } from './kernel-host.ts'
import { type TownDay, townDay } from './testing/random-town.ts'

const loaded = loadPlan('small-town')
if (!('plan' in loaded)) throw new Error('the small town is unsound')

/** The small town without faults, with desks enough and credit enough that nothing is ever sent twice or refused. */
const calm: Plan = {
  ...loaded.plan,
  scenario: { ...loaded.plan.scenario, arms: loaded.plan.scenario.arms.map((arm) => ({ ...arm, faults: [] })) },
  city: {
    ...loaded.plan.city,
    people: { ...loaded.plan.city.people, credit: { ...loaded.plan.city.people.credit, limits: [{ limitFen: 1_000_000_000, share: 1 }] } },
    parties: {
      ...loaded.plan.city.parties,
      channels: loaded.plan.city.parties.channels.map((channel) => ({ ...channel, servers: 100 })),
      platform: { servers: 100 },
      bureau: { servers: 100 },
      banks: loaded.plan.city.parties.banks.map((bank) => ({ ...bank, servers: 100 })),
    },
  },
}
/** The calm town on a day on which sites could switch over: the bureau's file desk stands, with room for everybody. */
const withFileDesk: Plan = {
  ...calm,
  scenario: {
    ...calm.scenario,
    goLive: {
      switchSecond: 28_800,
      readyBySecond: 30_600,
      waves: [],
      startSpreadSeconds: 60,
      pauseSeconds: 10,
      directoryMegabytes: 60,
      fileDeskTransfers: 10_000,
      fileDeskMegabitsPerSecond: 20,
      fileDeskTimeoutSeconds: 3600,
      holdingSitesShare: 0,
      hallSignUps: 0,
    },
  },
}
const legsCalled = ['entry', 'platform', 'bureau', 'bank', 'files'] as const
type Calls = Record<(typeof legsCalled)[number], number>

/** Calls received, by kind of party. */
function callsOf(kernel: Kernel, day: TownDay): Calls {
  const calls = { entry: 0, platform: 0, bureau: 0, bank: 0, files: 0 }
  const legOf = { channel: 'entry', platform: 'platform', bureau: 'bureau', bank: 'bank' } as const
  const received = kernel.sumDouble('partyCalls')
  for (const [party, { kind, name }] of day.city.parties.entries())
    calls[name === fileDesk ? 'files' : legOf[kind]] += received[party] as number
  return calls
}

/** A wallet takes its time and no desk of the city, as a hospital's own system does. */
function messagesOf(name: string): Calls & { his: number; wallet: number } {
  const errand = errands.find((candidate) => candidate.name === name)
  const those = (isMeant: (message: Message) => boolean): number => errand?.messages.filter(isMeant).length ?? Number.NaN
  const on = (leg: Leg): number => those((message) => message.leg === leg && message.atWallet !== true)
  const [entry, platform, bureau, bank, files, his] = [on('entry'), on('platform'), on('bureau'), on('bank'), on('files'), on('his')]
  return { entry, platform, bureau, bank, files, his, wallet: those(({ atWallet }) => atWallet === true) }
}

/** The same day of people who all pay at kiosks with a bank card, or all by the code of the first wallet. */
function payingAtKiosks(day: TownDay, by: 'bank-card' | 'code'): TownDay {
  const cleared = ~(KIOSK_WALLET_MASK << KIOSK_WALLET_SHIFT)
  const wallet = by === 'code' ? 1 : 0
  return {
    ...day,
    visits: { ...day.visits, visitPayer: day.visits.visitPayer.map((word) => (word & cleared) | (wallet << KIOSK_WALLET_SHIFT)) },
  }
}

function run(day: TownDay): Kernel {
  const kernel = openKernel(null)
  for (const tables of day.tables) kernel.load(tables)
  kernel.loadVisits(day.count, day.visits)
  kernel.run(day.faults)
  return kernel
}

test.each(errands.map(({ name }) => name))('each %s makes the calls that the table of errands lists, on every leg', (name) => {
  const day = payingAtKiosks(townDay(withFileDesk, 'what-if-40', 0), 'bank-card')
  // Everybody comes for this errand alone and leaves.
  const whole = {
    ...day.city.whole,
    rowDoes: Int32Array.of(PAY, LEAVE),
    rowPlace: Int32Array.of(0, OUTCOME_DONE),
    rowLaw: Int32Array.of(0, 0),
    rowErrand: Int32Array.of(day.pathways.errandIndex.get(name) as number, -1),
    rowPoint: Int32Array.of(2, -1),
    rowNext: Int32Array.of(1, 0),
    rowDecision: Int32Array.of(1, 2),
    rowWindow: Int32Array.of(-1, -1),
    rowKiosk: Int32Array.of(-1, -1),
    rowPhone: Int32Array.of(-1, -1),
  }
  const kernel = run({ ...day, tables: [{ ...day.city, whole }], visits: { ...day.visits, visitFirstRow: new Int32Array(day.count) } })
  const { his, wallet, ...listed } = messagesOf(name)
  expect(day.count).toBeGreaterThan(400)
  expect(callsOf(kernel, day)).toEqual(Object.fromEntries(legsCalled.map((leg) => [leg, listed[leg] * day.count])))
  const { files, bank, ...others } = listed
  const answered = [...Object.values(others), bank + wallet, his, files].map((messages) => messages * day.count)
  expect([...kernel.sumDouble('legCount')]).toEqual(answered)
})

test('in a calm town the calls at each kind of party are the payments of each mode times their messages', () => {
  // A mode's errands ask the same of the same parties, so a count of payments by mode suffices; the one settlement on leaving is nobody's here.
  const modesAtKiosks = (by: '' | '-by-code') => [
    ['window-registration', 'window-payment', 'pharmacy-settlement'],
    [`kiosk-registration${by}`, `kiosk-payment${by}`],
    ['phone-registration', 'phone-payment', 'internet-payment'],
    ['credit-payment'],
  ]
  const towns = [
    ['before', 'bank-card', ''],
    ['before', 'code', '-by-code'],
    ['what-if-40', 'code', '-by-code'],
  ] as const
  for (const [arm, way, by] of towns) {
    const modes = modesAtKiosks(by)
    for (const [first = '', ...others] of modes) for (const other of others) expect(messagesOf(other), other).toEqual(messagesOf(first))
    const day = payingAtKiosks(townDay(calm, arm, 0), way)
    const kernel = run(day)
    const totals = kernel.sumDouble('totals')
    expect(totals[TOTAL_PAYMENTS_FAILED]).toBe(0)
    expect(totals[TOTAL_CALLS_SENT]).toBe(totals[TOTAL_CALLS_NEEDED])
    const settled = kernel.sum('settleHistogram')
    const buckets = settled.length / 5
    const paidIn = [0, 1, 2, 3, 4].map((mode) => settled.slice(mode * buckets, (mode + 1) * buckets).reduce((sum, count) => sum + count, 0))
    const signUpRow = day.pathways.firstRow.get('credit-sign-up')
    const isSignUp = day.visits.visitFirstRow.map((row) => (row === signUpRow ? 1 : 0))
    const ends = [0, 1, 2, 3].map(
      (end) => day.visits.visitTraits.filter((word, v) => isSignUp[v] === 1 && ((word >> SIGN_UP_SHIFT) & 3) === end).length,
    )
    const [granted = 0, withCard = 0, raised = 0, refused = 0] = ends
    const signings = granted + withCard + raised
    const signUpErrands = signings + refused + signings + withCard + raised
    const counts: (readonly [string, number])[] = [
      ...modes.map(([name = ''], mode) => [name, paidIn[mode] as number] as const),
      // Everybody is assessed; who is refused signs nothing.
      ['credit-assessment', signings + refused],
      ['credit-signing', signings],
      ['digital-card', withCard],
      ['limit-raise', raised],
      ['family-code', (paidIn[4] as number) - signUpErrands],
    ]
    const expected = Object.fromEntries(
      legsCalled.map((leg) => [leg, counts.reduce((sum, [name, count]) => sum + count * messagesOf(name)[leg], 0)]),
    )
    expect(callsOf(kernel, day)).toEqual(expected)
    if (arm !== 'before') for (const [name, count] of counts) expect(count, name).toBeGreaterThan(0)
  }
})

test('a refused sign-up is assessed and calls no bank to sign, any other signs exactly once besides its card or its raise', () => {
  const bankCalls = (end: number): Calls => {
    const day = townDay(calm, 'what-if-40', 0)
    const first = day.pathways.firstRow.get('credit-sign-up') as number
    const kernel = run({
      ...day,
      visits: {
        ...day.visits,
        visitFirstRow: new Int32Array(day.count).fill(first),
        visitTraits: day.visits.visitTraits.map((word) => (word & ~(3 << SIGN_UP_SHIFT)) | (end << SIGN_UP_SHIFT)),
      },
    })
    expect([...kernel.visits('visitOutcome')].every((outcome) => outcome === OUTCOME_DONE)).toBe(true)
    const calls = callsOf(kernel, day)
    return {
      entry: calls.entry / day.count,
      platform: calls.platform / day.count,
      bureau: calls.bureau / day.count,
      bank: calls.bank / day.count,
      files: calls.files / day.count,
    }
  }
  const assessed = { entry: 1, platform: 2, bureau: 1, bank: 1, files: 0 }
  expect([0, 1, 2, 3].map(bankCalls)).toEqual([
    { ...assessed, entry: 2, bank: 2 },
    { ...assessed, entry: 3, bank: 3 },
    { ...assessed, entry: 3, bank: 3 },
    assessed,
  ])
})
