/** Collects the days of a trace: numbers visits, persons, sites and bills, makes the rows, and keeps the books as they stood when the window began. */
import { type ArmPlan, ageGroups, type Plan, tiers } from '../../../scenarios/plan.ts'
import { TICKS_PER_SECOND } from '../../engine/time.ts'
import { coveredFenOf } from '../../patients/bills.ts'
import { REST_PARTS, VISIT_INTERNET } from '../../patients/day-visits.ts'
import { isBackInPart, pointTakenBack } from '../../patients/refunds.ts'
import { repaymentDraw } from '../../patients/repayment.ts'
import { KIOSK_FALLBACK_SHIFT, OVER_LIMIT_SHIFT, RAISE_SHIFT } from '../../patients/traits.ts'
import { wrongdoingOf } from '../../patients/wrongdoing.ts'
import { type Errand, errands, legs, refundErrands } from '../../platform/errands.ts'
import { benefitTable } from '../../policy/benefit-table.ts'
import type {
  ExpectedSplit,
  OpeningAgreement,
  OpeningApplicant,
  OpeningBill,
  OpeningPerson,
  OpeningSite,
  PlannedRepayment,
  Trace,
  TraceRow,
  TraceVisit,
  TraceWindow,
} from '../../trace/trace.ts'
import type { CityPlayer } from '../city-player.ts'
import { FAILED_LIMIT } from '../kernel/calls.ts'
import { RULE_KEY0, RULE_KEY1 } from '../kernel/inputs.ts'
import { type ErrandPlan, errandPlan } from './errand-plan.ts'
import { creditAtBegin, ownMoneyAtBegin, personAtBegin, scoreOf } from './opening-of-visit.ts'
import { pointBill, type SentErrand, type VisitFacts, visitReader, type WindowVisit, wholeBill, windowVisits } from './trace-visits.ts'
import { heldFen, type NewBill, VisitBills } from './visit-bills.ts'
import type { WindowDay } from './window-day.ts'

const TICKS_PER_MS = 10
const NOBODY = -1
const NO_SITE = -1
const PAYS_NOTHING = 3
const results: readonly OpeningApplicant['result'][] = ['granted', 'digital-card', 'raised', 'refused']

/** A row before rows of all days are put in order. */
type Unnumbered = Omit<TraceRow, 'row' | 'after' | 'insteadOf' | 'key'> & {
  readonly startTick: number
  readonly before: Unnumbered | null
  readonly isInstead: boolean
}

export class TraceBook {
  readonly #plan: Plan
  readonly #window: TraceWindow
  readonly #arm: ArmPlan
  readonly #benefits: Float64Array
  readonly #visits: TraceVisit[] = []
  readonly #rows: Unnumbered[] = []
  readonly #persons: OpeningPerson[] = []
  readonly #agreements: OpeningAgreement[] = []
  readonly #applicants: OpeningApplicant[] = []
  readonly #bills: OpeningBill[] = []
  readonly #repayments: PlannedRepayment[] = []
  readonly #sites = new Map<number, OpeningSite>()
  /** Sites whose windows or kiosks pay in the window, and those that sign in within it or have not by then. */
  readonly #usesTerminals = new Set<number>()
  readonly #signsIn = new Set<number>()
  #sitesBefore = 0
  backupOrder: readonly number[] = []

  constructor(plan: Plan, arm: ArmPlan, window: TraceWindow) {
    this.#plan = plan
    this.#window = window
    this.#arm = arm
    this.#benefits = benefitTable(plan.policy)
  }

