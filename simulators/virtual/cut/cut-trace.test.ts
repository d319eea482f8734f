import { beforeAll, describe, expect, it } from 'vitest'
import { loadPlan } from '../../../scenarios/load-plan.ts'
import type { Plan } from '../../../scenarios/plan.ts'
import { ageGroups, insuredTypes, paymentModes, tiers } from '../../../scenarios/plan.ts'
import { type Wrongdoing, wrongdoings } from '../../../scenarios/plan-bills.ts'
import type { FaultPlan } from '../../../scenarios/plan-faults.ts'
import { kernelBytes } from '../../../tools/build-kernel.ts'
import { settled } from '../../money/payment-status.ts'
import { errands } from '../../platform/errands.ts'
import { benefitAt, splitBillByRow } from '../../policy/benefit-row.ts'
import { benefitTable } from '../../policy/benefit-table.ts'
import { cashPart, currentAccountPart, fundPart, historyAccountPart, splitWidth } from '../../policy/reimbursement.ts'
import { traceProblems } from '../../trace/check-trace.ts'
import { firstProgress, type NextStep, nextStep, type TryOutcome } from '../../trace/next-step.ts'
import type { Trace, TraceRow } from '../../trace/trace.ts'
import { cityPlayer } from '../city-player.ts'
import { PAID_MODE_MASK, PAID_MODE_SHIFT, PAID_STATUS_MASK } from '../kernel/paid.ts'
import { armOf, cutTrace, NothingToCut, traceHash, windowsOfLoad } from './cut-trace.ts'

const loaded = loadPlan('small-town')
if (!('plan' in loaded)) throw new Error('the small town is unsound')
const plan: Plan = loaded.plan
/** The arm whose main entry is out for ten minutes. */
const arm = 'what-if-40'
const armIndex = plan.scenario.arms.findIndex(({ name }) => name === arm)
const wholeDay = { fromSecond: 0, seconds: 130_000 }
let bytes: Uint8Array
let day: Trace

beforeAll(async () => {
  bytes = await kernelBytes('simulators/virtual/kernel/kernel.ts', 'release')
  day = cutTrace(plan, { arm, window: wholeDay, kernelBytes: bytes })
})

describe('a whole day cut as one window is the day as the kernel counts it', () => {
  it('is sound', () => {
    expect(traceProblems(day)).toEqual([])
  })

  it("says how long a doubt keeps the window away, as the city's file does", () => {
    expect(day.rules.inDoubtAtMostMs).toBe(plan.city.parties.hospitals.inDoubtMinutes * 60_000)
  })

  it('has every payment the kernel settled, by mode, and every one it began', () => {
    const player = cityPlayer(plan, bytes)
    const { kernel, city } = player.prepareArm(armIndex, player.peopleOf(0), 0)
    kernel.run(city.faults.length)
    const buckets = kernel.sum('settleHistogram').length / 5
    const settledByMode = [...paymentModes, 'none'].map((_, mode) =>
      kernel
        .sum('settleHistogram')
        .subarray(mode * buckets, (mode + 1) * buckets)
        .reduce((sum, count) => sum + count, 0),
    )
    const rowsByMode = [...paymentModes, 'none'].map(
      (mode) => day.rows.filter((row) => row.mode === mode && row.virtual.outcome === 'settled').length,
    )
    // Reversals are errands of nobody: the kernel counts their messages, not their answers.
    expect(rowsByMode).toEqual(settledByMode)
    const begun = kernel.sum('minuteStarted').reduce((sum, count) => sum + count, 0)
    expect(day.rows.filter(({ mode }) => mode !== 'none')).toHaveLength(begun)
    expect(rowsByMode.every((count) => count > 0)).toBe(true)
  })

  it('splits the settled bills as the virtual city paid them, to the fen', () => {
    const player = cityPlayer(plan, bytes)
    const people = player.peopleOf(0)
    const { kernel, city } = player.prepareArm(armIndex, people, 0)
    kernel.run(city.faults.length)
    const paid = { fundFen: 0, currentAccountFen: 0, historyAccountFen: 0, creditFen: 0, cashFen: 0 }
    for (const [point, name] of (['visitPaid0', 'visitPaid1', 'visitPaid2'] as const).entries()) {
      for (const [visit, word] of kernel.visits(name).entries()) {
        if ((word & PAID_STATUS_MASK) !== settled) continue
        const at = visit * 3 + point
        paid.fundFen += people.fundFen[at] as number
        paid.currentAccountFen += people.currentAccountFen[at] as number
        paid.historyAccountFen += people.historyAccountFen[at] as number
        const onCredit = ((word >> PAID_MODE_SHIFT) & PAID_MODE_MASK) === paymentModes.indexOf('credit')
        paid[onCredit ? 'creditFen' : 'cashFen'] += people.cashFen[at] as number
      }
    }
    const told = { fundFen: 0, currentAccountFen: 0, historyAccountFen: 0, creditFen: 0, cashFen: 0 }
    for (const { expected, virtual } of day.rows) {
      if (expected === null || virtual.outcome !== 'settled') continue
      for (const part of Object.keys(told) as (keyof typeof told)[]) told[part] += expected[part]
    }
    expect(told).toEqual(paid)
  })
})

