/**
 * What a platform must be told about to be played against: how a row becomes requests, and how its answers are read. Everything else
 * (who pays what and when, which entry is tried next, keys, amounts, deadlines) is decided outside and is the same for every target.
 *
 * An adapter is one file that exports `adapter`. It runs inside k6 and inside Node: plain TypeScript, no packages, no `node:` modules;
 * relative imports end in `.ts`. It keeps no state: `next` is asked again after every answer, with all answers of the try so far.
 * Nothing heard is `status: 0`. Money comes and goes as whole fen; a target that speaks yuan is translated here.
 */
import type { RowProgress } from '../simulators/trace/next-step.ts'
import type { PersonToPlay, PlayOrigins, RowToPlay } from '../simulators/trace/play.ts'
import type { SeenSplit } from '../simulators/trace/seen-row.ts'
import type { SentTo } from '../simulators/trace/sent-to.ts'
import type { TraceRules } from '../simulators/trace/trace.ts'

export interface Adapter {
  readonly name: string
  /** Path of the target that answers 2xx once it can take payments; absent: any answer at all will do. Asked before the first row. */
  readonly readyPath?: string
  next(asked: Try, heard: readonly Heard[]): Step
}

/** One try of one row: the errand at one entry, under one key. */
export interface Try {
  /** The errand itself, a question what became of it, or the wish for a higher limit of credit. */
  readonly sends: RowProgress['sends']
  /** As the target told its number before; a question is about it. */
  readonly payment: string | undefined
  readonly row: RowToPlay
  readonly person: PersonToPlay
  /** How it is paid now; differs from the row's own mode once the patient turned to own money. */
  readonly mode: RowToPlay['mode']
  /** The same for every attempt of the same payment. */
  readonly key: string
  /** What the patient heard at this entry in the tries of this payment before this one, first to last: an app keeps its session. */
  readonly earlier: readonly Heard[]
  /** Number of the entry, and its name; −1 where none is asked. */
  readonly entry: number
  readonly entryName: string
  /** yyyyMMdd of the business day. */
  readonly businessDate: string
  /** HH:mm:ss of the business day at which the row was to start. */
  readonly startsAt: string
  /** Name of the bank whose credit it is about; '' where it is about none. */
  readonly creditBank: string
  /** To whom the first request goes. */
  readonly sentTo: SentTo
  /** Where to send: the target's address, or the entry's where the target is reached through ours. */
  readonly origin: string
  readonly origins: PlayOrigins
}

export interface Heard {
  /** 0: no answer came. */
  readonly status: number
  readonly body: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Nothing can have arrived: the connection was refused. */
  readonly neverArrived: boolean
}

export type Step =
  | { readonly does: 'send'; readonly request: AdapterRequest; readonly afterMs?: number }
  | { readonly does: 'end'; readonly outcome: Outcome }
  /** The target has no such request; the row is not sent, and counted so. */
  | { readonly does: 'no-door' }

export interface AdapterRequest {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  /** Text as it goes over the wire. */
  readonly body?: string
  /** What the metrics call it; few names, no numbers. */
  readonly name: string
  /** Whose patience the caller has; absent: a patient's, who waits for entry and platform. */
  readonly patience?: keyof TraceRules['timeoutMs']
  /** The entry only hands it on: what it answers by itself was answered before, so that whoever gets so far knows that it is there. */
  readonly handsOn?: true
  /** Signs by the run's key between the two, as the testbed's own machines do. */
  readonly signed?: { readonly as: string; readonly to: string }
}

export type Outcome =
  /** The target said so. */
  | {
      readonly is: 'paid' | 'done' | 'refused' | 'under-way' | 'in-doubt' | 'undone'
      readonly payment?: string
      readonly reason?: string
      /** Of what was refused or undone: who could not, where the target says so. */
      readonly failedAt?: 'bureau' | 'bank'
      /** Who could not never answered, so that there is no want of credit or money. */
      readonly isForWantOfReply?: boolean
      readonly split?: SeenSplit
    }
  /** It said nothing that can be used. `mayHaveArrived`: money may have moved. */
  | {
      readonly is: 'failed'
      readonly at: 'entry' | 'platform' | 'hospital'
      readonly mayHaveArrived: boolean
      readonly reason: string
      readonly retryAfterMs?: number
    }
