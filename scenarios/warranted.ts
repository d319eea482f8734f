/**
 * A warranted number: the only way a number enters a city or policy file.
 *
 *   { value: 2037, source: "S1 §3", confidence: verified }
 *   { value: 45, low: 30, high: 60, assumption: "reason", group: window-service-times }
 *   { values: [0.5, 0.5], low: 0.8, high: 1.25, assumption: "reason", group: visit-mix }
 *
 * What low and high mean depends on what the number is (`varies`):
 *   value      the number itself lies between them
 *   factor     every entry of the list is multiplied by one number between them (1 = as written)
 *   sharpness  every entry is raised to one power between them and the list is scaled back to its sum (shares stay shares)
 *   power      every entry, a chance in 0…1, is raised to one power between them
 */
import { z } from 'zod'
import { ageGroups, tiers } from './plan.ts'
import { type Confidence, confidences, type Varies } from './plan-provenance.ts'
import { slug } from './text-forms.ts'

export interface Limits {
  readonly min?: number
  readonly max?: number
  readonly integer?: boolean
  /** What a list that varies by sharpness sums to: 1 unless said; 'free' where only the proportions count. */
  readonly total?: number | 'free'
}

const amount = ({ min = 0, max, integer }: Limits) => {
  const bounded = z.number().min(min)
  const capped = max === undefined ? bounded : bounded.max(max)
  return integer === true ? capped.int() : capped
}

export const warrantShape = {
  source: z.string().min(1).optional().describe('Document key and place, e.g. "S1 §3". Either source or assumption.'),
  confidence: z.enum(confidences).optional(),
  assumption: z.string().min(1).optional().describe('Why this number, where no document gives it.'),
  low: z.number().optional(),
  high: z.number().optional(),
  group: slug.optional().describe('Assumptions of one group are varied together.'),
}

/** One number. */
export const one = (limits: Limits = {}) => withWarrant(z.strictObject({ value: amount(limits), ...warrantShape }), 'value')
export const share = () => one({ max: 1 })
export const count = (min = 0) => one({ min, integer: true })

/** A list of a fixed length that varies as one. */
export const list = (length: number, varies: Varies, limits: Limits = {}) =>
  withWarrant(z.strictObject({ values: z.array(amount(limits)).length(length), ...warrantShape }), varies, limits.total)
/** A list as long as another column of its table. */
export const column = (varies: Varies, limits: Limits = {}) =>
  withWarrant(z.strictObject({ values: z.array(amount(limits)).min(1), ...warrantShape }), varies, limits.total)
export const byTier = (varies: Varies, limits: Limits = {}) => list(tiers.length, varies, limits)
export const byAge = (varies: Varies, limits: Limits = {}) => list(ageGroups.length, varies, limits)
/** 24 shares of a day, hour 0 first. */
export const hours = () => list(24, 'sharpness', { max: 1 })

/** A number for each name. */
export const byName = (varies: Varies, limits: Limits = {}) =>
  withWarrant(z.strictObject({ values: z.record(slug, amount(limits)), ...warrantShape }), varies, limits.total)
/** A number for each of the given names. */
export const byKey = <const Key extends string>(keys: readonly Key[], varies: Varies, limits: Limits = {}) =>
  withWarrant(
    z.strictObject({
      values: z.strictObject(Object.fromEntries(keys.map((key) => [key, amount(limits)])) as Record<Key, ReturnType<typeof amount>>),
      ...warrantShape,
    }),
    varies,
    limits.total,
  )
/** A row of numbers for each name. */
export const rowByName = (length: number, varies: Varies, limits: Limits = {}) =>
  withWarrant(z.strictObject({ values: z.record(slug, z.array(amount(limits)).length(length)), ...warrantShape }), varies, limits.total)
/** A row of numbers for each age group, rows in the order of ageGroups. */
export const rowByAge = (varies: Varies, limits: Limits = {}, length?: number) => {
  const row = length === undefined ? z.array(amount(limits)).min(1) : z.array(amount(limits)).length(length)
  return withWarrant(
    z.strictObject({
      values: z.strictObject({ child: row, 'young-adult': row, 'middle-aged': row, elderly: row }),
      ...warrantShape,
    }),
    varies,
    limits.total,
  )
}

