/** Business moments as the dialects write them. China has one zone, UTC+8, without summer time. */
const zoneMs = 8 * 3_600_000

/** Epoch milliseconds of a moment on a Chinese calendar: `2020-10-12`, `2020-10-12 08:30:00`. Undefined when it is no moment. */
export function momentMs(text: string): number | undefined {
  const [, date, time = '00:00:00'] = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}:\d{2}))?$/.exec(text) ?? []
  if (date === undefined) return undefined
  const ms = Date.parse(`${date}T${time}Z`)
  return Number.isNaN(ms) || dateOf(ms - zoneMs) !== date ? undefined : ms - zoneMs
}

/** yyyy-MM-dd */
export const dateOf = (ms: number): string => new Date(ms + zoneMs).toISOString().slice(0, 10)
/** yyyy-MM-dd HH:mm:ss */
export const secondOf = (ms: number): string => new Date(ms + zoneMs).toISOString().slice(0, 19).replace('T', ' ')
/** yyyyMMdd */
export const compactDateOf = (ms: number): string => dateOf(ms).replaceAll('-', '')
/** yyyyMMddHHmmss */
export const compactSecondOf = (ms: number): string => secondOf(ms).replaceAll(/[-: ]/g, '')
