import type { KeyObject } from 'node:crypto'
import { signedSender } from '../../client/signed-sender.ts'
import { httpTransport } from '../../client/transport.ts'

/** The payer's phone for tests: one signed request, its answer. */
export async function phone(origin: string, key: KeyObject, path: string, body: object): Promise<unknown> {
  const transport = httpTransport({ origin, timeoutMs: 5000, connections: 1 })
  const answer = await signedSender({ transport, caller: 'phone', key, nowMs: Date.now })('POST', path, body)
  await transport.close()
  if (answer.outcome !== 'answered' || answer.status !== 200) throw new Error(`the phone heard ${JSON.stringify(answer)}`)
  return answer.body
}
