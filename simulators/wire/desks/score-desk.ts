/**
 * The city's personal credit score (海河分) in the house's words. Nobody asks for a score without the person's leave, which names who
 * may ask and can be taken back; banks report what became of their advances, and the score follows.
 */
import type { Fen } from '../../money/fen.ts'

export const scoreRefusals = ['unknown-person', 'unknown-authorization', 'revoked', 'authorization-of-another', 'key-reused'] as const
export type ScoreRefusal = (typeof scoreRefusals)[number]

export interface ScoreRefused {
  readonly outcome: 'refused'
  readonly reason: ScoreRefusal
}

export interface GrantLeaveRequest {
  readonly key: string
  readonly person: number
  /** Who may ask: the name of a bank. */
  readonly asker: string
}
export interface RevokeLeaveRequest {
  readonly authorization: string
  readonly person: number
}
export interface AskScoreRequest {
  /** Must be who signs the request. */
  readonly asker: string
  readonly person: number
  readonly authorization: string
}

/** `overdue`: an advance not repaid in time. `settled-late`: that advance repaid after all. `left-unsettled`: a visit left without settling. */
export const creditEvents = ['overdue', 'settled-late', 'left-unsettled'] as const
export type CreditEvent = (typeof creditEvents)[number]
export interface ReportRequest {
  readonly key: string
  /** Must be who signs the request. */
  readonly asker: string
  readonly person: number
  readonly event: CreditEvent
  readonly amountFen: Fen
  /** Business day, yyyy-MM-dd. */
  readonly date: string
}

export interface LeaveGranted {
  readonly outcome: 'granted'
  readonly authorization: string
}
export interface LeaveRevoked {
  readonly outcome: 'revoked'
}
export interface Score {
  readonly outcome: 'score'
  readonly score: number
}
export interface Noted {
  readonly outcome: 'noted'
}

export interface ScoreDesk {
  /** 授权 */
  grantLeave(request: GrantLeaveRequest): Promise<LeaveGranted | ScoreRefused>
  /** 撤销授权: from then on the score is not told. */
  revokeLeave(request: RevokeLeaveRequest): Promise<LeaveRevoked | ScoreRefused>
  /** 查询 */
  ask(request: AskScoreRequest): Promise<Score | ScoreRefused>
  /** 信用就医履约信息报送 */
  report(request: ReportRequest): Promise<Noted | ScoreRefused>
}
