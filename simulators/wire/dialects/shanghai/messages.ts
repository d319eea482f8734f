import { presettleCharge, settleCharge } from './charge.ts'
import { decodeCredential, queryAccount } from './credential.ts'
import { uploadDetails } from './details.ts'
import type { ShanghaiMessage } from './message.ts'
import { reverseCharge } from './reversal.ts'

/** Every message of 五期 the testbed speaks: routes, port, OpenAPI and the coverage page are made from this list. */
export const shanghaiMessages = [
  decodeCredential,
  queryAccount,
  uploadDetails,
  presettleCharge,
  settleCharge,
  reverseCharge,
] as unknown as readonly ShanghaiMessage<never>[]
