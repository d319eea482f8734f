/** The desk of clearing over the bureau's book. */
import { dateOf } from '../../desks/business-time.ts'
import type { ClearingDesk, ClearingRefusal, ClearingRefused } from '../../desks/clearing-desk.ts'
import type { Decision, KeptBook } from '../../stores/kept-book.ts'
import type { BureauEntry, BureauState } from '../bureau-book.ts'
import type { Policy } from '../bureau-decisions.ts'
import { answerOnce } from '../claims/answer-once.ts'
import {
  applicationOf,
  type ClearingContext,
  clearable,
  clearingAmounts,
  decideAppeal,
  decideApplication,
  duePayouts,
} from './clearing-decisions.ts'
import type { ClearingApplication, ClearingEffect } from './clearing-state.ts'
import { clearingView } from './clearing-view.ts'
import { dayLines, settlementOf } from './day-lines.ts'

type Answer<Reply> = Decision<BureauEntry, Reply | ClearingRefused>
const refused = (reason: ClearingRefusal): ClearingRefused => ({ outcome: 'refused', reason })

export function clearingDesk(book: KeptBook<BureauState, BureauEntry>, policy: Policy): ClearingDesk {
  const at = <Reply>(decide: (context: ClearingContext) => Answer<Reply>): Promise<Reply | ClearingRefused> =>
    book.answer((state, nowMs) => decide({ state, policy, nowMs, lastNumber: book.lastNumber }))
  const ofSite = <Reply>(site: number, decide: (context: ClearingContext) => Answer<Reply>) =>
    at<Reply>((context) => (context.state.sites.has(site) ? decide(context) : { entries: [], reply: refused('unknown-site') }))
  /** An effect of the caller's, once a key. */
  const once = <Reply extends object>(
    name: string,
    request: { readonly site: number; readonly key: string },
    decide: (context: ClearingContext) => { readonly application: ClearingApplication; readonly reply: Reply } | ClearingRefusal,
  ) =>
    ofSite<Reply>(request.site, (context) => {
      const message = { message: `${name} ${request.site} ${request.key}`, site: request.site, name, request }
      const { entries, reply } = answerOnce(context.state, message, () => {
        const decided = decide(context)
        if (typeof decided === 'string') return { outcome: 'refused', reason: decided }
        const { application } = decided
        return { outcome: 'done', effects: [{ does: 'put-application', application }], reply: decided.reply }
      })
      if (reply.outcome === 'done') return { entries, reply: reply.reply as Reply }
      return { entries, reply: refused(reply.reason as ClearingRefusal) }
    })

  return {
    dayLines: ({ site, day }) =>
      ofSite(site, ({ state, nowMs }) => ({
        entries: [],
        reply: day < dateOf(nowMs) ? dayLines(state, site, day) : refused('day-not-over'),
      })),
    settlement: ({ site, settlement }) =>
      ofSite(site, ({ state }) => ({ entries: [], reply: settlementOf(state, site, settlement) ?? refused('unknown-settlement') })),
    clearingMonth: ({ site, month }) =>
      ofSite(site, ({ state }) => {
        const types = ['11', '21', '41'].map((clearingType) => ({
          clearingType,
          ...clearingAmounts(clearable(state, { site, month, clearingType })),
        }))
        return { entries: [], reply: { outcome: 'month', types: types.filter(({ count }) => count > 0) } }
      }),
    applyForMonth: (request) =>
      once('apply-for-month', request, (context) => {
        const { site, month, clearingType, key: _, ...theirs } = request
        const decided = decideApplication(context, { site, month, clearingType }, (ours) =>
          (Object.keys(ours) as (keyof typeof ours)[]).every((name) => ours[name] === theirs[name]),
        )
        if (typeof decided === 'string') return decided
        return { application: decided, reply: { outcome: 'applied' as const, application: decided.application } }
      }),
    appeal: (request) =>
      once('appeal', request, (context) => {
        const decided = decideAppeal(context, request)
        if (typeof decided === 'string') return decided
        const { application, appeal } = decided
        return { application: decided, reply: { outcome: 'appealed' as const, application, decidedOn: appeal?.decidedOn ?? '' } }
      }),
    async clearing({ site, application }) {
      await payDue(site)
      return ofSite(site, ({ state, nowMs }) => {
        const known = applicationOf(state, site, application)
        if (known === undefined) return { entries: [], reply: refused('unknown-application') }
        return { entries: [], reply: clearingView(known, dateOf(nowMs)) }
      })
    },
    async payouts({ site }) {
      await payDue(site)
      return ofSite(site, ({ state }) => {
        const numbers = state.clearing.applicationsOf.get(site) ?? []
        const payouts = numbers.flatMap((number) => state.clearing.applications.get(number)?.payouts ?? [])
        return { entries: [], reply: { outcome: 'payouts', payouts } }
      })
    },
  }

  function payDue(site: number): Promise<unknown> {
    return at((context) => ({ entries: paying(site, duePayouts(context, site)), reply: undefined }))
  }
}

const paying = (site: number, effects: readonly ClearingEffect[]): readonly BureauEntry[] =>
  effects.length === 0 ? [] : [{ does: 'act', site, effects }]
