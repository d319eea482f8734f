/** What the credit-score service keeps: scores, who may ask for whose, and what banks reported. */
import type { CreditEvent } from '../desks/score-desk.ts'
import type { BookRules } from '../stores/kept-book.ts'

/** What an event does to a score, in points; a scenario's own numbers, since no document says. */
export type PointsPerEvent = Readonly<Record<CreditEvent, number>>

export type ScoreEntry =
  | { readonly does: 'open-points'; readonly points: PointsPerEvent }
  | { readonly does: 'open-person'; readonly person: number; readonly score: number }
  | { readonly does: 'grant'; readonly key: string; readonly authorization: string; readonly person: number; readonly asker: string }
  | { readonly does: 'revoke'; readonly authorization: string }
  /** Every asking stands in the book: whom it concerns may see who looked. */
  | { readonly does: 'ask'; readonly authorization: string; readonly asker: string; readonly person: number }
  | {
      readonly does: 'report'
      readonly key: string
      readonly asker: string
      readonly person: number
      readonly event: CreditEvent
      readonly amountFen: number
      readonly date: string
    }

export interface Leave {
  readonly person: number
  readonly asker: string
  readonly isRevoked: boolean
}

export interface ScoreState {
  points: PointsPerEvent | undefined
  readonly scores: Map<number, number>
  readonly leaves: Map<string, Leave>
  /** Authorization by the person's own key. */
  readonly granted: Map<string, string>
  /** By asker and key, as JSON of the whole report. */
  readonly reports: Map<string, string>
}

export const reportKey = (asker: string, key: string): string => `${asker} ${key}`
/** The highest score there is. */
const bestScore = 1000

export const scoreRules: BookRules<ScoreState, ScoreEntry> = {
  empty: () => ({ points: undefined, scores: new Map(), leaves: new Map(), granted: new Map(), reports: new Map() }),
  apply(state, entry) {
    switch (entry.does) {
      case 'open-points':
        state.points = entry.points
        return
      case 'open-person':
        state.scores.set(entry.person, entry.score)
        return
      case 'grant': {
        const { key, authorization, person, asker } = entry
        state.leaves.set(authorization, { person, asker, isRevoked: false })
        state.granted.set(key, authorization)
        return
      }
      case 'revoke': {
        const leave = state.leaves.get(entry.authorization)
        if (leave !== undefined) state.leaves.set(entry.authorization, { ...leave, isRevoked: true })
        return
      }
      case 'ask':
        return
      case 'report': {
        const { does: _, key, ...contents } = entry
        state.reports.set(reportKey(entry.asker, key), JSON.stringify(contents))
        const score = state.scores.get(entry.person) ?? 0
        const changed = score + (state.points?.[entry.event] ?? 0)
        state.scores.set(entry.person, Math.min(bestScore, Math.max(0, changed)))
        return
      }
      default:
        entry satisfies never
    }
  },
}
