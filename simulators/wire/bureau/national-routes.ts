import type { FastifyRequest } from 'fastify'
import { dateOf } from '../desks/business-time.ts'
import {
  answerSchema,
  envelopeMistake,
  inEnvelope,
  type NationalRequest,
  nationalPath,
  requestSchema,
  senderOf,
} from '../dialects/national/envelope.ts'
import { type PersonWords, personOf } from '../dialects/national/fields.ts'
import { nationalMessages } from '../dialects/national/messages.ts'
import { contactOf } from '../people/contact.ts'
import { insuredNumberOf, insuredPlaceOf } from '../people/insured-number.ts'
import type { ActorApp, FailureForm } from '../server/actor-app.ts'
import { assertOwnSite } from '../server/callers.ts'
import type { FailingLine } from '../server/failing-line.ts'
import { WireFailure } from '../server/failures.ts'
import type { KeptBook } from '../stores/kept-book.ts'
import type { BureauEntry, BureauState } from './bureau-book.ts'
import type { Policy, Tokens } from './bureau-decisions.ts'
import { bureauOperation, fileDesk, personShownKey } from './bureau-operations.ts'
import { answerClaim } from './claims/answer-claim.ts'
import type { BureauParameters } from './claims/claim-context.ts'
import { insurancesOf } from './claims/insurances.ts'
import { claimRefusals } from './claims/refusals.ts'
import { personToday } from './insurance-year.ts'

export interface NationalDesk {
  readonly book: KeptBook<BureauState, BureauEntry>
  readonly policy: Policy
  readonly tokens: Tokens
  readonly parameters: BureauParameters
  readonly nowMs: () => number
}

/** The national HIS interface at the bureau: one route a message, all made from the list. */
export function addNationalRoutes(
  app: ActorApp,
  { book, policy, tokens, parameters, nowMs }: NationalDesk,
  line: FailingLine,
  gate: (request: FastifyRequest) => Promise<void>,
): void {
  let sequence = 0
  const answering = (receivedMs: number) => {
    sequence += 1
    return { place: parameters.homePlace, sequence, receivedMs, answeredMs: nowMs() }
  }
  const failureForm: FailureForm = ({ status, zh }) => ({ status, body: inEnvelope(answering(nowMs()), { mistake: zh }) })
  const personWords = (number: number): PersonWords => {
    const person = personToday(book.state, policy, nowMs(), number)
    if (person === undefined) throw new Error(`person ${number} was looked up before`)
    const { name, idNumber, insuredType, yearSoFar } = person
    return {
      name,
      idNumber,
      insuredType,
      employer: () => (insuredType === 'employee' ? contactOf(book.state, number).employer : ''),
      insuredNumber: insuredNumberOf(parameters, person),
      insuredPlace: insuredPlaceOf(parameters, person),
      accountLeftFen: yearSoFar.currentAccountLeftFen + yearSoFar.historyAccountLeftFen,
      insurances: insurancesOf(insuredType),
      today: dateOf(nowMs()),
    }
  }
  const tags = ['国家医保信息平台']
  for (const message of nationalMessages) {
    const keyOf = (request: FastifyRequest) => {
      const body = request.body as NationalRequest
      const input = body.input as never
      return message.businessKey === 'person-shown'
        ? personShownKey(book.state, tokens, message.read(input, body))
        : message.businessKey(input)
    }
    app.post(
      `${nationalPath}/${message.code}`,
      {
        preValidation: gate,
        config: { failureForm, operation: `bureau/${message.code}`, businessKey: keyOf },
        schema: {
          summary: `${message.code} ${message.zh} · ${message.en}`,
          tags,
          body: requestSchema(message.input),
          response: { 200: answerSchema(message.output) },
        },
      },
      async (request) => {
        const receivedMs = nowMs()
        const body = request.body as unknown as NationalRequest
        const mistake = envelopeMistake(message.code, body)
        if (mistake !== undefined) throw new WireFailure('bad-request', { zh: mistake, en: mistake })
        const input = body.input as never
        const number = message.personNumber?.(input)
        const { sender, signIn, insuredPlace } = senderOf(body)
        assertOwnSite(request.caller, sender.site)
        const answer = () => {
          const asked = {
            does: message.does,
            name: message.code,
            // Read here and not at the door: a failure that was ordered may have changed an amount in between.
            request: message.read(input, body),
            signIn,
            insuredPlace,
            person: number === undefined ? undefined : personOf(number),
          }
          return book.answer((state, now) =>
            answerClaim({ state, nowMs: now, policy, tokens, parameters, sender, lastNumber: book.lastNumber }, asked),
          )
        }
        const desk = message.does === 'readFile' ? fileDesk : undefined
        const outcome = await line.serve(bureauOperation(message.does), keyOf(request), answer, request, input, desk)
        const { fundIncludesAccount, homePlace } = parameters
        return inEnvelope(
          answering(receivedMs),
          outcome.outcome === 'refused'
            ? { mistake: claimRefusals[outcome.reason] }
            : { output: message.write(outcome.reply as never, { personWords, fundIncludesAccount, homePlace, site: sender.site }) },
        ) as never
      },
    )
  }
  app.post(`${nationalPath}/:code`, { config: { failureForm }, schema: { summary: 'Any other message: unknown', tags } }, async () => {
    throw new WireFailure('not-found', { zh: '未知的交易编号', en: 'unknown message code' })
  })
}
