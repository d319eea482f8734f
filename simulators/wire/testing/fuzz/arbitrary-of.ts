/** What an OpenAPI document says may be sent, as fast-check arbitraries. The keywords are those the dialects use; another is told of. */
import fc from 'fast-check'
import { decimalsKeyword, yuanKeyword } from '../../dialects/field.ts'

export interface JsonSchema {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | JsonSchema
  readonly items?: JsonSchema
  readonly minItems?: number
  readonly maxItems?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly [keyword: string]: unknown
}

/** Longest list and text that is tried; limits of a schema above them are tried by the bad inputs. */
const mostItems = 3
const mostLetters = 40
/** Texts in a row that a pattern makes too long or too short before it is told of. */
const mostMisses = 5000

export function arbitraryOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (schema[yuanKeyword] !== undefined) return decimals(2, 10 ** 7)
  if (typeof schema[decimalsKeyword] === 'number') return decimals(schema[decimalsKeyword], 10 ** 4)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return fc.oneof(...choices.map(arbitraryOf))
  if (schema.allOf !== undefined) return fc.tuple(...schema.allOf.map(arbitraryOf)).map((parts) => Object.assign({}, ...parts) as unknown)
  switch (schema.type) {
    case 'object':
      return objects(schema)
    case 'array':
      return fc.array(arbitraryOf(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.max(schema.minItems ?? 0, Math.min(mostItems, schema.maxItems ?? mostItems)),
      })
    case 'string':
      return strings(schema)
    case 'integer':
      return fc.integer({ min: schema.minimum ?? schema.exclusiveMinimum ?? 0, max: Math.min(schema.maximum ?? 10 ** 9, 10 ** 9) })
    case 'number':
      return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 10 ** 6, 10 ** 6) })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case undefined:
      return fc.jsonValue({ maxDepth: 1 })
    default:
      throw new Error(`the fuzz knows no schema of type ${schema.type}`)
  }
}

function objects({ properties = {}, required = [] }: JsonSchema): fc.Arbitrary<unknown> {
  const parts = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, arbitraryOf(schema)]))
  return fc.record(parts, { requiredKeys: required.filter((name) => name in parts) })
}

function strings({ pattern, minLength = 0, maxLength = mostLetters }: JsonSchema): fc.Arbitrary<string> {
  const most = Math.max(minLength, Math.min(maxLength, mostLetters))
  if (pattern !== undefined) {
    // A class of letters repeated without an end is repeated as often as the lengths allow, or nothing would ever be long enough.
    const bounded = pattern.replace(/^(\^\[[^\]]+\])[+*]\$$/, `$1{${minLength},${most}}$`)
    let misses = 0
    return fc.stringMatching(new RegExp(bounded)).filter((text) => {
      const fits = text.length >= minLength && text.length <= maxLength
      misses = fits ? 0 : misses + 1
      if (misses > mostMisses) throw new Error(`the fuzz finds no text of ${minLength} to ${maxLength} letters for ${pattern}`)
      return fits
    })
  }
  return fc.string({ minLength, maxLength: most, unit: fc.constantFrom(...'aZ09 -_甲乙丙') })
}

const decimals = (digits: number, most: number) =>
  fc
    .tuple(fc.integer({ min: 0, max: most }), fc.integer({ min: 0, max: 10 ** digits - 1 }))
    .map(([whole, part]) => Number(`${whole}.${String(part).padStart(digits, '0')}`))