  /** Takes in one day of the city; its sites follow those of the days before. */
  add(player: CityPlayer, replication: number, day: WindowDay): void {
    const { staged } = day
    const hospitals = player.sites.length
    const remote = this.#plan.city.remote
    const siteOf = this.#siteNumbers(player)
    const factsOf = visitReader(this.#arm, day)
    const planned = errandPlan(staged.city)
    this.backupOrder = [...(staged.city.whole.channelBackupOrder as Int32Array)]
    const ready = staged.kernel.sum('siteReady').slice()
    for (const visit of windowVisits(day.kept)) {
      const facts = factsOf(visit.number)
      const site = siteOf(facts)
      this.#addVisit(visit, facts, site, { replication, planned, staged })
      const ofDay = facts.day.site[0] as number
      const switches = (staged.city.whole.siteErrands?.[ofDay] ?? 0) > 0
      const readyTick = ready[ofDay] ?? -1
      if (switches && (readyTick < 0 || readyTick > this.#window.fromSecond * TICKS_PER_SECOND)) this.#signsIn.add(site)
    }
    this.#sitesBefore += hospitals + remote.reduce((sum, { count }) => sum + count, 0)
  }

  close(): Pick<Trace, 'visits' | 'rows' | 'opening' | 'term'> {
    const ordered = this.#rows.toSorted((a, b) => a.startTick - b.startTick || a.visit - b.visit)
    const numberOf = new Map(ordered.map((row, number) => [row, number]))
    const rows = ordered.map(({ startTick: _, before, isInstead, ...row }, number): TraceRow => {
      const after = before === null ? null : (numberOf.get(before) as number)
      return { row: number, ...row, after, insteadOf: isInstead ? after : null, key: `K${String(number).padStart(10, '0')}` }
    })
    const signedIn = [...this.#usesTerminals].filter((site) => !this.#signsIn.has(site)).sort((a, b) => a - b)
    return {
      visits: this.#visits,
      rows,
      opening: {
        date: this.#plan.scenario.date,
        seed: this.#plan.scenario.seed,
        mostLines: this.#plan.city.bills.mostLines,
        sites: [...this.#sites.values()].sort((a, b) => a.site - b.site),
        persons: this.#persons,
        agreements: this.#agreements,
        bills: this.#bills,
        signIns: signedIn.map((site) => ({ site })),
        applicants: this.#applicants,
      },
      ...this.#term(),
    }
  }

  #term(): Pick<Trace, 'term'> {
    const { creditTerm } = this.#plan.scenario
    if (creditTerm === undefined) return {}
    const { repaymentDays: days } = this.#plan.city.people.credit
    return { term: { days, scorePoints: creditTerm.scorePoints, repayments: this.#repayments } }
  }

  /** Hospitals first, as the city numbers them, then its internet hospitals and pharmacies, one of which a remote visit is dealt by its person. */
  #siteNumbers(player: CityPlayer): (facts: VisitFacts) => number {
    const first = this.#sitesBefore
    const internet = this.#plan.city.remote.find(({ kind }) => kind === 'internet-hospital')?.count ?? 0
    const pharmacies = this.#plan.city.remote.find(({ kind }) => kind === 'pharmacy')?.count ?? 0
    return ({ day, asksForCredit }) => {
      const ofDay = day.site[0] as number
      if (ofDay < player.sites.length) return this.#open(first + ofDay, day.tier[0] as number, 'hospital')
      if (asksForCredit) return NO_SITE
      const isInternet = day.kind[0] === VISIT_INTERNET
      const at = (day.person[0] as number) % Math.max(1, isInternet ? internet : pharmacies)
      const number = first + player.sites.length + (isInternet ? at : internet + at)
      return this.#open(number, day.tier[0] as number, isInternet ? 'internet-hospital' : 'pharmacy')
    }
  }

  #open(site: number, tier: number, kind: OpeningSite['kind']): number {
    if (!this.#sites.has(site)) this.#sites.set(site, { site, tier: tiers[tier] as OpeningSite['tier'], kind })
    return site
  }

  #addVisit(
    { number, sent }: WindowVisit,
    facts: VisitFacts,
    site: number,
    { replication, planned, staged }: { readonly replication: number; readonly planned: ErrandPlan; readonly staged: WindowDay['staged'] },
  ): void {
    const { day } = facts
    const visit = this.#visits.length
    const cityPerson = facts.isNobody ? NOBODY : (day.person[0] as number)
    const person = facts.isNobody ? NOBODY : this.#addPerson(facts, sent, staged)
    this.#visits.push({ visit, person, site, replication, visitOfDay: number, cityPerson })
    const rules = staged.city.whole.rules as Int32Array
    const keys = [rules[RULE_KEY0] as number, rules[RULE_KEY1] as number] as const
    const bills = new VisitBills((of, raisedTick) => this.#addBill(facts, of, raisedTick, { site, visit, person }, keys), facts, visit)
    let before: Unnumbered | null = null
    let sentBefore: SentErrand | null = null
    for (const one of sent) {
      const errand = errands[one.errand] as Errand
      const holds = one.point < PAYS_NOTHING && errand.mode === 'none'
      if (errand.mode === 'window' || errand.mode === 'kiosk') this.#usesTerminals.add(site)
      if (errand.name === 'terminal-sign-in' || errand.name === 'directory-download') this.#signsIn.add(site)
      const isInstead: boolean =
        sentBefore !== null &&
        sentBefore.failed >= 0 &&
        !holds &&
        !(before?.holds !== undefined) &&
        (sentBefore.point === one.point || sentBefore.point === PAYS_NOTHING)
      const row: Unnumbered = {
        ...this.#rowOf(facts, one, errand, planned, staged),
        visit,
        person,
        site,
        bill: holds || one.point >= PAYS_NOTHING ? null : bills.paidBy(one),
        ...(holds ? { holds: { bill: bills.of(one), amountFen: heldFen(facts, one.point) } } : {}),
        gapMs: sentBefore === null ? 0 : (one.tick - sentBefore.endTick) / TICKS_PER_MS,
        startTick: one.tick,
        before,
        isInstead,
      }
      this.#rows.push(row)
      before = row
      sentBefore = one
      if (!facts.settlesOnce && one.failed < 0 && one.point === pointTakenBack(day, 0)) this.#addRefund(row, one, day)
    }
  }

  /** The bill goes back after a while, if that falls into the window: asked for where it was paid. */
  #addRefund(paid: Unnumbered, { endTick, doneTick }: SentErrand, day: VisitFacts['day']): void {
    const { refunds } = this.#plan.scenario
    if (refunds === undefined || paid.bill === null) return
    const answeredTick = Math.max(endTick, doneTick)
    const startTick = answeredTick + refunds.afterSeconds * TICKS_PER_SECOND
    const startMs = this.#ms(startTick)
    if (startMs >= this.#window.seconds * 1000) return
    const errand = refundErrands.find(({ name }) => name === (paid.entry < 0 ? 'window-refund' : 'entry-refund')) as Errand
    const { visit, person, site, entry, heldEntries, creditBank, ownBank, bill } = paid
    const refund: Unnumbered & { lines?: readonly number[] } = {
      ...{ visit, person, site, entry, heldEntries, creditBank, ownBank },
      ...{ errand: errand.name, mode: errand.mode, startMs, startTick, deadlineMs: this.#deadlineMs(errand) },
      ...{ gapMs: (startTick - endTick) / TICKS_PER_MS, before: paid, isInstead: false },
      ...{ entryPausesMs: [], takesWindow: false, takesKiosk: false, hasOwnMoney: false, bureauDown: [], services: [] },
      ...{ bill: null, refunds: bill, totalFen: 0, expected: null, isOverLimit: false, raisesLimit: false },
      virtual: { outcome: 'settled', failedAt: null, endMs: startMs, doneMs: startMs },
    }
    this.#rows.push(refund)
    if (isBackInPart(day, 0)) this.#addRest(paid, refund, day)
  }

  /** What stands is charged anew as a bill of its own, and paid as the whole was. */
  #addRest(paid: Unnumbered, refund: Unnumbered & { lines?: readonly number[] }, day: VisitFacts['day']): void {
    const [totalFen, fundFen, currentAccountFen, historyAccountFen, cashFen] = day.restFen.subarray(0, REST_PARTS) as unknown as Rest
    const afterTicks = (this.#plan.scenario.refunds?.afterSeconds ?? 0) * TICKS_PER_SECOND
    const startTick = refund.startTick + afterTicks
    const startMs = this.#ms(startTick)
    const at = this.#bills.findIndex(({ bill }) => bill === paid.bill)
    // ASSUMPTION: who gives a part back looks at every line, so such a bill is honest.
    const { wrongdoing: _, ...whole } = this.#bills[at] as OpeningBill
    const coveredFen = coveredFenOf(pointTakenBack(day, 0), totalFen, this.#plan.city.bills)
    const bill = `${whole.bill}-T`
    this.#bills[at] = { ...whole, returned: { totalFen: whole.totalFen - totalFen, coveredFen: whole.coveredFen - coveredFen } }
    refund.lines = [2]
    if (startMs >= this.#window.seconds * 1000) return
    this.#bills.push({ ...whole, bill, totalFen, coveredFen, raisedMs: refund.startMs, restOf: whole.bill })
    const split = { totalFen, coveredFen, fundFen, currentAccountFen, historyAccountFen, cashFen }
    this.#rows.push({
      ...paid,
      ...{ startTick, startMs, gapMs: afterTicks / TICKS_PER_MS, before: refund, isInstead: false },
      ...{ bill, totalFen, expected: expectedSplit(split, paid.mode === 'credit'), isOverLimit: false },
      virtual: { outcome: 'settled', failedAt: null, endMs: startMs, doneMs: startMs },
    })
  }

  #rowOf(
    { day, drawId, payer, isNobody, settlesOnce }: VisitFacts,
    sent: SentErrand,
    errand: Errand,
    planned: ErrandPlan,
    { city }: WindowDay['staged'],
  ): Omit<
    Unnumbered,
    'visit' | 'person' | 'site' | 'bill' | 'holds' | 'refunds' | 'lines' | 'gapMs' | 'startTick' | 'before' | 'isInstead'
  > {
    const { point, pathwayRow } = sent
    const leads = (way: 'rowWindow' | 'rowKiosk' | 'rowPhone'): boolean => (city.whole[way]?.[pathwayRow] as number) >= 0
    const takesKiosk = leads('rowKiosk') && ((payer >> KIOSK_FALLBACK_SHIFT) & 1) === 1
    const wallet =
      errand.mode === 'kiosk' || takesKiosk ? this.#plan.city.parties.wallets?.list[(day.kioskWallet[0] as number) - 1]?.name : undefined
    const pays = point < PAYS_NOTHING && errand.mode !== 'none'
    const bill = !pays ? null : settlesOnce ? wholeBill(this.#plan, day) : pointBill(this.#plan, day, point)
    const asksEntry = errand.messages[0]?.leg === 'entry'
    const held = day.entries[0] as number
    const openHeld = this.backupOrder.filter((order, entry) => order >= 0 && ((held >> entry) & 1) === 1).length
    return {
      errand: errand.name,
      mode: errand.mode,
      startMs: this.#ms(sent.tick),
      deadlineMs: this.#deadlineMs(errand),
      entry: asksEntry ? sent.entry : -1,
      heldEntries: asksEntry ? held : 0,
      entryPausesMs: asksEntry ? planned.entryPausesMs(drawId, sent, openHeld - 1) : [],
      takesWindow: leads('rowWindow') && !isNobody && (pays || point >= PAYS_NOTHING),
      takesKiosk,
      hasOwnMoney: leads('rowPhone'),
      creditBank: day.creditBank[0] as number,
      ownBank: day.ownBank[0] as number,
      ...(wallet === undefined ? {} : { wallet }),
      bureauDown: pays ? planned.bureauDown(drawId, sent) : [],
      totalFen: bill?.totalFen ?? 0,
      expected: bill === null ? null : expectedSplit(bill, errand.mode === 'credit'),
      isOverLimit: errand.mode === 'credit' && ((payer >> (OVER_LIMIT_SHIFT + point)) & 1) === 1,
      raisesLimit: ((payer >> RAISE_SHIFT) & 1) === 1,
      services: planned.servicesOf(drawId, sent),
      virtual: {
        outcome: sent.failed < 0 ? 'settled' : 'failed',
        failedAt: sent.failed < 0 ? null : sent.failed === FAILED_LIMIT ? 'credit-limit' : (legs[sent.failed] as (typeof legs)[number]),
        endMs: this.#ms(sent.endTick),
        doneMs: sent.doneTick < 0 ? null : this.#ms(sent.doneTick),
      },
    }
  }

  #ms(tick: number): number {
    return (tick - this.#window.fromSecond * TICKS_PER_SECOND) / TICKS_PER_MS
  }

  /** So long the virtual city goes on trying at most: every message the patient waits for, every try of it silent. */
  #deadlineMs({ messages, released }: Errand): number {
    const { retry } = this.#plan.city.parties
    let seconds = 0
    for (const { leg } of messages.slice(0, released)) {
      const timeout = leg === 'files' ? (this.#plan.scenario.goLive?.fileDeskTimeoutSeconds ?? 0) : retry.timeoutSeconds[leg]
      let pause = retry.backoffSeconds * (1 + retry.jitterShare)
      seconds += timeout
      for (let attempt = 1; attempt < retry.attempts; attempt++) {
        seconds += pause + timeout
        pause *= retry.backoffFactor
      }
    }
    return Math.ceil(seconds * 1000)
  }

  #addPerson(facts: VisitFacts, sent: readonly SentErrand[], staged: WindowDay['staged']): number {
    const { day } = facts
    const past = staged.pastOf(day.person[0] as number)
    const person = this.#persons.length
    // What is settled once at the end changes nothing of the year before.
    const firstPoint = facts.settlesOnce ? 0 : Math.min(...sent.map(({ point }) => point))
    const standing = personAtBegin(this.#plan, this.#benefits, day, past, firstPoint)
    const usesEntry = sent.some(({ errand }) => errands[errand]?.messages[0]?.leg === 'entry')
    const guardian = standing.ageGroup === 'child' && usesEntry ? person + 1 : null
    this.#persons.push({ person, ...standing, guardian })
    if (guardian !== null) this.#persons.push(guardianOf(guardian, standing))
    if (facts.asksForCredit) {
      const result = results[day.result[0] as number] as OpeningApplicant['result']
      this.#applicants.push({ person, bank: day.creditBank[0] as number, limitFen: past.limitFen, result, ...scoreOf(this.#plan, past) })
      return person
    }
    const creditPoints = sent.filter(({ errand }) => usesCredit(errands[errand])).map(({ point }) => (facts.settlesOnce ? 0 : point))
    if (creditPoints.length > 0) {
      this.#agreements.push({ person, ...creditAtBegin(this.#plan, day, past, Math.min(...creditPoints)) })
      const { creditTerm } = this.#plan.scenario
      if (creditTerm !== undefined) this.#repayments.push({ person, ...repaymentDraw(creditTerm)(...past.keys, facts.drawId) })
    }
    if (this.#arm.reform) this.#agreements.push({ person, ...ownMoneyAtBegin(this.#plan, day) })
    return person
  }

  /** @param mergedFrom of the one bill that a visit's bills become on leaving */
  #addBill(
    facts: VisitFacts,
    { point, number, mergedFrom }: NewBill,
    raisedTick: number | null,
    where: PlaceOfBill,
    [key0, key1]: readonly [number, number],
  ): string {
    const { day, drawId } = facts
    const { totalFen, coveredFen } = mergedFrom === undefined ? pointBill(this.#plan, day, point) : wholeBill(this.#plan, day)
    const bill = number ?? `MX${String(this.#bills.length).padStart(10, '0')}`
    const isChild = ageGroups[day.age[0] as number] === 'child'
    // What bills become on leaving offends as they do.
    const wrongdoing =
      mergedFrom === undefined
        ? wrongdoingOf(this.#plan.city.bills.wrongdoing, key0, key1, { drawId, point, coveredFen, isChild })
        : undefined
    this.#bills.push({
      ...where,
      bill,
      totalFen,
      coveredFen,
      point: point as OpeningBill['point'],
      raisedMs: raisedTick === null ? LONG_AGO_MS : this.#ms(raisedTick),
      ...(mergedFrom === undefined ? {} : { mergedFrom }),
      ...(wrongdoing === undefined ? {} : { wrongdoing }),
    })
    return bill
  }
}

/** A bill that no errand of the window tells the moment of was raised before it. */
const LONG_AGO_MS = -1

type PlaceOfBill = Pick<OpeningBill, 'site' | 'visit' | 'person'>
type Rest = [totalFen: number, fundFen: number, currentAccountFen: number, historyAccountFen: number, cashFen: number]

const usesCredit = (errand: Errand | undefined): boolean => errand?.messages.some(({ credit }) => credit === 'authorize') === true

function expectedSplit(
  { fundFen, currentAccountFen, historyAccountFen, cashFen }: ReturnType<typeof pointBill>,
  onCredit: boolean,
): ExpectedSplit {
  return { fundFen, currentAccountFen, historyAccountFen, creditFen: onCredit ? cashFen : 0, cashFen: onCredit ? 0 : cashFen }
}

/** Somebody who holds the child's entries and pays nothing of their own. */
const guardianOf = (person: number, { heldEntries }: { readonly heldEntries: number }): OpeningPerson => ({
  person,
  insuredType: 'employee',
  ageGroup: 'young-adult',
  currentAccountLeftFen: 0,
  historyAccountLeftFen: 0,
  deductiblePaidFen: 0,
  fundPaidFen: 0,
  heldEntries,
  guardian: null,
})