interface Warrant {
  readonly value?: number
  readonly values?: unknown
  readonly source?: string | undefined
  readonly confidence?: Confidence | undefined
  readonly assumption?: string | undefined
  readonly low?: number | undefined
  readonly high?: number | undefined
  readonly group?: string | undefined
}
export type Node = Warrant & { readonly varies: Varies }

export function withWarrant<Schema extends z.ZodType<Warrant>>(schema: Schema, varies: Varies, total: number | 'free' = 1) {
  return schema
    .superRefine((node: Warrant, context) => {
      for (const { key, zh, en } of warrantMistakes(node, varies, total)) {
        context.addIssue({ code: 'custom', path: key === '' ? [] : [key], params: { zh, en } })
      }
    })
    .transform((node) => ({ ...(node as z.output<Schema>), varies }))
}

function* warrantMistakes(node: Warrant, varies: Varies, total: number | 'free'): Generator<{ key: string; zh: string; en: string }> {
  const sourced = node.source !== undefined
  const assumed = node.assumption !== undefined
  if (sourced && assumed)
    yield { key: '', en: 'has both source and assumption; keep the one that is true', zh: '同时写了 source 与 assumption；请只保留一个' }
  if (!sourced && !assumed) {
    yield {
      key: '',
      en: 'says neither where it comes from nor why it was assumed; add source: (with confidence:) or assumption: (with low:, high:, group:)',
      zh: '没有来源也没有假设理由；请加 source:（及 confidence:）或 assumption:（及 low:、high:、group:）',
    }
  }
  if (sourced && node.confidence === undefined) {
    yield {
      key: '',
      en: 'has a source without confidence; add confidence: verified, likely or unverified',
      zh: '有来源而无可信度；请加 confidence: verified、likely 或 unverified',
    }
  }
  if (assumed) {
    for (const key of ['low', 'high', 'group'] as const) {
      if (node[key] === undefined)
        yield { key: '', en: `is assumed without ${key}; add ${key}:`, zh: `是假设而缺少 ${key}；请补上 ${key}:` }
    }
  }
  const { low, high } = node
  const middle = varies === 'value' ? node.value : 1
  const what = varies === 'value' ? `value ${String(middle)}` : `1 (the list as written; low and high are a ${varies})`
  if (low !== undefined && middle !== undefined && low > middle) {
    yield {
      key: 'low',
      en: `is ${low}, above ${what}; give a low at or below it`,
      zh: `为 ${low}，高于 ${varies === 'value' ? `取值 ${String(middle)}` : '1（原样）'}；请改为不高于它`,
    }
  }
  if (high !== undefined && middle !== undefined && high < middle) {
    yield {
      key: 'high',
      en: `is ${high}, below ${what}; give a high at or above it`,
      zh: `为 ${high}，低于 ${varies === 'value' ? `取值 ${String(middle)}` : '1（原样）'}；请改为不低于它`,
    }
  }
  if (varies !== 'value' && low !== undefined && low <= 0)
    yield { key: 'low', en: `is ${low}; a ${varies} is above 0`, zh: `为 ${low}；应大于 0` }
  if (varies === 'sharpness' && total !== 'free') {
    for (const [name, sum] of sums(node.values)) {
      if (Math.abs(sum - total) > 1e-6) {
        yield {
          key: 'values',
          en: `${name}sum to ${round6(sum)}; make them sum to ${total}`,
          zh: `${name}合计为 ${round6(sum)}；应合计为 ${total}`,
        }
      }
    }
  }
}

/** The sum of a list or of a map, or of every row of a map of rows. */
function sums(values: unknown): [string, number][] {
  if (values === null || typeof values !== 'object') return []
  const entries = Object.entries(values as Record<string, unknown>)
  if (entries.every(([, entry]) => typeof entry === 'number')) return [['', entries.reduce((sum, [, entry]) => sum + (entry as number), 0)]]
  return entries
    .filter((entry): entry is [string, number[]] => Array.isArray(entry[1]))
    .map(([name, row]) => [`${name} `, row.reduce((sum, entry) => sum + entry, 0)])
}

const round6 = (x: number): number => Math.round(x * 1e6) / 1e6
