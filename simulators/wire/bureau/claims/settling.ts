/** 预结算 and 结算 of a visit. The same split serves both, so what the trial said is what the settlement does, or it is refused. */

import { assertBooks, type Fen, fenOf, sumFen } from '../../../money/fen.ts'
import { benefitOf, splitBill, type YearSoFar } from '../../../policy/split-bill.ts'
import { stayBenefitOf } from '../../../policy/stay-benefit.ts'
import type { ClaimFacts, ClaimRequest, SettlementView, VisitKind } from '../../desks/claim-desk.ts'
import type { Person, SettledEntry } from '../bureau-book.ts'
import { type ClaimContext, done, type Outcome, personShowing, refuse, viewOf, visitOf } from './claim-context.ts'
import { partsOf } from './fees.ts'
import { insurancesOf } from './insurances.ts'
import type { ClaimRefusal } from './refusals.ts'

/** 门诊预结算, 住院预结算: persists nothing. */
export function decidePresettleClaim(context: ClaimContext, request: ClaimRequest): Outcome<SettlementView> {
  const entry = settlementFor(context, request)
  return typeof entry === 'string' ? refuse(entry) : done(viewOf(entry))
}

export function decideSettleClaim(context: ClaimContext, request: ClaimRequest): Outcome<SettlementView> {
  const entry = settlementFor(context, request)
  if (typeof entry === 'string') return refuse(entry)
  if (request.kind === 'inpatient' && context.state.claims.visits.get(request.visit)?.end === undefined) return refuse('still-in-hospital')
  return done(viewOf(entry), [entry])
}

const clearingTypes: Readonly<Record<VisitKind, string>> = { outpatient: '11', inpatient: '21', pharmacy: '41' }

type ClaimSettled = SettledEntry & { readonly claim: ClaimFacts }

export function settlementFor(context: ClaimContext, request: ClaimRequest): ClaimSettled | ClaimRefusal {
  const person = personShowing(context, request.credential, request.person)
  return typeof person === 'string' ? person : settlementOf(context, person, request)
}

/** @param person who showed themselves before */
export function settlementOf(context: ClaimContext, person: Person, request: ClaimRequest): ClaimSettled | ClaimRefusal {
  const { state, nowMs, sender, lastNumber } = context
  if (!insurancesOf(person.insuredType).includes(request.insurance)) return 'not-covered-by-this-insurance'
  const visit = visitOf(context, request, request.kind)
  if (typeof visit === 'string') return visit
  if (visit.settled[request.batch] !== undefined) return 'batch-already-settled'
  const lines = visit.lines.filter(({ batch }) => batch === request.batch)
  if (lines.length === 0) return 'nothing-to-settle'
  const parts = partsOf(lines)
  if (parts.totalFen !== request.totalFen) return 'total-differs-from-lines'
  for (const name of ['ownPayFen', 'overLimitFen', 'preSelfPayFen', 'inScopeFen'] as const) {
    const quoted = request.quoted?.[name]
    if (quoted !== undefined && quoted !== parts[name]) return 'parts-differ-from-trial'
  }
  const { split, yearAfter, rate } = splitClaim(context, person, request, { totalFen: parts.totalFen, coveredFen: parts.inScopeFen })
  const settlement = `JS${String(lastNumber + 1).padStart(14, '0')}`
  const aboveFen = split.fundFen + split.historyAccountFen + split.cashFen - split.uncoveredFen - split.deductibleFen
  const isAdditional =
    request.kind !== 'inpatient' && aboveFen > 0 && (person.insuredType === 'employee' || person.insuredType === 'retired')
  const { totalFen, ...fourParts } = parts
  assertBooks(sumFen(...Object.values(fourParts)) === totalFen, 'the four parts make the total')
  return {
    does: 'settle',
    message: sender.message,
    asked: '',
    settlement,
    trial: '',
    site: sender.site,
    person: person.person,
    bills: [],
    split,
    segment: isAdditional ? 'additional' : 'pooled',
    yearAfter,
    yearFrom: person.yearFrom,
    settledAtMs: nowMs,
    claim: {
      ...fourParts,
      visit: visit.visit,
      batch: request.batch,
      kind: request.kind,
      medicalType: request.medicalType,
      insurance: request.insurance,
      clearingType: clearingTypes[request.kind],
      credentialKind: request.credential.kind,
      fundRateBasisPoints: split.fundFen > 0 ? rate : 0,
      accountLeftFen: sumFen(yearAfter.currentAccountLeftFen, yearAfter.historyAccountLeftFen),
      message: sender.message,
    },
  }

  function splitClaim(
    { policy }: ClaimContext,
    { insuredType, ageGroup, yearSoFar }: Person,
    claim: ClaimRequest,
    bill: { totalFen: Fen; coveredFen: Fen },
  ) {
    const tier = state.sites.get(sender.site)
    if (tier === undefined) throw new Error(`site ${sender.site} was looked up before`)
    const isStay = claim.kind === 'inpatient'
    const benefit = isStay ? stayBenefitOf(policy, insuredType, tier) : benefitOf(policy, { insuredType, ageGroup }, tier)
    // An account that is not to be used is out of sight for this bill; a stay has a deductible of its own.
    const seen: YearSoFar = {
      ...yearSoFar,
      ...(claim.isAccountUsed ? {} : { currentAccountLeftFen: fenOf(0), historyAccountLeftFen: fenOf(0) }),
      ...(isStay ? { deductiblePaidFen: fenOf(0) } : {}),
    }
    const { split, yearAfter: after } = splitBill(bill, benefit, seen)
    const { currentAccountLeftFen, historyAccountLeftFen, deductiblePaidFen } = yearSoFar
    return {
      split,
      rate: benefit.fundRateBasisPoints,
      yearAfter: {
        ...after,
        ...(claim.isAccountUsed ? {} : { currentAccountLeftFen, historyAccountLeftFen }),
        ...(isStay ? { deductiblePaidFen } : {}),
      },
    }
  }
}
