/** 对总账 and 对明细账: the site's totals and lines against the bureau's. */
import { type Fen, fenOf, sumFen } from '../../../money/fen.ts'
import type { FileReply, StatementRequest } from '../../desks/claim-desk.ts'
import { type DetailRow, type ResultRow, readDetails, writeResults } from '../../dialects/national/detail-file.ts'
import { insuredNumberOf } from '../../people/insured-number.ts'
import { settledBetween } from '../day-index.ts'
import { type ClaimContext, done, type Outcome, refuse, viewOf } from './claim-context.ts'
import { keeping } from './files.ts'

export interface Amounts {
  readonly count: number
  readonly totalFen: Fen
  readonly fundFen: Fen
  readonly accountFen: Fen
  readonly cashFen: Fen
}

type Stretch = Pick<StatementRequest, 'insurance' | 'clearingType' | 'from' | 'until' | 'isReversed'>

/** Settlements of the sender's through visits in a stretch of days; either those that stand or those reversed. */
export function settlementsOf({ state, sender, parameters }: ClaimContext, { insurance, clearingType, from, until, isReversed }: Stretch) {
  const found: { readonly row: DetailRow; readonly cashFen: Fen }[] = []
  for (const number of settledBetween(state.days, sender.site, from, until)) {
    const settlement = state.settlements.get(number)
    // What came through 五期 is reconciled there.
    if (settlement?.claim === undefined || (settlement.reversedBy !== undefined) !== isReversed) continue
    const { claim, split, person } = settlement
    if (insurance !== undefined && claim.insurance !== insurance) continue
    if (clearingType !== undefined && claim.clearingType !== clearingType) continue
    const insured = state.persons.get(person)
    if (insured === undefined) continue
    const accountFen = sumFen(split.currentAccountFen, split.historyAccountFen)
    found.push({
      cashFen: split.cashFen,
      row: {
        personNumber: insuredNumberOf(parameters, insured),
        visit: claim.visit,
        settlement: settlement.settlement,
        message: claim.message,
        isReversed,
        totalFen: viewOf({ ...settlement, claim }).totalFen,
        fundFen: parameters.fundIncludesAccount ? sumFen(split.fundFen, accountFen) : split.fundFen,
        accountFen,
      },
    })
  }
  return found
}

export function amountsOf(found: ReturnType<typeof settlementsOf>): Amounts {
  const sum = (of: (one: (typeof found)[number]) => number) => fenOf(found.reduce((total, one) => total + of(one), 0))
  return {
    count: found.length,
    totalFen: sum(({ row }) => row.totalFen),
    fundFen: sum(({ row }) => row.fundFen),
    accountFen: sum(({ row }) => row.accountFen),
    cashFen: sum(({ cashFen }) => cashFen),
  }
}

/** Names of the amounts that differ. */
export function differing(ours: Amounts, theirs: Partial<Amounts>): readonly (keyof Amounts)[] {
  return (['count', 'totalFen', 'fundFen', 'accountFen', 'cashFen'] as const).filter(
    (name) => theirs[name] !== undefined && theirs[name] !== ours[name],
  )
}

export function decideCompareTotals(
  context: ClaimContext,
  request: StatementRequest,
): Outcome<{ readonly isEqual: boolean; readonly differs: readonly string[] }> {
  const differs = differing(amountsOf(settlementsOf(context, request)), request)
  return done({ isEqual: differs.length === 0, differs })
}

/** Every settlement of either side has one line in the result, with its verdict. */
export function decideCompareDetails(context: ClaimContext, request: StatementRequest & { readonly file: string }): Outcome<FileReply> {
  const file = context.state.claims.files.get(request.file)
  if (file === undefined || file.site !== context.sender.site) return refuse('unknown-file')
  const theirs = readDetails(file.base64)
  if (theirs === undefined) return refuse('not-a-detail-file')
  const ours = [...settlementsOf(context, request), ...settlementsOf(context, { ...request, isReversed: !request.isReversed })].map(
    ({ row }) => row,
  )
  const left = new Map(ours.map((row) => [row.settlement, row]))
  const results: ResultRow[] = theirs.map((row) => {
    const own = left.get(row.settlement)
    left.delete(row.settlement)
    if (own === undefined) return { ...row, verdict: '2', memo: '中心无此结算' }
    const isEqual =
      own.totalFen === row.totalFen && own.fundFen === row.fundFen && own.accountFen === row.accountFen && own.isReversed === row.isReversed
    return { ...own, verdict: isEqual ? '0' : '1', memo: isEqual ? '' : '金额或退费标志不一致' }
  })
  for (const row of left.values()) results.push({ ...row, verdict: '3', memo: '机构无此结算' })
  const { reply, effect } = keeping(context, 'result.zip', writeResults(results))
  return done(reply, [effect])
}
