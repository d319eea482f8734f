import type { FastifyRequest } from 'fastify'
import type { BureauDesk } from '../desks/bureau-desk.ts'
import { codeOf } from '../dialects/shanghai/codes.ts'
import {
  answered,
  answerSchema,
  contentOf,
  envelopeMistake,
  failed,
  refused,
  requestSchema,
  type ShanghaiRequest,
  senderOf,
  shanghaiPath,
} from '../dialects/shanghai/envelope.ts'
import { shanghaiMessages } from '../dialects/shanghai/messages.ts'
import type { ActorApp, FailureForm } from '../server/actor-app.ts'
import { assertOwnSite } from '../server/callers.ts'
import type { FailingLine } from '../server/failing-line.ts'
import { WireFailure } from '../server/failures.ts'
import { bureauOperation } from './bureau-operations.ts'

/** Failures of the interface in the dialect's envelope; the HTTP status stays, for callers that look at nothing else. */
const failureForm: FailureForm = (failure, request) => ({ status: failure.status, body: failed(request.body, failure.zh) })

/** 五期 at the bureau: one route a message, all made from the list. */
export function addShanghaiRoutes(
  app: ActorApp,
  desk: BureauDesk,
  line: FailingLine,
  gate: (request: FastifyRequest) => Promise<void>,
  personShown: (request: object) => string,
): void {
  for (const message of shanghaiMessages) {
    const answer = desk[message.does] as unknown as (request: never) => Promise<{ readonly outcome: string; readonly reason?: never }>
    const keyOf = (request: FastifyRequest) => {
      const body = request.body as ShanghaiRequest
      const [content, from] = [contentOf(body), senderOf(body)]
      return message.businessKey === 'person-shown' ? personShown(message.read(content, from)) : message.businessKey(content, from)
    }
    app.post(
      `${shanghaiPath}/${message.code}`,
      {
        preValidation: gate,
        config: { failureForm, operation: `bureau/${message.code}`, businessKey: keyOf },
        schema: {
          summary: `${message.code} ${message.zh} · ${message.en}`,
          tags: ['上海医保五期'],
          body: requestSchema(message.content),
          response: { 200: answerSchema(message.answer) },
        },
      },
      async (request) => {
        const body = request.body as unknown as ShanghaiRequest
        const mistake = envelopeMistake(message.code, body)
        if (mistake !== undefined) throw new WireFailure('bad-request', { zh: mistake, en: mistake })
        const from = senderOf(body)
        assertOwnSite(request.caller, from.site)
        const content = contentOf(body)
        // Read here and not at the door: a failure that was ordered may have changed an amount in between.
        const reply = await line.serve(
          bureauOperation(message.does),
          keyOf(request),
          () => answer(message.read(content, from)),
          request,
          content,
        )
        return (
          reply.outcome === 'refused' ? refused(body, codeOf(reply.reason as never)) : answered(body, message.write(reply as never))
        ) as never
      },
    )
  }
  app.post(
    `${shanghaiPath}/:code`,
    { config: { failureForm }, schema: { summary: 'Any other message: unknown', tags: ['上海医保五期'] } },
    async () => {
      throw new WireFailure('not-found', { zh: '未知的消息类型码', en: 'unknown message code' })
    },
  )
}
