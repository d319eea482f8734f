/**
 * 诊间、移动支付 at the hospital: the bill's lines go to the payment centre (6201), which prices them (6202); the bill is held under the order's
 * number, so that no window collects it meanwhile, until 6302 says that it is paid or a terminal takes the order back (6401). The word by which
 * an order is named again lives in memory: after a restart the terminal places the order anew, which is the same order.
 */
import type { MobileOrderDesk, MobileOrderRefused } from '../desks/mobile-order-desk.ts'
import type { NoReply } from '../desks/port.ts'
import type { AtTerminal } from '../desks/terminal-desk.ts'
import type { MobileWay } from '../dialects/mobile/site-client.ts'
import { place, revoke, type Uploaded, upload } from '../dialects/mobile/site-orders.ts'
import { WireFailure } from '../server/failures.ts'
import type { KeptBook } from '../stores/kept-book.ts'
import { siteFor } from './care-decisions.ts'
import { ofSite } from './his-book.ts'
import { decideClose, decideOpen } from './his-decisions.ts'
import type { HospitalEntry, HospitalState } from './hospital-rules.ts'

interface MobileOrderParts {
  readonly book: KeptBook<HospitalState, HospitalEntry>
  /** How the messages of a site travel. */
  readonly wayOf: (site: number, how: 'signed' | 'sealed') => MobileWay
  /** Business clock. */
  readonly nowMs: () => number
}

export function mobileOrders({ book, wayOf, nowMs }: MobileOrderParts): MobileOrderDesk {
  const placed = new Map<string, Uploaded>()

  /** The way to the centre, for a terminal that is signed in today and may have a bill placed. */
  const rightTo = (at: AtTerminal) =>
    book.answer((state, now) => {
      const site = siteFor(state, 'mobileOrder', at, now)
      const { mobileChain = 'off' } = state.settings
      const reply = typeof site === 'string' ? site : mobileChain === 'off' ? mobileChain : wayOf(at.site, mobileChain)
      return { entries: [], reply }
    })
  const isWay = (right: Awaited<ReturnType<typeof rightTo>>): right is MobileWay => typeof right !== 'string'
  const noRight = (right: Exclude<Awaited<ReturnType<typeof rightTo>>, MobileWay>) => refuse(right === 'off' ? 'mobile-chain-off' : right)

  return {
    async place({ bill: number, person, insured, authorization, ...at }) {
      const { site } = at
      const way = await rightTo(at)
      if (!isWay(way)) return noRight(way)
      const bill = book.state.bills.get(ofSite(site, number))
      if (bill === undefined) return refuse('unknown-bill')
      const sent = await upload(way, site, bill, insured, authorization, nowMs())
      if (sent.outcome !== 'uploaded') return ended(sent)
      const { uploaded } = sent
      const attempt = uploaded.order
      const opened = await book.answer((state, now) => decideOpen(state, { site, bill: number, attempt, person, by: 'kiosk' }, now))
      if (opened.outcome === 'refused') {
        // Somebody else has the bill, and nobody is to pay this order. One that is paid the centre keeps, and 6302 has told of it.
        await revoke(way, site, uploaded, insured)
        return opened
      }
      placed.set(ofSite(site, number), uploaded)
      const priced = await place(way, site, number, uploaded, authorization)
      if (priced.outcome !== 'placed') return ended(priced)
      return { outcome: 'order-placed', order: attempt, visit: uploaded.visit, ...priced.amounts }
    },
    async revoke({ bill: number, name, idNumber, ...at }) {
      const { site } = at
      const way = await rightTo(at)
      if (!isWay(way)) return noRight(way)
      const uploaded = placed.get(ofSite(site, number))
      if (uploaded === undefined) return refuse('not-placed')
      const heard = await revoke(way, site, uploaded, { name, idNumber })
      if (heard.outcome !== 'done') return ended(heard)
      const closed = await book.answer((state) => decideClose(state, { site, bill: number, attempt: uploaded.order }))
      return closed.outcome === 'refused' ? closed : { outcome: 'order-revoked' }
    },
  }
}

const refuse = (reason: MobileOrderRefused['reason']): MobileOrderRefused => ({ outcome: 'refused', reason })
/** Silence of the centre leaves the order as it may be; the terminal asks again. */
function ended(heard: NoReply | { readonly outcome: 'refused' }): MobileOrderRefused {
  if (heard.outcome === 'no-reply') throw new WireFailure('party-silent')
  return refuse('insurer-refused')
}
