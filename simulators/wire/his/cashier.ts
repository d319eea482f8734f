/**
 * 收费处: payments at the hospitals' own windows and kiosks. The same saga as the platform's, in a ledger of the hospitals' own; bill, lock
 * and cash drawer are the hospitals' one book, so no message goes to them.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { CashDrawerDesk } from '../desks/cash-drawer-desk.ts'
import type { CashierDesk, CashierPayRequest } from '../desks/cashier-desk.ts'
import type { HisDesk } from '../desks/his-desk.ts'
import { hospitalMerchant, walletOfCode } from '../desks/merchant-desk.ts'
import { directPort } from '../desks/port.ts'
import type { AtTerminal } from '../desks/terminal-desk.ts'
import { type MessagePatience, messageTimeoutMs, usualPatience } from '../sagas/message-patience.ts'
import { paymentLog } from '../sagas/payment-log.ts'
import { type Beginning, type Payments, payments } from '../sagas/payments.ts'
import { socketPorts } from '../sagas/socket-ports.ts'
import { waiting } from '../sagas/waiting.ts'
import type { ActorSurroundings } from '../server/actor.ts'
import type { ActorLog } from '../server/actor-log.ts'
import { callerOfSite } from '../server/callers.ts'
import type { ServiceLine } from '../server/service-line.ts'
import type { KeptBook } from '../stores/kept-book.ts'
import type { Ledger } from '../stores/ledger.ts'
import { siteFor } from './care-decisions.ts'
import { ofSite } from './his-book.ts'
import { hasLastedItsTime } from './his-decisions.ts'
import type { HospitalEntry, HospitalState } from './hospital-rules.ts'
import { collectsAs, type TerminalAct } from './terminal-rights.ts'

export interface CashierOptions {
  readonly ledger: Ledger
  /** Banks whose cards are taken. */
  readonly banks: readonly string[]
  /** Sites that speak the national interface to the bureau; every other speaks 五期. */
  readonly nationalSites?: readonly number[]
  /** Absent: {@link usualPatience}. */
  readonly patience?: MessagePatience
  readonly mostUnderWay?: number
}

export interface Cashier extends CashierDesk {
  readonly payments: Payments
  /** Goes on with what a process before this one left open. */
  resume(): Promise<void>
  drain(): Promise<void>
}

export interface CashierParts {
  readonly book: KeptBook<HospitalState, HospitalEntry>
  readonly desk: HisDesk
  readonly drawers: CashDrawerDesk
  readonly line: Pick<ServiceLine, 'serve'>
  readonly log: ActorLog
}

