/** The mobile chain at the bureau: what a site, a phone and a wallet ask of it. */
import type { MobileOperation, MobilePayerDesk, MobileReplyOf, MobileRequestOf } from '../../desks/mobile-desk.ts'
import type { KeptBook } from '../../stores/kept-book.ts'
import type { BureauEntry, BureauState } from '../bureau-book.ts'
import type { Policy, Tokens } from '../bureau-decisions.ts'
import { answerOnce } from '../claims/answer-once.ts'
import type { BureauParameters, ClaimRefused, Outcome } from '../claims/claim-context.ts'
import type { ClaimRefusal, claimRefusals } from '../claims/refusals.ts'
import { authorizationSeconds, type MobileCredentials } from './mobile-credentials.ts'
import {
  decidePayOrder,
  decidePlaceOrder,
  decideQueryOrder,
  decideRefundOrder,
  decideRevokeOrder,
  decideUploadOrder,
  type MobileContext,
} from './mobile-decisions.ts'

export interface MobileParts {
  readonly book: KeptBook<BureauState, BureauEntry>
  readonly policy: Policy
  readonly tokens: Tokens
  readonly parameters: BureauParameters
  readonly credentials: MobileCredentials
}

type Answer<Reply> = { readonly outcome: 'done'; readonly reply: Reply } | ClaimRefused

/** A message of a site; without one, of the site whose order it names. */
export type AskMobile = <Name extends MobileOperation>(
  name: Name,
  site: number | undefined,
  request: MobileRequestOf<Name>,
) => Promise<Answer<MobileReplyOf<Name>>>

export function mobileDesk(parts: MobileParts): { readonly ask: AskMobile; readonly payer: MobilePayerDesk } {
  const { book, credentials } = parts
  const contextOf = (state: BureauState, nowMs: number, site: number, message: string): MobileContext => ({
    ...parts,
    ...{ state, nowMs, lastNumber: book.lastNumber },
    sender: { site, message, operator: '' },
  })
  /** Decided once by its number; the credential is no part of what was asked, since a patient shows a fresh one the second time. */
  const once = <Reply extends object>(message: string, site: number, request: object, decide: (context: MobileContext) => Outcome<Reply>) =>
    book.answer((state, nowMs) => {
      const { token: _, authorization: __, ...asked } = request as { readonly token?: unknown; readonly authorization?: unknown }
      const name = message.split(' ')[0] ?? ''
      const { entries, reply } = answerOnce<ClaimRefusal>(state, { message, site, name, request: asked }, () =>
        decide(contextOf(state, nowMs, site, message)),
      )
      return { entries, reply: reply as Answer<Reply> }
    })
  const plainly = <Reply extends object>(site: number, decide: (context: MobileContext) => Outcome<Reply>) =>
    book.answer<Answer<Reply>>((state, nowMs) => {
      const outcome = decide(contextOf(state, nowMs, site, ''))
      if (outcome.outcome === 'refused') return { entries: [], reply: outcome }
      const { effects, reply } = outcome
      const entries: readonly BureauEntry[] = effects.length === 0 ? [] : [{ does: 'act', site, effects }]
      return { entries, reply: { outcome: 'done', reply } }
    })

  const operations: {
    readonly [Name in MobileOperation]: (site: number, request: MobileRequestOf<Name>) => Promise<Answer<MobileReplyOf<Name>>>
  } = {
    async uploadOrder(site, request) {
      const answer = await once(`upload-order ${site} ${request.siteOrder}`, site, request, (context) =>
        decideUploadOrder(context, request),
      )
      if (answer.outcome === 'refused') return answer
      const { order } = answer.reply
      if (request.authorization !== undefined) credentials.bind(request.authorization, order)
      return { outcome: 'done', reply: { ...answer.reply, token: credentials.tokenOf(order) } }
    },
    async placeOrder(site, request) {
      const answer = await plainly(site, (context) => decidePlaceOrder(context, request))
      if (answer.outcome === 'done') credentials.bind(request.authorization, request.order)
      return answer
    },
    queryOrder: (site, request) => plainly(site, (context) => decideQueryOrder(context, request)),
    revokeOrder: (site, request) => plainly(site, (context) => decideRevokeOrder(context, request)),
    refundOrder: (site, request) =>
      once(`refund-order ${request.order} ${request.refund}`, site, request, (context) => decideRefundOrder(context, request)),
  }
  const ask: AskMobile = async (name, named, request) => {
    const site = named ?? book.state.mobile.orders.get((request as { readonly order?: string }).order ?? '')?.site
    if (site === undefined) return { outcome: 'refused', reason: 'unknown-order' }
    if (!book.state.sites.has(site)) return { outcome: 'refused', reason: 'unknown-site' }
    return operations[name](site, request)
  }

  return {
    ask,
    payer: {
      async authorizePayment({ qr }) {
        const person = book.state.personOf.get(`qr:${qr}`)
        if (person === undefined) return { outcome: 'refused', reason: 'unknown-credential' }
        return { outcome: 'payment-authorized', authorization: credentials.authorize(person), validSeconds: authorizationSeconds }
      },
      async payOrder({ order, authorization, totalFen, fundFen, accountFen, cashFen }) {
        const amounts = { totalFen, fundFen, accountFen, cashFen }
        const site = book.state.mobile.orders.get(order)?.site ?? 0
        const answer = await once(`pay-order ${order}`, site, { order, ...amounts }, (context) =>
          decidePayOrder(context, { order, authorization, amounts }),
        )
        if (answer.outcome === 'done') {
          credentials.spend(authorization)
          return { outcome: 'insurer-paid', settlement: answer.reply.settlement }
        }
        return { outcome: 'refused', reason: payerReason(answer.reason) }
      },
    },
  }
}

/** A wallet is told the reasons it can act on; every other is the insurer's affair with the site. */
function payerReason(reason: keyof typeof claimRefusals) {
  switch (reason) {
    case 'unknown-authorization':
    case 'authorization-of-another-order':
    case 'unknown-order':
    case 'order-not-placed':
    case 'order-paid':
    case 'order-revoked':
    case 'order-expired':
    case 'order-amounts-differ':
      return reason
    default:
      return 'insurer-refused' as const
  }
}
