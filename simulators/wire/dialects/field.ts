/**
 * Fields of a dialect as JSON Schema that says more than a shape: what the field means in Chinese, what becomes of it here, and where
 * its description comes from. The coverage page and the OpenAPI pages are made from it.
 */
import { type TObject, type TProperties, type TSchema, Type } from 'typebox'
import { yuanPattern } from '../../money/fen.ts'

/** Enforced: a wrong value changes the answer. Accepted: checked in form and kept. Ignored: may stand there. */
export type Standing = 'enforced' | 'accepted' | 'ignored'

export interface FieldNotes {
  readonly standing?: Standing
  /** Key of a source in docs/dialect-coverage.md (OH, BF …), or `unverified`. Absent: the message's own. */
  readonly source?: string
  readonly pattern?: string
  readonly minLength?: number
}

/** Text of at most so many characters. */
export function text(zh: string, maxLength: number, { standing = 'accepted', source, pattern, minLength = 0 }: FieldNotes = {}) {
  return Type.String({ title: zh, maxLength, minLength, ...(pattern === undefined ? {} : { pattern }), ...marks(standing, source) })
}

/** One of a dictionary's codes, each with its Chinese meaning. */
export function coded<const Codes extends Readonly<Record<string, string>>>(zh: string, codes: Codes, notes: FieldNotes = {}) {
  const description = Object.entries(codes)
    .map(([code, meaning]) => `${code} ${meaning}`)
    .join(' · ')
  return Type.Unsafe<`${Extract<keyof Codes, string | number>}`>({
    type: 'string',
    enum: Object.keys(codes),
    title: zh,
    description,
    ...marks(notes.standing ?? 'accepted', notes.source),
  })
}

/** A keyword of our own: JSON Schema's multipleOf divides in binary and errs on large amounts. */
export const yuanKeyword = 'x-yuan'
export const isYuan = (value: unknown, sign: 'signed' | true = true): boolean =>
  (typeof value === 'number' || typeof value === 'string') &&
  yuanPattern.test(sign === 'signed' ? String(value).replace(/^-/, '') : String(value))

/** Yuan with at most two decimals, as a number or its digits; negative and over-precise amounts are refused by the schema. */
export function yuan(zh: string, { standing = 'enforced', source }: FieldNotes = {}) {
  return Type.Unsafe<number | string>({
    anyOf: [
      { type: 'number', minimum: 0 },
      { type: 'string', maxLength: 17 },
    ],
    [yuanKeyword]: true,
    title: zh,
    description: 'numeric(16,2)',
    ...marks(standing, source),
  })
}

/** As {@link yuan}, and below zero where reversals outweigh. */
export function signedYuan(zh: string, { standing = 'enforced', source }: FieldNotes = {}) {
  return Type.Unsafe<number | string>({
    anyOf: [{ type: 'number' }, { type: 'string', maxLength: 18 }],
    [yuanKeyword]: 'signed',
    title: zh,
    ...marks(standing, source),
  })
}

/** A keyword of our own: so many decimals at most, read by digits. */
export const decimalsKeyword = 'x-decimals'
export const hasDecimals = (most: number, value: unknown): boolean =>
  (typeof value === 'number' || typeof value === 'string') && new RegExp(`^\\d{1,12}(?:\\.\\d{1,${most}})?$`).test(String(value))

/** A number with at most so many decimals, zero or more, as a number or its digits. */
export function decimal(zh: string, decimals: number, { standing = 'accepted', source }: FieldNotes = {}) {
  return Type.Unsafe<number | string>({
    anyOf: [
      { type: 'number', minimum: 0 },
      { type: 'string', maxLength: 20 },
    ],
    [decimalsKeyword]: decimals,
    title: zh,
    description: `numeric(16,${decimals})`,
    ...marks(standing, source),
  })
}

/** Fields that the message's own sources lack, with the public implementation they were seen in. */
export function seenIn<Properties extends TProperties>(source: string, properties: Properties): Properties {
  for (const field of Object.values(properties)) Object.assign(field, { 'x-source': source })
  return properties
}

/**
 * Those of the fields that were seen in a public implementation and stand alike, by name and meaning, in a second one that is independent
 * of the first. What is the testbed's own stays so.
 *
 * @param but fields the second one lacks
 */
export function alsoSeenIn<Properties extends TProperties>(
  source: string,
  properties: Properties,
  but: readonly string[] = [],
): Properties {
  for (const [name, field] of Object.entries(properties)) {
    const first = (field as { readonly 'x-source'?: string })['x-source']
    if (first !== undefined && first !== 'unverified' && !but.includes(name)) Object.assign(field, { 'x-source': `${first} ${source}` })
  }
  return properties
}

/** Whole number. */
export function count(zh: string, most: number, { standing = 'accepted', source }: FieldNotes = {}) {
  return Type.Integer({ minimum: 0, maximum: most, title: zh, ...marks(standing, source) })
}

/** Whole number from 1, as a number or its digits. */
export function place(zh: string, most: number, { standing = 'enforced', source }: FieldNotes = {}) {
  return Type.Unsafe<number | string>({
    anyOf: [
      { type: 'integer', minimum: 1, maximum: most },
      { type: 'string', pattern: '^[1-9]\\d{0,3}$' },
    ],
    title: zh,
    ...marks(standing, source),
  })
}

export const list = <Item extends TSchema>(
  zh: string,
  item: Item,
  limits: { readonly minItems?: number; readonly maxItems?: number } = {},
) => Type.Array(item, { title: zh, ...limits })

/** An object of a dialect. Fields it does not know may stand there and are ignored, as every receiver of the real wires does. */
export const fields = <Properties extends TProperties>(properties: Properties): TObject<Properties> => Type.Object(properties)

export const optional = Type.Optional

const marks = (standing: Standing, source: string | undefined) => ({
  'x-standing': standing,
  ...(source === undefined ? {} : { 'x-source': source }),
})
