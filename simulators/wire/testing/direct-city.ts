/**
 * The platform's saga against real desks called directly: bank, hospital and bureau with their books, a ledger of its own, and a way to
 * lose messages and to die at any boundary. No socket, so hundreds of crashes run in seconds.
 */
import type { Plan } from '../../../scenarios/plan.ts'
import { bankActor } from '../banks/bank-actor.ts'
import { bankMerchant, type WalletPorts } from '../banks/repayments.ts'
import { bureauActor } from '../bureau/bureau-actor.ts'
import type { Sender } from '../client/signed-sender.ts'
import type { BankDesk } from '../desks/bank-desk.ts'
import type { CreditDesk } from '../desks/credit-desk.ts'
import { type MerchantDesk, platformMerchant } from '../desks/merchant-desk.ts'
import { directPort, type NoReply, type Port } from '../desks/port.ts'
import { nationalSitePort } from '../dialects/national/site-port.ts'
import { type HisActor, hisActor } from '../his/his-actor.ts'
import { type PaymentOptions, type Payments, payments, Stopping } from '../sagas/payments.ts'
import type { Actor, ActorSurroundings } from '../server/actor.ts'
import { type BusinessClock, businessClock } from '../server/business-clock.ts'
import { clocksOf } from '../server/failure-switch.ts'
import { signatureHeaders, signHmac } from '../signing/hmac.ts'
import { memoryBookStore } from '../stores/book-store.ts'
import type { BookEntry } from '../stores/kept-book.ts'
import type { Ledger } from '../stores/ledger.ts'
import { walletActor } from '../wallets/wallet-actor.ts'
import { type WalletEntry, walletRules } from '../wallets/wallet-book.ts'
import type { WholeWalletDesk } from '../wallets/wallet-desk-over-book.ts'
import { wechatWallet } from '../wallets/wechat-wallet.ts'
import type { ManyBills } from './many-bills.ts'
import { bank, keys, openings } from './small-wire.ts'

/** The process dies here; nothing of it runs on. */
export class Crash extends Error {
  override readonly name = 'Crash'
}

/** What becomes of a message: refused at the door, lost on the way there, its reply lost on the way back, delivered when all is over. */
export type Fate = 'arrives' | 'never-sent' | 'lost-there' | 'lost-back' | 'late'

export interface DirectCity {
  readonly bureau: Awaited<ReturnType<typeof bureauActor>>
  readonly bank: Actor<BankDesk & CreditDesk>
  readonly his: HisActor
  readonly wallet: Actor<WholeWalletDesk>
  readonly clock: BusinessClock
  /** A platform process on the ledger, with its own fates and its own death. */
  platform(ledger: Ledger, options?: PlatformFate): Payments
  /** What was late arrives now, in the order it was sent. */
  deliverLate(): Promise<void>
  /** A fresh 付款码 of the patient. */
  showCode(): Promise<string>
  /** What a book says, in order. */
  entries<Entry>(actor: Actor): Promise<readonly Entry[]>
  /** The opening books again, or others in place of the one patient's, and nothing else. */
  reset(others?: Pick<ManyBills, 'bureau' | 'his' | 'bank'>): Promise<void>
  stop(): Promise<void>
}

export interface PlatformFate {
  /** Of the message with this number, counted from 1 in order of sending. */
  readonly fateOf?: (number: number, operation: string) => Fate
  readonly boundary?: (where: string) => void
  /** What the patient does about an order that waits in the wallet, whenever the platform waits. */
  readonly patient?: 'pay' | 'give-up' | 'cannot' | 'nothing'
  readonly options?: Partial<PaymentOptions>
  /** The site speaks the national interface in place of 五期. */
  readonly isNational?: boolean
}

