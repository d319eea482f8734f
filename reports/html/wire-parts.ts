/** Small texts of the wire pages. */
import { formatNumber } from '../format.ts'
import type { Page } from './page.ts'

/** `12.4 ms`, `3.2 s` from ten seconds on, hours for what waits for a day's end. */
export function millisecondsText({ language }: Pick<Page, 'language'>, ms: number): string {
  const space = language === 'zh' ? '\u202f' : '\u00a0'
  if (ms >= 3_600_000) return `${formatNumber(ms / 3_600_000, language, 1)}${space}h`
  if (ms >= 10_000) return `${formatNumber(ms / 1000, language, 1)}${space}s`
  return `${formatNumber(ms, language, ms < 100 ? 1 : 0)}${space}ms`
}

/** `−3.1 ms to 4.0 ms`. */
export function intervalMs(page: Page, [low, high]: readonly [number, number]): string {
  const sign = (ms: number) => `${ms < 0 ? '−' : ''}${millisecondsText(page, Math.abs(ms))}`
  return `${sign(low)}${page.language === 'zh' ? '至' : ' to '}${sign(high)}`
}
