/**
 * The national interface as an institution's operator speaks it: signed in once a business day, every message under a number that its caller
 * stored before. Silence stays silence; the caller asks (5203, 5206) or takes the message back (2601) by the same number.
 */
import type { Static, TObject } from 'typebox'
import { Value } from 'typebox/value'
import { type Sender, unheard } from '../../client/signed-sender.ts'
import type { MessageStamp } from '../../desks/bureau-desk.ts'
import { compactSecondOf, dateOf, secondOf } from '../../desks/business-time.ts'
import type { ClaimOperation } from '../../desks/claim-desk.ts'
import type { NoReply } from '../../desks/port.ts'
import { answerSchema, institutionCode, nationalPath } from './envelope.ts'
import type { NationalMessage } from './message.ts'
import { signIn } from './session.ts'

export interface NationalCaller {
  readonly site: number
  readonly siteName: string
  readonly operator: string
  readonly operatorName: string
  /** 就医地医保区划. */
  readonly place: string
  /** Business clock. */
  readonly nowMs: () => number
}

export type NationalReply<Output> =
  | { readonly outcome: 'done'; readonly output: Output }
  /** In the bureau's own words; the interface has no list of reasons. */
  | { readonly outcome: 'refused'; readonly words: string }
  | NoReply

export interface NationalClient {
  /** @param stamp stored before; its sequence from 1 to 9,999, unique within its second */
  ask<Name extends ClaimOperation, Input extends TObject, Output extends TObject>(
    message: NationalMessage<Name, Input, Output>,
    input: Static<Input>,
    stamp: MessageStamp,
  ): Promise<NationalReply<Static<Output>>>
  /** 报文ID of a stamp, to take its message back. */
  messageNumber(stamp: MessageStamp): string
}

export function nationalClient(send: Sender, caller: NationalCaller): NationalClient {
  let signedIn: { readonly day: string; readonly number: string } | undefined
  const institution = institutionCode(caller.site)
  const messageNumber = ({ sequence, atMs }: MessageStamp) => institution + compactSecondOf(atMs) + String(sequence).padStart(4, '0')

  const exchange: NationalClient['ask'] = async (message, input, stamp) => {
    const { code } = message
    const person = message.personNumber?.(input)
    const heard = await send('POST', `${nationalPath}/${code}`, {
      infno: code,
      msgid: messageNumber(stamp),
      mdtrtarea_admvs: caller.place,
      ...(person === undefined ? {} : { insuplc_admdvs: person.slice(0, 6) }),
      recer_sys_code: 'YBXT',
      infver: 'V1.0',
      opter_type: '1',
      opter: caller.operator,
      opter_name: caller.operatorName,
      inf_time: secondOf(stamp.atMs),
      fixmedins_code: institution,
      fixmedins_name: caller.siteName,
      sign_no: signedIn?.number ?? '',
      input,
    })
    if (heard.outcome === 'no-reply') return heard
    if (heard.status !== 200 || !Value.Check(answerSchema(message.output), heard.body))
      return unheard(heard, `no answer to ${code} in form`)
    const answer = heard.body as unknown as {
      readonly infcode: 0 | -1
      readonly err_msg: string
      readonly output?: Static<typeof message.output>
    }
    if (answer.infcode !== 0) return { outcome: 'refused', words: answer.err_msg }
    return answer.output === undefined ? unheard(heard, `an answer to ${code} without a body`) : { outcome: 'done', output: answer.output }
  }

  return {
    messageNumber,
    async ask(message, input, stamp) {
      const nowMs = caller.nowMs()
      const day = dateOf(nowMs)
      if (signedIn?.day !== day) {
        // Sequence 0 is the sign-in's: asked twice in a second it is the same message and brings the same number.
        const signed = await exchange(signIn, { signIn: { opter_no: caller.operator } }, { sequence: 0, atMs: nowMs })
        if (signed.outcome === 'no-reply') return { ...signed, sent: 'no' }
        if (signed.outcome === 'refused') return signed
        signedIn = { day, number: signed.output.signinoutb.sign_no }
      }
      return exchange(message, input, stamp)
    },
  }
}
