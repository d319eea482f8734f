/** A bank of the city with its gateway. One actor a bank, each with its own book; its name is the city file’s. */
import { createHash } from 'node:crypto'
import type { BankDesk } from '../desks/bank-desk.ts'
import type { CreditDesk, CreditRefusal } from '../desks/credit-desk.ts'
import type { Port } from '../desks/port.ts'
import type { ScoreDesk } from '../desks/score-desk.ts'
import { type BankAppDesk, bankAppOperations } from '../dialects/bank-app.ts'
import { writeStatement } from '../dialects/bank-statement.ts'
import { gatewayOperations } from '../dialects/gateway.ts'
import { gatewayCreditOperations } from '../dialects/gateway-credit.ts'
import { bankCardNumber } from '../people/bank-card.ts'
import { type Actor, type ActorSurroundings, startActor } from '../server/actor.ts'
import { WireFailure } from '../server/failures.ts'
import { addPlainRoutes } from '../server/plain-routes.ts'
import { signedBy } from '../server/signed-by.ts'
import { type Decision, KeptBook } from '../stores/kept-book.ts'
import { shownBook } from '../stores/shown-book.ts'
import { bankRules } from './bank-book.ts'
import type { BankEntry } from './bank-entry.ts'
import { type BankOpening, decideOpen, openingSchema } from './bank-opening.ts'
import type { BankState } from './bank-state.ts'
import { type BankTerms, usualTerms } from './bank-terms.ts'
import { decideAssess, decideClose, decideIssueCard, decideLine, decideRaise, decideSign } from './credit-decisions.ts'
import { decideDue } from './due-decisions.ts'
import { decidePaybackEnd } from './payback-decisions.ts'
import {
  decideAuthorize,
  decideCapture,
  decideDebit,
  decideQuery,
  decideRefund,
  decideRelease,
  decideReverse,
  decideSettleVisit,
  decideVisit,
} from './payment-decisions.ts'
import { decideFailed, decidePaid, decideRepay } from './repayment-decisions.ts'
import { RepaymentWatch } from './repayment-watch.ts'
import { type AskedPayback, type AskedRepayment, Repayments, type WalletPorts } from './repayments.ts'
import { ScoreReports } from './score-reports.ts'
import { scoreSocket } from './score-socket.ts'
import { decideStatement } from './statement-decision.ts'
import { matchWalletBills } from './wallet-bills.ts'
import { walletSockets } from './wallet-sockets.ts'

export interface BankOptions {
  readonly name: string
  readonly title: { readonly zh: string; readonly en: string }
  readonly terms: Pick<BankTerms, 'repaymentDays' | 'creditBands' | 'cutOff'> & Partial<BankTerms>
  /** Asked and told where the terms have bands; absent: over its socket. */
  readonly score?: Pick<Port<ScoreDesk>, 'ask' | 'report'>
  /** Where advances are repaid; absent: over their sockets. */
  readonly wallets?: WalletPorts
}

