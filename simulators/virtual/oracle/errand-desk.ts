/**
 * Errands and calls by the rules of the city, an object each:
 *
 * - An errand sends its messages one after another. A message that is refused, answered with an error or not answered in time is sent
 *   again after a pause, up to so many tries; then the errand has failed at that leg.
 * - Silence on a message that moves money is followed by a question (what became of it?). If it was done, the errand goes on; if not,
 *   the message is sent again. A bank's error is followed by the question too. An errand that fails is undone by itself, at the bureau and at the bank it used, wherever its money moved
 *   or a message about it was once met with silence; a bill that the bank finds above the limit moved nothing there.
 * - Undoing is never given up: after so many tries, or when the party is held for down, it rests for a probe's interval and begins again.
 *   Whatever call of it is served without error has undone it, though its reply be late.
 * - A message may be several requests, of which one takes the time. Each may be answered with an error by itself; the first error is the
 *   message's, and comes at once where it comes before the one that takes the time.
 * - What a try meets is drawn for that try: another entry, or another coming to the window, begins new ones.
 * - A caller who stops waiting leaves the call at the desk; it is served all the same, and its reply finds nobody.
 * - A party that the health rule holds for down is not called: the errand fails at once.
 * - Calls that nothing went wrong for are needed: the first try of each message, raise and reversal.
 * - A wallet is no party of the city: whoever shows its code at a kiosk is answered after its time, and never in vain.
 * - The bank may find a bill above the limit: it is raised on the spot for those so marked, refused to the others.
 * - What an errand does at a tick comes before what its patient does.
 */
import { drawTicks } from '../../engine/distribution.ts'
import { decisionCounter, drawWord, secondWord, uniformOf } from '../../engine/random.ts'
import {
  CREDIT_BANK_SHIFT,
  KIOSK_WALLET_MASK,
  KIOSK_WALLET_SHIFT,
  OVER_LIMIT_SHIFT,
  OWN_BANK_SHIFT,
  RAISE_SHIFT,
} from '../../patients/traits.ts'
import * as k from '../kernel/inputs.ts'
import type { Agenda, Planned } from './agenda.ts'
import type { Day, ErrandRow, FaultRow, MessageRow, VisitRow } from './day-tables.ts'
import { PlainHealth } from './health-rule.ts'
import { PlainLine } from './plain-line.ts'

export type FailedLeg = 'entry' | 'platform' | 'bureau' | 'bank' | 'files' | 'limit'
export type Answer =
  | { readonly outcome: 'settled'; readonly errand: ErrandRow; readonly channel: number }
  | { readonly outcome: 'failed'; readonly at: FailedLeg; readonly party: number }

export interface Caller {
  readonly number: number
  readonly row: VisitRow
  errandsSent: number
  cameBack: number
}
const moneyPlaces = ['bureau', 'own bank', 'credit bank', 'wallet'] as const
type MoneyPlace = (typeof moneyPlaces)[number]
interface Errand {
  readonly caller: Caller
  readonly row: ErrandRow
  readonly point: number
  readonly channel: number
  readonly began: number
  readonly restart: number
  /** Times the patient had come back after waiting for the bureau. */
  readonly comings: number
  readonly ordinal: number
  readonly isReversal: boolean
  at: number
  tries: number
  sent: number
  /** The call whose answer is awaited. */
  call: Call | null
  asking: boolean
  raising: boolean
  carriedOut: boolean
  /** Where money moved or may have. */
  readonly moneyAt: Set<MoneyPlace>
  /** What it will do by itself later, if not answered before. */
  later: Planned | null
  released: boolean
  over: boolean
}
interface Call {
  readonly errand: Errand
  readonly at: number
  readonly affair: readonly number[]
  readonly party: Party
  readonly sent: number
  readonly work: number
  readonly answeredWithError: boolean
  readonly isQuestion: boolean
  timeout: Planned | null
}
interface Party {
  readonly number: number
  readonly line: PlainLine<Call>
  readonly full: number
  readonly health: PlainHealth
  readonly calls: number[]
  fault: FaultRow | null
  lastFault: number
  /** When that ended, null while it lasts. */
  lastFaultEnded: number | null
}

