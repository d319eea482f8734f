import { signedSender } from '../client/signed-sender.ts'
import { httpTransport, type Transport } from '../client/transport.ts'
import type { ActorSurroundings } from '../server/actor.ts'
import { siteOfCaller } from '../server/callers.ts'
import type { TellerOptions } from './teller.ts'

/** A caller answers within 5 s, as WeChat Pay v3 asks of its merchants. */
const answerWithinMs = 5000

/** Where a caller of the run may be told: at its own address and nowhere else, so that nobody makes the platform call a stranger. */
export function isNoticeUrlAllowed({ originOf }: Pick<ActorSurroundings, 'originOf'>, caller: string, url: string): boolean {
  const own = originIn(originOf, siteOfCaller(caller) === undefined ? caller : 'his')
  const asked = URL.parse(url)
  return own !== null && asked !== null && asked.origin === own.origin && asked.username === '' && asked.hash === ''
}

/** Null for a party nobody has said the whereabouts of. */
function originIn(originOf: ActorSurroundings['originOf'], caller: string): URL | null {
  try {
    return URL.parse(originOf(caller))
  } catch {
    return null
  }
}

/** Signed as every message between machines of the run. */
export function noticeSender({ keys, realNowMs, failureSwitch }: Pick<ActorSurroundings, 'keys' | 'realNowMs' | 'failureSwitch'>): {
  readonly send: TellerOptions['send']
  close(): Promise<void>
} {
  const transports = new Map<string, Transport>()
  return {
    async send(caller, url, notice) {
      const { origin, pathname, search } = new URL(url)
      const transport = transports.get(origin) ?? httpTransport({ origin, timeoutMs: answerWithinMs, connections: 4 })
      transports.set(origin, transport)
      const key = keys.between('platform', caller)
      const sender = signedSender({ transport, caller: 'platform', key, nowMs: realNowMs })
      return failureSwitch.carry('payment', notice.payment.payment, async () => {
        const heard = await sender('POST', pathname + search, notice)
        return heard.outcome === 'answered' && heard.status === 200
      })
    },
    async close() {
      await Promise.all([...transports.values()].map((transport) => transport.close()))
    },
  }
}