export async function bankActor(
  surroundings: ActorSurroundings,
  { name, title, terms: given, score: nearScore, wallets: nearWallets }: BankOptions,
): Promise<Actor<BankDesk & CreditDesk>> {
  const { clock, keys } = surroundings
  const terms: BankTerms = {
    ...usualTerms,
    ...given,
    // Read when they are needed: bands may begin on a later business day.
    get creditBands() {
      return given.creditBands
    },
  }
  const socket = nearScore === undefined ? scoreSocket(surroundings, name) : undefined
  const score = nearScore ?? (socket as NonNullable<typeof socket>).port
  const book = new KeptBook<BankState, BankEntry>(await surroundings.openBook(name), bankRules(terms), clock.nowMs)
  const reports = new ScoreReports({
    score,
    asker: name,
    done: (key, refusal) => {
      const entry: BankEntry = { does: 'reported', key, ...(refusal === undefined ? {} : { refusal }) }
      // A book that cannot be written tells whoever asks next; the next process sends the report again, and it is noted once.
      book.answer((state) => ({ entries: state.reports.has(key) ? [entry] : [], reply: undefined })).catch(() => undefined)
    },
  })
  /** Decides on the book as it stands today: what fell due since the last request is written first. */
  const today = async <Reply>(decide: (state: BankState, nowMs: number) => Decision<BankEntry, Reply>): Promise<Reply> => {
    // Decided one after the other, written together; awaited together, so that a failing book is told once and to whoever asked.
    const [, reply] = await Promise.all([book.answer((state, nowMs) => decideDue(state, terms, nowMs)), book.answer(decide)])
    reports.look(book.state.reports.values())
    return reply
  }
  const sockets = nearWallets === undefined ? walletSockets(surroundings, name) : undefined
  const repayments = new Repayments(name, nearWallets ?? (sockets as NonNullable<typeof sockets>).ports)
  const watch = new RepaymentWatch({
    repayments,
    asked: () => [...book.state.asked].flatMap((key) => askedRepayment(book.state, key)),
    learnt: (key, what) =>
      today<unknown>((state, nowMs) => (what === 'paid' ? decidePaid(state, key, terms, nowMs) : decideFailed(state, key))),
    payingBack: () => [...book.state.payingBack].flatMap((key) => askedPayback(book.state, key)),
    paidBack: (key, what) =>
      today((state) => ({ entries: decidePaybackEnd(state, key, what === 'paid' ? 'paid-back' : 'fail-payback'), reply: undefined })),
    afterwards: () => matchWalletBills({ repayments, state: () => book.state, nowMs: clock.nowMs, answer: (decide) => today(decide) }),
    nowMs: surroundings.realNowMs,
  })
  /** Whoever asked does not wait until the patient has the money. */
  const thenPayBack = async <Reply>(answered: Promise<Reply>): Promise<Reply> => {
    const reply = await answered
    if (book.state.payingBack.size > 0) void watch.lookAnew()
    return reply
  }

  // A jump of the business clock is the end of days, also where nobody asks for anything.
  clock.whenSet(() => {
    void watch.look()
    today(() => ({ entries: [], reply: undefined })).catch(() => undefined)
  })
  reports.look(book.state.reports.values())

  const scoreOf = async (person: number | undefined, authorization: string | undefined): Promise<number | undefined | CreditRefusal> => {
    if (terms.creditBands.length === 0) return undefined
    if (authorization === undefined || person === undefined) return 'no-score-authorization'
    const heard = await score.ask({ asker: name, person, authorization })
    switch (heard.outcome) {
      case 'score':
        return heard.score
      case 'refused':
        return heard.reason === 'unknown-person' ? 'no-score' : 'no-score-authorization'
      case 'no-reply':
        // Nothing is decided without it; the applicant comes again.
        throw new WireFailure('party-unreachable', { en: 'the credit score does not answer', zh: '信用分查询暂无应答' })
      default:
        return heard satisfies never
    }
  }
  /** A number nobody has: it is made from a key that is this bank's alone. */
  const newAgreement = (person: number, key: string): string => {
    const word = createHash('sha256').update(`${name} ${key}`).digest('hex').slice(0, 12).toUpperCase()
    return `XY${word}${String(person).padStart(8, '0')}`
  }
  const refused = (reason: CreditRefusal) => ({ outcome: 'refused', reason }) as const

  const desk: BankDesk & CreditDesk = {
    authorize: (request) => today((state) => decideAuthorize(state, request)),
    capture: (request) => today((state) => decideCapture(state, request)),
    release: (request) => today((state) => decideRelease(state, request)),
    settleVisit: (request) => today((state) => decideSettleVisit(state, request)),
    visit: (request) => today((state) => decideVisit(state, request)),
    debit: (request) => today((state) => decideDebit(state, request)),
    refund: (request) => thenPayBack(today((state) => decideRefund(state, request))),
    reverse: (request) => thenPayBack(today((state, nowMs) => decideReverse(state, request, nowMs, terms.cutOff))),
    query: (request) => today((state) => decideQuery(state, request)),
    async statement({ date }) {
      const day = await today((state, nowMs) => decideStatement(state, date, nowMs, terms.cutOff))
      return day.outcome === 'refused'
        ? day
        : { outcome: 'statement', bank: name, date, ...writeStatement({ bank: name, date, lines: day.lines }) }
    },
    async assess(request) {
      // An assessment answered before is answered alike, whatever the score says by now.
      const isKnown = book.state.effects.has(request.key)
      const heard = isKnown ? undefined : await scoreOf(request.person, request.scoreAuthorization)
      return typeof heard === 'string' ? refused(heard) : today((state, nowMs) => decideAssess(state, request, heard, terms, nowMs))
    },
    sign: (request) => today((state, nowMs) => decideSign(state, request, (person) => newAgreement(person, request.offer), nowMs)),
    async raiseLimit(request) {
      const isKnown = book.state.effects.has(request.key)
      const person = book.state.agreements.get(request.agreement)?.person
      if (person === undefined) return refused('no-agreement')
      const heard = isKnown ? undefined : await scoreOf(person, request.scoreAuthorization)
      return typeof heard === 'string' ? refused(heard) : today((state) => decideRaise(state, request, heard, terms))
    },
    issueCard: (request) => {
      const { person, key } = request
      return today((state) => decideIssueCard(state, request, terms, newAgreement(person, key), bankCardNumber(name, person)))
    },
    line: (request) => today((state) => decideLine(state, request)),
    async repay(request) {
      const first = await today((state, nowMs) => decideRepay(state, request, terms, nowMs))
      const { key, wallet, amountFen, payer } = request
      if (first.outcome !== 'asked' || wallet === 'unionpay') return first
      const word = await repayments.order({ key, wallet, amountFen }, payer)
      if (word.outcome === 'paid') return today((state, nowMs) => decidePaid(state, key, terms, nowMs))
      if (word.outcome === 'another') return refused('key-reused')
      if (word.outcome === 'over') {
        await today((state) => decideFailed(state, key))
        return refused('repayment-failed')
      }
      return word.outcome === 'waits' ? { outcome: 'asked', ...(word.prepay === undefined ? {} : { prepay: word.prepay }) } : first
    },
    close: (request) => today((state) => decideClose(state, request)),
  }
  return startActor(surroundings, {
    name,
    kind: 'bank',
    title,
    desk,
    books: [
      shownBook(book, {
        async reset() {
          reports.forget()
          await book.reset()
        },
        close: () => book.close(),
      }),
    ],
    openingSchema,
    open: (opening: BankOpening) => book.answer((state, nowMs) => decideOpen(state, opening, nowMs)),
    addRoutes(app, { line }) {
      const gate = signedBy({
        callers: ['platform', 'his'],
        keyOf: (caller) => keys.between(caller, name),
        nowMs: surroundings.realNowMs,
      })
      addPlainRoutes<BankDesk>(app, '银行网关', gatewayOperations, desk, line, gate)
      addPlainRoutes<CreditDesk>(app, '信用就医', gatewayCreditOperations, desk, line, gate)
      // What a patient owes is between the patient and the bank: neither platform nor hospital stands in between.
      const phones = signedBy({ callers: ['phone'], keyOf: (caller) => keys.between(caller, name), nowMs: surroundings.realNowMs })
      addPlainRoutes<BankAppDesk>(app, '银行客户端', bankAppOperations, { line: desk.line, repay: desk.repay }, line, phones)
    },
    async drain() {
      reports.stop()
      await watch.stop()
      await Promise.all([socket?.close(), sockets?.close()])
    },
  })
}

function askedRepayment(state: BankState, key: string): readonly AskedRepayment[] {
  const effect = state.effects.get(key)
  if (effect?.does !== 'repayment' || effect.wallet === 'unionpay') return []
  return [{ key, wallet: effect.wallet, amountFen: effect.amountFen }]
}

function askedPayback(state: BankState, key: string): readonly AskedPayback[] {
  const payback = state.effects.get(key)
  if (payback?.does !== 'payback') return []
  return askedRepayment(state, payback.repayment).map(({ wallet, ...repayment }) => ({
    key,
    wallet,
    amountFen: payback.amountFen,
    repayment,
  }))
}