/** What the desk counts, as plain lists and numbers. */
export interface DeskBook {
  sent: number
  needed: number
  joined: number
  late: number
  reversals: number
  reversalsFailed: number
  /** Rests of reversals between rounds of tries. */
  reversalRests: number
  readonly settled: { readonly mode: number; readonly began: number; readonly took: number; readonly channel: number }[]
  readonly started: { readonly mode: number; readonly began: number; readonly channel: number; readonly restart: number }[]
  readonly failedAtChannel: number[]
  readonly assumed: Record<string, number>
  readonly computed: Record<string, number>
  readonly answered: Record<string, number>
  readonly faults: { touched: number; detected: number; firstFailure: number; firstRouted: number }[]
  questions: number
  raises: number
  timeouts: number
  refusedForLimit: number
  /** Messages to wallets, and those of them that bring money back. */
  atWallets: number
  backFromWallets: number
}

export class ErrandDesk {
  readonly parties: readonly Party[]
  readonly busyByMinute: number[][]
  readonly dutyByMinute: number[][]
  readonly book: DeskBook
  readonly #day: Day
  readonly #agenda: Agenda
  readonly #tell: (caller: Caller, answer: Answer) => void

  constructor(day: Day, agenda: Agenda, tell: (caller: Caller, answer: Answer) => void) {
    this.#day = day
    this.#agenda = agenda
    this.#tell = tell
    this.busyByMinute = day.partyStations.map(() => [])
    this.dutyByMinute = day.partyStations.map(() => [])
    this.parties = day.partyStations.map((station, number) => ({
      number,
      full: day.stations[station]!.servers,
      line: new PlainLine<Call>(day.stations[station]!.servers, (from, to, busy, onDuty) => {
        this.#spread(this.busyByMinute[number]!, from, to, busy)
        this.#spread(this.dutyByMinute[number]!, from, to, onDuty)
      }),
      health: new PlainHealth({
        windowTicks: day.rule(k.RULE_HEALTH_WINDOW),
        minimumCalls: day.rule(k.RULE_HEALTH_CALLS),
        failureShare: day.share(k.SHARE_HEALTH_FAILURES),
        probeTicks: day.rule(k.RULE_HEALTH_PROBE),
      }),
      calls: [],
      fault: null,
      lastFault: -1,
      lastFaultEnded: null,
    }))
    const legs = () => ({ entry: 0, platform: 0, bureau: 0, bank: 0, his: 0, files: 0 })
    this.book = {
      sent: 0,
      needed: 0,
      joined: 0,
      late: 0,
      reversals: 0,
      reversalsFailed: 0,
      reversalRests: 0,
      questions: 0,
      raises: 0,
      timeouts: 0,
      refusedForLimit: 0,
      atWallets: 0,
      backFromWallets: 0,
      settled: [],
      started: [],
      failedAtChannel: [],
      assumed: legs(),
      computed: legs(),
      answered: legs(),
      faults: Array.from({ length: day.faultCount }, () => ({ touched: 0, detected: -1, firstFailure: -1, firstRouted: -1 })),
    }
  }

  start(caller: Caller, kind: number, point: number, channel: number, began: number, restart: number): void {
    const asked = this.#day.errands[kind]!
    const paysByCode = ((caller.row.payer >> KIOSK_WALLET_SHIFT) & KIOSK_WALLET_MASK) > 0
    const row = paysByCode && asked.byCode >= 0 ? this.#day.errands[asked.byCode]! : asked
    if (row.mode < 4) this.book.started.push({ mode: row.mode, began, restart, channel: row.messages[0]!.leg === 'entry' ? channel : -1 })
    this.#send(this.#newErrand(caller, row, point, channel, began, restart, false))
  }

  changeFault(change: FaultRow): void {
    const party = this.parties[change.party]!
    party.fault = change.acts === 'nothing' ? null : change
    if (change.acts !== 'nothing') party.lastFault = change.fault
    party.lastFaultEnded = change.acts === 'nothing' ? this.#agenda.now : null
    party.line.passTo(this.#agenda.now)
    party.line.onDuty = change.acts === 'loses-desks' ? Math.floor(party.full * change.amount) : party.full
    this.#callIn(party)
  }

  #newErrand(caller: Caller, row: ErrandRow, point: number, channel: number, began: number, restart: number, isReversal: boolean): Errand {
    const ordinal = caller.errandsSent++
    return {
      caller,
      row,
      point,
      channel,
      began,
      restart,
      comings: caller.cameBack,
      ordinal,
      isReversal,
      at: 0,
      tries: 0,
      sent: 0,
      call: null,
      asking: false,
      raising: false,
      carriedOut: false,
      moneyAt: new Set(),
      later: null,
      released: false,
      over: false,
    }
  }