export async function directCity(plan: Plan): Promise<DirectCity> {
  const clock = businessClock(Date.parse('2020-10-12T00:00:00Z'), () => 0)
  const surroundings: ActorSurroundings = {
    version: 'test',
    ...clocksOf(clock, () => 0),
    keys,
    openBook: async () => memoryBookStore(),
    originOf: () => '',
  }
  const bureau = await bureauActor(surroundings, plan.policy)
  const his = await hisActor(surroundings, plan.city.parties.hospitals)
  const cutOff = { minuteOfDay: plan.city.parties.banks.find(({ name }) => name === bank)?.cutOffMinute ?? Number.NaN }
  const terms = { repaymentDays: plan.city.people.credit.repaymentDays, creditBands: plan.policy.creditBands, cutOff }
  const wallet = await walletActor(surroundings, { ...wechatWallet, addRoutes: () => undefined })
  const wallets: WalletPorts = () => ({
    ...directPort<MerchantDesk>(wallet.desk),
    tradeBill: async () => ({ outcome: 'refused', reason: 'bill-not-ready' }),
  })
  const one = await bankActor(surroundings, { name: bank, title: { zh: '银行', en: 'Bank' }, terms, wallets })
  const entries = async <Entry>(actor: Actor) => {
    const answer = await actor.app.inject({ url: '/control/books', headers: { 'x-medpay-control': keys.controlToken } })
    return (answer.json() as { entries: BookEntry<Entry>[] }).entries.map(({ entry }) => entry)
  }
  /** The patient looks at the phone. */
  const look = async (does: NonNullable<PlatformFate['patient']>) => {
    if (does === 'nothing') return
    const state = walletRules.empty()
    for (const entry of await entries<WalletEntry>(wallet)) walletRules.apply(state, entry, 0)
    for (const { prepay, state: now } of state.orders.values()) {
      if (now === 'unpaid' || now === 'paying') await wallet.desk.confirm({ payer: openings.payer, prepay, does })
    }
  }
  const merchants = [...openings.wallet.merchants, { ...bankMerchant(bank, 'wechat'), checksBy: 'public-key' }]
  const reset: DirectCity['reset'] = async (others = openings) => {
    for (const [actor, opening] of [
      [bureau, others.bureau],
      [his, others.his],
      [one, others.bank],
      [wallet, { ...openings.wallet, merchants }],
    ] as const) {
      for (const [url, payload] of [
        ['/control/reset', {}],
        ['/control/opening', opening],
      ] as const) {
        const answer = await actor.app.inject({ method: 'POST', url, headers: { 'x-medpay-control': keys.controlToken }, payload })
        if (answer.statusCode !== 200) throw new Error(answer.body)
      }
    }
  }
  await reset()
  let nonces = 0
  const toBureau: Sender = async (method, path, body) => {
    nonces += 1
    const bytes = Buffer.from(JSON.stringify(body))
    const parts = { caller: 'platform', method, path, body: bytes, timestamp: 0, nonce: String(nonces) }
    const { statusCode, body: text } = await bureau.app.inject({
      method,
      url: path,
      payload: bytes,
      headers: {
        'content-type': 'application/json',
        [signatureHeaders.caller]: parts.caller,
        [signatureHeaders.timestamp]: '0',
        [signatureHeaders.nonce]: parts.nonce,
        [signatureHeaders.signature]: signHmac(keys.between('platform', 'bureau'), parts),
      },
    })
    return { outcome: 'answered', status: statusCode, body: JSON.parse(text) as unknown, retryAfterSeconds: undefined }
  }
  let numbers = 0
  let late: (() => Promise<unknown> | undefined)[] = []
  return {
    reset,
    async deliverLate() {
      const all = late
      late = []
      for (const deliver of all) await deliver()
    },
    bureau,
    bank: one,
    his,
    wallet,
    clock,
    entries,
    async showCode() {
      const shown = await wallet.desk.showCode({ payer: openings.payer })
      if (shown.outcome !== 'code') throw new Error(shown.reason)
      return shown.code
    },
    platform(ledger, { fateOf = () => 'arrives', boundary, patient = 'pay', isNational = false, options = {} } = {}) {
      let sent = 0
      const fated = <Desk extends object>(desk: Desk): Port<Desk> => fatedPort(directPort(desk))
      const fatedPort = <Any extends object>(of: Any): Any => {
        const port = of as unknown as Readonly<Record<string, (...request: unknown[]) => Promise<unknown>>>
        return new Proxy(port, {
          get:
            (_, name: string) =>
            async (...request: unknown[]) => {
              sent += 1
              const fate = fateOf(sent, name)
              if (fate === 'never-sent') return { outcome: 'no-reply', sent: 'no', why: 'refused' } satisfies NoReply
              if (fate === 'late') late.push(() => port[name]?.(...request))
              if (fate === 'lost-there' || fate === 'late') return { outcome: 'no-reply', sent: 'maybe', why: 'silence' } satisfies NoReply
              const reply = await port[name]?.(...request)
              return fate === 'arrives' ? reply : ({ outcome: 'no-reply', sent: 'maybe', why: 'silence' } satisfies NoReply)
            },
        }) as unknown as Any
      }
      const bankPort = fated(one.desk)
      const site = fatedPort(
        nationalSitePort({
          send: toBureau,
          place: '310000',
          operator: 'C001',
          nowMs: clock.nowMs,
          fundIncludesAccount: false,
          half: 'lower',
        }),
      )
      const walletPort = { ...platformMerchant, desk: fated<MerchantDesk>(wallet.desk) }
      let waits = 0
      return payments({
        ledger,
        ports: {
          bureau: fated(bureau.desk),
          his: fated(his.desk),
          drawers: fated(his.drawers),
          bankOf: (name) => (name === bank ? bankPort : undefined),
          walletOf: () => walletPort,
          ...(isNational ? { nationalOf: () => site } : {}),
        },
        nowMs: clock.nowMs,
        realNowMs: () => 0,
        owner: 'p1',
        newNumber: () => {
          numbers += 1
          return `P${numbers}`
        },
        leaseMs: 30_000,
        attempts: 3,
        backoffMs: () => 0,
        payerPollMs: 0,
        // A process that waits this often is stopped, as an operator would; the next one resumes.
        wait: async () => {
          waits += 1
          await look(patient)
          if (waits > 8) throw new Stopping()
        },
        mostUnderWay: 64,
        retryAfterSeconds: 1,
        answerWithinMs: 5000,
        report: (error) => {
          if (!(error instanceof Crash)) throw error
        },
        ...(boundary === undefined ? {} : { boundary }),
        ...options,
      })
    },
    async stop() {
      await Promise.all([bureau.stop(), his.stop(), one.stop(), wallet.stop()])
    },
  }
}
