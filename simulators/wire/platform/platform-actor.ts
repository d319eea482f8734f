/** The reference platform as an actor: aggregation API in front, ledger behind, counterparties by their dialects. */
import { randomBytes } from 'node:crypto'
import { Type } from 'typebox'
import type { OperatorDesk } from '../desks/operator-desk.ts'
import { type PaymentDesk, platformModes } from '../desks/payment-desk.ts'
import type { ReconciliationDesk, ReconciliationOperatorDesk } from '../desks/reconciliation-desk.ts'
import type { SignUpDesk } from '../desks/sign-up-desk.ts'
import { aggregationOperations, operatorOperations } from '../dialects/aggregation.ts'
import { key, person, strict } from '../dialects/plain-fields.ts'
import { reconciliationOperations, reconciliationOperatorOperations } from '../dialects/reconciliation.ts'
import { signUpOperations } from '../dialects/sign-up.ts'
import { calendarDay } from '../reconciliation/accounting-day.ts'
import type { LiveTimes } from '../reconciliation/live-matching.ts'
import { reconciliationRules } from '../reconciliation/reconciliation-book.ts'
import { type MessagePatience, messageTimeoutMs, usualPatience } from '../sagas/message-patience.ts'
import { paymentLog } from '../sagas/payment-log.ts'
import { payments, storedView } from '../sagas/payments.ts'
import type { Ports } from '../sagas/saga-words.ts'
import { waiting } from '../sagas/waiting.ts'
import { type Actor, type ActorSurroundings, startActor } from '../server/actor.ts'
import { logOf } from '../server/actor-log.ts'
import { WireFailure } from '../server/failures.ts'
import { choice } from '../server/opening-schema.ts'
import { addPlainRoutes } from '../server/plain-routes.ts'
import { signedBy } from '../server/signed-by.ts'
import type { Agreement, Ledger } from '../stores/ledger.ts'
import { SharedBook } from '../stores/shared-book.ts'
import type { SharedNonces } from '../stores/shared-nonces.ts'
import { shownLedger } from '../stores/shown-ledger.ts'
import { openSqliteLedger } from '../stores/sqlite-ledger.ts'
import { localWakeUps, type WakeUps } from '../stores/wake-ups.ts'
import { type Admission, admission } from './admission.ts'
import { matchLiveEvery, usualLiveTimes } from './live-matcher.ts'
import { assertMayAsk } from './may-ask.ts'
import { isNoticeUrlAllowed, noticeSender } from './notice-sender.ts'
import { type PartyPorts, partyPorts } from './party-ports.ts'
import { type PaymentCounter, paymentCounter } from './payment-counter.ts'
import { reconciler } from './reconciler.ts'
import { reconciliationDesk } from './reconciliation-desk.ts'
import { signUpDesk } from './sign-up.ts'
import { bankStatements, bureauStatements, hospitalStatements, type StatementSource, walletStatements } from './statements.ts'
import { type TellerOptions, teller, usualLadderMs } from './teller.ts'
import { addWalletCallbacks } from './wallet-callbacks.ts'
import { warmUp } from './warm-up.ts'

/** Whoever cannot be let in to pay is sent away before the bills are fetched for him. */
const beforePaying: ReadonlySet<string | undefined> = new Set([aggregationOperations.pay.operation, signUpOperations.bills.operation])

export interface PlatformOpening {
  readonly agreements: readonly Agreement[]
}

export interface BankInContract {
  readonly name: string
  /** Of its accounting day, minutes after midnight; of the city file. */
  readonly cutOffMinute: number
}

