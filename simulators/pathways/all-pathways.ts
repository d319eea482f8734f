import { emergencyVisit } from './emergency-visit.ts'
import { outpatientVisit } from './outpatient-visit.ts'
import type { Pathway } from './pathway.ts'
import { payOnLeaving } from './pay-on-leaving.ts'
import { creditSignUp, internetVisit, pharmacyPurchase } from './remote-visits.ts'
import { directoryDownload, terminalSignIn } from './site-switch.ts'

/** Every pathway of the house; a visit begins at the first step of one of them. */
export const allPathways: readonly Pathway[] = [
  outpatientVisit,
  emergencyVisit,
  payOnLeaving,
  internetVisit,
  pharmacyPurchase,
  creditSignUp,
  terminalSignIn,
  directoryDownload,
]
