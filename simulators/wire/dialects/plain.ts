/**
 * Interfaces of the testbed's own: no public document says how a gateway, a HIS or an aggregation platform speak here, so they carry the
 * house's words as JSON, amounts in whole fen. One table of operations makes the routes, the port and the OpenAPI page.
 */
import { type TObject, type TSchema, Type } from 'typebox'
import { type Sender, unheard } from '../client/signed-sender.ts'
import type { Port } from '../desks/port.ts'
import { hasForm } from './has-form.ts'

export interface PlainOperation {
  readonly path: string
  readonly zh: string
  readonly en: string
  readonly request: TObject
  /** Refusals among them. */
  readonly reply: TSchema
  /** Field of the request that a planned service time knows the errand by. */
  readonly businessKey: string
  /** Name of the leg's operation in the city's message table, for service times and metrics. */
  readonly operation: string
  /** A worked pair, synthetic; the OpenAPI page shows it. */
  readonly example?: { readonly request: object; readonly reply: object }
}

export type PlainOperations<Desk> = { readonly [Name in keyof Desk]: PlainOperation }

/** The party as its callers see it. */
export function plainPort<Desk>(operations: PlainOperations<Desk>, send: Sender): Port<Desk> {
  const asked = Object.entries<PlainOperation>(operations as Readonly<Record<string, PlainOperation>>).map(([name, { path, reply }]) => {
    const ask = async (request: object) => {
      const heard = await send('POST', path, request)
      if (heard.outcome === 'no-reply') return heard
      if (heard.status !== 200) return unheard(heard, wordsOf(heard.body))
      return hasForm(reply, heard.body) ? heard.body : unheard(heard, `no answer in form from ${path}`)
    }
    return [name, ask] as const
  })
  return Object.fromEntries(asked) as unknown as Port<Desk>
}

/** A refusal with one of the desk's reasons. */
export const refusal = <const Reasons extends readonly string[]>(reasons: Reasons) =>
  Type.Object({ outcome: Type.Literal('refused'), reason: Type.Unsafe<Reasons[number]>({ type: 'string', enum: [...reasons] }) })

const wordsOf = (body: unknown): string => {
  const error = (body as { readonly error?: { readonly code?: unknown } } | null)?.error
  return typeof error?.code === 'string' ? error.code : 'an answer without a reason'
}
