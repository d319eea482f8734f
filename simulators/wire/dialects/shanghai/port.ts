/** The bureau as its callers see it through 五期: the desk's operations, each one message there and back. */

import { type Sender, unheard } from '../../client/signed-sender.ts'
import type { BureauDesk } from '../../desks/bureau-desk.ts'
import type { Port } from '../../desks/port.ts'
import { hasForm } from '../has-form.ts'
import { reasonOf, successCode } from './codes.ts'
import { answerSchema, inEnvelope, type ShanghaiAnswer, shanghaiPath } from './envelope.ts'
import { shanghaiMessages } from './messages.ts'

export function shanghaiBureauPort(send: Sender): Port<BureauDesk> {
  const operations = shanghaiMessages.map((message) => {
    const schema = answerSchema(message.answer)
    const path = `${shanghaiPath}/${message.code}`
    const ask = async (request: never) => {
      const heard = await send('POST', path, inEnvelope(message.code, request, message.ask(request)))
      if (heard.outcome === 'no-reply') return heard
      if (!hasForm(schema, heard.body)) return unheard(heard, `no answer to ${message.code} in form`)
      const answer = heard.body as ShanghaiAnswer
      if (answer.xxfhm === successCode && answer.xxnr !== undefined) {
        try {
          return message.hear(answer.xxnr as never)
        } catch (error) {
          return unheard(heard, error instanceof Error ? error.message : String(error))
        }
      }
      const reason = reasonOf(answer.xxfhm)
      return reason === undefined ? unheard(heard, answer.fhxx) : { outcome: 'refused' as const, reason }
    }
    return [message.does, ask] as const
  })
  return Object.fromEntries(operations) as unknown as Port<BureauDesk>
}
