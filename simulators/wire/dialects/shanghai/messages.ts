import { readCard } from './card.ts'
import { presettleCharge, settleCharge } from './charge.ts'
import { decodeCredential, queryAccount } from './credential.ts'
import { compareDay } from './day.ts'
import { uploadDetails } from './details.ts'
import { dropBill } from './details-dropped.ts'
import { enrol, listEnrolments } from './enrolment.ts'
import type { ShanghaiMessage } from './message.ts'
import { presettleRegistration, settleRegistration } from './registration.ts'
import { reverseCharge } from './reversal.ts'
import { presettleStay, settleStay } from './stay.ts'

/** Every message of 五期 the testbed speaks: routes, port, OpenAPI and the coverage page are made from this list. */
export const shanghaiMessages = [
  readCard,
  decodeCredential,
  queryAccount,
  uploadDetails,
  presettleCharge,
  settleCharge,
  reverseCharge,
  presettleRegistration,
  settleRegistration,
  dropBill,
  presettleStay,
  settleStay,
  enrol,
  listEnrolments,
  compareDay,
] as unknown as readonly ShanghaiMessage<never>[]