describe('the opening book', () => {
  it('leads to every split that is expected, when each visit of the window pays its bills in order', () => {
    const trace = cutTrace(plan, { arm, window: { fromSecond: 9 * 3600, seconds: 3600 }, kernelBytes: bytes })
    const wrong = trace.visits.flatMap(({ visit }) => resplit(trace, visit))
    expect(trace.rows.length).toBeGreaterThan(200)
    expect(wrong).toEqual([])
  })

  it('holds bills raised before the window began, and none raised after their payment', () => {
    const trace = cutTrace(plan, { arm, window: { fromSecond: 9 * 3600, seconds: 600 }, kernelBytes: bytes })
    const startOf = new Map(trace.rows.toReversed().map((row) => [row.bill, row.startMs]))
    expect(trace.opening.bills.some(({ raisedMs }) => raisedMs < 0)).toBe(true)
    expect(trace.opening.bills.filter(({ bill, raisedMs }) => raisedMs > (startOf.get(bill) ?? -1))).toEqual([])
  })

  it('lets the bank say as the virtual city did whether a bill is above what is left of the credit', () => {
    const credit = new Map(day.opening.agreements.filter(({ kind }) => kind === 'credit').map((one) => [one.person, one]))
    const first = day.rows.filter(
      ({ mode, visit, row }) => mode === 'credit' && day.rows.find((one) => one.visit === visit && one.mode === 'credit')?.row === row,
    )
    const wrong = first.filter(({ person, expected, isOverLimit }) => {
      const line = credit.get(person)
      return line === undefined || (expected?.creditFen ?? 0) > line.limitFen - line.usedFen !== isOverLimit
    })
    expect(first.length).toBeGreaterThan(50)
    expect(wrong).toEqual([])
  })
})

describe('rows', () => {
  it('of a failed payment are followed by the row that went on instead of it', () => {
    const alone = { ...plan, scenario: { ...plan.scenario, arms: plan.scenario.arms.map((one) => ({ ...one, mutualBackup: false })) } }
    const [fault] = alone.scenario.faults
    const window = { fromSecond: fault?.fromSecond ?? 0, seconds: 3600 }
    const { rows } = cutTrace(alone, { arm, window, kernelBytes: bytes })
    const failed = rows.filter(({ virtual }) => virtual.failedAt === 'entry')
    const instead = rows.filter(({ insteadOf }) => insteadOf !== null)
    expect(failed.length).toBeGreaterThan(0)
    expect(instead.some(({ mode }) => mode === 'window')).toBe(true)
    expect(instead.filter(({ insteadOf }) => rows[insteadOf ?? 0]?.virtual.outcome !== 'failed')).toEqual([])
    const bills = instead.filter(
      ({ bill, insteadOf }) => bill !== null && rows[insteadOf ?? 0]?.bill !== bill && rows[insteadOf ?? 0]?.bill !== null,
    )
    expect(bills).toEqual([])
  })

  it('begin when the row before them ended and its pause was over', () => {
    const late = day.rows.filter(
      ({ after, startMs, gapMs }) => after !== null && Math.abs((day.rows[after] as TraceRow).virtual.endMs + gapMs - startMs) > 1e-6,
    )
    expect(late).toEqual([])
  })

  it('take no less time in the virtual city than their planned calls', () => {
    const waitedFor = day.rows.filter(({ virtual }) => virtual.outcome === 'settled')
    const tooQuick = waitedFor.filter(({ services, startMs, virtual, errand, raisesLimit }) => {
      const released = services.slice(0, releasedOf(errand))
      return !raisesLimit && virtual.endMs - startMs < released.reduce((sum, { ms }) => sum + ms, 0) - 1e-6
    })
    // A message tried again, or through another entry, draws its time anew; all others take at least what was planned.
    expect(tooQuick.length).toBeLessThan(waitedFor.length * 0.02)
    expect(
      waitedFor.some(
        ({ services, startMs, virtual, errand }) =>
          Math.abs(virtual.endMs - startMs - services.slice(0, releasedOf(errand)).reduce((sum, { ms }) => sum + ms, 0)) < 1e-6,
      ),
    ).toBe(true)
  })
})

