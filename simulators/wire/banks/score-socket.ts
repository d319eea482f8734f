import { lazyTransport } from '../client/lazy-transport.ts'
import { signedSender } from '../client/signed-sender.ts'
import { httpTransport } from '../client/transport.ts'
import type { Port } from '../desks/port.ts'
import type { ScoreDesk } from '../desks/score-desk.ts'
import { scoreOperations } from '../dialects/credit-score.ts'
import { plainPort } from '../dialects/plain.ts'
import type { ActorSurroundings } from '../server/actor.ts'

/** ASSUMPTION: 10 s, half of what the platform allows the bank, so that an assessment is answered in time. Plausible: 1–60 s. */
const timeoutMs = 10_000

export interface ScoreSocket {
  readonly port: Port<ScoreDesk>
  close(): Promise<void>
}

/** The credit score over its socket, asked in a bank's name. */
export function scoreSocket({ keys, originOf, realNowMs }: ActorSurroundings, bank: string): ScoreSocket {
  const transport = lazyTransport(() => httpTransport({ origin: originOf('credit-score'), timeoutMs, connections: 4 }))
  const key = keys.between(bank, 'credit-score')
  return {
    port: plainPort<ScoreDesk>(scoreOperations, signedSender({ transport, caller: bank, key, nowMs: realNowMs })),
    close: () => transport.close(),
  }
}
