/** The days of a roll-out as sections of a result: months, shapes, readings of the published total, hours saved. */
import type { Plan, Words } from '../../../scenarios/plan.ts'
import { rollOutTotalNames } from '../../../scenarios/plan-roll-out.ts'
import { dayNumber } from '../../engine/civil-date.ts'
import { publishedTotalsOf } from '../../measures/evidence-of.ts'
import type { RollOutOutcome } from '../../measures/result-roll-out.ts'
import type { RunResult } from '../../measures/run-result.ts'
import type { AdoptionCourse } from '../../patients/adoption-course.ts'
import type { ExpectedDay } from '../../patients/expected-payments.ts'
import type { ArmDay } from '../city-player.ts'
import type { DayOfWindow } from './day-of-window.ts'
import { type AnyDay, hoursSaved, type SavingDay } from './hours-saved.ts'
import { readingsOf } from './readings.ts'
import { bytesOf, type SharedTables } from './shared-tables.ts'
import type { RollOutWindow } from './window.ts'

export interface RollOutPages {
  readonly plan: Plan
  readonly window: RollOutWindow
  readonly tables: SharedTables
  /** The days played, in order. */
  readonly days: readonly DayOfWindow[]
  /** By arm, its days on the days compared. */
  readonly compared: readonly (readonly ArmDay[])[]
}

export function rollOutSections(pages: RollOutPages): Pick<RunResult, 'rollOut' | 'publishedTotals'> {
  const { plan, window, tables, days } = pages
  const { courses, rollOut } = window
  const playsAll = rollOut.plays === 'every-day'
  const savings = savingDays(pages)
  const sum = (of: (day: DayOfWindow) => number): number => days.reduce((total, day) => total + of(day), 0)
  const insuredSum = (key: keyof ArmDay['insured']): number => sum(({ reform }) => reform.insured[key])
  const transactions = insuredSum('transactions')
  const visits = sum((day) => day.visits)
  const credential = insuredSum('credentialTransactions')
  // A fraction of the city has its fraction of what is expected; some of it is never paid.
  const cityShare = transactions / days.reduce((all, { n }) => all + (window.expected[n] as ExpectedDay).transactions, 0)
  const saved = hoursSaved(savings, paymentsByDay(pages, cityShare))
  const heads = tables.insured.reduce((all, slice) => all + slice, 0)
  const bytes = bytesOf(tables)
  return {
    rollOut: {
      fromDate: rollOut.from,
      toDate: rollOut.to,
      days: days.length,
      transactions,
      visits,
      transactionsPerVisit: visits > 0 ? transactions / visits : 0,
      ...readingsOf(plan, window, (from) => hoursSaved(savings, paymentsByDay(pages, cityShare, from)).value),
      waves: rollOut.waves.map(({ on, title }) => {
        const n = Math.max(0, dayNumber(on) - window.firstDay)
        const [here, everywhere] = [window.expected[n] as ExpectedDay, window.expectedEverywhere[n] as ExpectedDay]
        return { on, title, sitesLive: window.joinedBy(n), visitShare: here.visits / everywhere.visits }
      }),
      months: monthsOf(pages),
      shapes: courses.map((course, index) => ({
        name: course.shape.name,
        title: course.shape.title,
        chosen: index === 0,
        adoptionAtMonthEnd: monthEnds(window).map(({ last }) => course.adoptionOn(last)),
        meets: course.meets,
        patientHoursSaved: index === 0 ? saved.value : hoursSaved(savings, paymentsOfCourse(window, course, cityShare)).value,
      })),
      patientHoursSaved: saved,
      notCarriedOver: {
        billsLeft: insuredSum('billsLeft'),
        signUpsLost: sum(({ reform }) => reform.signUps.lost),
      },
      features,
      sharedTableBytes: bytes,
      sharedTableBytesPerPerson: heads > 0 ? bytes / heads : 0,
    },
    publishedTotals: publishedTotalsOf(
      plan,
      playsAll
        ? {
            [rollOutTotalNames.transactions]: transactions,
            'transaction-amount': insuredSum('billFen') / 100,
            [rollOutTotalNames.credentialTransactions]: credential,
            'credential-amount': insuredSum('credentialFen') / 100,
            [rollOutTotalNames.creditPayments]: insuredSum('creditPayments'),
            'credit-amount': insuredSum('creditFen') / 100,
            [rollOutTotalNames.signUps]: sum(({ reform }) => reform.signUps.granted),
          }
        : {},
    ),
  }
}