describe('what is decided live on the wire', () => {
  it.each<[string, FaultPlan['target']]>([
    ['an entry', { party: 'channel', name: 'main-entry' }],
    ['the platform', { party: 'platform', name: 'platform' }],
    ['the bureau', { party: 'bureau', name: 'bureau' }],
    ['a bank', { party: 'bank', name: plan.city.parties.banks[0]?.name ?? '' }],
  ])('is what the kernel did, patient by patient, while %s was out', (_, target) => {
    const fault = { ...(plan.scenario.faults[0] as FaultPlan), target, fromSecond: 9 * 3600, toSecond: 10 * 3600 }
    const arms = plan.scenario.arms.map((one) => ({
      ...one,
      faults: [fault.name],
      adoption: 0.8,
      mutualBackup: target.party !== 'channel',
    }))
    const struck = { ...plan, scenario: { ...plan.scenario, arms, faults: [fault] } }
    const trace = cutTrace(struck, { arm, window: { fromSecond: 9 * 3600, seconds: 60_000 }, kernelBytes: bytes })
    const failed = trace.rows.filter(({ virtual, mode }) => virtual.outcome === 'failed' && mode !== 'none')
    const heirOf = new Map(trace.rows.map((row) => [row.insteadOf, row]))
    const toldApart = failed.map((row) => [endOf(trace, row), kernelEnd(row, heirOf.get(row.row))])
    expect(failed.length).toBeGreaterThan(20)
    // Who does not wait long enough in the line at the window pays nowhere after all.
    const lostPatience = toldApart.filter(([decided, did]) => did === 'nowhere' && decided?.startsWith('window'))
    expect(lostPatience.length).toBeLessThan(failed.length * 0.1)
    expect(toldApart.filter((pair) => !lostPatience.includes(pair) && pair[0] !== pair[1])).toEqual([])
  })
})

describe('the same plan gives the same trace', () => {
  const window = { fromSecond: 9 * 3600, seconds: 60 }

  it('by the compiled kernel and as plain TypeScript', () => {
    const compiled = traceHash(cutTrace(plan, { arm, window, kernelBytes: bytes }))
    expect(traceHash(cutTrace(plan, { arm, window, kernelBytes: null }))).toBe(compiled)
  })

  it('and a window is the same errands as in the whole day', () => {
    const cut = cutTrace(plan, { arm, window, kernelBytes: bytes })
    const from = window.fromSecond * 1000
    const inWindow = day.rows.filter(({ startMs }) => startMs >= from && startMs < from + window.seconds * 1000)
    const shape = (trace: Trace, shift: number) => (row: TraceRow) => [
      trace.visits[row.visit]?.visitOfDay,
      row.errand,
      Math.round((row.startMs - shift) * 10),
      row.totalFen,
      row.services,
    ]
    expect(cut.rows.map(shape(cut, 0))).toEqual(inWindow.map(shape(day, from)))
  })

  it('the busiest window has no fewer errands than any other of its length', () => {
    const { window: busiest, rows } = cutTrace(plan, { arm, window: { fromSecond: 'busiest', seconds: 120 }, kernelBytes: bytes })
    const starts = day.rows.map(({ startMs }) => startMs)
    const most = Math.max(
      ...starts
        .map((start) => Math.floor(start / 1000))
        .map((second) => starts.filter((other) => other >= second * 1000 && other < (second + 120) * 1000).length),
    )
    expect(busiest.seconds).toBe(120)
    expect(rows).toHaveLength(most)
  })
})

