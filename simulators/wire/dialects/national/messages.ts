import { applyForClearing, withdrawApplication } from './clearing.ts'
import { directoryMessages } from './directory.ts'
import { directoryQueries } from './directory-query.ts'
import { downloadFile, uploadFile } from './files.ts'
import { admit, discharge } from './inpatient.ts'
import { dropStayFees, presettleStay, reverseStay, settleStay, uploadStayFees } from './inpatient-settlement.ts'
import type { NationalMessage } from './message.ts'
import { dropFees, uploadFees } from './outpatient-fees.ts'
import { findSettlement, presettleClaim, reverseClaim, settleClaim } from './outpatient-settlement.ts'
import { findPerson, findTotals } from './person.ts'
import { buyDrugs, reverseDrugs } from './pharmacy.ts'
import { checkAhead, checkDuring } from './rule-check.ts'
import { signIn, signOut } from './session.ts'
import { uploadSettlementList } from './settlement-list.ts'
import { compareDetails, compareTotals } from './statements.ts'
import { takeBack } from './take-back.ts'
import { cancelVisit, describeVisitA, describeVisitPlain, registerVisit } from './visit.ts'

/** Every message of the national interface the testbed speaks: routes, OpenAPI and the coverage page are made from this list. */
export const nationalMessages = [
  findPerson,
  ...directoryMessages,
  ...directoryQueries,
  buyDrugs,
  reverseDrugs,
  registerVisit,
  cancelVisit,
  describeVisitPlain,
  describeVisitA,
  uploadFees,
  dropFees,
  presettleClaim,
  settleClaim,
  reverseClaim,
  uploadStayFees,
  dropStayFees,
  presettleStay,
  settleStay,
  reverseStay,
  admit,
  discharge,
  takeBack,
  checkAhead,
  checkDuring,
  compareTotals,
  compareDetails,
  applyForClearing,
  withdrawApplication,
  uploadSettlementList,
  findSettlement,
  findTotals,
  signIn,
  signOut,
  uploadFile,
  downloadFile,
] as unknown as readonly NationalMessage<never>[]
