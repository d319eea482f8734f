import type { MobileMessage } from './message.ts'
import { placeOrder, queryOrder, refundOrder } from './order.ts'
import { revokeOrder, uploadOrder } from './upload.ts'

/** Every message of the mobile chain that a site sends; 6302 goes the other way (notice.ts). */
export const mobileMessages = [uploadOrder, placeOrder, refundOrder, queryOrder, revokeOrder] as unknown as readonly MobileMessage<never>[]
