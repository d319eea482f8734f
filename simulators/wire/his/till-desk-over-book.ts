/** Bills at terminals: the right to the act first, then the hospital's one decision about the bill, whoever asks. */
import type { AtTerminal } from '../desks/terminal-desk.ts'
import type { TillDesk, TillRefusal, TillRefused } from '../desks/till-desk.ts'
import type { Decision, KeptBook } from '../stores/kept-book.ts'
import { siteFor } from './care-decisions.ts'
import { ofSite } from './his-book.ts'
import { decideClose, decideInvoice, decideNotice, decideOpen } from './his-decisions.ts'
import type { HospitalEntry, HospitalState } from './hospital-rules.ts'
import { decidePerform, decideRefund } from './refund-decisions.ts'
import { collectsAs, type TerminalAct } from './terminal-rights.ts'

type Decided<Reply> = Decision<HospitalEntry, Reply>
const refuse = (reason: TillRefusal): Decision<never, TillRefused> => ({ entries: [], reply: { outcome: 'refused', reason } })

export function tillDesk(book: KeptBook<HospitalState, HospitalEntry>): TillDesk {
  const at = <Request extends AtTerminal, Reply>(
    act: TerminalAct,
    decide: (state: HospitalState, request: Request, nowMs: number) => Decided<Reply | TillRefused>,
  ) => {
    return (request: Request) =>
      book.answer<Reply | TillRefused>((state, nowMs) => {
        const site = siteFor(state, act, request, nowMs)
        return typeof site === 'string' ? refuse(site) : decide(state, request, nowMs)
      })
  }
  return {
    hold: at('hold', (state, request, nowMs) => {
      const kind = state.care.get(request.site)?.terminals.get(request.terminal)
      return decideOpen(state, { ...request, by: kind === undefined ? 'kiosk' : collectsAs[kind] }, nowMs)
    }),
    collect: at('collect', (state, { terminal: _, signIn: __, ...notice }) => {
      if (!isOfHere(state, notice)) return refuse('unknown-attempt')
      return decideNotice(state, notice as never)
    }),
    release: at('release', (state, request) => (isOfHere(state, request) ? decideClose(state, request) : refuse('unknown-attempt'))),
    perform: at('perform', (state, request) => decidePerform(state, request)),
    giveBack: at('giveBack', (state, request) => (isOfHere(state, request) ? decideRefund(state, request) : refuse('paid-elsewhere'))),
    printInvoice: at('printInvoice', (state, request, nowMs) => decideInvoice(state, request, nowMs)),
  }
}

/** A terminal settles, frees and gives back what a terminal of its hospital has locked: the platform's attempts are the platform's. */
function isOfHere(
  state: HospitalState,
  { site, bill, attempt }: { readonly site: number; readonly bill: string; readonly attempt: string },
) {
  const known = state.bills.get(ofSite(site, bill))
  return known === undefined || known.attempt !== attempt || known.attemptBy !== 'platform'
}