export function cashier(
  surroundings: ActorSurroundings,
  options: CashierOptions,
  { book, desk, drawers, line, log }: CashierParts,
): Cashier {
  const { clock, realNowMs } = surroundings
  const { ledger, banks, nationalSites = [], patience = usualPatience } = options
  const stopping = new AbortController()
  const sleeping = waiting(stopping.signal)
  const leaseMs = 3 * messageTimeoutMs
  const sockets = socketPorts(surroundings, {
    caller: 'his',
    merchant: hospitalMerchant,
    // Both ways of checking are played: the platform checks by the wallet's public key.
    checksWalletsBy: 'certificate',
    timeoutMsOf: patience.timeoutMsOf,
    nationalSites,
    operator: 'HIS',
    half: 'upper',
  })
  // The message table's one notice of a window is the receipt and invoice the hospital's computers make.
  const invoicing: HisDesk = { ...desk, invoice: (request) => line.serve('his/notice', request.bill, () => desk.invoice(request)) }
  const taking = payments({
    ledger,
    ports: { ...sockets.ports, his: directPort(invoicing), drawers: directPort(drawers) },
    nowMs: clock.nowMs,
    realNowMs,
    owner: randomBytes(8).toString('hex'),
    newNumber: () => `C${realNowMs().toString(36)}${randomBytes(6).toString('hex')}`,
    leaseMs,
    attempts: patience.attempts,
    backoffMs: patience.backoffMs,
    payerPollMs: 3000,
    wait: sleeping.wait,
    wake: sleeping.wake,
    mayTakeOver: (asked, inDoubt) => mayTakeOver(book.state, asked, inDoubt, clock.nowMs()),
    mostUnderWay: options.mostUnderWay ?? 4096,
    retryAfterSeconds: 1,
    answerWithinMs: patience.answerWithinMs,
    ...paymentLog(log),
  })
  const sweep = setInterval(() => {
    // A ledger that cannot be read now is asked again by the next sweep.
    taking
      .renew()
      .then(() => taking.resume(realNowMs()))
      .catch(() => undefined)
  }, leaseMs / 3)
  sweep.unref()

  const rightTo = (act: TerminalAct, at: AtTerminal) =>
    book.answer((state, nowMs) => {
      const site = siteFor(state, act, at, nowMs)
      return { entries: [], reply: typeof site === 'string' ? site : site.terminals }
    })

  return {
    payments: taking,
    async pay(request) {
      const terminals = await rightTo('collect', request)
      if (typeof terminals === 'string') return refuse(terminals)
      const kind = terminals.get(request.terminal) ?? 'kiosk'
      const mode = collectsAs[kind] === 'window' ? 'window' : 'kiosk'
      const beginning = beginningOf(request, mode, banks)
      if (typeof beginning === 'string') return refuse(beginning)
      const servers = [...terminals.values()].filter((one) => one === kind).length
      const station = { name: `${request.site} ${kind}`, servers }
      const reply = await line.serve(`his/${mode}-payment`, request.bill, () => taking.begin(beginning), { station })
      return reply.outcome === 'payment' ? reply : refuse(reply.reason as 'key-reused')
    },
    async refund({ payment, idempotencyKey, lines, ...at }) {
      const terminals = await rightTo('giveBack', at)
      if (typeof terminals === 'string') return refuse(terminals)
      const asked = { payment, idempotencyKey, channel: callerOfSite(at.site), ...(lines === undefined ? {} : { lines }) }
      return taking.giveBack(asked, { refundTerminal: at.terminal })
    },
    async query({ payment, ...at }) {
      const terminals = await rightTo('collect', at)
      if (typeof terminals === 'string') return refuse(terminals)
      const reply = await taking.query({ payment, channel: callerOfSite(at.site) })
      return reply.outcome === 'refused' ? { outcome: 'unheard-of' } : reply
    },
    async resume() {
      await taking.resume(Number.MAX_SAFE_INTEGER)
    },
    async drain() {
      clearInterval(sweep)
      stopping.abort()
      await taking.drain()
      await sockets.close()
    },
  }
}

/** Only a window is the last resort, and only where the bill's attempt is the payment in doubt and has lasted its time. */
export function mayTakeOver(state: HospitalState, { site, bill, mode }: Beginning['payment'], inDoubt: string, nowMs: number): boolean {
  const kept = state.bills.get(ofSite(site, bill))
  return mode === 'window' && kept?.attempt === inDoubt && kept.paid === undefined && hasLastedItsTime(state, kept, nowMs)
}

const refuse = <Reason extends string>(reason: Reason) => ({ outcome: 'refused', reason }) as const

function beginningOf(
  { site, terminal, person, bill, idempotencyKey, credential, tender }: CashierPayRequest,
  mode: 'window' | 'kiosk',
  banks: readonly string[],
): Beginning | 'no-cash-here' | 'unknown-bank' | 'no-pay-code' {
  if (tender.means === 'cash' && mode === 'kiosk') return 'no-cash-here'
  if (tender.means === 'bank' && !banks.includes(tender.bank)) return 'unknown-bank'
  const wallet = tender.means === 'code' ? walletOfCode(tender.payCode) : undefined
  if (tender.means === 'code' && wallet === undefined) return 'no-pay-code'
  // A code differs at every showing, so what was asked is told without credential and code.
  const asked = [person, site, bill, mode, terminal, credential === undefined, tender.means === 'bank' ? tender : tender.means]
  return {
    payment: {
      channel: callerOfSite(site),
      idempotencyKey,
      askedSha256: createHash('sha256').update(JSON.stringify(asked)).digest('hex'),
      person,
      site,
      bill,
      mode,
    },
    memory: {
      terminal,
      tender: tender.means,
      ...(credential === undefined ? { isSelfPaid: true } : {}),
      ...(tender.means === 'bank' ? { bank: tender.bank, agreement: tender.account } : {}),
      ...(wallet === undefined ? {} : { bank: wallet }),
    },
    inHand: {
      ...(credential === undefined ? {} : credential.kind === 'qr' ? { qr: credential.value } : { card: credential.value }),
      ...(tender.means === 'code' ? { payCode: tender.payCode } : {}),
    },
  }
}