describe('windows of load', () => {
  it('are the first whose errands are nearest to a share of the busiest window’s', () => {
    const seconds = 120
    const shares = [0.25, 1]
    const found = windowsOfLoad(plan, { arm, seconds, shares, scale: 1, kernelBytes: bytes })
    const errandsIn = ({ fromSecond }: { fromSecond: number }) =>
      day.rows.filter(({ startMs }) => startMs >= fromSecond * 1000 && startMs < (fromSecond + seconds) * 1000).length
    const peak = errandsIn(found.get(1)!)
    expect(found.get(1)).toEqual(cutTrace(plan, { arm, window: { fromSecond: 'busiest', seconds }, kernelBytes: bytes }).window)
    expect(errandsIn(found.get(0.25)!)).toBe(Math.round(peak / 4))
    for (let fromSecond = 0; fromSecond < found.get(0.25)!.fromSecond; fromSecond += 7)
      expect(errandsIn({ fromSecond })).not.toBe(Math.round(peak / 4))
  })
})

describe('scale', () => {
  const window = { fromSecond: 9 * 3600, seconds: 120 }

  it('superposes independent days: no person, bill or key twice, sites apart', () => {
    const twice = cutTrace(plan, { arm, window, scale: 2, kernelBytes: bytes })
    const once = cutTrace(plan, { arm, window, kernelBytes: bytes })
    expect(traceProblems(twice)).toEqual([])
    expect(twice.scale).toEqual({ asked: 2, replications: [0, 1], isSubSampled: false })
    expect(twice.rows.filter(({ visit }) => twice.visits[visit]?.replication === 0)).toHaveLength(once.rows.length)
    expect(new Set(twice.opening.persons.map(({ person }) => person)).size).toBe(twice.opening.persons.length)
    const sitesOf = (replication: number) =>
      new Set(twice.visits.filter((visit) => visit.replication === replication).map(({ site }) => site))
    expect(sitesOf(0).intersection(sitesOf(1)).size).toBe(0)
    // The other day is one of other people, not the first again under other numbers.
    const of = (replication: number) => twice.visits.filter((visit) => visit.replication === replication)
    const citizens = new Set(of(0).map(({ cityPerson }) => cityPerson))
    const again = of(1).filter(({ cityPerson }) => citizens.has(cityPerson))
    expect(of(1).length).toBeGreaterThan(5)
    expect(again.length).toBeLessThan(of(1).length / 2)
  })

  it('below one keeps some sites, whole, and says so', () => {
    const half = cutTrace(plan, { arm, window, scale: 0.5, kernelBytes: bytes })
    expect(half.scale.isSubSampled).toBe(true)
    expect(traceProblems(half)).toEqual([])
    expect(half.rows.length).toBeLessThan(cutTrace(plan, { arm, window, kernelBytes: bytes }).rows.length)
  })
})

describe('what is not there is refused', () => {
  it('an arm of another name, with the names there are', () => {
    expect(() => cutTrace(plan, { arm: 'what-if-41', kernelBytes: bytes })).toThrow(/what-if-40/)
  })
  it('and without a name it is the scenario’s arm for the wire, else its last', () => {
    const { scenario } = plan
    expect(armOf({ ...plan, scenario: { ...scenario, wireArm: arm } }, undefined).name).toBe(arm)
    expect(armOf({ ...plan, scenario: { ...scenario, wireArm: arm } }, 'before').name).toBe('before')
    const { wireArm: _, ...without } = scenario
    expect(armOf({ ...plan, scenario: without }, undefined).name).toBe('what-if-80')
  })
  it('a window in which nobody pays', () => {
    expect(() => cutTrace(plan, { arm, window: { fromSecond: 129_000, seconds: 10 }, kernelBytes: bytes })).toThrow(NothingToCut)
  })
})

