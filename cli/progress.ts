/** One line that says how far a run is: days done, share, time left. Written for a reader at a terminal, silent in a pipe. */
import type { Terminal } from './terminal.ts'

export interface DaysDone {
  readonly daysDone: number
  readonly daysPlanned: number
  readonly phase: keyof typeof phases
}

const phases = {
  people: 'making the people · 生成人群',
  days: 'simulating days · 模拟中',
  'reduced-city': 'further adoption shares, on a reduced city · 缩小城市上的其他使用率',
  study: 'varying the assumptions · 变动假设',
  measures: 'computing measures · 计算指标',
} as const
/** What a phase counts; the others are over before a bar would fill. */
const units: Partial<Record<keyof typeof phases, string>> = {
  days: 'days · 天',
  'reduced-city': 'days of the reduced city · 缩小城市的天',
  study: 'plans of the assumption study · 组假设',
}
const barCells = 24

/** Gives a function that shows each report; `secondsNow` is any steady clock. */
export function progressLine(terminal: Terminal, label: string, secondsNow: () => number): (progress: DaysDone) => void {
  const { status } = terminal
  if (status === undefined) return () => {}
  const began = secondsNow()
  let daysBegan = began
  return (progress) => {
    const now = secondsNow()
    if (progress.phase === 'people' || progress.daysDone === 0) daysBegan = now
    status(progressText(label, progress, now - began, now - daysBegan))
  }
}

export function progressText(label: string, progress: DaysDone, elapsedSeconds: number, daysSeconds: number): string {
  const { daysDone, daysPlanned, phase } = progress
  const unit = units[phase]
  if (unit === undefined || daysPlanned === 0) return `${label}  ${phases[phase]}  ${duration(elapsedSeconds)}`
  const share = Math.min(1, daysDone / daysPlanned)
  const filled = Math.round(share * barCells)
  const bar = '█'.repeat(filled) + '░'.repeat(barCells - filled)
  // Days stop as soon as the answer is precise enough, so that the time left is an upper bound.
  const left = daysDone === 0 ? '' : `, ≤ ${duration((daysSeconds / daysDone) * Math.max(0, daysPlanned - daysDone))} left · 剩余`
  return `${label}  ${bar} ${daysDone}/${daysPlanned} ${unit}  ${duration(elapsedSeconds)}${left}`
}

/** `7 s`, `2 min 05 s`, `1 h 02 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return `${minutes} min ${String(whole % 60).padStart(2, '0')} s`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}
