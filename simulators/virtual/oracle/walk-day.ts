/**
 * The slow, obvious engine that the kernel is held against (tests only; never tuned). People are objects, lines are lists, what is to
 * come is one sorted list; the rules are those of the headers of ../kernel and of the fallback table, written again from them.
 *
 * A patient goes from step to step. At a line: too long, and whoever sees it goes home; no idle server, and one stands in it, some until
 * patience ends. A server whose step has an errand is held until the answer. At a site that switches over, what begins at an entry goes
 * the old way until the site is ready; from the switch on some such sites send nothing from their windows either, then all they kept, in order. A payment that fails at its entry is tried at the next
 * entry the patient holds; failing that at a kiosk or window; without the bureau one waits and comes back, pays in full or leaves owing.
 */
import { drawTicks } from '../../engine/distribution.ts'
import { decisionCounter, drawWord, uniformOf } from '../../engine/random.ts'
import { LAST_TICK } from '../../engine/time.ts'
import * as statuses from '../../money/payment-status.ts'
import { CHANNEL_SHIFT, IMPATIENT_SHIFT, KIOSK_FALLBACK_SHIFT, OWN_BANK_SHIFT, URGENCY_SHIFT } from '../../patients/traits.ts'
import * as k from '../kernel/inputs.ts'
import * as paid from '../kernel/paid.ts'
import { OUTCOME_BALKED, OUTCOME_IN_CITY, OUTCOME_RENEGED, OUTCOME_SWITCHED, OUTCOME_UNPAID } from '../kernel/sums.ts'
import { Agenda, type Planned } from './agenda.ts'
import { type Day, type DayTables, readDay, type StepRow, type VisitRow } from './day-tables.ts'
import { type Answer, type DeskBook, ErrandDesk, type FailedLeg } from './errand-desk.ts'
import { PlainLine } from './plain-line.ts'

const MINUTE = 600_000

export interface WalkedVisit {
  outcome: number
  end: number
  paymentWait: number
  clinicalWait: number
  afterPaymentWait: number
  /** Lines joined, with any wait, with more than a minute: to pay, then clinical. */
  readonly lines: number[]
  readonly paid: number[]
}

export interface WalkedDay {
  readonly visits: readonly WalkedVisit[]
  readonly lines: readonly Pick<PlainLine<unknown>, 'starts' | 'longest' | 'lineArea' | 'waitSum' | 'busyArea' | 'dutyArea' | 'onDuty'>[]
  readonly book: DeskBook
  readonly callTicks: readonly (readonly number[])[]
  readonly busyByMinute: readonly (readonly number[])[]
  readonly dutyByMinute: readonly (readonly number[])[]
  readonly waits: readonly {
    readonly site: number
    readonly kind: number
    readonly joined: number
    readonly wait: number
    readonly served: boolean
  }[]
  readonly spilledIn: readonly number[]
  readonly fellBack: readonly number[]
  readonly joins: number
  readonly paymentsFailed: number
  readonly backupCouldNot: number
  readonly cameBack: number
  /** Called in before somebody who stood longer. */
  readonly overtakings: number
  readonly answeredWalking: number
  readonly failedWalking: number
  readonly theOldWay: number
  readonly held: number
  /** By site that may switch, −1 for who does not. */
  readonly siteReady: readonly number[]
  readonly triedAgain: number
  readonly latestPlanned: number
  readonly levelTicks: number
}

export function walkDay(given: DayTables): WalkedDay {
  return new Walk(readDay(given)).walk()
}

interface Patient extends WalkedVisit {
  readonly number: number
  readonly row: VisitRow
  errandsSent: number
  step: number
  station: number | null
  joined: number
  patience: Planned | null
  /** Of the payment at hand: when it began, the entry in use, the entries left behind. */
  began: number
  entry: number
  leftBehind: number[]
  /** Walking while an errand runs: still walking, and the errand's answer if it came first. */
  walking: boolean
  heard: Answer | null
  cameBack: number
}

