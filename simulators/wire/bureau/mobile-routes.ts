import type { FastifyRequest } from 'fastify'
import { answerSchema, mobileVersion, outcomeOf, requestSchema, timestampOf } from '../dialects/mobile/envelope.ts'
import { mobileMessages } from '../dialects/mobile/messages.ts'
import { seal } from '../dialects/mobile/seal.ts'
import { siteOfInstitution } from '../dialects/national/envelope.ts'
import type { ActorApp, FailureForm } from '../server/actor-app.ts'
import { assertOwnSite, siteOfCaller } from '../server/callers.ts'
import type { FailingLine } from '../server/failing-line.ts'
import { usualUserId } from '../signing/sm2.ts'
import { bureauOperation } from './bureau-operations.ts'
import { claimRefusals } from './claims/refusals.ts'
import type { AskMobile } from './mobile/mobile-desk.ts'
import { type MobileGateOptions, mobileGate } from './mobile/mobile-gate.ts'

/** 医保移动支付 at the bureau: one route a message, at its real path, made from the list. */
export function addMobileRoutes(app: ActorApp, ask: AskMobile, line: FailingLine, options: MobileGateOptions): void {
  const { gate, sealedBy } = mobileGate(options)
  const answered = (request: FastifyRequest, mistake: string | undefined, data: object | undefined): object => {
    const outer = { ...outcomeOf(mistake), timestamp: timestampOf(options.nowMs()), version: mobileVersion }
    const site = sealedBy(request)
    return site === undefined
      ? { ...outer, appId: appIdOf(request), ...(data === undefined ? {} : { data }) }
      : seal(options.keys.appOf(site), options.keys.centre, outer, data, usualUserId)
  }
  const failureForm: FailureForm = ({ status, zh }, request) => ({ status, body: answered(request, zh, undefined) })
  for (const message of mobileMessages) {
    app.post(
      message.path,
      {
        preValidation: gate,
        config: { failureForm, operation: `bureau/${message.code}` },
        schema: {
          summary: `${message.code} ${message.zh} · ${message.en}`,
          tags: ['医保移动支付'],
          body: requestSchema(message.data),
          response: { 200: answerSchema(message.answer) },
        },
      },
      async (request) => {
        const { data } = request.body as unknown as { readonly data: never }
        const institution = message.institution(data)
        const named = institution === undefined ? undefined : siteOfInstitution(institution)
        if (named !== undefined) assertOwnSite(request.caller, named)
        const site = siteOfCaller(request.caller) ?? named
        const work = () => ask(message.does, site, message.read(data))
        const answer = await line.serve(bureauOperation(message.does), message.businessKey(data), work, request, data)
        return (
          answer.outcome === 'refused'
            ? answered(request, claimRefusals[answer.reason], message.refusal)
            : answered(request, undefined, message.write(answer.reply as never))
        ) as never
      },
    )
  }
}

/** As it was sent; a request that was refused before it was read has none. */
function appIdOf({ body }: FastifyRequest): string {
  const appId = (body as { readonly appId?: unknown } | null | undefined)?.appId
  return typeof appId === 'string' ? appId.slice(0, 40) : ''
}
