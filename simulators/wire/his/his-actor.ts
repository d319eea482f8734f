/** The hospitals' systems (HIS). One actor serves every practice site of the run; a site sees its own bills only. */
import { Type } from 'typebox'
import type { CityPlan } from '../../../scenarios/plan.ts'
import { assertBooks, sumFen } from '../../money/fen.ts'
import { lazyTransport } from '../client/lazy-transport.ts'
import { signedSender } from '../client/signed-sender.ts'
import { httpTransport, type Transport } from '../client/transport.ts'
import type { CashDrawerDesk } from '../desks/cash-drawer-desk.ts'
import type { CashierDesk } from '../desks/cashier-desk.ts'
import type { HisDesk } from '../desks/his-desk.ts'
import type { MobileOrderDesk } from '../desks/mobile-order-desk.ts'
import type { OperatorDesk } from '../desks/operator-desk.ts'
import type { TerminalDesk } from '../desks/terminal-desk.ts'
import type { TillDesk } from '../desks/till-desk.ts'
import { operatorOperations } from '../dialects/aggregation.ts'
import { cashierOperations } from '../dialects/cashier.ts'
import { hospitalOperations } from '../dialects/hospital.ts'
import type { ToldPayment } from '../dialects/mobile/notice.ts'
import { refundWhole } from '../dialects/mobile/refund-client.ts'
import { sealedWay, signedWay } from '../dialects/mobile/site-client.ts'
import { mobileOrderOperations } from '../dialects/mobile-orders.ts'
import { billLine, fen, key, person, site, strict } from '../dialects/plain-fields.ts'
import { terminalOperations } from '../dialects/terminals.ts'
import { tillOperations } from '../dialects/tills.ts'
import { accountingDayOf } from '../reconciliation/accounting-day.ts'
import { messageTimeoutMs } from '../sagas/message-patience.ts'
import { type Actor, type ActorSurroundings, startActor } from '../server/actor.ts'
import { logOf } from '../server/actor-log.ts'
import { assertOwnSite, callerOfSite } from '../server/callers.ts'
import { WireFailure } from '../server/failures.ts'
import { gauge } from '../server/metrics.ts'
import { choice } from '../server/opening-schema.ts'
import { addPlainRoutes } from '../server/plain-routes.ts'
import { signedBy } from '../server/signed-by.ts'
import { type MobileKeys, mobileKeys } from '../signing/mobile-keys.ts'
import { KeptBook } from '../stores/kept-book.ts'
import { shownLedger } from '../stores/shown-ledger.ts'
import { type OpeningSite, terminalOpening } from './care-book.ts'
import { signInNumber } from './care-decisions.ts'
import { decidePutIn, decideTakeOut } from './cash-drawers.ts'
import { type Cashier, type CashierOptions, cashier } from './cashier.ts'
import { decideDayLines } from './day-lines.ts'
import { type HisSettings, type OpeningBill, ofSite } from './his-book.ts'
import { decideBills, decideClose, decideInvoice, decideNotice, decideOpen } from './his-decisions.ts'
import { type HospitalEntry, type HospitalState, hospitalRules } from './hospital-rules.ts'
import { decideLeave } from './leave-decision.ts'
import { decideMobileNotice } from './mobile-notices.ts'
import { mobileOrders } from './mobile-orders.ts'
import { addMobileNotices } from './mobile-routes.ts'
import { decidePerform, decideRefund } from './refund-decisions.ts'
import { terminalDesk } from './terminal-desk-over-book.ts'
import { tillDesk } from './till-desk-over-book.ts'

export interface HisOpening {
  /** Sites whose terminals are used, each with its terminals. */
  readonly sites?: readonly OpeningSite[]
  readonly settings?: Partial<HisSettings>
  readonly bills: readonly OpeningBill[]
}

export interface HisActor extends Actor<HisDesk> {
  readonly drawers: CashDrawerDesk
}

/**
 * @param hospitals of the city file: end of the day of money (日结), how long a doubt keeps the window away
 * @param cashiers absent: no window of this actor takes payments by itself
 * @param direct the bureau without a socket; absent: looked up when a surplus is first given back
 */
