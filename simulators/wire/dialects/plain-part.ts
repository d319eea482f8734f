import { type TObject, type TProperties, type TSchema, Type } from 'typebox'
import type { CoveredMessage } from './coverage-page.ts'
import type { PlainOperation } from './plain.ts'

type Shown = Pick<PlainOperation, 'path' | 'zh' | 'en' | 'request' | 'reply'>

/** An interface of the testbed's own on the coverage page: every field is read, and no public document has it. */
export const plainMessages = (operations: Readonly<Record<string, Shown>>): readonly CoveredMessage[] =>
  Object.values(operations).map(({ path, zh, en, request, reply }) => ({
    code: path,
    zh,
    en,
    request: ownFields(request),
    answer: ownFields(contentsOf(reply)),
  }))

/** Every field that some answer but a refusal has. */
function contentsOf(reply: TSchema): TObject {
  const properties: TProperties = {}
  for (const { properties: own } of answersOf(reply)) {
    if ('reason' in own) continue
    const { outcome: _, ...contents } = own
    Object.assign(properties, contents)
  }
  return Type.Object(properties)
}

/** A till's answer is one of the hospital's or one of a terminal's. */
const answersOf = (reply: TSchema): readonly TObject[] =>
  (reply as unknown as { readonly anyOf?: readonly TSchema[] }).anyOf?.flatMap(answersOf) ?? [reply as TObject]

function ownFields(schema: TObject): TObject {
  const marked = Object.entries(schema.properties).map(([name, field]) => [name, markedField(field)] as const)
  return { ...schema, properties: Object.fromEntries(marked) }
}

function markedField(field: TSchema): TSchema {
  const inner = field as TSchema & { readonly properties?: TProperties; readonly items?: TSchema }
  if (inner.properties !== undefined) return ownFields(field as TObject)
  if (inner.items !== undefined && 'properties' in inner.items) return { ...field, items: ownFields(inner.items as TObject) } as TSchema
  return { ...field, 'x-standing': 'enforced', 'x-source': 'unverified' } as TSchema
}
