/** A bank of Tianjin's pilot and the score service it asks, without a socket between them. */

import type { BankTerms } from '../banks/bank-terms.ts'
import { bankName, fen, keys, type OneBank, oneBank } from '../banks/testing/one-bank.ts'
import { directPort, type NoReply, type Port } from '../desks/port.ts'
import type { ScoreDesk } from '../desks/score-desk.ts'
import { scoreActor } from '../identity/score-actor.ts'
import type { Actor } from '../server/actor.ts'
import { businessClock } from '../server/business-clock.ts'
import { memoryBookStore } from '../stores/book-store.ts'

/** As scenarios/policies/tianjin-2023.yaml has them (S4 二(四)); written here again, so that tests are not checked by themselves. */
export const creditBands: BankTerms['creditBands'] = [
  { fromScore: 575, toScore: 610, limitFen: fen(50_000) },
  { fromScore: 611, toScore: 630, limitFen: fen(100_000) },
  { fromScore: 631, toScore: 660, limitFen: fen(500_000) },
  { fromScore: 661, toScore: 700, limitFen: fen(1_000_000) },
  { fromScore: 701, toScore: 750, limitFen: fen(1_500_000) },
  { fromScore: 751, toScore: 1000, limitFen: fen(2_000_000) },
]

export interface Tianjin extends OneBank {
  readonly score: Actor<ScoreDesk>
  /** The score service hears nothing while this is false. */
  isScoreUp: boolean
  scoreNow(person: number): Promise<number>
  /** Leave to ask, as the person gives it on their phone. */
  leave(person: number, key?: string): Promise<string>
}

/** @param scores by person; they stand after every reset */
export async function tianjin(scores: Readonly<Record<number, number>>): Promise<Tianjin> {
  const score = await scoreActor(
    {
      version: 'test',
      clock: businessClock(0, () => 0),
      keys,
      realNowMs: () => 0,
      openBook: async () => memoryBookStore(),
      originOf: () => '',
    },
    [bankName],
  )
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
  const port = directPort(score.desk)
  const silence: NoReply = { outcome: 'no-reply', sent: 'no', why: 'down' }
  const city = { isScoreUp: true }
  const near: Pick<Port<ScoreDesk>, 'ask' | 'report'> = {
    ask: async (request) => (city.isScoreUp ? port.ask(request) : silence),
    report: async (request) => (city.isScoreUp ? port.report(request) : silence),
  }
  const bank = await oneBank({ terms: { creditBands }, score: near, now: '2024-01-02 09:00:00' })
  const leave = async (person: number, key = `L${person}`) => {
    const granted = await score.desk.grantLeave({ key, person, asker: bankName })
    return granted.outcome === 'granted' ? granted.authorization : granted.reason
  }
  return Object.assign(city, bank, {
    score,
    leave,
    async reset() {
      city.isScoreUp = true
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