class Walk {
  readonly #day: Day
  readonly #agenda = new Agenda()
  readonly #desk: ErrandDesk
  readonly #lines: PlainLine<Patient>[]
  readonly #answers: { readonly patient: Patient; readonly answer: Answer }[] = []
  readonly #waits: { site: number; kind: number; joined: number; wait: number; served: boolean }[] = []
  readonly #spilledIn: number[] = []
  readonly #fellBack: number[] = []
  #joins = 0
  #paymentsFailed = 0
  #backupCouldNot = 0
  #cameBack = 0
  #overtakings = 0
  #answeredWalking = 0
  #failedWalking = 0
  #theOldWay = 0
  #held = 0
  #triedAgain = 0
  readonly #sites: { readonly holds: boolean; left: number; ready: number; readonly kept: { patient: Patient; step: StepRow }[] }[]

  constructor(day: Day) {
    this.#day = day
    this.#sites = day.sites.map(({ holds, errands }) => ({ holds, left: errands, ready: -1, kept: [] }))
    this.#lines = day.stations.map((station) => new PlainLine<Patient>(station.servers))
    this.#desk = new ErrandDesk(day, this.#agenda, (caller, answer) => this.#answers.push({ patient: caller as Patient, answer }))
  }

  walk(): WalkedDay {
    const patients = this.#day.visits.map(
      (row, number): Patient => ({
        number,
        row,
        errandsSent: 0,
        step: row.firstRow,
        station: null,
        joined: 0,
        patience: null,
        began: 0,
        entry: 0,
        leftBehind: [],
        walking: false,
        heard: null,
        cameBack: 0,
        outcome: OUTCOME_IN_CITY,
        end: 0,
        paymentWait: 0,
        clinicalWait: 0,
        afterPaymentWait: 0,
        lines: [0, 0, 0, 0, 0, 0],
        paid: [0, 0, 0],
      }),
    )
    for (const [n, change] of this.#day.shifts.entries())
      this.#agenda.plan(change.tick, 'scenario', 0, [n], () => this.#changeShift(change))
    for (const [n, change] of this.#day.faults.entries())
      this.#agenda.plan(change.tick, 'scenario', 1, [n], () => this.#desk.changeFault(change))
    for (const patient of patients)
      this.#agenda.plan(patient.row.arrival, 'move', patient.number, [0], () => this.#enter(patient, patient.row.firstRow))
    let last = 0
    for (let planned = this.#agenda.next(); planned !== undefined; planned = this.#agenda.next()) {
      // Who tries until it is done may try for ever: past the clock's end a day is refused, so nothing more is asked of it.
      if (this.#agenda.now > LAST_TICK) break
      if (planned.cancelled) continue
      last = this.#agenda.now
      planned.act()
      for (let heard = this.#answers.shift(); heard !== undefined; heard = this.#answers.shift()) this.#hear(heard.patient, heard.answer)
    }
    const lines: PlainLine<unknown>[] = [...this.#lines]
    for (const party of this.#desk.parties) lines[this.#day.partyStations[party.number]!] = party.line
    for (const line of lines) line.passTo(last)
    return {
      visits: patients,
      lines,
      book: this.#desk.book,
      callTicks: this.#desk.parties.map((party) => party.calls),
      busyByMinute: this.#desk.busyByMinute,
      dutyByMinute: this.#desk.dutyByMinute,
      waits: this.#waits,
      spilledIn: this.#spilledIn,
      fellBack: this.#fellBack,
      joins: this.#joins,
      paymentsFailed: this.#paymentsFailed,
      backupCouldNot: this.#backupCouldNot,
      cameBack: this.#cameBack,
      overtakings: this.#overtakings,
      answeredWalking: this.#answeredWalking,
      failedWalking: this.#failedWalking,
      theOldWay: this.#theOldWay,
      held: this.#held,
      siteReady: this.#sites.map(({ ready }) => ready),
      triedAgain: this.#triedAgain,
      latestPlanned: this.#agenda.latest,
      levelTicks: this.#day.rule(k.RULE_LEVEL_TICKS),
    }
  }

  #word(patient: Patient, decision: number, attempt: number): number {
    return drawWord(this.#day.rule(k.RULE_KEY0), this.#day.rule(k.RULE_KEY1), patient.row.drawId, decisionCounter(decision, attempt))
  }

  #ticks(patient: Patient, law: number, decision: number, attempt: number): number {
    const { kind, a, b } = this.#day.laws[law]!
    return drawTicks(kind, a, b, this.#word(patient, decision, attempt))
  }

  #after(patient: Patient, ticks: number, act: () => void): void {
    this.#agenda.plan(this.#agenda.now + ticks, 'move', patient.number, [0], act)
  }

  // ── from step to step ──────────────────────────────────────────────────────
  #enter(patient: Patient, to: number): void {
    const step = this.#day.steps[to]!
    patient.step = to
    switch (step.does) {
      case 'branch':
        this.#enter(patient, this.#day.branches[step.next + ((patient.row.traits >> step.place) & step.law)]!)
        break
      case 'serve':
        this.#join(patient, step)
        break
      case 'delay':
        this.#after(patient, this.#ticks(patient, step.law, step.decision, patient.cameBack), () => this.#enter(patient, step.next))
        break
      case 'leave':
        this.#leave(patient, step.place)
        break
      case 'pay':
        if (this.#mustGoTheOldWay(patient, step)) this.#goTheOldWay(patient, step)
        else this.#pay(patient, step)
        break
      case 'pay-walking': {
        if (this.#mustGoTheOldWay(patient, step)) {
          this.#goTheOldWay(patient, step)
          break
        }
        patient.walking = true
        patient.heard = null
        this.#after(patient, this.#ticks(patient, step.law, step.decision, patient.cameBack), () => {
          patient.walking = false
          const { heard } = patient
          if (heard !== null) this.#act(patient, step, heard)
        })
        this.#pay(patient, step)
        break
      }
      default:
        step.does satisfies never
    }
  }

  #leave(patient: Patient, outcome: number): void {
    patient.outcome = outcome
    patient.end = this.#agenda.now
    const site = this.#sites[patient.row.site]
    if (outcome !== OUTCOME_SWITCHED || site === undefined) return
    site.left--
    if (site.left > 0) return
    site.ready = this.#agenda.now
    for (const { patient, step } of site.kept) this.#desk.start(patient, step.errand, pointOf(step), patient.entry, patient.began, 0)
  }

  // ── sites that switch over ─────────────────────────────────────────────────
  #isNotReady(patient: Patient): boolean {
    return (this.#sites[patient.row.site]?.left ?? 0) > 0
  }

  #mustGoTheOldWay(patient: Patient, step: StepRow): boolean {
    return step.window >= 0 && this.#day.errands[step.errand]!.messages[0]!.leg === 'entry' && this.#isNotReady(patient)
  }