export interface PlatformOptions {
  readonly ledger: Ledger
  /** Other processes work on the ledger too: a payment is taken over when its lease has ended, not at once. */
  readonly isShared?: boolean
  /** Carries news of payments to whichever process has them. Absent: this one is alone. */
  readonly wakeUps?: WakeUps
  /** What any of the processes on this ledger was sent already. Absent: this one is alone. */
  readonly nonces?: SharedNonces
  /** ASSUMPTION: three times a message's longest wait, so that a living process is rarely taken for dead. */
  readonly leaseMs?: number
  /** Absent: over their sockets. */
  readonly ports?: Ports
  readonly boundary?: (where: string) => void
  /** Absent: {@link usualPatience}. */
  readonly patience?: MessagePatience
  readonly attempts?: number
  readonly backoffMs?: MessagePatience['backoffMs']
  /** Absent: every 3 s; WeChat Pay's documents want 3 to 5. */
  readonly payerPollMs?: number
  /** Sites that speak the national interface to the bureau; every other speaks 五期. */
  readonly nationalSites?: readonly number[]
  readonly timeoutMs?: number
  readonly mostUnderWay?: number
  /** Absent: {@link usualLadderMs}. The one stretch of real time a run may shorten, and says so. */
  readonly noticeLadderMs?: readonly number[]
  /** Banks whose statements are reconciled, each with the end of its accounting day. */
  readonly banks?: readonly BankInContract[]
  /** Absent: they close their day at midnight. */
  readonly hospitals?: { readonly cutOffMinute: number }
  /** Wallets whose bills are. */
  readonly wallets?: readonly string[]
  /** Bills of each mode the platform pays to itself before it is ready. */
  readonly warmUpPayments?: number
  /** Absent: every 15 s. */
  readonly matchLiveEveryMs?: number
  /** Absent: {@link usualLiveTimes}. */
  readonly liveTimes?: LiveTimes
  /** Absent: every 30 s; it does what the business clock allows by then. */
  readonly reconcileEveryMs?: number
  /** Of tests of the auditor alone: any other start is refused. */
  readonly seams?: PlatformSeams
}

/** Where a test puts a defect between the platform's sagas and what they rely on. */
export interface PlatformSeams {
  readonly ports?: (ports: Ports) => Ports
  readonly ledger?: (ledger: Ledger) => Ledger
  readonly notices?: (send: TellerOptions['send']) => TellerOptions['send']
}
/** What a start calls itself that may have seams. */
const testVersion = 'test'

/** ASSUMPTION: by the 200th payment the engine has compiled what it will. Tried 0–100 of each mode. */
const usualWarmUpPayments = 50
/**
 * ASSUMPTION: a payment is under way for as long as a party behind is silent, up to a minute and a half, at fifteen a second; whoever is sent
 * away for it would be broken by a number. The platform's own want of time makes it fewer (admission.ts). At 512 some were
 * sent away (CHANGELOG); 2,048 was played at the city's peak and under stress.
 */
const mostUnderWayUsually = 2048
const retryAfterSeconds = 1
/** ASSUMPTION: the two sides of one payment book it within a quarter of an hour, unless it is in doubt. Tried 1–60 minutes. */
const cutOffGraceMs = 900_000

