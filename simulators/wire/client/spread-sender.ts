import { decisionNumber } from '../../engine/streams.ts'
import type { Sender } from './signed-sender.ts'

/**
 * One party in several processes: everything about one visit is asked of the same process, whichever entry asks and however many others ask
 * in between. Requests by turn would give all bills to one of two processes and all payments to the other, since a phone asks for the one
 * and then the other. Where nothing was sent, because the process is gone, it goes to the one after it; what may have been heard is not
 * sent again.
 */
export function spreadSender(processes: readonly Sender[], visitOf: (body: object) => string): Sender {
  const [only] = processes
  if (only !== undefined && processes.length === 1) return only
  return async (method, path, body, headers) => {
    const begin = decisionNumber(visitOf(body ?? {}))
    for (let step = 0; ; step++) {
      const heard = await (processes[(begin + step) % processes.length] as Sender)(method, path, body, headers)
      // A process that says so itself, by a status, has heard it.
      if (heard.outcome === 'answered' || heard.sent !== 'no' || step === processes.length - 1) return heard
    }
  }
}
