import { z } from 'zod'
import { type Mistake, suggestion } from './problem.ts'

type Path = readonly (string | number)[]
type Issue = z.core.$ZodIssue

/** The data, if they fit the schema; and every way in which they do not, in both languages. */
export function checkShape<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): { readonly data?: z.output<Schema>; readonly mistakes: Mistake[] } {
  const parsed = schema.safeParse(value)
  if (parsed.success) return { data: parsed.data, mistakes: [] }
  return { mistakes: parsed.error.issues.flatMap((issue) => mistakesOf(issue as Issue, schema, value)) }
}

function mistakesOf(issue: Issue, schema: z.ZodType, value: unknown): Mistake[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))
  const given = at(value, path)
  switch (issue.code) {
    case 'custom':
      return [{ path, ...(issue.params as { zh: string; en: string }) }]
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey([...path, key], key, knownKeys(schema, path, value)))
    case 'invalid_type':
      return [invalidType(path, issue.expected, given)]
    case 'invalid_value':
      return [notOneOf(path, given, issue.values.map(String))]
    case 'invalid_union':
      // The only union is the kind of law; its path already ends in the discriminator.
      return [notOneOf(path, given, ['constant', 'exponential', 'lognormal', 'uniform'])]
    case 'too_small':
      return [tooSmall(path, issue, given)]
    case 'too_big':
      return [tooBig(path, issue, given)]
    case 'invalid_key':
      return [
        {
          path,
          atKey: true,
          en: `"${String(path.at(-1))}" is no name here; use small letters, digits and hyphens`,
          zh: `“${String(path.at(-1))}”不能作名称；请用小写字母、数字与连字符`,
        },
      ]
    case 'invalid_format':
      return [{ path, ...badFormat(issue, given) }]
    default:
      return [{ path, en: `is not allowed (${issue.message})`, zh: `不允许（${issue.message}）` }]
  }
}

function unknownKey(path: Path, key: string, known: readonly string[]): Mistake {
  const hint = suggestion(key, known)
  return { path, atKey: true, en: `is an unknown key; ${hint.en}`, zh: `是未知的键；${hint.zh}` }
}

function invalidType(path: Path, expected: string, given: unknown): Mistake {
  if (given === undefined) return { path, en: 'is missing; add it', zh: '缺失；请补上' }
  if ((expected === 'object' || expected === 'record') && typeof given === 'number') {
    return {
      path,
      en: `is the bare number ${given}; write { value: ${given}, source: "…", confidence: … } or { value: ${given}, low: …, high: …, assumption: "…", group: … }`,
      zh: `是没有依据的数字 ${given}；请写 { value: ${given}, source: "…", confidence: … } 或 { value: ${given}, low: …, high: …, assumption: "…", group: … }`,
    }
  }
  const [en, zh] = typeNames[expected] ?? [expected, expected]
  return { path, en: `is ${shown(given)}; give ${en}`, zh: `为 ${shown(given)}；应为${zh}` }
}

const typeNames: Readonly<Record<string, readonly [string, string]>> = {
  object: ['a block of keys', '一组键值'],
  record: ['a block of names', '一组名称'],
  array: ['a list', '列表'],
  number: ['a number', '数字'],
  int: ['a whole number', '整数'],
  string: ['text', '文字'],
  boolean: ['true or false', 'true 或 false'],
}

function notOneOf(path: Path, given: unknown, known: readonly string[]): Mistake {
  if (given === undefined) return { path, en: `is missing; give one of ${known.join(', ')}`, zh: `缺失；应为 ${known.join('、')} 之一` }
  const hint = suggestion(String(given), known)
  return { path, en: `is ${shown(given)}, which is not known; ${hint.en}`, zh: `为 ${shown(given)}，未知；${hint.zh}` }
}

function tooSmall(path: Path, issue: z.core.$ZodIssueTooSmall, given: unknown): Mistake {
  const least = String(issue.minimum)
  if (issue.origin === 'string') return { path, en: 'is empty; fill it in', zh: '为空；请填写' }
  if (Array.isArray(given)) {
    return issue.exact === true
      ? { path, en: `has ${given.length} entries; give ${least}`, zh: `有 ${given.length} 项；应为 ${least} 项` }
      : { path, en: `has ${given.length} entries; give ${least} or more`, zh: `有 ${given.length} 项；至少 ${least} 项` }
  }
  return issue.inclusive === false
    ? { path, en: `is ${shown(given)}; give more than ${least}`, zh: `为 ${shown(given)}；应大于 ${least}` }
    : { path, en: `is ${shown(given)}; give ${least} or more`, zh: `为 ${shown(given)}；应不小于 ${least}` }
}

function tooBig(path: Path, issue: z.core.$ZodIssueTooBig, given: unknown): Mistake {
  const most = String(issue.maximum)
  if (Array.isArray(given)) return { path, en: `has ${given.length} entries; give ${most}`, zh: `有 ${given.length} 项；应为 ${most} 项` }
  return { path, en: `is ${shown(given)}; give ${most} or less`, zh: `为 ${shown(given)}；应不大于 ${most}` }
}

function badFormat(issue: Issue, given: unknown): { en: string; zh: string } {
  const pattern = 'pattern' in issue ? String(issue.pattern) : ''
  const [en, zh] = pattern.includes('{4}')
    ? ['a date yyyy-mm-dd', '日期 yyyy-mm-dd']
    : pattern.includes(':')
      ? ['a time hh:mm', '时刻 hh:mm']
      : pattern.includes('{2}-')
        ? ['a day mm-dd', '日子 mm-dd']
        : ['a name of small letters, digits and hyphens', '由小写字母、数字与连字符组成的名称']
  return { en: `is ${shown(given)}; give ${en}`, zh: `为 ${shown(given)}；应为${zh}` }
}

/** The keys the schema allows at a place, read off its JSON Schema. */
function knownKeys(schema: z.ZodType, path: Path, value: unknown): string[] {
  let here = z.toJSONSchema(schema, { io: 'input', reused: 'inline' }) as JsonSchema
  let data = value
  for (const part of path) {
    const branch = chosen(here, data)
    here = (typeof part === 'number' ? branch.items : (branch.properties?.[part] ?? branch.additionalProperties)) || {}
    data = at(data, [part])
  }
  return Object.keys(chosen(here, data).properties ?? {})
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly additionalProperties?: JsonSchema | false
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly const?: unknown
}

/** The branch of a union that the data's `kind` chooses. */
function chosen(schema: JsonSchema, data: unknown): JsonSchema {
  const branches = schema.oneOf ?? schema.anyOf
  return branches?.find((branch) => branch.properties?.['kind']?.const === at(data, ['kind'])) ?? branches?.[0] ?? schema
}

export function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, part) => (inner === null || typeof inner !== 'object' ? undefined : (inner as Record<string | number, unknown>)[part]),
    value,
  )
}

const shown = (given: unknown): string =>
  typeof given === 'string'
    ? `"${given}"`
    : given === null
      ? 'empty'
      : typeof given === 'object'
        ? Array.isArray(given)
          ? 'a list'
          : 'a block'
        : String(given)
