/** Carries what became of advances to the credit score, until it is noted there. What is open stands in the bank's book. */
import type { Port } from '../desks/port.ts'
import type { ScoreDesk } from '../desks/score-desk.ts'
import type { CreditReport } from './bank-state.ts'

export interface ScoreReportsOptions {
  readonly score: Pick<Port<ScoreDesk>, 'report'>
  /** The bank's own name. */
  readonly asker: string
  /** Heard there: `refusal` is the score's reason not to take it, which no further try would change. */
  readonly done: (key: string, refusal: string | undefined) => void
}

/** Milliseconds of the protocol clock: doubles from a fifth of a second and stays at half a minute. */
const backoffMs = (tries: number) => Math.min(30_000, 200 * 2 ** Math.min(tries, 8))

export class ScoreReports {
  readonly #options: ScoreReportsOptions
  readonly #underWay = new Set<string>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #stopped = false

  constructor(options: ScoreReportsOptions) {
    this.#options = options
  }

  /** Takes up every report that is not under way yet. */
  look(reports: Iterable<CreditReport>): void {
    if (this.#stopped) return
    for (const report of reports) {
      if (this.#underWay.has(report.key)) continue
      this.#underWay.add(report.key)
      void this.#try(report, 0)
    }
  }

  /** Of a book that is emptied nothing is told any more. */
  forget(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
    this.#underWay.clear()
  }

  stop(): void {
    this.#stopped = true
    this.forget()
  }

  async #try(report: CreditReport, tries: number): Promise<void> {
    const heard = await this.#options.score.report({ ...report, asker: this.#options.asker })
    if (this.#stopped || !this.#underWay.has(report.key)) return
    if (heard.outcome !== 'no-reply') {
      this.#underWay.delete(report.key)
      this.#options.done(report.key, heard.outcome === 'refused' ? heard.reason : undefined)
      return
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      void this.#try(report, tries + 1)
    }, backoffMs(tries))
    timer.unref()
    this.#timers.add(timer)
  }
}