export async function platformActor(surroundings: ActorSurroundings, options: PlatformOptions): Promise<Actor<PaymentDesk>> {
  const { clock, keys, realNowMs } = surroundings
  const { ledger, seams = {}, timeoutMs, patience = usualPatience } = options
  if (options.seams !== undefined && surroundings.version !== testVersion)
    throw new Error('a platform with seams is for tests of the auditor; no other start may have them')
  const connections =
    options.ports === undefined
      ? partyPorts(surroundings, {
          timeoutMsOf: timeoutMs === undefined ? patience.timeoutMsOf : () => timeoutMs,
          nationalSites: options.nationalSites ?? [],
        })
      : undefined
  const ports = options.ports ?? (connections as PartyPorts).ports
  const kept = seams.ledger?.(ledger) ?? ledger
  const stopping = new AbortController()
  const sleeping = waiting(stopping.signal)
  const wakeUps = options.wakeUps ?? localWakeUps()
  wakeUps.whenHeard(sleeping.wake)
  const leaseMs = options.leaseMs ?? 3 * messageTimeoutMs
  let isWarm = false
  const notices = noticeSender(surroundings)
  const log = logOf(surroundings, 'platform')
  const telling = teller({
    ledger,
    realNowMs,
    ladderMs: options.noticeLadderMs ?? usualLadderMs,
    viewOf: storedView,
    send: seams.notices?.(notices.send) ?? notices.send,
    givenUp: ({ number }, tries) => log.tell('callback-given-up', { about: number, why: 'given-up', tries }),
  })
  const told = paymentLog(log)
  const mostUnderWay = options.mostUnderWay ?? mostUnderWayUsually
  const room: Admission = admission(mostUnderWay, kept, () => desk.underWay)
  const desk = payments({
    ledger: room.timed,
    ports: seams.ports?.(ports) ?? ports,
    nowMs: clock.nowMs,
    realNowMs,
    owner: randomBytes(8).toString('hex'),
    newNumber: () => `P${realNowMs().toString(36)}${randomBytes(6).toString('hex')}`,
    leaseMs,
    attempts: options.attempts ?? patience.attempts,
    backoffMs: options.backoffMs ?? patience.backoffMs,
    payerPollMs: options.payerPollMs ?? 3000,
    wait: sleeping.wait,
    mostUnderWay,
    limitNow: () => room.limit,
    retryAfterSeconds,
    answerWithinMs: patience.answerWithinMs,
    ...told,
    // 离院结算: hospital, insurer and bank are matched in the same transaction.
    beforePaid: ({ number, mode }, { sentAtMs }) => (mode === 'leaving' ? matching?.atOnce(number, sentAtMs) : undefined),
    news: (payment, state) => {
      counted?.reached(payment, state)
      if (payment.noticeUrl !== undefined) void telling.look()
    },
    fencedOff(payment) {
      told.fencedOff(payment)
      counted?.fencedOff()
    },
    mayBeTold: (caller, url) => isNoticeUrlAllowed(surroundings, caller, url),
    ...(options.boundary === undefined ? {} : { boundary: options.boundary }),
  })
  let counted: PaymentCounter | undefined
  const reconciliation = new SharedBook(kept, 'reconciliation', reconciliationRules, clock.nowMs)
  const reconciling =
    connections === undefined
      ? undefined
      : reconciler({
          ledger,
          book: reconciliation,
          ports: connections.ports,
          clearing: connections.clearing,
          sources: statementSources(options, connections, clock.nowMs),
          nowMs: clock.nowMs,
          graceMs: cutOffGraceMs,
          matched: (day) => log.tell('day-matched', day),
        })
  const matching =
    connections === undefined
      ? undefined
      : matchLiveEvery(options.matchLiveEveryMs ?? 15_000, {
          ledger,
          book: reconciliation,
          ports: connections.ports,
          clearing: connections.clearing,
          nowMs: clock.nowMs,
          times: options.liveTimes ?? usualLiveTimes,
          underWay: () => desk.underWay,
        })
  const actor = await startActor<PaymentDesk, PlatformOpening>(surroundings, {
    name: 'platform',
    kind: 'platform',
    title: { zh: '聚合支付平台（参考实现）', en: 'Aggregation platform (reference)' },
    desk,
    books: [shownLedger(ledger, () => reconciliation.forget())],
    exportMore: async () => ({ ledger: await kept.books(), reconciliation: await ledger.rowsOf('reconciliation', 0) }),
    log,
    openingSchema,
    open: ({ agreements }) => ledger.sign(agreements),
    isReady: () => isWarm,
    addRoutes(app, { line, metrics }) {
      const gateOf = (...callers: string[]) =>
        signedBy({
          callers,
          keyOf: (caller) => keys.between(caller, 'platform'),
          nowMs: realNowMs,
          ...(options.nonces === undefined ? {} : { nonces: options.nonces }),
        })
      const gate = gateOf('channel-*', 'site-*')
      counted = paymentCounter(metrics.registry, desk, room, telling)
      // Before its body is read and its signature checked: whoever is sent away must cost next to nothing.
      app.addHook('onRequest', (request, _reply, done) => {
        const isFull = beforePaying.has(request.routeOptions.config.operation) && desk.underWay >= room.limit
        done(isFull ? new WireFailure('too-busy', { retryAfterSeconds }) : undefined)
      })
      addPlainRoutes<PaymentDesk>(
        app,
        '聚合支付',
        aggregationOperations,
        { pay: desk.pay, hold: desk.hold, visit: desk.visit, refund: desk.refund, query: desk.query },
        line,
        gate,
        assertMayAsk,
      )
      const operators = gateOf('operator')
      if (connections !== undefined) {
        addWalletCallbacks(app, { keys, nowMs: realNowMs, wake: wakeUps.announce, line })
        const signUp = signUpDesk({
          his: connections.ports.his,
          identity: connections.identity,
          banks: (options.banks ?? []).map(({ name }) => name),
          creditOf: connections.creditOf,
          ledger,
          mostUnderWay,
        })
        addPlainRoutes<SignUpDesk>(app, '账单与签约', signUpOperations, signUp, line, gate, assertMayAsk)
      }
      if (reconciling !== undefined) {
        const status = reconciliationDesk({ ledger, book: reconciliation, reconciler: reconciling, nowMs: clock.nowMs })
        const { reconciliationOf, siteReconciliation, reconcile, money } = status
        addPlainRoutes<ReconciliationDesk>(
          app,
          '对账',
          reconciliationOperations,
          { reconciliationOf, siteReconciliation },
          line,
          gate,
          assertMayAsk,
        )
        addPlainRoutes<ReconciliationOperatorDesk>(app, '对账', reconciliationOperatorOperations, { reconcile, money }, line, operators)
      }
      addPlainRoutes<OperatorDesk>(app, '人工处理', operatorOperations, { deadEnds: desk.deadEnds, decide: desk.decide }, line, operators)
    },
    async drain() {
      stopping.abort()
      room.stop()
      clearInterval(rounds)
      await matching?.stop()
      // A run under way ends before its connections do.
      await reconciling?.idle()
      await desk.drain()
      await telling.stop()
      await notices.close()
      await wakeUps.close()
      await options.nonces?.close()
      await connections?.close()
    },
  })
  // Before anybody may take it for quiet: a process that was killed owes its callers word.
  void telling.takeOver()
  // Alone on its ledger, every open payment belongs to a process that is gone.
  await desk.resume(options.isShared === true ? realNowMs() : Number.MAX_SAFE_INTEGER)
  const warmUpPayments = options.warmUpPayments ?? usualWarmUpPayments
  if (warmUpPayments > 0) await warmUp(await openSqliteLedger(':memory:'), warmUpPayments, realNowMs)
  isWarm = true
  const rounds = setInterval(() => {
    // What cannot be done now is done in the next round.
    reconciling?.run().catch(() => undefined)
  }, options.reconcileEveryMs ?? 30_000)
  rounds.unref()
  void telling.look()
  const sweep = setInterval(() => {
    // A ledger that cannot be read now is told of by the payments themselves; the next sweep asks again.
    desk
      .renew()
      .then(() => desk.resume(realNowMs()))
      .catch(() => undefined)
    void telling.look()
  }, leaseMs / 3)
  stopping.signal.addEventListener('abort', () => clearInterval(sweep), { once: true })
  return actor
}

function statementSources(
  { ledger, banks = [], hospitals, wallets = [] }: PlatformOptions,
  { ports, clearing, billsOf }: PartyPorts,
  nowMs: () => number,
): StatementSource[] {
  const sites = () => ledger.sites()
  return [
    bureauStatements({ bureau: ports.bureau, clearing, sites, ofSerial: (serial) => ledger.paymentOfSerial(serial), nowMs }),
    hospitalStatements(ports.his, sites, hospitals === undefined ? calendarDay : { minuteOfDay: hospitals.cutOffMinute }),
    ...banks.map(({ name, cutOffMinute }) => bankStatements(name, () => ports.bankOf(name), { minuteOfDay: cutOffMinute })),
    ...wallets.map((name) =>
      walletStatements(
        name,
        () => billsOf(name),
        async (order) => (await ledger.payment(order))?.site ?? 0,
      ),
    ),
  ]
}

const openingSchema = Type.Object(
  {
    agreements: Type.Array(
      Type.Object({ person: person(), mode: choice(platformModes), bank: key('银行'), agreement: key('协议号') }, strict),
    ),
  },
  strict,
)
