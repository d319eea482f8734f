/** What `medpay calibrate` prints: the targets, what the model says at the start and at the best factors, the factors, how it ended. */
import { textTable } from '../reports/text-table.ts'
import type { CityToCalibrate } from '../scenarios/load-calibration.ts'
import type { Words } from '../scenarios/plan.ts'
import { type CalibrationOutcome, calibratedRows } from '../simulators/virtual/calibrate-city.ts'

export function calibrationLines(found: CityToCalibrate, { best, looks }: CalibrationOutcome, language: 'zh' | 'en'): readonly string[] {
  const say = ({ zh, en }: Words): string => (language === 'zh' ? zh : en)
  const shown = (x: number | null | undefined): string => (x === null || x === undefined ? '–' : String(Number(x.toPrecision(4))))
  const head = (...titles: readonly Words[]) => titles.map((title, index) => ({ title: say(title), numeric: index > 0 }))
  const rows = calibratedRows(found.planAt(best.factors)).map(({ title, low, high, tolerance, unit }, index) => [
    say(title),
    low === high ? shown(low) : `${shown(low)}–${shown(high)}`,
    `±${shown(tolerance)}`,
    shown(looks[0]?.figures?.[index]),
    shown(best.figures?.[index]),
    unit === '1' ? '' : unit,
  ])
  const parameters = found.calibration.parameters.map(({ title, low, high, start }, index) => [
    say(title),
    `${shown(low)}–${shown(high)}`,
    shown(start),
    shown(best.factors[index]),
  ])
  const evaluations = looks.length
  return [
    ...textTable(
      [
        ...head(
          { zh: '校准目标', en: 'Calibrated row' },
          { zh: '证据', en: 'evidence' },
          { zh: '容差', en: 'tolerance' },
          { zh: '起点', en: 'at start' },
          { zh: '所得', en: 'found' },
        ),
        { title: '' },
      ],
      rows,
    ),
    '',
    ...textTable(
      head(
        { zh: '参数（系数）', en: 'Parameter (factor)' },
        { zh: '范围', en: 'bounds' },
        { zh: '起点', en: 'start' },
        { zh: '所得', en: 'found' },
      ),
      parameters,
    ),
    language === 'zh' ? `  试算 ${evaluations} 次` : `  ${evaluations} evaluations`,
  ]
}

const reasons: Readonly<Record<Exclude<CalibrationOutcome['ended'], 'converged'>, Words>> = {
  budget: { en: 'the evaluations allowed are used up', zh: '已用完允许的试算次数' },
  stuck: { en: 'no step within the bounds comes nearer', zh: '在参数范围内已无法再接近' },
  unmeasurable: { en: 'a day could not be played to its end: its lines outlast the clock', zh: '有一天无法演完：队伍在时钟之内排不完' },
}

export function failureWords({ ended }: CalibrationOutcome): Words {
  const reason = ended === 'converged' ? { en: '', zh: '' } : reasons[ended]
  return {
    en: `the calibration did not converge: ${reason.en}; nothing is written. Widen a parameter’s bounds with a reason, free another number, or look at the rows again`,
    zh: `校准未收敛：${reason.zh}；未写入任何文件。可有理由地放宽参数范围、增加待定参数，或重新检视校准目标`,
  }
}
