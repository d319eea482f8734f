/**
 * The credit term after the day: the business clock jumps from one day of repayment to the next, patients read their statement in the
 * bank's app and repay through their wallet, and on the day after the last one whoever owes is overdue. Banks, wallets and the score go on
 * alone: what a patient owes is between them, and platform, insurer and hospitals stay at the morning on which everything was paid out.
 */
import type { RepaymentWallet } from '../../../scenarios/plan-credit.ts'
import { dateOf as dateOfDay, dayNumber } from '../../engine/civil-date.ts'
import type { Fen } from '../../money/fen.ts'
import type { PersonToPlay } from '../../trace/play.ts'
import type { PlannedRepayment, Trace } from '../../trace/trace.ts'
import { signedSender } from '../client/signed-sender.ts'
import { httpTransport, type Transport } from '../client/transport.ts'
import type { NoReply, Port } from '../desks/port.ts'
import { type BankAppDesk, bankAppOperations } from '../dialects/bank-app.ts'
import { plainPort } from '../dialects/plain.ts'
import { keyRing } from '../signing/key-ring.ts'
import { repaysFrom } from './term-books.ts'
import type { WireCity } from './wire-processes.ts'

/** What a patient's phone was told, and did. */
export interface TermPlayed {
  /** Business days the clock stood at, yyyy-MM-dd; the last is the one after the interest-free days. */
  readonly days: readonly string[]
  readonly repayments: readonly SeenRepayment[]
  /** Of everybody with a line of credit, on the last day. */
  readonly statements: readonly SeenStatement[]
  /** Of the protocol clock. */
  readonly seconds: number
}

export interface SeenRepayment {
  readonly person: number
  readonly bank: string
  readonly agreement: string
  readonly day: string
  readonly wallet: RepaymentWallet
  readonly key: string
  readonly amountFen: number
  /** `repaid`, or why not. */
  readonly outcome: string
}

export interface SeenStatement {
  readonly person: number
  readonly bank: string
  readonly agreement: string
  readonly standing: string
  readonly usedFen: number
  /** Owed to the patient. */
  readonly overpaidFen: number
}

export interface TermOptions {
  readonly wire: Pick<WireCity, 'control' | 'originOf' | 'layout'>
  readonly trace: Trace
  readonly persons: ReadonlyMap<number, Pick<PersonToPlay, 'credit'>>
  readonly secret: string
  /** Sets the business clock of one actor to the forenoon of a day. */
  readonly setClock: (actor: string, date: string) => Promise<void>
  readonly tell: (done: number, of: number) => void
}

const phones = 16
const patienceMs = 20_000
/** A wallet or bank that is silent is asked again: whoever repays does not give up at the first try. */
const mostTries = 5
const pauseMs = 250
/** Reports to the score, bills of the wallets: books that grew no more between two looks are quiet. */
const lookEveryMs = 300
const mostQuietMs = 60_000

export async function playTerm(options: TermOptions): Promise<TermPlayed> {
  const { wire, trace, persons, secret, setClock, tell } = options
  const { term, opening, rules } = trace
  if (term === undefined) throw new Error('the trace has no credit term')
  const began = performance.now()
  // Wallets first: a bank asks for their bills of the days that are over the moment its own day is.
  const here = new Set(wire.layout.flat())
  const actors = ['wechat', 'alipay', 'credit-score', ...rules.banks].filter((actor) => here.has(actor))
  const phone = phoneOf(wire, secret)
  const owing = term.repayments.flatMap((planned) => {
    const credit = persons.get(planned.person)?.credit
    return credit === null || credit === undefined ? [] : [{ ...planned, ...credit }]
  })
  const comes = async (day: string) => {
    for (const actor of actors) await setClock(actor, day)
  }
  const dayAfter = (days: number) => dateOfDay(dayNumber(opening.date) + days)
  const stops = [...new Set(owing.flatMap(({ afterDays }) => (afterDays === null ? [] : [afterDays])))].sort((a, b) => a - b)
  const last = term.days + 1
  const repayments: SeenRepayment[] = []
  try {
    for (const [index, afterDays] of stops.entries()) {
      tell(index, stops.length + 1)
      const day = dayAfter(afterDays)
      await comes(day)
      const todays = owing.filter((one) => one.afterDays === afterDays)
      repayments.push(...(await inTurns(todays, (one) => repayAll(phone, one, day))).flat())
    }
    tell(stops.length, stops.length + 1)
    await comes(dayAfter(last))
    const statements = await inTurns(owing, async ({ person, bank, agreement }) => {
      const told = await again(() => phone.bank(bank).line({ agreement }))
      return told.outcome === 'line'
        ? [{ person, bank, agreement, standing: told.standing, usedFen: told.usedFen, overpaidFen: told.overpaidFen }]
        : []
    })
    await booksAreQuiet(wire, actors)
    const days = [...stops, last].map(dayAfter)
    return { days, repayments, statements: statements.flat(), seconds: (performance.now() - began) / 1000 }
  } finally {
    await phone.close()
  }
}

