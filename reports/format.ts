/** Figures as a reader meets them: rounded to what they can bear, with their unit, in either language. */
import { clockOfSecond } from '../simulators/engine/time.ts'
import type { MeasureKind } from '../simulators/measures/catalogue.ts'
import { type Language, wordsFor } from './words.ts'

export type Unit = MeasureKind['unit']

/** A typographic minus, so that a sign is never taken for a dash or broken off at a line's end. */
const minus = '−'

/** Four significant figures at most and no more decimals than the unit deserves; `sign` also writes a plus. */
export function formatNumber(value: number, language: Language, decimals = decimalsFor(value), sign = false): string {
  const rounded = Number(Math.abs(value).toFixed(decimals))
  const digits = numberFormat(language, decimals).format(rounded)
  if (rounded === 0) return digits
  return value < 0 ? minus + digits : sign ? `+${digits}` : digits
}

/** `12.4 min`, `35.8 %`, `1.23 亿元`: a value with its unit. */
export function formatValue(value: number, unit: string, language: Language, sign = false): string {
  const scale = scaleFor(unit, Math.abs(value), language)
  return joined(formatNumber(value * scale.factor, language, scale.decimals, sign), scale.unit, language)
}

/** Both ends in one unit, chosen by the larger: `−9.1 to −7.8 min`. */
export function formatInterval(interval: readonly [number, number], unit: string, language: Language, sign = false): string {
  const [low, high] = interval
  const scale = scaleFor(unit, Math.max(Math.abs(low), Math.abs(high)), language)
  const end = (value: number): string => formatNumber(value * scale.factor, language, scale.decimals, sign)
  const between = language === 'zh' ? '至' : ' to '
  return joined(`${end(low)}${between}${end(high)}`, scale.unit, language)
}

/** `8.2 min (7.9 to 8.5)`: value and interval to the same number of decimals, the unit said once. */
export function formatWithInterval(
  value: number,
  interval: readonly [number, number],
  unit: string,
  language: Language,
  sign = false,
): string {
  const scale = scaleFor(unit, Math.max(Math.abs(value), ...interval.map(Math.abs)), language)
  const say = (one: number): string => formatNumber(one * scale.factor, language, scale.decimals, sign)
  const shown = joined(say(value), scale.unit, language)
  return language === 'zh'
    ? `${shown}（${say(interval[0])}至${say(interval[1])}）`
    : `${shown} (${say(interval[0])} to ${say(interval[1])})`
}

/** A mark someone set, such as a margin: as written, without the zeros that measured figures carry. */
export function formatMark(value: number, unit: string, language: Language): string {
  const scale = scaleFor(unit, Math.abs(value), language)
  return joined(String(Number((value * scale.factor).toPrecision(6))).replace('-', minus), scale.unit, language)
}

/** Second of the day as `08:30`; `24:00` is the end of the day. */
export function formatClock(second: number): string {
  return clockOfSecond(second).slice(0, 5)
}

/** Seconds as people say them: `45 s`, `12 min`, `1.5 h`. */
export function formatSeconds(seconds: number, language: Language): string {
  if (seconds < 120) return formatMark(Math.round(seconds), 's', language)
  return formatValue(seconds / 60, 'min', language)
}

interface Scale {
  readonly factor: number
  readonly unit: string
  readonly decimals: number
}

/** Money is kept in fen and read in yuan; shares are kept in 0…1 and read in per cent. */
function scaleFor(unit: string, size: number, language: Language): Scale {
  if (unit === 'fen') return moneyScale(size / 100, language)
  if (unit === '1') return { factor: 100, unit: '%', decimals: size >= 0.01 || size === 0 ? 1 : size >= 0.001 ? 2 : 3 }
  if (unit === 'points') return { ...scaleFor('1', size, language), unit: language === 'zh' ? '个百分点' : 'pts' }
  if (unit === 'ratio') return { factor: 1, unit: '', decimals: 2 }
  if (unit === 'visits' || unit === 'payments' || unit === 'calls')
    return { factor: 1, unit: unitWord(unit, language), decimals: size < 10 && size > 0 ? 1 : 0 }
  if (unit === 'lines') return { factor: 1, unit: unitWord(unit, language), decimals: 2 }
  return { factor: 1, unit: unitWord(unit, language), decimals: decimalsFor(size) }
}

function moneyScale(yuan: number, language: Language): Scale {
  if (language === 'zh') {
    if (yuan >= 1e8) return { factor: 1 / 1e10, unit: '亿元', decimals: 2 }
    if (yuan >= 1e4) return { factor: 1 / 1e6, unit: '万元', decimals: 1 }
    return { factor: 1 / 100, unit: '元', decimals: 2 }
  }
  if (yuan >= 1e9) return { factor: 1 / 1e11, unit: 'bn yuan', decimals: 2 }
  if (yuan >= 1e6) return { factor: 1 / 1e8, unit: 'm yuan', decimals: 2 }
  return { factor: 1 / 100, unit: 'yuan', decimals: yuan >= 1000 ? 0 : 2 }
}

export function unitWord(unit: string, language: Language): string {
  const units: Readonly<Record<string, string>> = wordsFor(language).units
  return units[unit] ?? unit
}

function joined(digits: string, unit: string, language: Language): string {
  if (unit === '') return digits
  if (unit === '%') return language === 'zh' ? `${digits}%` : `${digits} %`
  // Chinese sets no space between figure and unit.
  return language === 'zh' ? `${digits}${unit}` : `${digits} ${unit}`
}

function decimalsFor(value: number): number {
  const size = Math.abs(value)
  // A value that rounds up to the next power of ten is written like one.
  if (size >= 99.95 || size === 0) return 0
  if (size >= 9.995) return 1
  if (size >= 0.1) return 2
  return 3
}

const formats = new Map<string, Intl.NumberFormat>()
function numberFormat(language: Language, decimals: number): Intl.NumberFormat {
  const key = `${language}${decimals}`
  const known = formats.get(key)
  if (known !== undefined) return known
  const made = new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
  formats.set(key, made)
  return made
}
