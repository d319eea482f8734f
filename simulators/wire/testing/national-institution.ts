/** Institutions that talk to a bureau in the national interface, each signed in, whatever carries their messages. */
import { secondOf } from '../desks/business-time.ts'
import { institutionCode } from '../dialects/national/envelope.ts'
import { exampleEnvelope, exampleSignIn, signNumberOf } from '../dialects/national/example-messages.ts'

export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: answers of twenty messages are read by name in tests
  readonly [name: string]: any
}

export interface Institution {
  readonly signNumber: string
  /** Sends a message under a new number, or under the one given. */
  send(message: string, input: object, envelope?: Readonly<Record<string, unknown>>): Promise<Answer>
  readonly lastMessage: string
}

export function institutionsOver(
  post: (path: string, body: unknown) => Promise<Answer>,
  clock: { readonly nowMs: () => number },
): (site: number) => Promise<Institution> {
  let sequence = 0
  return async (site) => {
    let lastMessage = ''
    const code = institutionCode(site)
    let signNumber = ''
    const send: Institution['send'] = async (message, input, changed = {}) => {
      sequence += 1
      const now = secondOf(clock.nowMs())
      lastMessage = code + now.replaceAll(/[-: ]/g, '') + String(sequence).padStart(4, '0')
      const sender = { institution: code, message: lastMessage, now, signNumber }
      return post(`/national/${message}`, { ...exampleEnvelope(message, input, sender), ...changed })
    }
    signNumber = signNumberOf((await send('9001', exampleSignIn)).output)
    return {
      send,
      get signNumber() {
        return signNumber
      },
      get lastMessage() {
        return lastMessage
      },
    }
  }
}
