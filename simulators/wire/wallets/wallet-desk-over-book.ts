/** The wallet's desk over its book: what is due by the protocol clock happens before every answer, notices leave after it. */
import { randomInt } from 'node:crypto'
import type { MixedPaymentDesk } from '../desks/mixed-payment-desk.ts'
import type { PayerDesk, WalletDesk } from '../desks/wallet-desk.ts'
import type { Decision, KeptBook } from '../stores/kept-book.ts'
import { decideCashBack, decideConfirmMixed, decideMix, decideMixedRefund, decideQueryMixed } from './mixed-decisions.ts'
import { askInsurer, decideAskInsurer, type InsurerPort } from './mixed-insurer.ts'
import { keyOf, type Notice, type WalletEntry, type WalletState } from './wallet-book.ts'
import {
  decideClose,
  decideCodePay,
  decideConfirm,
  decideDue,
  decideMovements,
  decideOrder,
  decideQuery,
  decideQueryRefund,
  decideQueryTransaction,
  decideRefund,
  decideRevoke,
  type Moment,
  refuse,
  type WalletDecision,
} from './wallet-decisions.ts'

export type WholeWalletDesk = WalletDesk & PayerDesk & MixedPaymentDesk

export interface DeskOverBook {
  readonly desk: WholeWalletDesk
  /** Appends entries of the actor's own: opening, notices heard, a new key. */
  append(entries: (state: WalletState) => readonly WalletEntry[]): Promise<void>
  stop(): void
}

export interface DeskSurroundings {
  readonly book: KeptBook<WalletState, WalletEntry>
  readonly protocolMs: () => number
  /** First two digits of this wallet's 付款码. */
  readonly codePrefix: string
  readonly notices: (open: Iterable<Notice>) => void
  /** Pays the insurer's part of orders placed at the bureau. */
  readonly insurer: InsurerPort
}

/** A 付款码 is good for a minute. */
const codeLivesMs = 60_000
/** The longest sleep of a Node timer is 2^31 ms; far moments are looked at again in between. */
const longestSleepMs = 3_600_000

export function deskOverBook({ book, protocolMs, codePrefix, notices, insurer }: DeskSurroundings): DeskOverBook {
  /** Credentials of a minute: in memory only. */
  const codes = new Map<string, { readonly payer: string; readonly untilMs: number }>()
  /** By mixed order: handed to the insurer once, never kept. */
  const authorizations = new Map<string, string>()
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const answer = async <Reply>(decide: (state: WalletState, moment: Moment) => Decision<WalletEntry, Reply>): Promise<Reply> => {
    const moment = { protocolMs: protocolMs() }
    // Decisions run in the order they are asked for, so this one sees what was due before it.
    const due = happen(moment.protocolMs)
    const reply = book.answer((state, businessMs) => decide(state, { ...moment, businessMs }))
    await due
    const said = await reply
    afterwards()
    return said
  }
  const happen = async (nowMs: number) => {
    if (![...book.state.due.values()].some(({ atMs }) => atMs <= nowMs)) return
    const cashOf = [...book.state.due.values()].filter(({ what, atMs }) => what === 'refund' && atMs <= nowMs)
    const done = book.answer((state) => decideDue(state, nowMs))
    // A mixed order's cash part is back when its refund is done, which the entries above have just made so.
    const follows = cashOf.map(({ merchant, key }) =>
      book.answer((state) => {
        const refund = state.refunds.get(keyOf(merchant, key))
        const order = refund === undefined ? undefined : state.orders.get(keyOf(merchant, refund.order))
        return { entries: order === undefined ? [] : decideCashBack(state, order.prepay), reply: undefined }
      }),
    )
    await Promise.all([done, ...follows])
  }
  const afterwards = () => {
    if (stopped) return
    notices(book.state.notices.values())
    clearTimeout(timer)
    let nextMs = Number.POSITIVE_INFINITY
    for (const { atMs } of book.state.due.values()) nextMs = Math.min(nextMs, atMs)
    if (nextMs === Number.POSITIVE_INFINITY) return
    timer = setTimeout(
      () => void answer(() => ({ entries: [], reply: undefined })).catch(() => undefined),
      Math.min(longestSleepMs, Math.max(0, nextMs - protocolMs())),
    )
    timer.unref()
  }
  afterwards()

  return {
    append: (entries) => answer((state) => ({ entries: entries(state), reply: undefined })),
    stop() {
      stopped = true
      clearTimeout(timer)
    },
    desk: {
      order: (request) => answer((state, moment) => decideOrder(state, request, moment)),
      codePay: (request) =>
        answer((state, moment) => {
          const code = codes.get(request.code)
          const decision = decideCodePay(
            state,
            request,
            code !== undefined && code.untilMs > moment.protocolMs ? code.payer : undefined,
            moment,
          )
          if (decision.entries.length > 0) codes.delete(request.code)
          return decision
        }),
      query: (request) => answer((state) => decideQuery(state, request)),
      queryTransaction: ({ merchant, transaction }) => answer((state) => decideQueryTransaction(state, merchant, transaction)),
      close: (request) => answer((state) => decideClose(state, request)),
      revoke: (request) => answer((state, moment) => decideRevoke(state, request, moment)),
      refund: (request) => answer((state, moment) => decideRefund(state, request, moment)),
      queryRefund: ({ merchant, refund }) => answer((state) => decideQueryRefund(state, merchant, refund)),
      movements: ({ merchant, date }) => answer((state, { businessMs }) => decideMovements(state, merchant, date, businessMs)),
      showCode: ({ payer }) =>
        answer((state, { protocolMs: nowMs }): WalletDecision<{ readonly outcome: 'code'; readonly code: string }> => {
          if (!state.payers.has(payer)) return refuse('unknown-payer')
          for (const [code, { untilMs }] of codes) if (untilMs <= nowMs) codes.delete(code)
          const code = codePrefix + String(randomInt(1e8)).padStart(8, '0') + String(randomInt(1e8)).padStart(8, '0')
          codes.set(code, { payer, untilMs: nowMs + codeLivesMs })
          return { entries: [], reply: { outcome: 'code', code } }
        }),
      confirm: (request) => answer((state, moment) => decideConfirm(state, request, moment)),
      async mix(request) {
        const reply = await answer((state, moment) => decideMix(state, request, moment, true))
        const { authorization } = request
        if (reply.outcome === 'mixed' && reply.mixed.whole === 'created' && authorization !== undefined)
          authorizations.set(reply.mixed.mixed, authorization)
        return reply
      },
      queryMixed: (request) => answer((state) => decideQueryMixed(state, request)),
      noticeMixedRefund: (request) => answer((state) => decideMixedRefund(state, request)),
      async confirmMixed(request) {
        const asked = await answer((state) => decideAskInsurer(state, request))
        if (asked !== undefined) {
          const said = await askInsurer(insurer, asked, authorizations.get(asked.mixed))
          if (said !== undefined) {
            await answer((state) => ({ entries: state.insurerAnswers.get(asked.mixed) === 'asked' ? [said] : [], reply: undefined }))
            authorizations.delete(asked.mixed)
          }
        }
        return answer((state, moment) => decideConfirmMixed(state, request, moment))
      },
    },
  }
}
