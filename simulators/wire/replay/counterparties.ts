/** What a platform of others is told of the city it is played in: where our counterparties listen, and the keys its requests to them are signed by. */
import type { Trace } from '../../trace/trace.ts'
import { keyRing } from '../signing/key-ring.ts'
import type { WireCity } from './wire-processes.ts'

export interface Counterparties {
  readonly format: 'medpay-counterparties'
  readonly version: 1
  /** The target as its counterparties know it: the value of x-medpay-caller. */
  readonly caller: 'platform'
  /** yyyy-MM-dd of the business day that is played. */
  readonly businessDate: string
  /** By name. */
  readonly counterparties: Readonly<Record<string, Counterparty>>
}

export interface Counterparty {
  readonly origin: string
  /** Its OpenAPI page. */
  readonly docs: string
  /** Key of HMAC-SHA256 for this one counterparty, base64 (signing/hmac.ts says over what). */
  readonly hmacKey: string
}

const caller = 'platform'

export function counterpartiesOf(
  { layout, originOf }: Pick<WireCity, 'layout' | 'originOf'>,
  trace: Trace,
  secret: string,
): Counterparties {
  const keys = keyRing(secret)
  const told = layout.flat().map((name): [string, Counterparty] => {
    const origin = originOf(name)
    return [name, { origin, docs: `${origin}/docs/`, hmacKey: keys.between(caller, name).export().toString('base64') }]
  })
  return { format: 'medpay-counterparties', version: 1, caller, businessDate: trace.opening.date, counterparties: Object.fromEntries(told) }
}