/** Hours in lines to pay that the reform saved on each day compared, beside the payments by e-credential it took. */
function savingDays({ window, compared, days }: RollOutPages): readonly SavingDay[] {
  const [before = [], after = []] = compared
  const played = days.filter(({ n }) => window.compared.includes(n))
  return played.map(({ n }, index) => ({
    n,
    expectedVisits: (window.expected[n] as ExpectedDay).visits,
    hours: ((before[index] as ArmDay).paymentWaitTicks - (after[index] as ArmDay).paymentWaitTicks) / TICKS_PER_HOUR,
    credentialTransactions: (after[index] as ArmDay).insured.credentialTransactions,
  }))
}

const TICKS_PER_HOUR = 36_000_000

/** Payments by e-credential of every day: as played, and in a first answer by the curve on the days left out. */
function paymentsByDay({ window, days }: RollOutPages, cityShare: number, from = 0): readonly AnyDay[] {
  const played = new Map(days.map(({ n, reform }) => [n, reform.insured.credentialTransactions]))
  const course = window.courses[0] as AdoptionCourse
  // What was paid in all was published; a count that begins later has it all on later days.
  const all = paymentsOfCourse(window, course, cityShare).map((day, n) => ({
    ...day,
    credentialTransactions: played.get(n) ?? day.credentialTransactions,
  }))
  const kept = all.slice(from)
  const sum = (list: readonly AnyDay[]): number => list.reduce((total, day) => total + day.credentialTransactions, 0)
  const raise = sum(kept) > 0 ? sum(all) / sum(kept) : 1
  return kept.map((day) => ({ ...day, credentialTransactions: day.credentialTransactions * raise }))
}

/** What a shape expects of every day; not simulated but for the first. */
function paymentsOfCourse({ expected }: RollOutWindow, course: AdoptionCourse, cityShare: number): readonly AnyDay[] {
  return expected.map(({ visits, transactions }, n) => ({
    expectedVisits: visits,
    credentialTransactions: course.adoptionOn(n) * transactions * cityShare,
  }))
}

interface Month {
  readonly month: string
  readonly first: number
  readonly last: number
}

function monthEnds(window: RollOutWindow): readonly Month[] {
  const months: { month: string; first: number; last: number }[] = []
  for (let n = 0; n < window.days; n++) {
    const month = window.dateOf(n).slice(0, 7)
    const known = months.at(-1)
    if (known?.month === month) known.last = n
    else months.push({ month, first: n, last: n })
  }
  return months
}

function monthsOf({ plan, window, days }: RollOutPages): RollOutOutcome['months'] {
  return monthEnds(window).map(({ month, first, last }) => {
    const played = days.filter(({ n }) => n >= first && n <= last)
    const sum = (of: (day: DayOfWindow) => number): number => played.reduce((total, day) => total + of(day), 0)
    const insured = (key: keyof ArmDay['insured']): number => sum(({ reform }) => reform.insured[key])
    const end = window.dateOf(last)
    return {
      month,
      transactions: insured('transactions'),
      credentialTransactions: insured('credentialTransactions'),
      creditPayments: insured('creditPayments'),
      signUps: sum(({ reform }) => reform.signUps.granted),
      sitesLive: window.joinedBy(last),
      channelsOpen: plan.city.parties.channels.filter(({ openedOn }) => openedOn <= end).length,
      billFen: insured('billFen'),
      credentialFen: insured('credentialFen'),
      creditFen: insured('creditFen'),
    }
  })
}

/** Everything a working day of the city has; nothing is left out of a roll-out. */
const features: readonly Words[] = [
  {
    zh: '执业点内每个科室一条候诊队，窗口、自助机、检验、影像、取药各有队伍',
    en: 'A line for each department, and lines at windows, kiosks, laboratory, imaging and pharmacy',
  },
  { zh: '班次、夜间值守、午间与晚间减员', en: 'Shifts, night duty, fewer servers at noon and in the evening' },
  { zh: '老年与急诊优先，放弃排队与中途离队', en: 'Priority for the elderly and for emergencies; balking and reneging' },
  {
    zh: '入口、平台、医保局、银行与医院信息系统逐次调用，含超时、重试与冲正',
    en: 'Every call to entries, platform, bureau, banks and hospital systems, with timeouts, retries and reversals',
  },
  { zh: '入口互为备份与健康规则', en: 'Entries that back each other up, and the rule of their health' },
  { zh: '儿童亲属随申码、志愿者协助', en: "Children's family code, volunteers' help" },
  { zh: '逐张账单按政策分摊，年度累计与信用额度', en: 'Every bill split by policy, with the insurance year so far and lines of credit' },
  { zh: '互联网医院、药店与信用签约', en: 'Internet hospitals, pharmacies and credit sign-ups' },
  { zh: '复式分类账与独立审计', en: 'A double-entry ledger and its independent audit' },
]
