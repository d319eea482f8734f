/** Three patients' days as a run would tell them; the times are made up. */
import type { PatientStory } from '../../simulators/measures/result-story.ts'
import { w } from './sample-city.ts'

type ArmOfStory = PatientStory['arms'][number]
type What = ArmOfStory['spans'][number]['what']
type Stretch = readonly [what: What, where: string, minutes: number]

/** A day from its stretches, one after the other. */
function day(
  arm: string,
  mode: string,
  from: number,
  stretches: readonly Stretch[],
  marks: readonly (readonly [string, number])[],
): ArmOfStory {
  let at = from
  const spans = stretches.map(([what, where, minutes]) => {
    const span = { what, where, fromSecond: at, toSecond: at + minutes * 60 }
    at = span.toSecond
    return span
  })
  const waited = (kind: What): number =>
    spans.filter((span) => span.what === kind).reduce((sum, span) => sum + (span.toSecond - span.fromSecond) / 60, 0)
  return {
    arm,
    mode,
    arrivedAtSecond: from,
    leftAtSecond: at,
    paymentWaitMinutes: waited('payment-wait'),
    clinicalWaitMinutes: waited('clinical-wait'),
    spans,
    marks: marks.map(([what, minutes]) => ({ what, atSecond: from + minutes * 60 })),
  }
}

const before: readonly Stretch[] = [
  ['elsewhere', 'elsewhere', 4],
  ['payment-wait', 'registration-window', 11],
  ['payment-service', 'registration-window', 1],
  ['clinical-wait', 'consulting-room', 34],
  ['clinical-service', 'consulting-room', 7],
  ['elsewhere', 'elsewhere', 3],
  ['payment-wait', 'cashier-window', 19],
  ['payment-service', 'cashier-window', 1],
  ['elsewhere', 'elsewhere', 3],
  ['clinical-wait', 'laboratory', 9],
  ['clinical-service', 'laboratory', 3],
  ['elsewhere', 'elsewhere', 26],
  ['clinical-wait', 'consulting-room', 8],
  ['clinical-service', 'consulting-room', 4],
  ['payment-wait', 'cashier-window', 14],
  ['payment-service', 'cashier-window', 1],
  ['clinical-wait', 'pharmacy-window', 12],
  ['clinical-service', 'pharmacy-window', 2],
]
const byPhone: readonly Stretch[] = [
  ['elsewhere', 'elsewhere', 4],
  ['clinical-wait', 'consulting-room', 36],
  ['clinical-service', 'consulting-room', 7],
  ['elsewhere', 'phone', 1],
  ['elsewhere', 'elsewhere', 3],
  ['clinical-wait', 'laboratory', 15],
  ['clinical-service', 'laboratory', 3],
  ['elsewhere', 'elsewhere', 26],
  ['clinical-wait', 'consulting-room', 7],
  ['clinical-service', 'consulting-room', 4],
  ['elsewhere', 'phone', 1],
  ['clinical-wait', 'pharmacy-window', 16],
  ['clinical-service', 'pharmacy-window', 2],
]
const longer = (stretches: readonly Stretch[], factor: number): readonly Stretch[] =>
  stretches.map(([what, where, minutes]) => [what, where, what.endsWith('wait') ? Math.round(minutes * factor) : minutes])

export const sampleStories: readonly PatientStory[] = [
  {
    role: 'median-saving',
    title: w('节省居中的改用者', 'A switcher with the median saving'),
    day: 0,
    visit: 18_204,
    scale: 0.1,
    ageGroup: 'young-adult',
    insuredType: 'employee',
    tier: 'municipal-tertiary',
    department: '',
    arms: [
      day('before', 'window', 30_900, before, [
        ['settled', 16],
        ['settled', 82],
        ['settled', 147],
      ]),
      day('adopt-40', 'phone', 30_900, byPhone, [
        ['settled', 48],
        ['fallback', 49],
        ['settled', 107],
      ]),
    ],
  },
  {
    role: 'elderly-at-the-window',
    title: w('仍在窗口付费的老年人', 'An elderly patient who stays at the window'),
    day: 0,
    visit: 9_377,
    scale: 0.1,
    ageGroup: 'elderly',
    insuredType: 'retired',
    tier: 'secondary',
    department: '',
    arms: [
      day('before', 'window', 28_200, before, [['settled', 82]]),
      day('adopt-40', 'window', 28_200, longer(before, 0.6), [['settled', 66]]),
    ],
  },
  {
    role: 'worst-off-decile',
    title: w('变化最差的一成中的一位', 'A patient of the worst-off tenth'),
    day: 0,
    visit: 31_055,
    scale: 0.1,
    ageGroup: 'middle-aged',
    insuredType: 'resident',
    tier: 'district-tertiary',
    department: '',
    arms: [
      day('before', 'kiosk', 36_000, longer(before, 0.7), [['settled', 60]]),
      day('adopt-40', 'kiosk', 36_000, longer(before, 0.95), [['settled', 70]]),
    ],
  },
]
