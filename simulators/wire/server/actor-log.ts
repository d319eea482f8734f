/**
 * What an actor tells its operator: one JSON line an event, with time (protocol clock), level, actor, event and the fields below. The one
 * home of these names. Healthy payments write nothing. Fields are names, numbers and keys of the testbed's own making: no body, no header
 * and no text of an error goes into a line, so no credential does (tests/canary.e2e.test.ts).
 */
import { type Logger, pino } from 'pino'
import type { SignatureKind } from '../signing/signature-kinds.ts'
import type { ActorSurroundings } from './actor.ts'
import type { FailureCode } from './failures.ts'

/** The fields of each event. `about` is a business key, and is told of proven callers alone: a stranger may write anything there. */
export interface ActorEvents {
  /** Its book is read, its routes stand. */
  readonly started: { readonly version: string; readonly signaturesOff: readonly SignatureKind[] }
  /** It listens and takes work. */
  readonly ready: { readonly port: number }
  /** No new work; what is under way is answered. */
  readonly stopping: Record<never, never>
  readonly stopped: Record<never, never>
  /** 拒绝: signature, replay, age, rights, a body that cannot be read. `caller` as it was proven, or else as it was claimed. */
  readonly 'request-refused': {
    readonly why: FailureCode
    readonly operation: string
    readonly caller?: string
    readonly isProven: boolean
    readonly about?: string
  }
  /** A mistake of our own: the kind of error and where it was thrown. */
  readonly 'own-mistake': { readonly what: string; readonly at: readonly string[]; readonly operation?: string }
  /** 账簿写入失败: its disk is full or gone; it confirms nothing more. */
  readonly 'book-failed': { readonly book: string }
  /** A callback that will not be told again: its ladder is at its end, or its address is not allowed. */
  readonly 'callback-given-up': { readonly about: string; readonly why: 'given-up' | 'not-allowed'; readonly tries: number }
  /** A payment whose process is gone goes on here. */
  readonly 'payment-taken-over': { readonly payment: string; readonly bill: string; readonly site: number; readonly fence: number }
  /** Another process has taken it: this one writes nothing more of it. */
  readonly 'payment-fenced-off': { readonly payment: string }
  /** 悬账: a way back that was refused. What hangs stands in suspense, and people decide. */
  readonly 'payment-at-dead-end': {
    readonly payment: string
    readonly bill: string
    readonly site: number
    readonly step: string
    readonly hangingFen: number
  }
  /** 日终: an accounting day of a party was matched. */
  readonly 'day-matched': { readonly party: string; readonly day: string; readonly rows: number; readonly differences: number }
  /** The business clock was set beyond this day. */
  readonly 'day-ended': { readonly day: string }
  /** What it does wrong from now on; none: healed. */
  readonly 'failures-ordered': { readonly failures: readonly string[] }
  readonly 'failure-met': { readonly operation: string; readonly about: string; readonly failures: readonly string[] }
}
export type ActorEvent = keyof ActorEvents

const levels = {
  started: 'info',
  ready: 'info',
  stopping: 'info',
  stopped: 'info',
  'request-refused': 'warn',
  'own-mistake': 'error',
  'book-failed': 'error',
  'callback-given-up': 'warn',
  'payment-taken-over': 'warn',
  'payment-fenced-off': 'warn',
  'payment-at-dead-end': 'error',
  'day-matched': 'info',
  'day-ended': 'info',
  'failures-ordered': 'warn',
  'failure-met': 'info',
} as const satisfies Readonly<Record<ActorEvent, 'info' | 'warn' | 'error'>>

/** ASSUMPTION: lines of one event a second that an operator can use; tried 10–1000. Further ones are counted in the next line. */
const mostPerSecond = 100

export interface LogStream {
  write(line: string): void
}

export interface ActorLog {
  tell<Event extends ActorEvent>(event: Event, fields: ActorEvents[Event]): void
}

/** @param stream absent: nothing is written */
export function actorLog(actor: string, nowMs: () => number, stream: LogStream | undefined): ActorLog {
  if (stream === undefined) return { tell: () => undefined }
  const lines: Logger = pino(
    {
      base: { actor },
      messageKey: 'event',
      timestamp: () => `,"time":"${new Date(nowMs()).toISOString()}"`,
      formatters: { level: (level) => ({ level }) },
    },
    stream,
  )
  const told = new Map<ActorEvent, { second: number; lines: number; leftOut: number }>()
  return {
    tell(event, fields) {
      const second = Math.floor(nowMs() / 1000)
      const now = told.get(event) ?? { second, lines: 0, leftOut: 0 }
      told.set(event, now)
      if (now.second !== second) Object.assign(now, { second, lines: 0 })
      if (now.lines >= mostPerSecond) {
        now.leftOut += 1
        return
      }
      now.lines += 1
      const all: object = { ...fields, ...(now.leftOut === 0 ? {} : { leftOut: now.leftOut }) }
      lines[levels[event]](all, event)
      now.leftOut = 0
    },
  }
}

/** The log of an actor, for what it tells itself. */
export const logOf = ({ failureSwitch, logStream }: Pick<ActorSurroundings, 'failureSwitch' | 'logStream'>, name: string): ActorLog =>
  actorLog(name, failureSwitch.protocolMs, logStream)

/** An error without its words, which may quote what a caller sent. */
export const mistakeOf = (error: unknown): { readonly what: string; readonly at: readonly string[] } =>
  error instanceof Error
    ? { what: error.name, at: (error.stack ?? '').split('\n').filter(isFrame).slice(0, 3).map(placeOf) }
    : { what: typeof error, at: [] }

const isFrame = (line: string) => /^\s+at .*:\d+:\d+\)?$/.test(line)
/** Function, file and line, without the folders of this machine. */
const placeOf = (frame: string) =>
  frame
    .trim()
    .replace(/^at /, '')
    .replace(/(?:file:\/\/)?\/[^()]*\/(?=[^/]+:\d+:\d+)/, '')
