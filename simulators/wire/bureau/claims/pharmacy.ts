/** 药店结算: visit, lines and settlement in one message. ASSUMPTION: a pharmacy’s 门诊统筹 is that of its site’s tier. */
import type { BuyDrugsRequest, SettlementView } from '../../desks/claim-desk.ts'
import { type ClaimContext, done, type Outcome, refuse, viewOf } from './claim-context.ts'
import { settlementFor } from './settling.ts'
import { multiplies, valued } from './valuing.ts'

const theBatch = ''

export function decideBuyDrugs(context: ClaimContext, request: BuyDrugsRequest): Outcome<SettlementView> {
  const { state, sender, lastNumber } = context
  if (new Set(request.lines.map(({ line }) => line)).size < request.lines.length) return refuse('line-number-used')
  if (!request.lines.every(multiplies)) return refuse('line-does-not-multiply')
  const lines = request.lines.map((line) => valued({ ...line, batch: theBatch }))
  const { person, insurance, medicalType, begin } = request
  const visit = `MT${String(lastNumber + 1).padStart(14, '0')}`
  const opened = { visit, kind: 'pharmacy', site: sender.site, person, siteNumber: sender.message, medicalType, insurance, begin } as const
  // The settlement is decided as if visit and lines were there already; they are written with it or not at all.
  const visits = new Map([[visit, { ...opened, isCancelled: false, diagnoses: [], lines, settled: {} }]])
  const entry = settlementFor(
    { ...context, state: { ...state, claims: { ...state.claims, visits } } },
    { ...request, visit, kind: 'pharmacy', batch: theBatch },
  )
  if (typeof entry === 'string') return refuse(entry)
  return done(viewOf(entry), [{ does: 'open-visit', visit: opened }, { does: 'add-fees', visit, lines }, entry])
}
