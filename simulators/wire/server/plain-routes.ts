import type { FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import type { PlainOperation, PlainOperations } from '../dialects/plain.ts'
import type { ActorApp } from './actor-app.ts'
import type { ServiceLine } from './service-line.ts'

/**
 * A desk behind the testbed's own JSON: one route an operation, made from the same table as the port.
 *
 * @param assertMayAsk ends a request for an object that is not its caller's
 */
export function addPlainRoutes<Desk extends object>(
  app: ActorApp,
  tag: string,
  operations: PlainOperations<Desk>,
  desk: Desk,
  line: Pick<ServiceLine, 'serve'>,
  gate: (request: FastifyRequest) => Promise<void>,
  assertMayAsk: (caller: string, body: never) => void = () => undefined,
): void {
  for (const [name, operation] of Object.entries<PlainOperation>(operations as Readonly<Record<string, PlainOperation>>)) {
    const answer = (desk as Readonly<Record<string, (request: unknown) => Promise<unknown>>>)[name]
    if (answer === undefined) throw new Error(`${tag}: the desk has no operation ${name}`)
    app.post(
      operation.path,
      {
        preValidation: gate,
        config: { operation: operation.operation },
        schema: {
          summary: `${operation.zh} · ${operation.en}`,
          tags: [tag],
          body: shown(operation.request, operation.example?.request),
          response: { 200: shown(operation.reply, operation.example?.reply) },
        },
      },
      async ({ body, caller }) => {
        assertMayAsk(caller, body as never)
        const key = String((body as Readonly<Record<string, unknown>>)[operation.businessKey] ?? '')
        return (await line.serve(operation.operation, key, () => answer.call(desk, body))) as never
      },
    )
  }
}

/** The schema with its worked example, for the OpenAPI page. */
const shown = <Schema extends TSchema>(schema: Schema, example: object | undefined): Schema =>
  example === undefined ? schema : { ...schema, examples: [example] }
