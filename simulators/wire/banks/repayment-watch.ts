/** Asks the wallets what became of repayments nobody asks the bank about, and closes those that nobody answers; pays back what is to go back. */
import type { AskedPayback, AskedRepayment, Repayments } from './repayments.ts'

export interface RepaymentWatchOptions {
  readonly repayments: Repayments
  /** As the book has them now. */
  readonly asked: () => readonly AskedRepayment[]
  readonly learnt: (key: string, what: 'paid' | 'over') => Promise<unknown>
  readonly payingBack: () => readonly AskedPayback[]
  /** When everything was asked: what else is due with the wallets. */
  readonly afterwards: () => Promise<unknown>
  readonly paidBack: (key: string, what: 'paid' | 'over') => Promise<unknown>
  /** Protocol clock. */
  readonly nowMs: () => number
}

/** ASSUMPTIONS, of the protocol clock: asked every 3 s; who has not confirmed within 5 min does not want to. Plausible: 1–10 s, 1–15 min. */
const everyMs = 3000
const patienceMs = 300_000

export class RepaymentWatch {
  readonly #options: RepaymentWatchOptions
  /** When this process first saw each; a restart waits anew. */
  readonly #seen = new Map<string, number>()
  readonly #timer: NodeJS.Timeout
  #round: Promise<void> | undefined

  constructor(options: RepaymentWatchOptions) {
    this.#options = options
    this.#timer = setInterval(() => void this.look(), everyMs)
    this.#timer.unref()
  }

  /** One round at a time; whoever calls during one waits for its end. */
  look(): Promise<void> {
    this.#round ??= this.#lookOnce().finally(() => {
      this.#round = undefined
    })
    return this.#round
  }

  /** A round that begins now, or when the one under way is over: it sees what has come since. */
  async lookAnew(): Promise<void> {
    await this.#round
    return this.look()
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#round
  }

  async #lookOnce(): Promise<void> {
    const { repayments, asked, learnt, payingBack, paidBack, afterwards, nowMs } = this.#options
    for (const payback of payingBack()) {
      const word = await repayments.payBack(payback)
      if (word !== 'waits') await paidBack(payback.key, word).catch(() => undefined)
    }
    const open = asked()
    const keys = new Set(open.map(({ key }) => key))
    for (const key of this.#seen.keys()) if (!keys.has(key)) this.#seen.delete(key)
    for (const repayment of open) {
      const since = this.#seen.get(repayment.key) ?? nowMs()
      this.#seen.set(repayment.key, since)
      const heard = await repayments.query(repayment)
      const isOver = heard.outcome !== 'paid' && heard.outcome !== 'silent' && nowMs() - since >= patienceMs
      const word = isOver ? await repayments.close(repayment) : heard
      // A book that cannot be written tells whoever asks the bank; the next round asks the wallet again.
      if (word.outcome === 'paid' || word.outcome === 'over') await learnt(repayment.key, word.outcome).catch(() => undefined)
    }
    await afterwards().catch(() => undefined)
  }
}
