/**
 * Three patients' first day in the first and the last arm, as spans on one time line. Of a large city a tenth of the sites is played for
 * it, whole and in front of the whole city's shared parties, as for the first look: the choice and the telling play the day eight times.
 */
import type { Plan, Words } from '../../../scenarios/plan.ts'
import type { PatientStory } from '../../measures/result-story.ts'
import { type CityPlayer, cityPlayer } from '../city-player.ts'
import { isPaymentKind } from '../compile-city.ts'
import { modeOf } from '../compile-day.ts'
import { lookScale } from '../look-scale.ts'
import { type ArmEnds, choosePatients } from './choose-patients.ts'
import { type ArmStory, tellVisitOf, type VisitEvent } from './visit-story.ts'

type Day = ReturnType<CityPlayer['peopleOf']>
type ArmOfStory = PatientStory['arms'][number]
type Span = ArmOfStory['spans'][number]

const FIRST_DAY = 0

/**
 * Empty where there is one arm alone, or nobody to tell of.
 *
 * @param plan with arms of the whole city only
 */
export function tellStories(plan: Plan, kernelBytes: Uint8Array | null): readonly PatientStory[] {
  const [first] = plan.scenario.arms
  const last = plan.scenario.arms.at(-1)
  if (first === undefined || last === undefined || first === last) return []
  const scale = lookScale(plan)
  const told: Plan = { ...plan, scenario: { ...plan.scenario, scale, arms: [first, last] } }
  const player = cityPlayer(told, kernelBytes)
  const day = player.peopleOf(FIRST_DAY)
  const chosen = choosePatients(day, endsOf(player, day, 0), endsOf(player, day, 1))
  return chosen.map(({ role, visit }) => {
    const story = tellVisitOf(told, player, day, { day: FIRST_DAY, visit })
    const { ageGroup, insuredType, tier, department } = story.person
    return { role, title: titles[role], day: FIRST_DAY, visit, scale, ageGroup, insuredType, tier, department, arms: story.arms.map(armOf) }
  })
}

function endsOf(player: CityPlayer, day: Day, arm: number): ArmEnds {
  const { kernel, city, thresholds } = player.prepareArm(arm, day, FIRST_DAY)
  kernel.run(city.faults.length)
  const mode = new Uint8Array(day.count)
  for (let v = 0; v < day.count; v++) mode[v] = modeOf(day, thresholds, v)
  return { mode, outcome: Int32Array.from(kernel.visits('visitOutcome')), end: Int32Array.from(kernel.visits('visitEnd')) }
}

const titles: Readonly<Record<PatientStory['role'], Words>> = {
  'median-saving': { zh: '节省居中的改用者', en: 'A patient who switched, with the median saving' },
  'elderly-at-the-window': { zh: '仍在窗口付费的老年人', en: 'An elderly patient who stays at the window' },
  'worst-off-decile': { zh: '变化最差的一成中的一位', en: 'A patient of the worst-off tenth' },
}

function armOf({ arm, mode, events, waitMinutes }: ArmStory): ArmOfStory {
  const spans = spansOf(events)
  return {
    arm,
    mode,
    arrivedAtSecond: events[0]?.atSecond ?? 0,
    leftAtSecond: events.at(-1)?.atSecond ?? 0,
    paymentWaitMinutes: waitMinutes.payment,
    clinicalWaitMinutes: waitMinutes.clinical,
    spans,
    marks: events.flatMap(({ what, atSecond }) => (marked.includes(what) ? [{ what, atSecond }] : [])),
  }
}

const marked: readonly VisitEvent['what'][] = ['settled', 'failed', 'fallback', 'balk', 'renege']

/** What the patient was doing from each event to the next; stretches of no length are left out, so that the rest tiles the day. */
export function spansOf(events: readonly VisitEvent[]): readonly Span[] {
  const spans: Span[] = []
  let doing: Pick<Span, 'what' | 'where'> = { what: 'elsewhere', where: 'elsewhere' }
  let since = events[0]?.atSecond ?? 0
  /** The line left last. */
  let left = ''
  const turnTo = (next: typeof doing, atSecond: number): void => {
    const before = spans.at(-1)
    if (before?.what === doing.what && before.where === doing.where) spans[spans.length - 1] = { ...before, toSecond: atSecond }
    else if (atSecond > since) spans.push({ ...doing, fromSecond: since, toSecond: atSecond })
    doing = next
    since = atSecond
  }
  for (const { what, where, atSecond } of events) {
    const side = isPaymentKind(where) ? 'payment' : 'clinical'
    switch (what) {
      case 'join':
        turnTo({ what: `${side}-wait`, where }, atSecond)
        break
      case 'start':
        turnTo({ what: `${side}-service`, where }, atSecond)
        break
      case 'end':
        left = where
        turnTo({ what: 'elsewhere', where: 'elsewhere' }, atSecond)
        break
      case 'balk':
      case 'renege':
        turnTo({ what: 'elsewhere', where: 'elsewhere' }, atSecond)
        break
      case 'errand':
        if (doing.what !== 'elsewhere') break
        // A window or kiosk is held until the errand it sent is answered; else it is the patient's own phone.
        doing = since === atSecond && isPaymentKind(left) ? { what: 'payment-service', where: left } : { what: 'elsewhere', where: 'phone' }
        break
      case 'settled':
      case 'failed':
      case 'fallback':
        if (doing.where === 'phone' || doing.where === left) turnTo({ what: 'elsewhere', where: 'elsewhere' }, atSecond)
        break
      case 'leave':
        turnTo(doing, atSecond)
        break
      case 'arrive':
        break
      default:
        what satisfies never
    }
  }
  return spans
}
