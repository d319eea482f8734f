/** The hospitals' systems (HIS). One actor serves every practice site of the run; a site sees its own bills only. */
import { Type } from 'typebox'
import { assertBooks, sumFen } from '../../money/fen.ts'
import type { HisDesk } from '../desks/his-desk.ts'
import type { TerminalDesk } from '../desks/terminal-desk.ts'
import type { TillDesk } from '../desks/till-desk.ts'
import { hospitalOperations } from '../dialects/hospital.ts'
import { billLine, fen, key, person, site, strict } from '../dialects/plain-fields.ts'
import { terminalOperations } from '../dialects/terminals.ts'
import { tillOperations } from '../dialects/tills.ts'
import { type Actor, type ActorSurroundings, startActor } from '../server/actor.ts'
import { assertOwnSite } from '../server/callers.ts'
import { WireFailure } from '../server/failures.ts'
import { addPlainRoutes } from '../server/plain-routes.ts'
import { signedBy } from '../server/signed-by.ts'
import { KeptBook } from '../stores/kept-book.ts'
import { type OpeningSite, terminalOpening } from './care-book.ts'
import { decideDayLines } from './day-lines.ts'
import { type HisSettings, type OpeningBill, ofSite } from './his-book.ts'
import { decideBills, decideClose, decideInvoice, decideNotice, decideOpen } from './his-decisions.ts'
import { type HospitalEntry, type HospitalState, hospitalRules } from './hospital-rules.ts'
import { decideLeave } from './leave-decision.ts'
import { decidePerform, decideRefund } from './refund-decisions.ts'
import { terminalDesk } from './terminal-desk-over-book.ts'
import { tillDesk } from './till-desk-over-book.ts'

export interface HisOpening {
  /** Sites whose terminals are used, each with its terminals. */
  readonly sites?: readonly OpeningSite[]
  readonly settings?: Partial<HisSettings>
  readonly bills: readonly OpeningBill[]
}

export async function hisActor(surroundings: ActorSurroundings): Promise<Actor<HisDesk>> {
  const { clock, keys } = surroundings
  const book = new KeptBook<HospitalState, HospitalEntry>(await surroundings.openBook('his'), hospitalRules, clock.nowMs)
  const desk: HisDesk = {
    bills: (request) => book.answer((state) => decideBills(state, request)),
    open: (request) => book.answer((state, now) => decideOpen(state, request, now)),
    close: (request) => book.answer((state) => decideClose(state, request)),
    notice: (request) => book.answer((state) => decideNotice(state, request)),
    leave: (request) => book.answer((state) => decideLeave(state, request)),
    perform: (request) => book.answer((state) => decidePerform(state, request)),
    refund: (request) => book.answer((state) => decideRefund(state, request)),
    invoice: (request) => book.answer((state, now) => decideInvoice(state, request, now)),
    dayLines: (request) => book.answer((state, now) => decideDayLines(state, request, now)),
  }
  return startActor(surroundings, {
    name: 'his',
    title: { zh: '医院信息系统', en: 'Hospital information systems' },
    desk,
    books: [book],
    openingSchema,
    open: (opening: HisOpening) => openHis(book, opening),
    addRoutes(app, { line, metrics }) {
      const gate = signedBy({
        callers: ['platform'],
        keyOf: (caller) => keys.between(caller, 'his'),
        nowMs: surroundings.realNowMs,
        metrics,
      })
      addPlainRoutes(app, '医院', hospitalOperations, desk, line, gate)
      const sites = signedBy({
        callers: ['site-*'],
        keyOf: (caller) => keys.between(caller, 'his'),
        nowMs: surroundings.realNowMs,
        metrics,
      })
      const isOwn = (caller: string, body: { readonly site: number }) => assertOwnSite(caller, body.site)
      addPlainRoutes<TerminalDesk>(app, '医院终端', terminalOperations, terminalDesk(book), line, sites, isOwn)
      addPlainRoutes<TillDesk>(app, '医院终端', tillOperations, tillDesk(book), line, sites, isOwn)
    },
  })
}

async function openHis(book: KeptBook<HospitalState, HospitalEntry>, { bills, settings, sites = [] }: HisOpening): Promise<void> {
  await book.answer((state) => {
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
        ...sites.map((one) => ({ does: 'open-site' as const, ...one })),
        ...bills.map((bill) => ({ does: 'open-bill' as const, ...bill })),
      ],
      reply: undefined,
    }
  })
}

const openingSchema = Type.Object(
  {
    sites: Type.Optional(terminalOpening),
    settings: Type.Optional(Type.Object({ inDoubtAtMostMs: Type.Optional(Type.Integer({ minimum: 0 })) }, strict)),
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
        },
        strict,
      ),
    ),
  },
  strict,
)