const releasedOf = (name: string): number => errands.find((errand) => errand.name === name)?.released ?? 0

/** Bills of a visit in the window paid again one after another, from the opening book: those whose split comes out otherwise. */
function resplit(trace: Trace, visit: number): readonly string[] {
  const rows = trace.rows.filter((row) => row.visit === visit && row.bill !== null)
  const person = trace.opening.persons.find((one) => one.person === trace.visits[visit]?.person)
  const site = trace.opening.sites.find((one) => one.site === trace.visits[visit]?.site)
  if (person === undefined || site === undefined) return []
  const state = Float64Array.of(person.currentAccountLeftFen, person.historyAccountLeftFen, person.deductiblePaidFen, person.fundPaidFen)
  const row = benefitAt(insuredTypes.indexOf(person.insuredType), ageGroups.indexOf(person.ageGroup), tiers.indexOf(site.tier))
  const split = new Float64Array(splitWidth)
  const paid = new Set<string>()
  return rows.flatMap(({ bill, expected }) => {
    if (bill === null || paid.has(bill) || expected === null) return []
    paid.add(bill)
    const { totalFen, coveredFen } = trace.opening.bills.find((one) => one.bill === bill) as Trace['opening']['bills'][number]
    splitBillByRow(state, 0, totalFen, coveredFen, benefitTable(plan.policy), row, split, 0)
    const same =
      split[fundPart] === expected.fundFen &&
      split[currentAccountPart] === expected.currentAccountFen &&
      split[historyAccountPart] === expected.historyAccountFen &&
      split[cashPart] === expected.creditFen + expected.cashFen
    return same ? [] : [bill]
  })
}

/** Where the shared decisions lead a patient whose every attempt fails as it did in the virtual city. */
function endOf(trace: Trace, row: TraceRow): string {
  const failing: Record<string, TryOutcome> = {
    entry: { is: 'failed', at: 'entry', mayHaveArrived: false },
    platform: { is: 'failed', at: 'platform', mayHaveArrived: false },
    bureau: { is: 'undone', failedAt: 'bureau' },
    bank: { is: 'undone', failedAt: 'bank' },
    'credit-limit': { is: 'refused', failedAt: 'bank' },
  }
  // Without the deadline: the kernel has none.
  const patient = { ...row, deadlineMs: 1e9 }
  let step: NextStep = { does: 'send', atMs: row.startMs, progress: firstProgress(patient) }
  while (step.does === 'send' && step.progress.mode === row.mode && step.progress.waits === 0)
    step = nextStep(trace.rules, patient, step.progress, failing[row.virtual.failedAt ?? ''] as TryOutcome, step.atMs)
  if (step.does === 'send') return step.progress.waits > 0 ? `${step.progress.mode} later` : step.progress.mode
  return step.does === 'go-on' ? step.to : 'nowhere'
}

function kernelEnd(row: TraceRow, heir: TraceRow | undefined): string {
  if (heir === undefined) return 'nowhere'
  const [wait] = row.bureauDown
  const waited = row.virtual.failedAt === 'bureau' && wait?.does === 'wait' && heir.gapMs >= wait.ms
  return waited ? `${row.takesWindow ? 'window' : row.mode} later` : heir.mode
}

