import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'

const compiled = new WeakMap<TSchema, (value: unknown) => boolean>()

/** Whether an answer has the form its schema says. A schema is compiled once: read field by field it is a tenth of a payment's work. */
export function hasForm<Schema extends TSchema>(schema: Schema, value: unknown): value is Static<Schema> {
  let check = compiled.get(schema)
  if (check === undefined) {
    const validator = Compile(schema)
    check = (one) => validator.Check(one)
    compiled.set(schema, check)
  }
  return check(value)
}
