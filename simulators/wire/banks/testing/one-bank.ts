/** One bank in memory, with a business clock of the test's and a score that says what the test wants. */
import { type Fen, fenOf } from '../../../money/fen.ts'
import type { BankDesk } from '../../desks/bank-desk.ts'
import { momentMs } from '../../desks/business-time.ts'
import type { CreditDesk } from '../../desks/credit-desk.ts'
import type { Actor, ActorSurroundings } from '../../server/actor.ts'
import { businessClock } from '../../server/business-clock.ts'
import { keyRing } from '../../signing/key-ring.ts'
import { type BookStore, memoryBookStore } from '../../stores/book-store.ts'
import { type BankOptions, bankActor } from '../bank-actor.ts'
import type { BankEntry } from '../bank-book.ts'
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
  /** Every entry of the book, in order. */
  entries(): Promise<readonly BankEntry[]>
  /** Another process on the same book. */
  restart(): Promise<OneBank>
}

export interface OneBankOptions {
  readonly terms?: Partial<BankOptions['terms']>
  readonly score?: NonNullable<BankOptions['score']>
  readonly store?: BookStore
  readonly now?: string
}

export async function oneBank({
  terms = {},
  score,
  store = memoryBookStore(),
  now = '2020-10-12 09:00:00',
}: OneBankOptions = {}): Promise<OneBank> {
  const clock = businessClock(momentMs(now) ?? 0, () => 1_800_000_000_000)
  const surroundings: ActorSurroundings = {
    version: 'test',
    clock,
    keys,
    realNowMs: () => 1_800_000_000_000,
    openBook: async () => store,
    originOf: () => '',
  }
  const bank = await bankActor(surroundings, {
    name: bankName,
    title: { zh: '银行', en: 'Bank' },
    terms: { repaymentDays: 59, creditBands: [], ...terms },
    ...(score === undefined ? {} : { score }),
  })
  const rows = async () => (await store.export()).map(({ text }) => JSON.parse(text) as BankEntry)
  return {
    bank,
    store,
    setClock: (moment) => clock.set(momentMs(moment) ?? Number.NaN),
    async open(opening) {
      const answer = await bank.app.inject({
        method: 'POST',
        url: '/control/opening',
        headers: { 'x-medpay-control': keys.controlToken },
        payload: opening,
      })
      if (answer.statusCode !== 200) throw new Error(answer.body)
    },
    entries: rows,
    restart: async () => {
      const kept: BookStore = { ...store, rows: await store.export() }
      return oneBank({ terms, ...(score === undefined ? {} : { score }), store: kept, now })
    },
  }
}
