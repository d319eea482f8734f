/** Amounts made wrong, texts cut short and files short of rows, wherever a failure was ordered to. */
import { readStatement, writeStatement } from '../dialects/bank-statement.ts'

/** One amount as it was and as it stands now. */
export interface Falsified {
  readonly before: unknown
  readonly now: unknown
}

/**
 * Makes the amount wrong in place, wherever the field stands in the value. Numbers and texts of an amount (`"12.00"`) keep their form.
 *
 * @param by in the field's own unit
 */
export function falsified(value: unknown, field: string, by: number): Falsified | undefined {
  if (value === null || typeof value !== 'object') return undefined
  const object = value as Record<string, unknown>
  const before = object[field]
  if (typeof before === 'number' || (typeof before === 'string' && /^-?\d+(?:\.\d+)?$/.test(before))) {
    // Two places: fen are whole, and yuan have no more.
    const sum = Math.round((Number(before) + by) * 100) / 100
    const now = typeof before === 'number' ? sum : sum.toFixed(before.split('.')[1]?.length ?? 0)
    object[field] = now
    return { before, now }
  }
  for (const inner of Object.values(object)) {
    const change = falsified(inner, field, by)
    if (change !== undefined) return change
  }
  return undefined
}

/** The reply as if nothing had been changed: whoever books another amount than it was asked for does not say so. */
export function setBack<T>(reply: T, change: Falsified | undefined): T {
  if (change === undefined || reply === null || typeof reply !== 'object') return reply
  const back = (value: unknown): unknown => {
    if (value === change.now) return change.before
    if (Array.isArray(value)) return value.map(back)
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, back(inner)]))
  }
  return back(reply) as T
}

/** Half of the text is missing: of the reply itself, or of its field. */
export function cutText<T>(reply: T, field: string | undefined): T {
  if (typeof reply === 'string') return reply.slice(0, Math.floor(reply.length / 2)) as T
  if (Buffer.isBuffer(reply)) return reply.subarray(0, Math.floor(reply.length / 2)) as T
  if (field === undefined || reply === null || typeof reply !== 'object') return reply
  const text = (reply as Readonly<Record<string, unknown>>)[field]
  return typeof text === 'string' ? { ...reply, [field]: cutText(text, undefined) } : reply
}

/**
 * A bank's day-end file as if it had never known some of its rows: whole in itself, and nobody can tell from the file alone. Whatever is no
 * such file stays as it is.
 */
export function withoutRows<T>(reply: T, isLost: (key: string) => boolean): T {
  if (reply === null || typeof reply !== 'object' || !('csv' in reply) || typeof reply.csv !== 'string') return reply
  const read = readStatement(reply.csv)
  if ('mistakes' in read) return reply
  return { ...reply, ...writeStatement({ ...read, lines: read.lines.filter(({ key }) => !isLost(key)) }) }
}
