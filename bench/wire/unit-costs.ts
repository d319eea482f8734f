/** What each part of a payment costs when nothing else is done: `npm run bench:wire` and `medpay load` measure it in the run it is used in. */
import { createSecretKey } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { signedSender } from '../../simulators/wire/client/signed-sender.ts'
import { httpTransport } from '../../simulators/wire/client/transport.ts'
import type { UnitCosts } from '../../simulators/wire/replay/platform-efficiency.ts'
import { isSignature, signHmac } from '../../simulators/wire/signing/hmac.ts'
import { isRsaSignature, signRsa } from '../../simulators/wire/signing/rsa.ts'
import { rsaPairOf } from '../../simulators/wire/signing/rsa-key.ts'
import { callAtPace, callTimes, cpuMicrosSince, startChild } from './child.ts'
import { hopBody } from './hop-words.ts'
import { ledgerPrice } from './ledger-price.ts'

/** As many at once as the platform's benchmark has. */
const inFlight = 64

/**
 * @param folder on the disk of the books
 * @param steps of a payment's ledger work between its first and its last write
 */
export async function unitCosts(folder: string, steps: number): Promise<UnitCosts> {
  const path = join(folder, 'unit-costs.sqlite')
  try {
    const { sent, answered } = await hopPrice()
    const { command, commit } = await ledgerPrice(path, steps)
    const parts = { caller: 'a', method: 'POST', path: '/x', body: Buffer.from(JSON.stringify(hopBody('h'))), timestamp: 1, nonce: 'n' }
    const signature = signHmac(key, parts)
    const { privateKey, publicKey } = rsaPairOf(Buffer.from('a key of a benchmark'))
    const text = parts.body.toString('utf8')
    const rsa = signRsa(privateKey, text)
    return {
      ...{ sent, answered, command, commit },
      hmacChecked: microsOf(10_000, () => isSignature(key, parts, signature)),
      rsaMade: microsOf(100, () => signRsa(privateKey, text)),
      rsaChecked: microsOf(1000, () => isRsaSignature(publicKey, text, rsa)),
    }
  } finally {
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
  }
}

const key = createSecretKey(Buffer.alloc(32, 7))

/** @param perSecond requests begin at this pace; absent: as many as a busy platform has are always under way */
export async function hopPrice(perSecond?: number): Promise<Pick<UnitCosts, 'sent' | 'answered'>> {
  const raw = await startChild({ role: 'raw' })
  try {
    const transport = httpTransport({ origin: raw.origins['raw'] as string, timeoutMs: 20_000 })
    const send = signedSender({ transport, caller: 'platform', key, nowMs: Date.now })
    const hop = async (number: number) => {
      const heard = await send('POST', '/hop', hopBody(`h${number}`))
      if (heard.outcome !== 'answered') throw new Error(heard.why)
    }
    await callTimes(inFlight, 8000, hop)
    const [before, rawBefore] = [process.cpuUsage(), await raw.cpuMicros()]
    const { calls } = await (perSecond === undefined ? callTimes(inFlight, 12_000, hop) : callAtPace(perSecond, 4000, hop))
    const sent = cpuMicrosSince(before) / calls
    const answered = ((await raw.cpuMicros()) - rawBefore) / calls
    await transport.close()
    return { sent, answered }
  } finally {
    await raw.end()
  }
}

/** @returns µs of CPU of one time, after a quarter as many to warm up */
export function microsOf(times: number, work: (time: number) => unknown): number {
  for (let time = 0; time < times / 4; time++) work(time)
  const before = process.cpuUsage()
  for (let time = 0; time < times; time++) work(time)
  return cpuMicrosSince(before) / times
}
