/**
 * Validators and serialisers of every app of the process: a schema is compiled at its first request, and once however many apps have it.
 * Compiling them all took most of an actor's start, and twenty banks have the same routes.
 */
import { AjvCompiler } from '@fastify/ajv-compiler'
import { SerializerSelector } from '@fastify/fast-json-stringify-compiler'
import type { FastifySchemaCompiler, FastifySerializerCompiler } from 'fastify'
import { decimalsKeyword, hasDecimals, isYuan, yuanKeyword } from '../dialects/field.ts'

/** Notes on a field say nothing to the validator; the amount in yuan does. */
const fieldKeywords = [
  'x-standing',
  'x-source',
  { keyword: decimalsKeyword, validate: (most: number, value: unknown) => hasDecimals(most, value), errors: false },
  { keyword: yuanKeyword, validate: (sign: 'signed' | true, value: unknown) => isYuan(value, sign), errors: false },
]

const compileValidator = AjvCompiler()(
  {},
  { customOptions: { allErrors: true, coerceTypes: false, removeAdditional: false, useDefaults: false, keywords: fieldKeywords } },
) as (route: { readonly schema: unknown }) => Validator
const compileSerializer = SerializerSelector()({}, {}) as (route: { readonly schema: unknown }) => (value: unknown) => string

type Validator = ((value: unknown) => boolean) & { errors?: Error[] | null }

const validators = new Map<string, Validator>()
const serializers = new Map<string, (value: unknown) => string>()

const validatorOf: FastifySchemaCompiler<unknown> = ({ schema }) => {
  let compiled: Validator | undefined
  const validator: Validator = (value) => {
    compiled ??= shared(validators, schema, compileValidator)
    const isValid = compiled(value)
    validator.errors = compiled.errors ?? null
    return isValid
  }
  return validator as ReturnType<FastifySchemaCompiler<unknown>>
}

const serializerOf: FastifySerializerCompiler<unknown> = ({ schema }) => {
  let compiled: ((value: unknown) => string) | undefined
  return (value) => {
    compiled ??= shared(serializers, schema, compileSerializer)
    return compiled(value)
  }
}

/** As fastify's `schemaController` wants them; no app has schemas that others refer to. */
export const sharedCompilers = { buildValidator: () => validatorOf, buildSerializer: () => serializerOf }

function shared<Compiled>(
  known: Map<string, Compiled>,
  schema: unknown,
  compile: (route: { readonly schema: unknown }) => Compiled,
): Compiled {
  const text = JSON.stringify(schema)
  const before = known.get(text)
  if (before !== undefined) return before
  const compiled = compile({ schema })
  known.set(text, compiled)
  return compiled
}