type Owing = PlannedRepayment & { readonly bank: string; readonly agreement: string }

/** Reads the statement, repays all of it, and where the wallet asks for it confirms in the phone. */
async function repayAll(phone: Phone, { person, bank, agreement, wallet }: Owing, day: string): Promise<readonly SeenRepayment[]> {
  const app = phone.bank(bank)
  const statement = await again(() => app.line({ agreement }))
  if (statement.outcome === 'line' && statement.usedFen === 0) return []
  const amountFen = statement.outcome === 'line' ? statement.usedFen : (0 as Fen)
  const key = `HK-${agreement}-${day}`
  const seen = { person, bank, agreement, day, wallet, key, amountFen }
  if (statement.outcome !== 'line') return [{ ...seen, outcome: reasonOf(statement) }]
  const payer = repaysFrom(wallet, person)
  const asked = { key, agreement, wallet, payer, amountFen }
  let heard = await again(() => app.repay(asked))
  for (let tries = 0; heard.outcome === 'asked' && tries < mostTries; tries += 1) {
    if (heard.prepay !== undefined && wallet !== 'unionpay') await phone.confirm(wallet, payer, heard.prepay)
    heard = await again(() => app.repay(asked))
  }
  return [{ ...seen, outcome: heard.outcome === 'refused' || heard.outcome === 'no-reply' ? reasonOf(heard) : heard.outcome }]
}

const reasonOf = (heard: { readonly reason?: string; readonly why?: string }): string => heard.reason ?? heard.why ?? 'unheard'

interface Phone {
  bank(name: string): Port<BankAppDesk>
  confirm(wallet: 'wechat' | 'alipay', payer: string, prepay: string): Promise<void>
  close(): Promise<void>
}

function phoneOf(wire: Pick<WireCity, 'originOf'>, secret: string): Phone {
  const ring = keyRing(secret)
  const transports: Transport[] = []
  const senders = new Map<string, ReturnType<typeof signedSender>>()
  const to = (actor: string) => {
    const known = senders.get(actor)
    if (known !== undefined) return known
    const transport = httpTransport({ origin: wire.originOf(actor), timeoutMs: patienceMs, connections: phones })
    transports.push(transport)
    const send = signedSender({ transport, caller: 'phone', key: ring.between('phone', actor), nowMs: Date.now })
    senders.set(actor, send)
    return send
  }
  return {
    bank: (name) => plainPort<BankAppDesk>(bankAppOperations, to(name)),
    // Whatever it answers, the bank is asked next and knows from the wallet.
    confirm: async (wallet, payer, prepay) => void (await to(wallet)('POST', '/phone/payments', { payer, prepay, does: 'pay' })),
    close: async () => void (await Promise.all(transports.map((transport) => transport.close()))),
  }
}

async function again<Reply extends { readonly outcome: string }>(ask: () => Promise<Reply | NoReply>): Promise<Reply | NoReply> {
  for (let tries = 1; ; tries += 1) {
    const heard = await ask()
    if (heard.outcome !== 'no-reply' || tries >= mostTries) return heard
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}

/** So many at a time, answers in the order of the list. */
async function inTurns<One, Reply>(all: readonly One[], work: (one: One) => Promise<Reply>): Promise<readonly Reply[]> {
  const replies: Reply[] = []
  let next = 0
  const worker = async () => {
    for (let at = next++; at < all.length; at = next++) replies[at] = await work(all[at] as One)
  }
  await Promise.all(Array.from({ length: phones }, worker))
  return replies
}

async function booksAreQuiet({ control }: Pick<WireCity, 'control'>, actors: readonly string[]): Promise<void> {
  const until = performance.now() + mostQuietMs
  for (let before = '', seen = 0; seen < 2 && performance.now() < until; ) {
    const figures = await Promise.all(actors.map((actor) => control.figures(actor).catch(() => undefined)))
    const written = figures.map((of) => of?.get('medpay_book_entries_total') ?? '–').join(' ')
    seen = written === before ? seen + 1 : 0
    before = written
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
  }
}
