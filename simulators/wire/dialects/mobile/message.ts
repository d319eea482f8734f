import type { Static, TObject } from 'typebox'
import type { MobileOperation, MobileReplyOf, MobileRequestOf } from '../../desks/mobile-desk.ts'

export interface MobileMessage<
  Name extends MobileOperation = MobileOperation,
  Ask extends TObject = TObject,
  Answer extends TObject = TObject,
> {
  /** 交易编号. */
  readonly code: string
  readonly path: string
  readonly zh: string
  readonly en: string
  readonly does: Name
  /** The data of request and answer. */
  readonly data: Ask
  readonly answer: Answer
  readonly read: (data: Static<Ask>) => MobileRequestOf<Name>
  readonly write: (reply: MobileReplyOf<Name>) => Static<Answer>
  /** 定点医药机构编号 of who asks; where the message has none, the signature tells. */
  readonly institution: (data: Static<Ask>) => string | undefined
  readonly businessKey: (data: Static<Ask>) => string
  /** Data that goes with a refusal. */
  readonly refusal?: Static<Answer>
  /** A synthetic pair, under test. */
  readonly example: { readonly request: Static<Ask>; readonly reply: MobileReplyOf<Name> }
}

export const mobileMessage = <Name extends MobileOperation, Ask extends TObject, Answer extends TObject>(
  message: MobileMessage<Name, Ask, Answer>,
): MobileMessage<Name, Ask, Answer> => message
