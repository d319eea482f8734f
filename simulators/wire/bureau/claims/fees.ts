/** 费用明细上传 and 撤销, outpatient by batch, inpatient by stay. */

import { type Fen, fenOf } from '../../../money/fen.ts'
import type { AddFeesRequest, FeeLine, OfVisit, VisitKind } from '../../desks/claim-desk.ts'
import { type ClaimContext, done, type Outcome, refuse, visitOf } from './claim-context.ts'
import { multiplies, valued } from './valuing.ts'

/** All lines of a message are of one visit, and one wrong line refuses all. */
export function decideAddFees(context: ClaimContext, request: AddFeesRequest): Outcome<{ readonly lines: readonly FeeLine[] }> {
  const visit = visitOf(context, request, request.kind)
  if (typeof visit === 'string') return refuse(visit)
  const numbers = new Set(visit.lines.map(({ line }) => line))
  for (const line of request.lines) {
    if (line.visit !== request.visit) return refuse('unknown-visit')
    if (line.person !== request.person) return refuse('visit-of-another-person')
    if (numbers.has(line.line)) return refuse('line-number-used')
    numbers.add(line.line)
    if (visit.settled[line.batch] !== undefined) return refuse('batch-already-settled')
    if (!multiplies(line)) return refuse('line-does-not-multiply')
  }
  const lines = request.lines.map(valued)
  return done({ lines }, [{ does: 'add-fees', visit: visit.visit, lines }])
}

/** '0000' as the batch or line takes back all that is not settled (OH, and BM and IB for the batch); what is settled stays as it is. */
export function decideDropFees(
  context: ClaimContext,
  request: OfVisit & { readonly kind: VisitKind; readonly batch?: string; readonly lines?: readonly string[] },
): Outcome<object> {
  const visit = visitOf(context, request, request.kind)
  if (typeof visit === 'string') return refuse(visit)
  const isFree = ({ batch }: FeeLine) => visit.settled[batch] === undefined
  const isAll = request.lines === undefined ? request.batch === '0000' : request.lines.includes('0000')
  const isMeant = (line: FeeLine) => (request.lines === undefined ? line.batch === request.batch : request.lines.includes(line.line))
  const meant = visit.lines.filter(isAll ? isFree : isMeant)
  const free = meant.filter(isFree)
  if (meant.length === 0) return refuse('unknown-line')
  if (free.length < meant.length) return refuse('lines-settled')
  return done({}, [{ does: 'drop-fees', visit: visit.visit, lines: free.map(({ line }) => line) }])
}

/** The four parts of a batch. */
export function partsOf(
  lines: readonly FeeLine[],
): Readonly<Record<'totalFen' | 'ownPayFen' | 'overLimitFen' | 'preSelfPayFen' | 'inScopeFen', Fen>> {
  const sum = (name: 'totalFen' | 'ownPayFen' | 'overLimitFen' | 'preSelfPayFen' | 'inScopeFen') =>
    fenOf(lines.reduce((total, line) => total + line[name], 0))
  return {
    totalFen: sum('totalFen'),
    ownPayFen: sum('ownPayFen'),
    overLimitFen: sum('overLimitFen'),
    preSelfPayFen: sum('preSelfPayFen'),
    inScopeFen: sum('inScopeFen'),
  }
}