export async function hisActor(
  surroundings: ActorSurroundings,
  hospitals: CityPlan['parties']['hospitals'],
  cashiers?: CashierOptions,
  direct?: Transport,
): Promise<HisActor> {
  const { clock, keys } = surroundings
  const cutOff = { minuteOfDay: hospitals.cutOffMinute }
  const rules = hospitalRules(cutOff, { inDoubtAtMostMs: hospitals.inDoubtMinutes * 60_000 })
  const book = new KeptBook<HospitalState, HospitalEntry>(await surroundings.openBook('his'), rules, clock.nowMs)
  const desk: HisDesk = {
    bills: (request) => book.answer((state, now) => decideBills(state, request, now)),
    open: (request) => book.answer((state, now) => decideOpen(state, request, now)),
    close: (request) => book.answer((state) => decideClose(state, request)),
    notice: (request) => book.answer((state) => decideNotice(state, request)),
    leave: (request) => book.answer((state, now) => decideLeave(state, request, now)),
    perform: (request) => book.answer((state) => decidePerform(state, request)),
    refund: (request) => book.answer((state) => decideRefund(state, request)),
    invoice: (request) => book.answer((state, now) => decideInvoice(state, request, now)),
    dayLines: (request) => book.answer((state, now) => decideDayLines(state, request, accountingDayOf(now, cutOff))),
  }
  const toBureau =
    direct ?? lazyTransport(() => httpTransport({ origin: surroundings.originOf('bureau'), timeoutMs: messageTimeoutMs, connections: 1 }))
  const signed = (site: number) => {
    const caller = callerOfSite(site)
    const key = keys.between(caller, 'bureau')
    return signedWay(site, signedSender({ transport: toBureau, caller, key, nowMs: surroundings.realNowMs }), clock.nowMs)
  }
  let own: MobileKeys | undefined
  const orders = mobileOrders({
    book,
    wayOf: (site, how) => {
      if (how === 'signed') return signed(site)
      own ??= mobileKeys(keys)
      return sealedWay(site, toBureau, own, surroundings.realNowMs)
    },
    nowMs: clock.nowMs,
  })
  const giveBack = async (told: ToldPayment, reversalRight: string) => {
    const heard = await refundWhole(signed(told.site), told, reversalRight, clock.nowMs())
    if (heard.outcome === 'no-reply') throw new WireFailure('party-silent')
    const why = heard.outcome === 'refused' ? { why: heard.words } : {}
    await book.answer(() => ({
      entries: [{ does: 'surplus-end', order: told.order, end: heard.outcome === 'done' ? 'given-back' : 'refused', ...why }],
      reply: undefined,
    }))
  }
  const drawers: CashDrawerDesk = {
    putIn: (request) => book.answer((state) => decidePutIn(state.drawers, request)),
    takeOut: (request) => book.answer((state) => decideTakeOut(state.drawers, request)),
  }
  let till: Cashier | undefined
  const log = logOf(surroundings, 'his')
  const actor = await startActor(surroundings, {
    name: 'his',
    kind: 'his',
    title: { zh: '医院信息系统', en: 'Hospital information systems' },
    desk,
    books: cashiers === undefined ? [book] : [book, shownLedger(cashiers.ledger)],
    exportMore: async () => (cashiers === undefined ? {} : { ledger: await cashiers.ledger.books() }),
    log,
    openingSchema,
    open: (opening: HisOpening) => openHis(book, opening),
    addRoutes(app, { line, station, metrics }) {
      gauge(metrics.registry, 'medpay_bills_locked', 'Bills with an attempt that is open: not yet paid, not given up', () =>
        [...book.state.bills.values()].reduce((open, { attempt, paid }) => open + (attempt !== undefined && paid === undefined ? 1 : 0), 0),
      )
      const gate = signedBy({
        callers: ['platform'],
        keyOf: (caller) => keys.between(caller, 'his'),
        nowMs: surroundings.realNowMs,
      })
      const { leave, ...ofPlatform } = hospitalOperations
      addPlainRoutes<Omit<HisDesk, 'leave'>>(app, '医院', ofPlatform, desk, line, gate)
      const sites = signedBy({
        callers: ['site-*'],
        keyOf: (caller) => keys.between(caller, 'his'),
        nowMs: surroundings.realNowMs,
      })
      const isOwn = (caller: string, body: { readonly site: number }) => assertOwnSite(caller, body.site)
      // A site's own window or kiosk sends the patient on their way too.
      const leaving = signedBy({
        callers: ['platform', 'site-*'],
        keyOf: (caller) => keys.between(caller, 'his'),
        nowMs: surroundings.realNowMs,
      })
      addPlainRoutes<Pick<HisDesk, 'leave'>>(app, '医院', { leave }, desk, line, leaving, (caller, body: { readonly site: number }) => {
        if (caller !== 'platform') assertOwnSite(caller, body.site)
      })
      addPlainRoutes<TerminalDesk>(app, '医院终端', terminalOperations, terminalDesk(book), line, sites, isOwn)
      addPlainRoutes<TillDesk>(app, '医院终端', tillOperations, tillDesk(book), line, sites, isOwn)
      addPlainRoutes<MobileOrderDesk>(app, '医院终端', mobileOrderOperations, orders, line, sites, isOwn)
      const centre = signedBy({
        callers: ['bureau'],
        keyOf: (caller) => keys.between(caller, 'his'),
        nowMs: surroundings.realNowMs,
      })
      addMobileNotices(app, line, centre, async (told, reversalRight) => {
        const end = await book.answer((state, now) => decideMobileNotice(state, told, now))
        const { site, siteOrder: bill, order: attempt } = told
        if (end === 'noted') await desk.invoice({ site, bill, attempt })
        if (end === 'surplus') await giveBack(told, reversalRight)
      })
      if (cashiers === undefined) return
      till = cashier(surroundings, cashiers, { book, desk, drawers, line: station, log })
      // Its desk keeps the windows' own servers; a request is not served twice.
      addPlainRoutes<CashierDesk>(app, '收费处', cashierOperations, till, { serve: line.beside }, sites, isOwn)
      const operators = signedBy({
        callers: ['operator'],
        keyOf: (caller) => keys.between(caller, 'his'),
        nowMs: surroundings.realNowMs,
      })
      const { deadEnds, decide } = till.payments
      addPlainRoutes<OperatorDesk>(app, '人工处理', operatorOperations, { deadEnds, decide }, line, operators)
    },
    drain: async () => {
      await till?.drain()
      await toBureau.close()
    },
  })
  await till?.resume()
  return Object.assign(actor, { drawers })
}