describe('bills that offend against the insurer’s rules', () => {
  const cut = (wrongdoing: Plan['city']['bills']['wrongdoing']): Trace => {
    const { wrongdoing: _, ...bills } = plan.city.bills
    const changed = { ...plan.city, bills: wrongdoing === undefined ? bills : { ...bills, wrongdoing } }
    return cutTrace({ ...plan, city: changed }, { arm, window: { fromSecond: 36_000, seconds: 3600 }, kernelBytes: bytes })
  }
  const none = { repeatedItemShare: 0, outsideDirectoryShare: 0, outsideAgeShare: 0 }
  const honest = (trace: Trace): Omit<Trace, 'planHash'> => {
    const { planHash: _, ...rest } = trace
    const bills = rest.opening.bills.map(({ wrongdoing: __, ...bill }) => bill)
    return { ...rest, opening: { ...rest.opening, bills } }
  }
  const offending = (trace: Trace, kind: Wrongdoing) =>
    trace.opening.bills.filter(({ wrongdoing }) => wrongdoing === kind).map(({ bill }) => bill)

  it('are as many as the city file says, each kind for itself, and nothing else of the day moves with them', () => {
    const without = cut(undefined)
    expect(without.opening.bills.filter(({ wrongdoing }) => wrongdoing !== undefined)).toEqual([])
    const many = cut({ repeatedItemShare: 0.2, outsideDirectoryShare: 0.1, outsideAgeShare: 0.1 })
    expect(honest(many)).toEqual(honest(without))
    expect(honest(cut(none))).toEqual(honest(without))
    const count = without.opening.bills.length
    expect(count).toBeGreaterThan(300)
    const shares = wrongdoings.map((kind) => offending(many, kind).length / count)
    // A bill offends in one way; children have no item that is not for them.
    expect(shares[0]).toBeGreaterThan(0.14)
    expect(shares[0]).toBeLessThan(0.26)
    for (const share of shares.slice(1)) {
      expect(share).toBeGreaterThan(0.04)
      expect(share).toBeLessThan(0.14)
    }
    expect(offending(cut({ ...none, repeatedItemShare: 0.2 }), 'repeated-item')).toEqual(offending(many, 'repeated-item'))
    const children = new Set(many.opening.persons.filter(({ ageGroup }) => ageGroup === 'child').map(({ person }) => person))
    const ofChildren = many.opening.bills.filter(({ person }) => children.has(person))
    expect(ofChildren.some(({ wrongdoing }) => wrongdoing !== undefined)).toBe(true)
    expect(ofChildren.filter(({ wrongdoing }) => wrongdoing === 'outside-age')).toEqual([])
  })
})

describe('who shows a wallet’s code at a kiosk', () => {
  const { wallets: _, ...withoutWallets } = plan.city.parties
  const byCard: Plan = { ...plan, city: { ...plan.city, parties: withoutWallets } }

  it('is of the city file’s share of people, keeps to one wallet, and every such row says which', () => {
    const kiosk = day.rows.filter(({ mode }) => mode === 'kiosk')
    for (const { errand, wallet } of kiosk) expect([errand, wallet !== undefined]).toEqual([errand, errand.endsWith('-by-code')])
    const persons = new Map(kiosk.map(({ person, wallet }) => [person, wallet]))
    for (const { person, wallet } of kiosk) expect(persons.get(person)).toBe(wallet)
    const share = (name: string | undefined) => [...persons.values()].filter((wallet) => wallet === name).length / persons.size
    // Five standard deviations of a share of so many people.
    const within = 5 * Math.sqrt(0.25 / persons.size)
    const { kioskShare = {} } = plan.city.parties.wallets ?? {}
    for (const name of ['wechat', 'alipay'] as const) expect(Math.abs(share(name) - (kioskShare[name] ?? 0))).toBeLessThan(within)
  })

  it('moves no draw but its own: the same visits ask the same of everybody else, in the same times', () => {
    const cards = cutTrace(byCard, { arm, window: wholeDay, kernelBytes: bytes })
    const firstOf = (trace: Trace) =>
      new Map(
        trace.visits.map(({ visit, visitOfDay }) => {
          const row = trace.rows.find((one) => one.visit === visit)
          const others = row?.services.filter(({ leg }) => leg !== 'bank')
          return [visitOfDay, { errand: row?.errand.replace('-by-code', ''), others }]
        }),
      )
    const [coded, carded] = [firstOf(day), firstOf(cards)]
    expect(cards.rows.some(({ wallet }) => wallet !== undefined)).toBe(false)
    expect(
      [...carded].filter(([visit, first]) => JSON.stringify(first) !== JSON.stringify(coded.get(visit))).length / carded.size,
    ).toBeLessThan(0.02)
  })
})
