/** 就诊: registration and admission, their diagnoses, discharge, and taking them back. */
import type { Credential } from '../../desks/bureau-desk.ts'
import type { OfVisit, OpenVisitRequest, VisitKind, VisitReply } from '../../desks/claim-desk.ts'
import type { Person } from '../bureau-book.ts'
import { type ClaimContext, done, type Outcome, personNumbered, personShowing, personShown, refuse, visitOf } from './claim-context.ts'
import { visitKey } from './claim-state.ts'
import { insurancesOf } from './insurances.ts'

/** 人员信息获取. */
export function decideFindPerson(
  context: ClaimContext,
  { credential }: { readonly credential: Credential },
): Outcome<{ readonly person: number }> {
  const person = personShown(context, credential)
  return typeof person === 'string' ? refuse(person) : done({ person: person.person })
}

export function decideOpenVisit(context: ClaimContext, request: OpenVisitRequest): Outcome<VisitReply> {
  const person = personShowing(context, request.credential, request.person)
  return typeof person === 'string' ? refuse(person) : decideOpenVisitOf(context, person, request)
}

/** @param person who showed themselves before */
export function decideOpenVisitOf(context: ClaimContext, person: Person, request: OpenVisitRequest): Outcome<VisitReply> {
  const { state, sender, lastNumber } = context
  if (!insurancesOf(person.insuredType).includes(request.insurance)) return refuse('not-covered-by-this-insurance')
  const key = visitKey(sender.site, request.siteNumber)
  const before = state.claims.visits.get(state.claims.visitOf.get(key) ?? '')
  if (before !== undefined && !before.isCancelled) return refuse('visit-number-used')
  if (request.kind === 'inpatient' && state.claims.inHospital.has(request.person)) return refuse('already-in-hospital')
  const visit = `MT${String(lastNumber + 1).padStart(14, '0')}`
  const { kind, insurance, medicalType, siteNumber, begin, diagnoses } = request
  const facts = { kind, insurance, medicalType, siteNumber, begin, visit, person: person.person, site: sender.site }
  return done({ visit, person: person.person, siteNumber: request.siteNumber }, [
    { does: 'open-visit', visit: facts },
    ...(diagnoses.length === 0 ? [] : [{ does: 'describe-visit', visit, medicalType: request.medicalType, diagnoses } as const]),
  ])
}

/** 就诊信息上传. */
export function decideDescribeVisit(
  context: ClaimContext,
  request: OfVisit & { readonly medicalType: string; readonly diagnoses: readonly string[] },
): Outcome<object> {
  const visit = visitOf(context, request, 'outpatient')
  if (typeof visit === 'string') return refuse(visit)
  return done({}, [{ does: 'describe-visit', visit: visit.visit, medicalType: request.medicalType, diagnoses: request.diagnoses }])
}

/** 挂号撤销, 入院撤销: only while nothing hangs on the visit. */
export function decideCancelVisit(context: ClaimContext, request: OfVisit & { readonly kind: VisitKind }): Outcome<object> {
  const visit = visitOf(context, request, request.kind)
  if (typeof visit === 'string') return refuse(visit)
  if (Object.keys(visit.settled).length > 0) return refuse('visit-has-settlement')
  if (visit.lines.length > 0) return refuse('visit-has-fees')
  return done({}, [{ does: 'cancel-visit', visit: visit.visit }])
}

/** 出院办理. */
export function decideDischarge(
  context: ClaimContext,
  request: OfVisit & { readonly end: string; readonly diagnoses: readonly string[] },
): Outcome<object> {
  const person = personNumbered(context, request.person)
  if (typeof person === 'string') return refuse(person)
  const visit = visitOf(context, request, 'inpatient')
  if (typeof visit === 'string') return refuse(visit)
  if (visit.end !== undefined) return refuse('already-discharged')
  return done({}, [
    { does: 'end-visit', visit: visit.visit, end: request.end },
    { does: 'describe-visit', visit: visit.visit, medicalType: visit.medicalType, diagnoses: request.diagnoses },
  ])
}
