/**
 * A run on the wire, stage by stage: warm up and forget it, open the books, have the generator play, wait until money is quiet, end the
 * day, take every book. It judges nothing; what it hands back is plain data for whoever compares, audits and tells.
 */
import type { CityPlan } from '../../../scenarios/plan.ts'
import { dateOf as dateOfDay, dayNumber } from '../../engine/civil-date.ts'
import { clockOfSecond } from '../../engine/time.ts'
import type { Trace } from '../../trace/trace.ts'
import type { NumberedBook } from '../audit/audit-input.ts'
import type { ReconciliationReport } from '../desks/reconciliation-desk.ts'
import { allWireFaults } from '../faults/all-wire-faults.ts'
import type { FaultOnWire } from '../faults/wire-fault.ts'
import { openingHash } from '../server/control.ts'
import type { ServiceSpan } from '../server/service-line.ts'
import type { Checkpoint, Played } from './checkpoint-store.ts'
import { clearTheMonth } from './clear-the-month.ts'
import { type DayEnded, endTheDay } from './end-the-day.ts'
import { openingBooks } from './opening-books.ts'
import { playOf, settingsOf } from './play-of-trace.ts'
import { playTerm, type TermPlayed } from './play-term.ts'
import { isPlatform, type Watched, watchProcesses } from './process-watch.ts'
import { answers, lookEveryMs, quiet } from './quiet.ts'
import { beginOf, type GeneratorLog, readRows, readSpans, writeBooks, writePlay, writeTerm, writeTraceAndSpans } from './rows-store.ts'
import { type RunOfK6, runK6 } from './run-k6.ts'
import { servicePlans } from './service-plans.ts'
import { type StrikeReport, strikeInTime, withTolls } from './strikes.ts'
import { gatherSpans, takeSpans } from './take-spans.ts'
import { warmUpTrace } from './warm-up-trace.ts'
import type { WireCity } from './wire-processes.ts'

export type Stage = 'warm-up' | 'provision' | 'play' | 'drain' | 'day-end' | 'term' | 'books'

export interface ConductOptions {
  readonly city: Pick<CityPlan, 'parties'>
  readonly trace: Trace
  readonly wire: WireCity
  readonly secret: string
  /** Where play, rows and k6's summary lie. */
  readonly folder: string
  readonly k6: {
    readonly program: string
    readonly script: string
    readonly words: readonly string[]
    readonly show?: (text: string) => void
  }
  /** Absent: our own platform behind our entries. */
  readonly target?: ForeignTarget
  readonly warmUpVisits: number
  /** From k6's start to the first row; absent: long enough for every user to read its share of a long trace. */
  readonly leadMs?: number
  /** Struck while the generator plays. */
  readonly faults: readonly FaultOnWire[]
  /** Requests that would be open at once under those faults, as foretold. */
  readonly foretoldOpen?: number
  /** Actors whose every planned service takes so many times as long, all the while. */
  readonly slower?: ReadonlyMap<string, number>
  /** What holds while the generator plays the window, and no longer; called when it is about to begin. */
  readonly hold?: () => { release(): void }
  /** How long a platform that is not ready may keep payments open before nobody waits for it; absent: `usualUnreadyMs` of quiet.ts. */
  readonly mostUnreadyMs?: number
  readonly signal: AbortSignal
  readonly tell: (stage: Stage, detail: StageDetail) => void
  /** Where the run goes on, on the books as they were left; absent: it begins. */
  readonly resume?: Checkpoint | undefined
  /** Told after the drain, the day's end and the books; absent: nothing is kept to go on from. */
  readonly keep?: ((stage: Checkpoint['stage'], played: Played, reconciliation: Conducted['reconciliation']) => void) | undefined
}

/** A platform of others; its counterparties are ours, and neither our platform nor our entries run beside it. */
export interface ForeignTarget {
  readonly origin: string
  /** Path of the file that exports the adapter. */
  readonly adapter: string
}

/** How far a stage is, in its own unit. */
export interface StageDetail {
  readonly done: number
  readonly of: number
}

