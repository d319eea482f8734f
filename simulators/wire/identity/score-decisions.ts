/** What the credit-score service decides. Pure. */
import type {
  AskScoreRequest,
  GrantLeaveRequest,
  LeaveGranted,
  LeaveRevoked,
  Noted,
  ReportRequest,
  RevokeLeaveRequest,
  Score,
  ScoreRefusal,
  ScoreRefused,
} from '../desks/score-desk.ts'
import type { Decision } from '../stores/kept-book.ts'
import { reportKey, type ScoreEntry, type ScoreState } from './score-book.ts'

type ScoreDecision<Reply> = Decision<ScoreEntry, Reply | ScoreRefused>

const refuse = (reason: ScoreRefusal): Decision<never, ScoreRefused> => ({ entries: [], reply: { outcome: 'refused', reason } })

/** @param newAuthorization a number nobody has */
export function decideGrantLeave(
  state: ScoreState,
  { key, person, asker }: GrantLeaveRequest,
  newAuthorization: string,
): ScoreDecision<LeaveGranted> {
  const known = state.granted.get(key)
  const leave = known === undefined ? undefined : state.leaves.get(known)
  if (known !== undefined && leave !== undefined) {
    if (leave.person !== person || leave.asker !== asker) return refuse('key-reused')
    // A leave taken back does not come back by itself: the person grants a new one under a new key.
    return leave.isRevoked ? refuse('revoked') : { entries: [], reply: { outcome: 'granted', authorization: known } }
  }
  if (!state.scores.has(person)) return refuse('unknown-person')
  return {
    entries: [{ does: 'grant', key, authorization: newAuthorization, person, asker }],
    reply: { outcome: 'granted', authorization: newAuthorization },
  }
}

export function decideRevokeLeave(state: ScoreState, { authorization, person }: RevokeLeaveRequest): ScoreDecision<LeaveRevoked> {
  const leave = state.leaves.get(authorization)
  if (leave === undefined) return refuse('unknown-authorization')
  if (leave.person !== person) return refuse('authorization-of-another')
  return { entries: leave.isRevoked ? [] : [{ does: 'revoke', authorization }], reply: { outcome: 'revoked' } }
}

export function decideAsk(state: ScoreState, { authorization, asker, person }: AskScoreRequest): ScoreDecision<Score> {
  const leave = state.leaves.get(authorization)
  if (leave === undefined) return refuse('unknown-authorization')
  if (leave.person !== person || leave.asker !== asker) return refuse('authorization-of-another')
  if (leave.isRevoked) return refuse('revoked')
  const score = state.scores.get(person)
  if (score === undefined) return refuse('unknown-person')
  return { entries: [{ does: 'ask', authorization, asker, person }], reply: { outcome: 'score', score } }
}

export function decideReport(state: ScoreState, { key, ...report }: ReportRequest): ScoreDecision<Noted> {
  const { asker, person, event, amountFen, date } = report
  const contents = { asker, person, event, amountFen, date }
  const known = state.reports.get(reportKey(asker, key))
  if (known !== undefined) return known === JSON.stringify(contents) ? { entries: [], reply: { outcome: 'noted' } } : refuse('key-reused')
  if (!state.scores.has(person)) return refuse('unknown-person')
  return { entries: [{ does: 'report', key, ...contents }], reply: { outcome: 'noted' } }
}
