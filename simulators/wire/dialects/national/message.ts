import type { Static, TObject } from 'typebox'
import type { ClaimOperation, ClaimReplyOf, ClaimRequestOf } from '../../desks/claim-desk.ts'
import type { NationalRequest } from './envelope.ts'
import type { PersonWords } from './fields.ts'

/** What a message may look up to write its answer. Who a person is, is never kept with the reply. */
export interface Writing {
  readonly personWords: (person: number) => PersonWords
  readonly fundIncludesAccount: boolean
  readonly homePlace: string
  /** Who asked. */
  readonly site: number
}

export interface NationalMessage<
  Name extends ClaimOperation = ClaimOperation,
  Input extends TObject = TObject,
  Output extends TObject = TObject,
> {
  /** 交易编号. */
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly does: Name
  readonly input: Input
  readonly output: Output
  readonly read: (input: Static<Input>, envelope: NationalRequest) => ClaimRequestOf<Name>
  readonly write: (reply: ClaimReplyOf<Name>, writing: Writing) => Static<Output>
  /** The 人员编号 of the input, where there is one. */
  readonly personNumber?: (input: Static<Input>) => string | undefined
  /** What a planned service time knows the errand by; `person-shown`: the number of whoever shows a credential. */
  readonly businessKey: ((input: Static<Input>) => string) | 'person-shown'
}

export const nationalMessage = <Name extends ClaimOperation, Input extends TObject, Output extends TObject>(
  message: NationalMessage<Name, Input, Output>,
): NationalMessage<Name, Input, Output> => message
