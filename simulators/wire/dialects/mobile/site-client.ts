/**
 * The mobile chain as an institution speaks it to the payment centre: signed by the transport (HMAC), or signed and sealed for its own
 * application by SM2 and SM4, the answers then sealed by the centre. An answer whose seal is broken says nothing.
 */
import type { Static, TObject } from 'typebox'
import { type JsonAnswer, type Sender, unheard } from '../../client/signed-sender.ts'
import type { Transport } from '../../client/transport.ts'
import type { MobileOperation } from '../../desks/mobile-desk.ts'
import type { NoReply } from '../../desks/port.ts'
import type { MobileKeys } from '../../signing/mobile-keys.ts'
import { usualUserId } from '../../signing/sm2.ts'
import { hasForm } from '../has-form.ts'
import { institutionCode } from '../national/envelope.ts'
import { answerSchema, mobileVersion, timestampOf } from './envelope.ts'
import type { MobileMessage } from './message.ts'
import { type Sealed, seal, unseal } from './seal.ts'

type MobileHeard<Answer extends TObject> =
  | { readonly outcome: 'done'; readonly answer: Static<Answer> }
  | { readonly outcome: 'refused'; readonly words: string }
  | NoReply
/** One site's way to the centre. */
export type MobileWay = (path: string, data: object) => Promise<JsonAnswer | NoReply>

/** @param nowMs business clock: the time of the message */
export const signedWay =
  (site: number, send: Sender, nowMs: () => number): MobileWay =>
  (path, data) =>
    send('POST', path, { appId: `medpay-${institutionCode(site)}`, version: mobileVersion, timestamp: timestampOf(nowMs()), data })

/** @param nowMs protocol clock: a seal is good for so long */
export const sealedWay =
  (site: number, transport: Transport, keys: MobileKeys, nowMs: () => number): MobileWay =>
  async (path, data) => {
    const app = keys.appOf(site)
    const outer = { version: mobileVersion, timestamp: timestampOf(nowMs()) }
    const body = Buffer.from(JSON.stringify(seal(app, keys.keyOf(site), outer, data, usualUserId)))
    const heard = await transport.send({ method: 'POST', path, headers: { 'content-type': 'application/json' }, body })
    if (heard.outcome === 'no-reply') return heard
    const { status } = heard
    const opened = unsealed(heard.body.toString('utf8'), (sealed) => unseal(app, keys.centre, sealed, usualUserId))
    return opened === undefined
      ? { outcome: 'no-reply', sent: 'maybe', why: `status ${status} under a seal that is not the centre's` }
      : { outcome: 'answered', status, body: opened, retryAfterSeconds: undefined }
  }

function unsealed(text: string, open: (sealed: Sealed) => object | undefined): object | undefined {
  try {
    const { encData: _, ...outer } = JSON.parse(text) as Sealed
    const data = typeof outer.signData === 'string' ? open(JSON.parse(text) as Sealed) : undefined
    return data === undefined ? undefined : { ...outer, data }
  } catch {
    return undefined
  }
}

const forms = new WeakMap<TObject, TObject>()
/** The whole answer's form, made once a message: forms are compiled by identity. */
function formOf(answer: TObject): TObject {
  const known = forms.get(answer) ?? answerSchema(answer)
  forms.set(answer, known)
  return known
}

export async function askCentre<Name extends MobileOperation, Ask extends TObject, Answer extends TObject>(
  way: MobileWay,
  { code, path, answer: form }: MobileMessage<Name, Ask, Answer>,
  data: Static<Ask>,
): Promise<MobileHeard<Answer>> {
  const heard = await way(path, data as object)
  if (heard.outcome === 'no-reply') return heard
  const { body } = heard
  if (heard.status !== 200 || !hasForm(formOf(form), body)) return unheard(heard, `no answer to ${code} in form`)
  const { success, message, data: answer } = body as unknown as { success: boolean; message: string; data: Static<Answer> }
  return success ? { outcome: 'done', answer } : { outcome: 'refused', words: message }
}
