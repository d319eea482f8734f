/** A bank of Tianjin's pilot, the score service it asks and the wallets it is repaid through, without a socket between them. */

import type { BankTerms } from '../banks/bank-terms.ts'
import { bankMerchant, type WalletPorts } from '../banks/repayments.ts'
import { bankName, fen, keys, type OneBank, oneBank } from '../banks/testing/one-bank.ts'
import { momentMs } from '../desks/business-time.ts'
import type { MerchantBillLine, MerchantDesk } from '../desks/merchant-desk.ts'
import { directPort, type NoReply, type Port } from '../desks/port.ts'
import type { ScoreDesk } from '../desks/score-desk.ts'
import type { WalletMovement, WalletRefused } from '../desks/wallet-desk.ts'
import { scoreActor } from '../identity/score-actor.ts'
import type { Actor, ActorSurroundings } from '../server/actor.ts'
import { businessClock } from '../server/business-clock.ts'
import { clocksOf } from '../server/failure-switch.ts'
import { memoryBookStore } from '../stores/book-store.ts'
import type { BookEntry } from '../stores/kept-book.ts'
import { alipayWallet } from '../wallets/alipay-wallet.ts'
import { walletActor } from '../wallets/wallet-actor.ts'
import type { WalletEntry } from '../wallets/wallet-book.ts'
import { wechatWallet } from '../wallets/wechat-wallet.ts'

type OnlineWallet = Parameters<WalletPorts>[0]

/** As scenarios/policies/tianjin-2023.yaml has them (S4 二(四)); written here again, so that tests are not checked by themselves. */
export const creditBands: BankTerms['creditBands'] = [
  { fromScore: 575, toScore: 610, limitFen: fen(50_000) },
  { fromScore: 611, toScore: 630, limitFen: fen(100_000) },
  { fromScore: 631, toScore: 660, limitFen: fen(500_000) },
  { fromScore: 661, toScore: 700, limitFen: fen(1_000_000) },
  { fromScore: 701, toScore: 750, limitFen: fen(1_500_000) },
  { fromScore: 751, toScore: 1000, limitFen: fen(2_000_000) },
]

/** The patient at both wallets; at the bank their own account has this number. */
export const payer = 'o-payer-42'
export const anotherPayer = 'o-payer-43'

export interface Tianjin extends OneBank {
  /** What the patient does with an order that waits in the phone. */
  onPhone(wallet: OnlineWallet, prepay: string, does: 'pay' | 'give-up'): Promise<void>
  /** A wallet hears nothing while it is false. */
  areWalletsUp: boolean
  /** What a wallet answers in place of its own word; undefined: its own. */
  walletFate: (operation: 'order' | 'query' | 'close' | 'refund' | 'queryRefund' | 'tradeBill') => WalletRefused | undefined
  /** What becomes of the lines of a wallet's bill. */
  billLines: (lines: readonly MerchantBillLine[]) => readonly MerchantBillLine[]
  readonly wallets: WalletPorts
  walletEntries(wallet: OnlineWallet): Promise<readonly WalletEntry[]>
  /** The protocol clock goes on. */
  wait(ms: number): void
  readonly score: Actor<ScoreDesk>
  /** The score service hears nothing while this is false. */
  isScoreUp: boolean
  scoreNow(person: number): Promise<number>
  /** Leave to ask, as the person gives it on their phone. */
  leave(person: number, key?: string): Promise<string>
}

const billLine = ({ kind, atMs, order, refund }: WalletMovement): MerchantBillLine => ({
  kind,
  order: order.order,
  ...(refund === undefined ? {} : { refund: refund.refund }),
  atMs,
  amountFen: refund === undefined ? order.amountFen : refund.amountFen,
})