async function openHis(book: KeptBook<HospitalState, HospitalEntry>, { bills, settings, sites = [] }: HisOpening): Promise<void> {
  await book.answer((state, nowMs) => {
    for (const bill of bills) {
      if (state.bills.has(ofSite(bill.site, bill.bill)))
        throw new WireFailure('conflict', { en: `bill ${bill.bill} is known`, zh: `账单 ${bill.bill} 已存在` })
      assertBooks(sumFen(...bill.lines.map((line) => line.totalFen)) === bill.totalFen, `the lines of bill ${bill.bill} make its total`)
      assertBooks(sumFen(...bill.lines.map((line) => line.coveredFen)) === bill.coveredFen, `the lines of bill ${bill.bill} make its scope`)
    }
    for (const { site: number } of sites) {
      if (state.care.has(number)) throw new WireFailure('conflict', { en: `site ${number} is known`, zh: `执业点 ${number} 已存在` })
    }
    const changed: HospitalEntry[] = settings === undefined ? [] : [{ does: 'settings', settings: { ...state.settings, ...settings } }]
    return {
      entries: [
        ...changed,
        ...sites.flatMap((one) => openSite(one, nowMs)),
        ...bills.map((bill) => ({ does: 'open-bill' as const, ...bill })),
      ],
      reply: undefined,
    }
  })
}

/** The site's terminals, and who stands at them already. */
function openSite(one: OpeningSite, nowMs: number): readonly HospitalEntry[] {
  const { site } = one
  const here = one.terminals.filter(({ operator }) => operator !== undefined)
  return [
    { does: 'open-site', ...one },
    ...here.map(({ terminal, operator = '' }, place): HospitalEntry => {
      return { does: 'sign-in', site, terminal, operator, signIn: signInNumber(site, nowMs, place + 1) }
    }),
  ]
}

const openingSchema = Type.Object(
  {
    sites: Type.Optional(terminalOpening),
    settings: Type.Optional(
      Type.Object(
        { inDoubtAtMostMs: Type.Optional(Type.Integer({ minimum: 0 })), mobileChain: Type.Optional(choice(['off', 'signed', 'sealed'])) },
        strict,
      ),
    ),
    bills: Type.Array(
      Type.Object(
        {
          site: site(),
          bill: key('明细账单号'),
          visit: key('就诊单元号'),
          person: person(),
          totalFen: fen(),
          coveredFen: fen(),
          lines: Type.Array(billLine(), { minItems: 1 }),
          raisedAtMs: Type.Optional(Type.Number({ description: 'Business moment before which there is no such bill, epoch ms' })),
        },
        strict,
      ),
    ),
  },
  strict,
)
