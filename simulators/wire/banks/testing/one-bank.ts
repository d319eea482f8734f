/** One bank in memory, with a business clock of the test's and a score that says what the test wants. */
import { type Fen, fenOf } from '../../../money/fen.ts'
import type { BankDesk } from '../../desks/bank-desk.ts'
import { momentMs } from '../../desks/business-time.ts'
import type { CreditDesk } from '../../desks/credit-desk.ts'
import type { Actor, ActorSurroundings } from '../../server/actor.ts'
import { businessClock } from '../../server/business-clock.ts'
import { clocksOf } from '../../server/failure-switch.ts'
import { keyRing } from '../../signing/key-ring.ts'
import { type BookStore, memoryBookStore } from '../../stores/book-store.ts'
import { type BankOptions, bankActor } from '../bank-actor.ts'
import type { BankEntry } from '../bank-entry.ts'
import type { BankOpening } from '../bank-opening.ts'

export const bankName = 'bank-a'
export const keys = keyRing('the secret of a test')
/** What the wire's schemas would have made of an amount in fen. */
export const fen = (amount: number): Fen => fenOf(amount)

export interface OneBank {
  readonly bank: Actor<BankDesk & CreditDesk>
  readonly store: BookStore
  /** `2020-10-12 09:00:00` */
  setClock(moment: string): void
  open(opening: BankOpening): Promise<void>
  /** An empty book and the clock of the beginning: making an app anew costs a hundred times as much. */
  reset(): Promise<void>
  /** Every entry of the book, in order. */
  entries(): Promise<readonly BankEntry[]>
}

export interface OneBankOptions {
  readonly terms?: Partial<BankOptions['terms']>
  readonly score?: NonNullable<BankOptions['score']>
  readonly wallets?: NonNullable<BankOptions['wallets']>
  readonly now?: string
  /** Protocol clock. */
  readonly realNowMs?: () => number
  readonly store?: BookStore
}

export async function oneBank({
  terms = {},
  score,
  wallets,
  now = '2020-10-12 09:00:00',
  realNowMs = () => 1_800_000_000_000,
  store = memoryBookStore(),
}: OneBankOptions = {}): Promise<OneBank> {
  const start = momentMs(now) ?? Number.NaN
  const clock = businessClock(start, realNowMs)
  const surroundings: ActorSurroundings = {
    version: 'test',
    ...clocksOf(clock, realNowMs),
    keys,
    openBook: async () => store,
    originOf: () => '',
  }
  const bank = await bankActor(surroundings, {
    name: bankName,
    title: { zh: '银行', en: 'Bank' },
    terms: {
      ...{ repaymentDays: 59, cutOff: { minuteOfDay: 1380 } },
      ...terms,
      get creditBands() {
        return terms.creditBands ?? []
      },
    },
    ...(score === undefined ? {} : { score }),
    ...(wallets === undefined ? {} : { wallets }),
  })
  const control = async (url: string, payload: object) => {
    const answer = await bank.app.inject({ method: 'POST', url, headers: { 'x-medpay-control': keys.controlToken }, payload })
    if (answer.statusCode !== 200) throw new Error(answer.body)
  }
  return {
    bank,
    store,
    setClock: (moment) => clock.set(momentMs(moment) ?? Number.NaN),
    open: (opening) => control('/control/opening', opening),
    async reset() {
      await control('/control/reset', {})
      clock.set(start)
    },
    entries: async () => (await store.export()).map(({ text }) => JSON.parse(text) as BankEntry),
  }
}
