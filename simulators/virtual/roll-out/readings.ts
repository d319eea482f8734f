/**
 * What the published number of transactions may count. Its first day, the transactions of a visit and the insured share of visits are tied
 * by one equation; each row takes two of them as the model has them and says what the third would have to be.
 */
import type { Plan, Words } from '../../../scenarios/plan.ts'
import { dayNumber } from '../../engine/civil-date.ts'
import type { RollOutOutcome } from '../../measures/result-roll-out.ts'
import type { ExpectedDay } from '../../patients/expected-payments.ts'
import type { RollOutWindow } from './window.ts'

type Readings = Pick<RollOutOutcome, 'equation' | 'choices'>

/** @param hoursFrom hours saved if all payments by e-credential fell on the days from this one of the window on */
export function readingsOf(plan: Plan, window: RollOutWindow, hoursFrom: (n: number) => number): Readings {
  const { rollOut, firstDay, days } = window
  const published = rollOut.totals.transactions
  const lastWave = rollOut.waves.at(-1)?.on ?? rollOut.from
  const sum = (list: readonly ExpectedDay[], of: (day: ExpectedDay) => number): number => list.reduce((all, day) => all + of(day), 0)
  const joined = { visits: sum(window.expected, (day) => day.visits), insured: sum(window.expected, (day) => day.insuredVisits) }
  const perVisit = sum(window.expected, (day) => day.transactions) / joined.insured
  const insuredShare = joined.insured / joined.visits
  const everywhere = sum(window.expectedEverywhere, (day) => day.visits)
  const sinceLast = sum(window.expected.slice(dayNumber(lastWave) - firstDay), (day) => day.visits)
  const saved = hoursFrom(0)
  const conclude = (hours: number): boolean => (hours * 60) / joined.visits >= plan.scenario.minimumEffectThatMatters
  const changes = (hours: number): Words => {
    const same = conclude(hours) === conclude(saved) && hours > 0 === saved > 0
    const whole = Math.round(hours)
    return {
      zh: `省下约 ${whole} 小时；结论${same ? '不变' : '改变'}`,
      en: `about ${whole} hours saved; the conclusion ${same ? 'stays' : 'changes'}`,
    }
  }
  const row = (
    title: Words,
    startDate: string,
    visits: number,
    given: { transactionsPerVisit?: number; insuredShare?: number },
    hours: number,
    chosen = false,
  ) => ({
    title,
    startDate,
    transactionsPerDay: published / (firstDay + days - dayNumber(startDate)),
    transactionsPerVisit: given.transactionsPerVisit ?? published / (visits * (given.insuredShare as number)),
    insuredShare: given.insuredShare ?? published / (visits * (given.transactionsPerVisit as number)),
    chosen,
    changes: changes(hours),
  })
  const millions = (value: number): string => (value / 1e6).toFixed(2)
  const terms = [
    millions(joined.visits),
    insuredShare.toFixed(3),
    perVisit.toFixed(3),
    millions(joined.insured * perVisit),
    millions(published),
  ]
  return {
    equation: {
      zh: `交易数 = 各日在已加入执业点的就诊数之和 × 参保比例 × 每次参保就诊的交易数；模型：${terms[0]} 百万 × ${terms[1]} × ${terms[2]} = ${terms[3]} 百万（应付），公布 ${terms[4]} 百万`,
      en: `transactions = visits at sites that have joined, over all days × insured share × transactions of an insured visit; the model: ${terms[0]} M × ${terms[1]} × ${terms[2]} = ${terms[3]} M due, published ${terms[4]} M`,
    },
    choices: [
      row(
        { zh: '自首批试点起，只计已加入的执业点', en: 'From the first pilots, at the sites that have joined' },
        rollOut.from,
        joined.visits,
        { insuredShare },
        saved,
        true,
      ),
      row(
        { zh: '自首批试点起，计全部执业点：每次就诊的交易数须更少', en: 'From the first pilots, at all sites: a visit would make fewer' },
        rollOut.from,
        everywhere,
        { insuredShare },
        saved,
      ),
      row(
        { zh: '自首批试点起，计全部执业点：参保比例须更低', en: 'From the first pilots, at all sites: fewer visits would be insured' },
        rollOut.from,
        everywhere,
        { transactionsPerVisit: perVisit },
        saved,
      ),
      row(
        { zh: '自全部加入之日起：每次就诊的交易数须更多', en: 'From the day on which all had joined: a visit would make more' },
        lastWave,
        sinceLast,
        { insuredShare },
        hoursFrom(dayNumber(lastWave) - firstDay),
      ),
    ],
  }
}