/** @param scores by person; they stand after every reset */
export async function tianjin(scores: Readonly<Record<number, number>>): Promise<Tianjin> {
  let realMs = 1_800_000_000_000
  const now = '2024-01-02 09:00:00'
  /** Of score and wallets. */
  const clock = businessClock(momentMs(now) ?? Number.NaN, () => realMs)
  const surroundings = (): ActorSurroundings => ({
    version: 'test',
    ...clocksOf(clock, () => realMs),
    keys,
    openBook: async () => memoryBookStore(),
    originOf: () => '',
  })
  const score = await scoreActor(surroundings(), [bankName])
  const control = async (url: string, payload: object) => {
    const answer = await score.app.inject({ method: 'POST', url, headers: { 'x-medpay-control': keys.controlToken }, payload })
    if (answer.statusCode !== 200) throw new Error(answer.body)
  }
  const openScores = () =>
    control('/control/opening', {
      persons: Object.entries(scores).map(([person, of]) => ({ person: Number(person), score: of })),
      points: { overdue: -40, 'settled-late': 10, 'left-unsettled': -20 },
    })
  await openScores()
  const walletActors = {
    wechat: await walletActor(surroundings(), { ...wechatWallet, addRoutes: () => undefined }),
    alipay: await walletActor(surroundings(), { ...alipayWallet, addRoutes: () => undefined }),
  } as const
  const openWallets = async () => {
    for (const wallet of ['wechat', 'alipay'] as const) {
      const merchant = { ...bankMerchant(bankName, wallet), checksBy: 'public-key' as const }
      const { app } = walletActors[wallet]
      for (const [url, payload] of [
        ['/control/reset', {}],
        ['/control/opening', { merchants: [merchant], payers: [payer, anotherPayer], settings: { refundTakesMs: 0 } }],
      ] as const) {
        const answer = await app.inject({ method: 'POST', url, headers: { 'x-medpay-control': keys.controlToken }, payload })
        if (answer.statusCode !== 200) throw new Error(answer.body)
      }
    }
  }
  await openWallets()
  const port = directPort(score.desk)
  const silence: NoReply = { outcome: 'no-reply', sent: 'no', why: 'down' }
  const asTheyAre: Pick<Tianjin, 'isScoreUp' | 'areWalletsUp' | 'walletFate' | 'billLines'> = {
    isScoreUp: true,
    areWalletsUp: true,
    walletFate: () => undefined,
    billLines: (lines) => lines,
  }
  const city = { ...asTheyAre }
  const wallets: WalletPorts = (wallet) => {
    const { desk } = walletActors[wallet]
    const near = directPort<MerchantDesk>(desk)
    const { merchant } = bankMerchant(bankName, wallet)
    const fated =
      <Request, Reply>(operation: Parameters<Tianjin['walletFate']>[0], ask: (request: Request) => Promise<Reply>) =>
      async (request: Request) =>
        city.areWalletsUp ? (city.walletFate(operation) ?? ask(request)) : silence
    return {
      order: fated('order', near.order),
      query: fated('query', near.query),
      close: fated('close', near.close),
      refund: fated('refund', near.refund),
      queryRefund: fated('queryRefund', near.queryRefund),
      tradeBill: fated('tradeBill', async ({ date }: { readonly date: string }) => {
        const said = await desk.movements({ merchant, date })
        return said.outcome === 'refused' ? said : ({ outcome: 'bill', lines: city.billLines(said.movements.map(billLine)) } as const)
      }),
    }
  }
  const near: Pick<Port<ScoreDesk>, 'ask' | 'report'> = {
    ask: async (request) => (city.isScoreUp ? port.ask(request) : silence),
    report: async (request) => (city.isScoreUp ? port.report(request) : silence),
  }
  const bank = await oneBank({ terms: { creditBands }, score: near, wallets, now, realNowMs: () => realMs })
  const setBank = bank.setClock
  const leave = async (person: number, key = `L${person}`) => {
    const granted = await score.desk.grantLeave({ key, person, asker: bankName })
    return granted.outcome === 'granted' ? granted.authorization : granted.reason
  }
  return Object.assign(city, bank, {
    score,
    wallets,
    setClock(moment: string) {
      // The wallets' bills are made before the bank asks for them.
      clock.set(momentMs(moment) ?? Number.NaN)
      setBank(moment)
    },
    async walletEntries(wallet: OnlineWallet) {
      const answer = await walletActors[wallet].app.inject({ url: '/control/books', headers: { 'x-medpay-control': keys.controlToken } })
      return (answer.json() as { entries: BookEntry<WalletEntry>[] }).entries.map(({ entry }) => entry)
    },
    leave,
    wait: (ms: number) => {
      realMs += ms
    },
    async onPhone(wallet: OnlineWallet, prepay: string, does: 'pay' | 'give-up') {
      const heard = await walletActors[wallet].desk.confirm({ payer, prepay, does })
      if (heard.outcome === 'refused') throw new Error(heard.reason)
    },
    async reset() {
      Object.assign(city, asTheyAre)
      clock.set(momentMs(now) ?? Number.NaN)
      await openWallets()
      await bank.reset()
      await control('/control/reset', {})
      await openScores()
    },
    async scoreNow(person: number) {
      const asked = await score.desk.ask({ asker: bankName, person, authorization: await leave(person, `now ${person}`) })
      return asked.outcome === 'score' ? asked.score : Number.NaN
    },
  })
}