  /** Every draw about a try is keyed by this number: payment point, whether it asks or raises, and the how-manieth try at which entry. */
  #tryNumber(errand: Errand): number {
    return (
      (errand.point % 4) * 64 + (errand.asking || errand.raising ? 32 : 0) + (((errand.restart + errand.comings) * 4 + errand.tries) % 32)
    )
  }

  #affair(errand: Errand): readonly number[] {
    return [1 + errand.ordinal, errand.at, this.#tryNumber(errand)]
  }

  /** A try's own draw, from the stream of services or from that of troubles. */
  #word(errand: Errand, stream: 'service' | 'trouble'): number {
    const [high, low] = stream === 'service' ? [k.RULE_KEY0, k.RULE_KEY1] : [k.RULE_KEY2, k.RULE_KEY3]
    const { decision } = errand.row.messages[errand.at]!
    const { drawId } = errand.caller.row
    return drawWord(this.#day.rule(high), this.#day.rule(low), drawId, decisionCounter(decision, this.#tryNumber(errand)))
  }

  /** How many of this try's requests are answered well before one is not: as many runs of luck as one number between 0 and 1 is worth. */
  #answeredWell(errand: Errand, requests: number, errorShare: number): number {
    const luck = 1 - uniformOf(this.#word(errand, 'trouble'))
    const chances = Array.from({ length: requests }, (_, n) => Array.from({ length: n + 1 }).reduce<number>((p) => p * (1 - errorShare), 1))
    return chances.filter((chance) => luck <= chance).length
  }

  /** Between −1 and 1: how far the pause before the next try swings. */
  #swing(errand: Errand): number {
    this.#word(errand, 'trouble')
    return 2 * uniformOf(secondWord()) - 1
  }

  #partyOf(errand: Errand, message: MessageRow): Party {
    const bank = (errand.caller.row.payer >> (message.creditBank ? CREDIT_BANK_SHIFT : OWN_BANK_SHIFT)) & 15
    const number = {
      entry: errand.channel,
      platform: this.#day.rule(k.RULE_PLATFORM),
      bureau: this.#day.rule(k.RULE_BUREAU),
      bank: this.#day.rule(k.RULE_FIRST_BANK) + bank,
      his: -1,
      files: this.#day.rule(k.RULE_FILES),
    }[message.leg]
    return this.parties[number]!
  }

  #timeoutTicks(message: MessageRow): number {
    if (message.leg === 'files') return this.#day.rule(k.RULE_FILES_TIMEOUT)
    return this.#day.rule(k.RULE_TIMEOUT_FIRST + ['entry', 'platform', 'bureau', 'bank', 'his'].indexOf(message.leg))
  }

  #later(errand: Errand, ticks: number, act: () => void): void {
    errand.later = this.#agenda.plan(this.#agenda.now + ticks, 'move', errand.caller.number, this.#affair(errand), act)
  }

  #send(errand: Errand): void {
    const now = this.#agenda.now
    const { book } = this
    const message = errand.row.messages[errand.at]!
    errand.sent = now
    errand.call = null
    const law =
      this.#day.laws[errand.asking ? this.#day.rule(k.RULE_QUERY_LAW) : errand.raising ? this.#day.rule(k.RULE_RAISE_LAW) : message.law]!
    const service = drawTicks(law.kind, law.a, law.b, this.#word(errand, 'service'))
    if (message.atWallet) book.atWallets++
    if (message.atWallet && errand.isReversal) book.backFromWallets++
    if (message.leg === 'his' || message.atWallet) {
      this.#later(errand, service, () => {
        book.assumed[message.leg]! += service
        this.#succeed(errand)
      })
      return
    }
    const party = this.#partyOf(errand, message)
    if (!party.health.mayCall(now)) {
      const fault = this.#faultFeltAt(party)
      if (fault !== undefined && fault.firstRouted < 0) fault.firstRouted = now
      if (errand.isReversal) this.#rest(errand)
      else this.#fail(errand, message.leg)
      return
    }
    book.sent++
    if (errand.tries === 0) book.needed++
    if (errand.asking) book.questions++
    else if (errand.raising) book.raises++
    party.calls.push(now)
    const fault = party.fault === null ? undefined : book.faults[party.fault.fault]!
    const acts = party.fault?.acts
    if (acts === 'refuses') {
      fault!.touched++
      this.#later(errand, this.#day.rule(k.RULE_REFUSAL_TICKS), () => this.#tryFailed(errand, 'refused'))
      return
    }
    if (acts === 'swallows') {
      fault!.touched++
      this.#later(errand, this.#timeoutTicks(message), () => this.#tryFailed(errand, 'silence'))
      return
    }
    let work = service
    if (acts === 'slows') {
      fault!.touched++
      work = Math.min(1e9, Math.floor(service * party.fault!.amount))
    }
    let answeredWithError = false
    if (acts === 'errs') {
      const { before, after } = errand.asking || errand.raising ? { before: 0, after: 0 } : message
      const well = this.#answeredWell(errand, before + 1 + after, party.fault!.amount)
      if (well <= before + after) {
        fault!.touched++
        answeredWithError = true
        if (well < before) work = 0
      }
    }
    const call: Call = {
      errand,
      at: errand.at,
      affair: this.#affair(errand),
      party,
      sent: now,
      work,
      answeredWithError,
      isQuestion: errand.asking,
      timeout: null,
    }
    errand.call = call
    book.joined++
    call.timeout = this.#agenda.plan(now + this.#timeoutTicks(message), 'timer', errand.caller.number, call.affair, () => {
      errand.call = null
      this.book.timeouts++
      this.#tryFailed(errand, 'silence')
    })
    if (party.line.idle) this.#take(call)
    else {
      if (acts === 'loses-desks') fault!.touched++
      party.line.passTo(now)
      party.line.stand({ who: call, urgency: 0, joined: now })
    }
  }

  /** A desk takes the call up. */
  #take(call: Call): void {
    const { line } = call.party
    line.passTo(this.#agenda.now)
    line.busy++
    line.starts++
    line.waitSum += this.#agenda.now - call.sent
    this.#agenda.plan(this.#agenda.now + call.work, 'end', call.errand.caller.number, call.affair, () => this.#end(call))
  }

  #callIn(party: Party): void {
    while (party.line.waiting.length > 0 && party.line.idle) {
      party.line.passTo(this.#agenda.now)
      this.#take(party.line.callIn().who)
    }
  }

  #end(call: Call): void {
    const now = this.#agenda.now
    const { errand, party } = call
    party.line.passTo(now)
    party.line.busy--
    this.#callIn(party)
    if (errand.call !== call) {
      this.book.late++
      if (call.answeredWithError || call.isQuestion || errand.over || errand.at !== call.at) return
      errand.carriedOut = true
      if (errand.isReversal) {
        // Nothing more is sent, and nobody waits for what was.
        if (errand.later !== null) errand.later.cancelled = true
        if (errand.call !== null) errand.call.timeout!.cancelled = true
        errand.call = null
        this.#succeed(errand)
      }
      return
    }
    call.timeout!.cancelled = true
    errand.call = null
    const { leg } = errand.row.messages[call.at]!
    this.book.assumed[leg]! += call.work
    this.book.computed[leg]! += now - call.sent - call.work
    if (call.answeredWithError) this.#tryFailed(errand, 'error')
    else {
      this.#note(party, false)
      this.#succeed(errand)
    }
  }

  #note(party: Party, failed: boolean): void {
    const fault = this.#faultFeltAt(party)
    if (party.health.note(this.#agenda.now, failed) && fault !== undefined && fault.detected < 0) fault.detected = this.#agenda.now
  }

  #succeed(errand: Errand): void {
    const message = errand.row.messages[errand.at]!
    const wasRaising = errand.raising
    if (errand.asking) {
      errand.asking = false
      if (!errand.carriedOut) {
        this.#send(errand)
        return
      }
    }
    errand.carriedOut = false
    // What came back from the bank, now or on being asked, may be that the bill is above the limit.
    if (message.needsCredit && !wasRaising && ((errand.caller.row.payer >> (OVER_LIMIT_SHIFT + errand.point)) & 1) === 1) {
      if (((errand.caller.row.payer >> RAISE_SHIFT) & 1) === 0) {
        this.book.refusedForLimit++
        errand.moneyAt.delete(placeOf(message))
        this.#fail(errand, 'limit')
        return
      }
      errand.raising = true
      errand.tries = 0
      this.#send(errand)
      return
    }
    errand.raising = false
    if (message.movesMoney) errand.moneyAt.add(placeOf(message))
    this.book.answered[message.leg]!++
    errand.tries = 0
    errand.at++
    if (errand.at === errand.row.released && !errand.isReversal) {
      errand.released = true
      const viaEntry = errand.row.messages[0]!.leg === 'entry'
      this.book.settled.push({
        mode: errand.row.mode,
        began: errand.began,
        took: this.#agenda.now - errand.began,
        channel: viaEntry ? errand.channel : -1,
      })
      this.#tell(errand.caller, { outcome: 'settled', errand: errand.row, channel: errand.channel })
    }
    if (errand.at < errand.row.messages.length) this.#send(errand)
    else {
      errand.over = true
      if (errand.isReversal) this.book.reversalsFailed--
    }
  }

  #tryFailed(errand: Errand, how: 'error' | 'refused' | 'silence'): void {
    const message = errand.row.messages[errand.at]!
    this.book.computed[message.leg]! += this.#agenda.now - errand.sent
    this.#note(this.#partyOf(errand, message), true)
    errand.tries++
    if ((how === 'silence' || (how === 'error' && message.leg === 'bank')) && message.movesMoney) {
      errand.asking = true
      errand.moneyAt.add(placeOf(message))
    }
    const attempts = this.#day.rule(k.RULE_ATTEMPTS)
    if (errand.isReversal && errand.tries % attempts === 0) {
      this.#rest(errand)
      return
    }
    if (!errand.isReversal && errand.tries >= attempts) {
      this.#fail(errand, message.leg as FailedLeg)
      return
    }
    let pause = this.#day.rule(k.RULE_BACKOFF_TICKS)
    for (let n = 1; n < errand.tries % attempts; n++) pause *= this.#day.share(k.SHARE_BACKOFF_FACTOR)
    const ticks = Math.trunc(pause * (1 + this.#day.share(k.SHARE_JITTER) * this.#swing(errand)))
    this.book.computed[message.leg]! += ticks
    this.#later(errand, ticks, () => this.#send(errand))
  }

  #fail(errand: Errand, at: FailedLeg): void {
    errand.over = true
    errand.call = null
    if (errand.released) return
    const party = at === 'limit' ? null : this.#partyOf(errand, errand.row.messages[errand.at]!)
    const fault = party === null ? undefined : this.#faultFeltAt(party)
    if (fault !== undefined && fault.firstFailure < 0) fault.firstFailure = this.#agenda.now
    if (errand.row.mode < 4 && errand.row.messages[0]!.leg === 'entry') this.book.failedAtChannel.push(errand.channel)
    this.#tell(errand.caller, { outcome: 'failed', at, party: party === null ? -1 : party.number })
    const undo = {
      bureau: this.#day.rule(k.RULE_REVERSE_BUREAU),
      'own bank': this.#day.rule(k.RULE_REVERSE_OWN_BANK),
      'credit bank': this.#day.rule(k.RULE_REVERSE_CREDIT_BANK),
      wallet: this.#day.rule(k.RULE_REVERSE_WALLET),
    }
    for (const place of moneyPlaces) {
      if (!errand.moneyAt.has(place)) continue
      const row = this.#day.errands[undo[place]]!
      this.book.reversals++
      this.book.reversalsFailed++
      this.#send(this.#newErrand(errand.caller, row, errand.point, errand.channel, errand.began, errand.restart, true))
    }
  }

  /** Trouble with a party is its fault's from the fault's start until the health rule's window has passed since its end. */
  #faultFeltAt(party: Party): DeskBook['faults'][number] | undefined {
    const { lastFaultEnded } = party
    const isFelt = lastFaultEnded === null || this.#agenda.now - lastFaultEnded <= this.#day.rule(k.RULE_HEALTH_WINDOW)
    return isFelt ? this.book.faults[party.lastFault] : undefined
  }

  #rest(reversal: Errand): void {
    this.book.reversalRests++
    this.#later(reversal, this.#day.rule(k.RULE_HEALTH_PROBE), () => this.#send(reversal))
  }

  #spread(into: number[], from: number, to: number, level: number): void {
    for (let at = from; at < to; ) {
      const minute = Math.floor(at / 600_000)
      const end = Math.min(to, (minute + 1) * 600_000)
      into[minute] = (into[minute] ?? 0) + (end - at) * level
      at = end
    }
  }
}

function placeOf(message: MessageRow): MoneyPlace {
  if (message.atWallet) return 'wallet'
  return message.leg === 'bureau' ? 'bureau' : message.creditBank ? 'credit bank' : 'own bank'
}