export interface Conducted {
  readonly log: GeneratorLog
  readonly k6: RunOfK6
  readonly users: number
  readonly struck: readonly StrikeReport[]
  readonly books: readonly NumberedBook[]
  readonly spans: readonly (ServiceSpan & { readonly actor: string })[]
  /** Undefined for a target of others, and where the run was stopped before the day's end. */
  readonly reconciliation: ReconciliationReport | undefined
  /** Undefined where the trace has no credit term, and where the day was not ended. */
  readonly term?: TermPlayed | undefined
  readonly provisioned: { readonly persons: number; readonly seconds: number }
  /** Of each process over the window. */
  readonly cpu: Watched['cpu']
  /** What the window's payments cost our platform. */
  readonly work: Watched['work']
  readonly signatures: Watched['signatures']
  readonly drainSeconds: number
  /** Money was quiet when the day ended. */
  readonly isQuiet: boolean
  /** Actors whose process ended while nobody had ended it, and the target where it no longer answers: what they knew is not among the books. */
  readonly lost: readonly string[]
  /** Actors that live and are not ready after the drain: a book that can no longer be written confirms nothing. */
  readonly unready: readonly string[]
  readonly wasInterrupted: boolean
}

/** An actor says it was given another opening book than was sent. */
export class OpeningBookDiffers extends Error {
  override readonly name = 'OpeningBookDiffers'
  readonly actor: string

  constructor(actor: string) {
    super(`${actor} holds another opening book than was sent`)
    this.actor = actor
  }
}

/** From k6's start to the first row: every user reads its share meanwhile, and what reading left behind is cleared. */
const leadMsOf = (rows: number): number => Math.round(3000 + rows / 20)
/** Nobody minds a late start of the warm-up. */
const warmUpLeadMs = 1000
/** A row open so long after the window is unanswered. */
export const mostGraceMs = 90_000
/** ASSUMPTION: wallets have their bills at nine, banks theirs after midnight (WeChat Pay v3: from nine of the next day). */
const morningSecond = 9.5 * 3600

export async function conduct(options: ConductOptions): Promise<Conducted> {
  const { wire, folder, signal, tell, target, resume, keep } = options
  let played = resume?.played ?? (await playAll(options))
  const { wasInterrupted, lost, unready } = played
  const isWhole = lost.length + unready.length === 0
  // What was cut short is told as it is; everything else can be taken up again, so that a run is left at the end of a stage.
  const reached = (stage: Checkpoint['stage'], told: Conducted['reconciliation']) => {
    if (wasInterrupted || !isWhole) return
    keep?.(stage, played, told)
    if (keep !== undefined) signal.throwIfAborted()
  }
  if (resume === undefined) reached('drained', undefined)
  let reconciliation = resume?.reconciliation ?? undefined
  if (resume === undefined || resume.stage === 'drained') {
    if (!wasInterrupted && target === undefined && isWhole) {
      const ended = await nextMorning(options)
      reconciliation = ended.reconciliation
      played = { ...played, struck: [...played.struck, ...ended.struck] }
    }
    reached('day-ended', reconciliation)
  }
  const term = reconciliation === undefined || options.trace.term === undefined ? undefined : await throughTerm(options)
  const left = wire.layout.flat().filter((actor) => !lost.includes(actor))
  const books: NumberedBook[] = []
  for (const [index, actor] of left.entries()) {
    tell('books', { done: index, of: left.length })
    // Processes of one platform share its books.
    if (!isPlatform(actor) || actor === 'platform') books.push((await wire.control.ask(actor, 'GET', '/control/books')) as NumberedBook)
  }
  writeBooks(folder, { books })
  reached('booked', reconciliation)
  const { spans } = readSpans(folder)
  return { ...played, log: readRows(folder), spans, books, reconciliation, term }
}

/** Its moment is the next morning's. */
const isAtDayEnd = ({ kind }: FaultOnWire): boolean => allWireFaults[kind].strikesAt === 'day-end'