  #goTheOldWay(patient: Patient, step: StepRow): void {
    const byKiosk = step.kiosk >= 0 && ((patient.row.payer >> KIOSK_FALLBACK_SHIFT) & 1) === 1
    if (this.#pays(step)) {
      this.#theOldWay++
      patient.paid[step.point] = paid.PAID_OTHER_MODE
    }
    this.#enter(patient, byKiosk ? step.kiosk : step.window)
  }

  /** The windows of a site that holds send nothing; what they have in hand is begun, and kept. */
  #keep(patient: Patient, step: StepRow): boolean {
    const site = this.#sites[patient.row.site]
    if (site === undefined || !site.holds || site.left === 0 || this.#agenda.now < this.#day.rule(k.RULE_SWITCH_TICK)) return false
    this.#held++
    patient.began = this.#agenda.now
    patient.entry = (patient.row.payer >> CHANNEL_SHIFT) & 31
    patient.leftBehind = []
    site.kept.push({ patient, step })
    return true
  }

  // ── lines ──────────────────────────────────────────────────────────────────
  #stationOf(patient: Patient, step: StepRow): number {
    return patient.row.siteFirst + (step.place === k.ROOM_SLOT ? patient.row.room : step.place)
  }

  #join(patient: Patient, step: StepRow): void {
    const now = this.#agenda.now
    const number = this.#stationOf(patient, step)
    const station = this.#day.stations[number]!
    const line = this.#lines[number]!
    if (station.balking && line.waiting.length >= this.#day.rule(k.RULE_BALK_PER_SERVER) * Math.max(1, line.onDuty)) {
      this.#leaveBill(patient, step)
      this.#leave(patient, OUTCOME_BALKED)
      return
    }
    this.#joins++
    patient.joined = now
    patient.lines[station.payment ? 0 : 3]!++
    if (line.idle) {
      this.#begin(patient, number, step)
      return
    }
    line.passTo(now)
    line.stand({ who: patient, urgency: station.priority ? (patient.row.payer >> URGENCY_SHIFT) & 3 : 0, joined: now })
    patient.station = number
    if (step.patience >= 0 && ((patient.row.payer >> IMPATIENT_SHIFT) & 1) === 1) {
      const patience = this.#ticks(patient, step.patience, step.decision, 128 + patient.cameBack)
      patient.patience = this.#agenda.plan(now + patience, 'timer', patient.number, [0], () => {
        line.passTo(this.#agenda.now)
        line.leave(patient)
        patient.station = null
        this.#noteWait(patient, number, false)
        this.#leaveBill(patient, step)
        this.#leave(patient, OUTCOME_RENEGED)
      })
    }
  }

  /** Who goes home without paying for what was ordered leaves a bill; a registration simply lapses. */
  #leaveBill(patient: Patient, step: StepRow): void {
    if (step.point > 0) this.#mark(patient, step, statuses.unpaid)
  }

  #begin(patient: Patient, number: number, step: StepRow): void {
    const line = this.#lines[number]!
    line.passTo(this.#agenda.now)
    line.busy++
    line.starts++
    patient.station = null
    if (patient.patience !== null) patient.patience.cancelled = true
    patient.patience = null
    this.#noteWait(patient, number, true)
    const service = this.#ticks(patient, step.law, step.decision, patient.cameBack)
    this.#agenda.plan(this.#agenda.now + service, 'end', patient.number, [0], () => {
      if (step.errand < 0) {
        this.#free(number)
        this.#enter(patient, step.next)
      } else if (!this.#keep(patient, step)) this.#pay(patient, step)
    })
  }

  #noteWait(patient: Patient, number: number, served: boolean): void {
    const station = this.#day.stations[number]!
    const wait = this.#agenda.now - patient.joined
    this.#waits.push({ site: patient.row.site, kind: station.kind, joined: patient.joined, wait, served })
    this.#lines[number]!.waitSum += wait
    if (wait > 0) patient.lines[station.payment ? 1 : 4]!++
    if (wait > MINUTE) patient.lines[station.payment ? 2 : 5]!++
    if (station.payment) patient.paymentWait += wait
    else patient.clinicalWait += wait
    if (!station.payment && station.afterPayment) patient.afterPaymentWait += wait
  }

  #free(number: number): void {
    const line = this.#lines[number]!
    line.passTo(this.#agenda.now)
    line.busy--
    this.#callIn(number)
  }

  #callIn(number: number): void {
    const line = this.#lines[number]!
    while (line.waiting.length > 0 && line.idle) {
      line.passTo(this.#agenda.now)
      const { who, joined } = line.callIn()
      if (line.waiting.some((other) => other.joined < joined)) this.#overtakings++
      this.#begin(who, number, this.#day.steps[who.step]!)
    }
  }

  #changeShift(change: { readonly pattern: number; readonly minimum: number; readonly share: number }): void {
    for (const [number, station] of this.#day.stations.entries()) {
      if (station.shift !== change.pattern || station.servers === 0) continue
      const line = this.#lines[number]!
      line.passTo(this.#agenda.now)
      line.onDuty = Math.max(change.minimum, Math.ceil(station.servers * change.share))
      this.#callIn(number)
    }
  }

  // ── payments ───────────────────────────────────────────────────────────────
  /** The first try at this payment: by the entry the patient prefers. */
  #pay(patient: Patient, step: StepRow): void {
    patient.began = this.#agenda.now
    patient.entry = (patient.row.payer >> CHANNEL_SHIFT) & 31
    patient.leftBehind = []
    this.#desk.start(patient, step.errand, pointOf(step), patient.entry, patient.began, 0)
  }

  #hear(patient: Patient, answer: Answer): void {
    const step = this.#day.steps[patient.step]!
    if (answer.outcome === 'settled') {
      const viaEntry = answer.errand.messages[0]!.leg === 'entry'
      let how = statuses.settled | (answer.errand.mode << paid.PAID_MODE_SHIFT)
      if (viaEntry) how |= (answer.channel + 1) << paid.PAID_CHANNEL_SHIFT
      if (viaEntry && patient.leftBehind.length > 0) how |= paid.PAID_OTHER_ENTRY
      this.#mark(patient, step, how)
    }
    if (step.does === 'serve') this.#free(this.#stationOf(patient, step))
    if (patient.walking) {
      if (answer.outcome === 'settled') this.#answeredWalking++
      else this.#failedWalking++
      patient.heard = answer
    } else this.#act(patient, step, answer)
  }

  #act(patient: Patient, step: StepRow, answer: Answer): void {
    if (answer.outcome === 'settled') this.#enter(patient, step.next)
    else this.#fallBack(patient, step, answer.at, answer.party)
  }

  /** A hold is for a payment point and pays nothing at it. */
  #pays(step: StepRow): boolean {
    return step.point >= 0 && this.#day.errands[step.errand]!.mode < 4
  }

  /** How a payment point stands; that it came over from another mode stays on record. */
  #mark(patient: Patient, step: StepRow, how: number): void {
    if (this.#pays(step)) patient.paid[step.point] = how | (patient.paid[step.point]! & paid.PAID_OTHER_MODE)
  }

  /** Failed part × step → what the patient does next. */
  #fallBack(patient: Patient, step: StepRow, failed: FailedLeg, party: number): void {
    const errand = this.#day.errands[step.errand]!
    const isPayment = errand.mode < 4
    const viaEntry = errand.messages[0]!.leg === 'entry'
    // Of the payments that an entry took in: who could not finish at the first one counts once, and is saved by ending at another.
    // The bank's refusal of credit breaks nothing.
    const isFirst = patient.leftBehind.length === 0
    if (isPayment && viaEntry && isFirst && failed !== 'limit') this.#paymentsFailed++
    const goesAway = (): void => {
      if (isPayment && viaEntry && !(isFirst && failed === 'limit')) this.#backupCouldNot++
    }
    if (failed === 'bureau' && step.point >= 0) {
      goesAway()
      this.#withoutBureau(patient, step, errand.mode)
      return
    }
    if (failed === 'entry' && this.#day.rule(k.RULE_MUTUAL_BACKUP) === 1) {
      const other = this.#otherEntry(patient)
      if (other !== null) {
        this.#changeEntry(patient, step, other)
        return
      }
    }
    goesAway()
    const goesToKiosk = failed === 'entry' && step.kiosk >= 0 && ((patient.row.payer >> KIOSK_FALLBACK_SHIFT) & 1) === 1
    const ownBank = this.#day.rule(k.RULE_FIRST_BANK) + ((patient.row.payer >> OWN_BANK_SHIFT) & 15)
    const ownMoney = (failed === 'bank' || failed === 'limit') && step.phone >= 0 && ownBank !== party
    const onward = goesToKiosk ? step.kiosk : ownMoney ? step.phone : step.window
    if (onward < 0) {
      this.#mark(patient, step, statuses.unpaid)
      this.#leave(patient, OUTCOME_UNPAID)
      return
    }
    if (goesToKiosk || !ownMoney) this.#noteFallBack(patient, step)
    if (this.#pays(step)) patient.paid[step.point] = paid.PAID_OTHER_MODE
    else if (step.point < 0 && step.kiosk < 0) {
      // Signing in and loading the directory: another coming, with draws of its own.
      patient.cameBack++
      this.#triedAgain++
    }
    this.#enter(patient, onward)
  }

  /** What an entry took in goes on at a kiosk or a window. Own money by phone stays with the entries. */
  #noteFallBack(patient: Patient, step: StepRow): void {
    const errand = this.#day.errands[step.errand]!
    if (errand.mode < 4 && errand.messages[0]!.leg === 'entry') this.#fellBack.push(patient.entry)
  }

  #otherEntry(patient: Patient): number | null {
    const open = this.#day.backupOrder
      .map((order, channel) => ({ order, channel }))
      .filter(
        ({ order, channel }) =>
          order >= 0 && ((patient.row.entries >> channel) & 1) === 1 && channel !== patient.entry && !patient.leftBehind.includes(channel),
      )
      .sort((a, b) => a.order - b.order)
    return patient.leftBehind.length < 7 && open[0] !== undefined ? open[0].channel : null
  }

  #changeEntry(patient: Patient, step: StepRow, channel: number): void {
    patient.leftBehind.push(patient.entry)
    patient.entry = channel
    this.#spilledIn.push(channel)
    const restart = patient.leftBehind.length
    const ticks = this.#ticks(
      patient,
      this.#day.rule(k.RULE_SWITCH_LAW),
      this.#day.rule(k.RULE_DECISION_SWITCH),
      pointOf(step) * 8 + restart,
    )
    this.#after(patient, ticks, () => this.#desk.start(patient, step.errand, pointOf(step), channel, patient.began, restart))
  }

  #withoutBureau(patient: Patient, step: StepRow, mode: number): void {
    const attempt = pointOf(step) * 16 + (patient.cameBack % 16)
    const u = uniformOf(this.#word(patient, this.#day.rule(k.RULE_DECISION_DOWN), attempt))
    const waits = this.#day.share(k.SHARE_DOWN_WAIT)
    if (u < waits && patient.cameBack < this.#day.rule(k.RULE_WAIT_TRIES)) {
      const again = step.window >= 0 ? step.window : patient.step
      const ticks = this.#ticks(patient, this.#day.rule(k.RULE_WAIT_LAW), this.#day.rule(k.RULE_DECISION_WAIT), attempt)
      if (again !== patient.step) this.#noteFallBack(patient, step)
      this.#cameBack++
      patient.cameBack++
      this.#after(patient, ticks, () => this.#enter(patient, again))
      return
    }
    if (step.window < 0 && step.does !== 'serve') {
      this.#mark(patient, step, statuses.unpaid)
      this.#leave(patient, OUTCOME_UNPAID)
      return
    }
    this.#noteFallBack(patient, step)
    // Patience used up: the rest is shared out between the two who do not wait, as they are to each other.
    const [pay, owe] = [this.#day.share(k.SHARE_DOWN_PAY), this.#day.share(k.SHARE_DOWN_OWE)]
    const payInFull = u < waits ? u * (pay + owe) < waits * pay : u < waits + pay
    this.#mark(patient, step, (payInFull ? statuses.claimLater : statuses.leftOwing) | (mode << paid.PAID_MODE_SHIFT))
    this.#enter(patient, step.next)
  }
}

function pointOf(step: StepRow): number {
  return step.point < 0 ? 3 : step.point
}
