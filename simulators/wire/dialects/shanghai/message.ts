import type { Static, TObject } from 'typebox'
import type { BureauDesk, FromSite, Refused } from '../../desks/bureau-desk.ts'

type Operation = keyof BureauDesk
export type RequestOf<Name extends Operation> = Parameters<BureauDesk[Name]>[0]
export type ReplyOf<Name extends Operation> = Exclude<Awaited<ReturnType<BureauDesk[Name]>>, Refused>

/**
 * One message of the dialect: both its ends stand side by side, so what one writes the other reads. `content` is 消息内容 (xxnr);
 * the envelope is the same for all.
 */
export interface ShanghaiMessage<Name extends Operation = Operation, Ask extends TObject = TObject, Answer extends TObject = TObject> {
  readonly code: string
  readonly zh: string
  readonly en: string
  /** The desk's operation behind it; also its name in metrics, as the message table of the city calls the leg. */
  readonly does: Name
  readonly content: Ask
  readonly answer: Answer
  /** Caller's end. */
  readonly ask: (request: RequestOf<Name>) => Static<Ask>
  readonly hear: (content: Static<Answer>) => ReplyOf<Name>
  /** Bureau's end. */
  readonly read: (content: Static<Ask>, from: FromSite) => RequestOf<Name>
  readonly write: (reply: ReplyOf<Name>) => Static<Answer>
  /** What a planned service time knows the errand by; `person-shown`: the number of whoever shows a credential. */
  readonly businessKey: ((content: Static<Ask>, from: FromSite) => string) | 'person-shown'
  /** A synthetic pair, under test and in OpenAPI. */
  readonly example: { readonly request: RequestOf<Name>; readonly reply: ReplyOf<Name> }
}

/** Gives a message its types; the list of all keeps them in one shape. */
export const shanghaiMessage = <Name extends Operation, Ask extends TObject, Answer extends TObject>(
  message: ShanghaiMessage<Name, Ask, Answer>,
): ShanghaiMessage<Name, Ask, Answer> => message