/** From the warm-up until money is quiet; rows, trace and spans are on disk afterwards. */
async function playAll(options: ConductOptions): Promise<Played> {
  const { city, trace, wire, folder, signal, tell, warmUpVisits, target } = options
  const { control } = wire
  const actors = wire.layout.flat()
  const isHere = (actor: string) => actors.includes(actor)
  // Whatever was played on this city before is another run's.
  if (target === undefined) await forgetAll(wire)
  if (warmUpVisits > 0 && target === undefined) {
    tell('warm-up', { done: 0, of: warmUpVisits })
    const warm = warmUpTrace(trace, warmUpVisits)
    await open(options, warm, () => undefined)
    await play(options, warm, `${folder}/warm-up`, [], warmUpLeadMs)
    await quiet(options)
    await forgetAll(wire)
    tell('warm-up', { done: warmUpVisits, of: warmUpVisits })
    signal.throwIfAborted()
  }
  const began = performance.now()
  await open(options, trace, (done, of) => tell('provision', { done, of }))
  const provisioned = { persons: trace.opening.persons.length, seconds: (performance.now() - began) / 1000 }
  for (const [actor, plan] of servicePlans(city, trace, trace.scale.replications.length, options.slower))
    if (isHere(actor)) await control.ask(actor, 'PUT', '/control/service-plan', plan)
  signal.throwIfAborted()

  const watched = await watchProcesses(wire)
  const gathered = gatherSpans(options)
  const held = options.hold?.()
  const { log: _, ...played } = await play(
    options,
    trace,
    folder,
    options.faults.filter((fault) => !isAtDayEnd(fault)),
  ).finally(() => held?.release())
  const { cpu, work, signatures } = await watched()
  tell('drain', { done: 0, of: 1 })
  const drainBegan = performance.now()
  const isQuiet = await quiet(options)
  const drainSeconds = (performance.now() - drainBegan) / 1000
  const wasInterrupted = signal.aborted
  const lost = await lostIn(options)
  const left = actors.filter((actor) => !lost.includes(actor))
  const areReady = await Promise.all(left.map((actor) => control.isReady(actor)))
  const unready = left.filter((_, index) => areReady[index] === false)
  const spans = [...(await gathered()), ...(await takeSpans(options, left))]
  writeTraceAndSpans(folder, { trace, spans })
  return { ...played, provisioned, cpu, work, signatures, drainSeconds, isQuiet, lost, unready, wasInterrupted }
}

async function lostIn({ wire, target }: ConductOptions): Promise<readonly string[]> {
  const ended = wire.processes.filter(({ hasEnded }) => hasEnded()).flatMap(({ actors }) => actors)
  return target === undefined || (await answers(target.origin)) ? ended : [...ended, targetName]
}

/** The target where it is somebody else's, among the names of actors. */
const targetName = 'target'
/** Every actor is as on its first day: no books, no spans. */
export async function forgetAll({ control, layout }: WireCity): Promise<void> {
  const actors = layout.flat()
  await Promise.all(actors.map((actor) => control.ask(actor, 'POST', '/control/reset', {})))
  await Promise.all(actors.map((actor) => control.ask(actor, 'POST', '/control/spans/take', {})))
}

/** Every actor holds its part of the opening book, checked by hash, and the date of the day. */
async function open({ wire, secret }: ConductOptions, trace: Trace, tell: (done: number, of: number) => void): Promise<void> {
  const { books } = openingBooks(trace, secret)
  // However long it takes to write, an opening book is of the moment at which the window begins.
  await setClocks(wire, trace.opening.date, trace.window.fromSecond, Date.now(), true)
  let done = 0
  const actors = wire.layout.flat()
  for (const [actor, book] of books) {
    tell(done, books.size)
    if (actors.includes(actor)) {
      const { sha256 } = (await wire.control.ask(actor, 'POST', '/control/opening', book)) as { sha256: string }
      if (sha256 !== openingHash(book)) throw new OpeningBookDiffers(actor)
    }
    done += 1
  }
  tell(done, books.size)
}

