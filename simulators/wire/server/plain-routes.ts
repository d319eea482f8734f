import type { FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import type { PlainOperation, PlainOperations } from '../dialects/plain.ts'
import type { ActorApp } from './actor-app.ts'
import type { FailingLine } from './failing-line.ts'

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
  line: Pick<FailingLine, 'serve'>,
  gate: (request: FastifyRequest) => Promise<void>,
  assertMayAsk: (caller: string, body: never) => void = () => undefined,
): void {
  for (const [name, operation] of Object.entries<PlainOperation>(operations as Readonly<Record<string, PlainOperation>>)) {
    const answer = (desk as Readonly<Record<string, (request: unknown) => Promise<unknown>>>)[name]
    if (answer === undefined) throw new Error(`${tag}: the desk has no operation ${name}`)
    const keyOf = ({ body }: FastifyRequest) => String((body as Readonly<Record<string, unknown>> | null)?.[operation.businessKey] ?? '')
    app.post(
      operation.path,
      {
        preValidation: gate,
        config: { operation: operation.operation, businessKey: keyOf },
        schema: {
          summary: `${operation.zh} · ${operation.en}`,
          tags: [tag],
          body: shown(operation.request, operation.example?.request),
          response: { 200: shown(operation.reply, operation.example?.reply) },
        },
      },
      async (request) => {
        const { body, caller } = request
        assertMayAsk(caller, body as never)
        return (await line.serve(operation.operation, keyOf(request), () => answer.call(desk, body), request)) as never
      },
    )
  }
}

/** The schema with its worked example, for the OpenAPI page. */
const shown = <Schema extends TSchema>(schema: Schema, example: object | undefined): Schema =>
  example === undefined ? schema : { ...schema, examples: [example] }
