import { billMessages } from './bill-messages.ts'
import type { WechatMessage } from './message.ts'
import { mixedMessages } from './mixed-messages.ts'
import { paymentMessages } from './payment-messages.ts'

/** Every message of WeChat Pay v3 that is spoken here, in the order of the coverage page. */
export const wechatMessages: readonly WechatMessage[] = [paymentMessages, mixedMessages, billMessages].flatMap((family) =>
  Object.values<WechatMessage>(family),
)
