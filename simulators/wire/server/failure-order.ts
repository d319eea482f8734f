/**
 * What an actor can be ordered to do wrong, as its control endpoint reads it. The words are the faults' own; what each does is in
 * failing-line.ts (requests) and failure-switch.ts (callbacks, the clock).
 */
import { type Static, Type } from 'typebox'
import { momentMs } from '../desks/business-time.ts'
import { choice } from './opening-schema.ts'

export const failureWords = [
  /** Heals: every failure ends, or the named one alone. */
  'none',
  /** 拒绝. Answers 503 at once; nothing is done. */
  'refuse',
  /** 黑洞. Takes the request, does nothing, never answers. */
  'silent',
  /** 变慢. Each answer `lateMs` later, or each service `factor` times as long, or both. */
  'slow',
  /** 降容. Works with `servers` of its planned servers as a share; at least one goes on. */
  'brown-out',
  /** 突发差错. Serves, does nothing and answers 500. */
  'error-burst',
  /** 连接重置. Resets the connection; nothing is done. */
  'reset',
  /** 应答丢失. Does the work, then resets the connection. */
  'lost-reply',
  /** 限流. 429 with Retry-After; nothing is done. */
  'quota',
  /** 金额错误. One amount is `by` off in its book, or in its answer. */
  'wrong-amount',
  /** 文件截断. The second half of an answer's text is missing. */
  'truncated',
  /** 漏行. An answer's file names some of its rows no longer, and its control totals fit what is left. */
  'lost-row',
  /** 时钟偏差. Its protocol clock goes wrong by `skewMs`: signatures, tokens, callbacks. */
  'clock-skew',
  /** 新密钥. Does nothing: who is signed to under a wallet's new key is written down as met. */
  'new-key',
  /** 回调迟到、重复、乱序、丢失. */
  'callback-late',
  'callback-duplicate',
  'callback-reordered',
  'callback-lost',
] as const
export type FailureWord = (typeof failureWords)[number]

const moment = (description: string) => Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}$', description }))
const atMostTenMinutes = (description: string) => Type.Optional(Type.Integer({ minimum: 1, maximum: 600_000, description }))

export const failureOrder = Type.Object(
  {
    does: choice(failureWords),
    /** Names its dice and its lines in the log; absent: what it does. */
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
    only: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
        minItems: 1,
        maxItems: 50,
        description:
          'Operations (bank/capture), routes’ operations (bureau/SI12) or paths; a star at the end stands for the rest. Absent: all',
      }),
    ),
    keys: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 128 }), {
        minItems: 1,
        maxItems: 10_000,
        description: 'These business keys alone',
      }),
    ),
    from: moment('Business moment it begins; absent: now'),
    until: moment('Business moment it is over; absent: until it is healed'),
    share: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1, description: 'Of the requests; absent: all' })),
    seed: Type.Optional(Type.Integer({ minimum: 0, description: 'Of the dice behind share; absent: 0' })),
    mostPerKey: Type.Optional(Type.Integer({ minimum: 1, description: 'Requests of one key it meets; absent: any number' })),
    lateMs: atMostTenMinutes('Milliseconds of the protocol clock: slow, callback-late; the longest wait of callback-reordered'),
    factor: Type.Optional(Type.Number({ exclusiveMinimum: 1, maximum: 1000, description: 'Of planned service times: slow' })),
    servers: Type.Optional(Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1, description: 'Share that goes on: brown-out' })),
    retryAfterSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 3600, description: 'quota; absent: 1' })),
    at: Type.Optional(choice(['book', 'answer'] as const)),
    field: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 80,
        description: 'wrong-amount: the amount, as the request spells it (book) or the desk’s reply (answer); truncated: the text',
      }),
    ),
    by: Type.Optional(Type.Number({ description: 'wrong-amount: in the field’s own unit, fen or yuan' })),
    skewMs: Type.Optional(Type.Integer({ minimum: -86_400_000, maximum: 86_400_000, description: 'clock-skew: ahead is positive' })),
    copies: Type.Optional(Type.Integer({ minimum: 2, maximum: 20, description: 'callback-duplicate; absent: 2' })),
  },
  { additionalProperties: false },
)
export type FailureOrder = Static<typeof failureOrder>

type Word = keyof FailureOrder

/** What a failure must be told beside its word, and may be told; everything else would be ignored, so it is a mistake. */
const own: Readonly<Record<FailureWord, { readonly must?: readonly Word[]; readonly may?: readonly Word[] }>> = {
  none: {},
  refuse: {},
  silent: {},
  slow: { may: ['lateMs', 'factor'] },
  'brown-out': { must: ['servers'] },
  'error-burst': {},
  reset: {},
  'lost-reply': {},
  quota: { may: ['retryAfterSeconds'] },
  'wrong-amount': { must: ['at', 'field', 'by'] },
  truncated: { may: ['field'] },
  'lost-row': {},
  'clock-skew': { must: ['skewMs'] },
  'new-key': {},
  'callback-late': { must: ['lateMs'] },
  'callback-duplicate': { may: ['copies'] },
  'callback-reordered': { must: ['lateMs'] },
  'callback-lost': {},
}
const always: readonly Word[] = ['does', 'name', 'from', 'until']
const chooses: readonly Word[] = ['only', 'keys', 'share', 'seed', 'mostPerKey']
/** They strain the whole actor, so no request is chosen. */
const wholeActor: readonly FailureWord[] = ['none', 'brown-out', 'clock-skew', 'new-key']

/** Everything that is wrong with an order beyond its form, or undefined. */
export function mistakesOf(order: FailureOrder): { readonly zh: string; readonly en: string } | undefined {
  const { does, lateMs, factor, by, from, until } = order
  const { must = [], may = [] } = own[does]
  const known = [...(does === 'none' ? ['does', 'name'] : always), ...(wholeActor.includes(does) ? [] : chooses), ...must, ...may]
  const mistakes = [
    ...must.filter((word) => order[word] === undefined).map((word) => [`${does} needs ${word}`, `${does} 需要 ${word}`] as const),
    ...(Object.keys(order) as Word[])
      .filter((word) => !known.includes(word))
      .map((word) => [`${word} does not go with ${does}`, `${word} 不与 ${does} 同用`] as const),
    ...(does === 'slow' && lateMs === undefined && factor === undefined
      ? [['slow needs lateMs or factor', 'slow 需要 lateMs 或 factor'] as const]
      : []),
    ...(by === 0 ? [['by is 0: nothing would be wrong', 'by 为 0，不会有任何错误'] as const] : []),
    ...(['from', 'until'] as const)
      .filter((word) => order[word] !== undefined && momentMs(order[word]) === undefined)
      .map((word) => [`${word} is no moment: ${order[word]}`, `${word} 不是时刻：${order[word]}`] as const),
    ...(from !== undefined && until !== undefined && from >= until ? [['until is not after from', 'until 不在 from 之后'] as const] : []),
  ]
  if (mistakes.length === 0) return undefined
  return { en: mistakes.map(([en]) => en).join('; '), zh: mistakes.map(([, zh]) => zh).join('；') }
}
