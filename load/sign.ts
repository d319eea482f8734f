/** HMAC of the testbed's machines inside k6; the very headers of simulators/wire/signing/hmac.ts, whose gate reads them. */
import { hmac, randomBytes, sha256 } from 'k6/crypto'
import { b64encode } from 'k6/encoding'

const keys = new Map<string, ArrayBuffer>()

/** Headers that sign a request; `path` with its query. */
export function signatureOf(secret: string, as: string, to: string, method: string, path: string, body: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const nonce = b64encode(randomBytes(12), 'rawurl')
  const text = `${as}\n${method}\n${path}\n${sha256(body, 'hex')}\n${timestamp}\n${nonce}`
  return {
    'x-medpay-caller': as,
    'x-medpay-timestamp': timestamp,
    'x-medpay-nonce': nonce,
    'x-medpay-signature': hmac('sha256', keyBetween(secret, as, to), text, 'base64'),
  }
}

/** As signing/key-ring.ts derives it. */
function keyBetween(secret: string, as: string, to: string): ArrayBuffer {
  const name = `hmac:${as}→${to}`
  const known = keys.get(name)
  if (known !== undefined) return known
  const key = hmac('sha256', secret, name, 'binary')
  keys.set(name, key)
  return key
}