/** The statements and repayments of the days without interest; what was seen is on disk afterwards. */
async function throughTerm({ wire, trace, secret, folder, tell }: ConductOptions): Promise<TermPlayed> {
  const term = await playTerm({
    ...{ wire, trace, secret },
    persons: openingBooks(trace, secret).persons,
    setClock: (actor, date) => setClocks({ control: wire.control, layout: [[actor]] }, date, morningSecond, Date.now()),
    tell: (done, of) => tell('term', { done, of }),
  })
  writeTerm(folder, term)
  return term
}

/** Every actor by the same moment of the machine, however long the word takes to reach it: books are held against each other by their times. */
async function setClocks(
  { control, layout }: Pick<WireCity, 'control' | 'layout'>,
  date: string,
  second: number,
  atMs: number,
  standsStill = false,
): Promise<void> {
  const now = `${date} ${clockOfSecond(second)}`
  await Promise.all(layout.flat().map((actor) => control.ask(actor, 'PUT', '/control/clock', { now, atMs, standsStill })))
}

async function play(
  { city, wire, secret, k6, target, foretoldOpen, leadMs, signal, tell }: ConductOptions,
  trace: Trace,
  folder: string,
  faults: readonly FaultOnWire[],
  lead = leadMs ?? leadMsOf(trace.rows.length),
): Promise<Pick<Conducted, 'log' | 'k6' | 'users' | 'struck'>> {
  const origins = {
    target: target?.origin ?? null,
    entries: trace.rules.channels.map((name) => wire.originOf(`channel-${name}`)),
    his: wire.originOf('his'),
    wallets: { wechat: wire.originOf('wechat'), alipay: wire.originOf('alipay') },
    bureau: wire.originOf('bureau'),
    platform: wire.originOf('platform'),
  }
  const settings = settingsOf(
    trace,
    // Where entries may fail patients know of it, as the virtual city's do; a platform of others stands behind no entry of ours.
    { leadMs: lead, origins, secret, ...(faults.length === 0 || target !== undefined ? {} : { health: city.parties.health }) },
    mostGraceMs,
    foretoldOpen,
  )
  writePlay(folder, settings, playOf(trace, openingBooks(trace, secret).persons))
  const began = performance.now()
  const of = trace.window.seconds
  const progress = setInterval(() => {
    const done = Math.min(of, Math.max(0, (performance.now() - began - lead) / 1000))
    tell('play', { done: Math.floor(done), of })
  }, 1000)
  const ended = new AbortController()
  const running = runK6({ ...k6, folder, rows: trace.rows.length, adapter: target?.adapter, signal })
  const striking = whenBegun(wire, trace, folder, ended.signal).then((beginMs) =>
    beginMs === undefined ? undefined : strikeInTime(faults, wire, beginMs, signal),
  )
  try {
    const run = await running
    ended.abort()
    const struck = (await (await striking)?.over()) ?? []
    const log = readRows(folder)
    return { log, k6: run, users: settings.vus, struck: withTolls(struck, log.rows, (row) => trace.rows[row]?.key ?? '') }
  } finally {
    clearInterval(progress)
  }
}

/** Waits for the generator's word of when the window begins, and sets the business clocks so that it begins then; undefined if k6 ended first. */
async function whenBegun(wire: WireCity, trace: Trace, folder: string, ended: AbortSignal): Promise<number | undefined> {
  for (;;) {
    const beginMs = beginOf(folder)
    if (beginMs !== undefined) {
      // An actor that is dead by now is found so when the rows are over.
      await setClocks(wire, trace.opening.date, trace.window.fromSecond, beginMs).catch(() => undefined)
      return beginMs
    }
    if (ended.aborted) return undefined
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
  }
}

async function nextMorning({ wire, trace, secret, faults, tell }: ConductOptions): Promise<DayEnded> {
  tell('day-end', { done: 0, of: 1 })
  const next = dateOfDay(dayNumber(trace.opening.date) + 1)
  const ended = await endTheDay(wire, secret, faults.filter(isAtDayEnd), () => setClocks(wire, next, morningSecond, Date.now()))
  // Where every bill is honest no review has anything to find.
  const { date, bills, sites } = trace.opening
  if (bills.some(({ wrongdoing }) => wrongdoing !== undefined))
    await clearTheMonth(wire, secret, { date, sites: sites.map(({ site }) => site) })
  return ended
}
