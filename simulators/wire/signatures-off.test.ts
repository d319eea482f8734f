/** Each kind of signature can be switched off for a whole run; then none is made or checked, every actor says so, and money moves alike. */
import { describe, expect, onTestFinished, test } from 'vitest'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { seal, unseal } from './dialects/mobile/seal.ts'
import { signatureHeaders } from './signing/hmac.ts'
import { keyRing } from './signing/key-ring.ts'
import { mobileKeys } from './signing/mobile-keys.ts'
import { type SignatureKind, signatureCounts } from './signing/signature-kinds.ts'
import { bank, channel, control, identity, openings, payFromPhone, provision, serveSmallWire, site } from './testing/small-wire.ts'
import { phone } from './wallets/testing/phone.ts'

const counts = () => structuredClone(signatureCounts)

/** A card-free and a scanned payment in a city without signatures of these kinds; @returns how many of each kind were made and checked. */
async function city(off: readonly SignatureKind[]) {
  const keys = keyRing('the secret of a test', off)
  const served = await serveSmallWire(planOf('small-town'), {
    only: ['bureau', 'his', bank, 'platform', channel, 'wechat'],
    keys,
    platform: { payerPollMs: 20 },
  })
  onTestFinished(() => served.stop())
  await provision(served, keys)
  const wallet = { ...openings.wallet, settings: { refundTakesMs: 0, passwordAboveFen: 100_000_00 } }
  await control(served, 'wechat', 'POST', '/control/opening', wallet, keys)
  const before = counts()
  const { code } = (await phone(served.originOf('wechat'), keys.between('phone', 'wechat'), '/phone/codes', { payer: openings.payer })) as {
    code: string
  }
  expect((await payFromPhone(served, { mode: 'scan', payCode: code })).body).toMatchObject({ payment: { state: 'paid' } })
  const after = counts()
  const health = (await (await fetch(`${served.originOf('platform')}/healthz`)).json()) as { signatures: object }
  return {
    served,
    health,
    isMade: (kind: SignatureKind) => after[kind].made > before[kind].made && after[kind].checked > before[kind].checked,
  }
}

/** A stranger’s request to the bank; only its form is right. */
const forged = async (origin: string) =>
  (
    await fetch(`${origin}/gateway/v1/authorizations`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        [signatureHeaders.caller]: 'platform',
        [signatureHeaders.timestamp]: String(Math.floor(Date.now() / 1000)),
        [signatureHeaders.nonce]: 'n1',
        [signatureHeaders.signature]: 'nothing',
      },
      body: JSON.stringify({ key: 'H1', agreement: identity.agreement, site, amountFen: 100 }),
    })
  ).status

test('without HMAC none is made, whoever calls is believed, and the wallets go on signing', async () => {
  const { served, health, isMade } = await city(['hmac'])
  expect(health.signatures).toEqual({ hmac: 'off', rsa: 'on', sm: 'on' })
  expect([isMade('hmac'), isMade('rsa')]).toEqual([false, true])
  expect(await forged(served.originOf(bank))).toBe(200)
})

test('without RSA the wallets sign nothing, and the machines go on signing', async () => {
  const { served, health, isMade } = await city(['rsa'])
  expect(health.signatures).toEqual({ hmac: 'on', rsa: 'off', sm: 'on' })
  expect([isMade('hmac'), isMade('rsa')]).toEqual([true, false])
  expect(await forged(served.originOf(bank))).toBe(401)
})

describe('the mobile chain', () => {
  const message = { timestamp: '20201012080000', version: '1.0' }
  const read = (off: readonly SignatureKind[], signer: number) => {
    const keys = mobileKeys(keyRing('the secret of a test', off))
    const sealed = seal(keys.appOf(site), keys.keyOf(signer), message, { payOrder: 'ORD1' }, '1234567812345678')
    return unseal(keys.appOf(site), keys.publicKeyOf(site), sealed, '1234567812345678')
  }

  test('with SM2 only the site’s own seal is read; without it nothing is signed, and SM4 still closes what is inside', () => {
    expect([read([], site), read([], site + 1)]).toEqual([{ payOrder: 'ORD1' }, undefined])
    const before = counts()
    expect([read(['sm'], site), read(['sm'], site + 1)]).toEqual([{ payOrder: 'ORD1' }, { payOrder: 'ORD1' }])
    expect(counts()).toEqual(before)
  })
})

test('a process that was told otherwise is refused: no kind is off by one side’s word', async () => {
  const signing = keyRing('the secret of a test')
  const served = await serveSmallWire(planOf('small-town'), { only: ['wechat'], keys: signing })
  onTestFinished(() => served.stop())
  const health = (await (await fetch(`${served.originOf('wechat')}/healthz`)).json()) as object
  expect(health).toEqual({ status: 'alive', signatures: { hmac: 'on', rsa: 'on', sm: 'on' } })
  const silent = keyRing('the secret of a test', ['hmac']).between('phone', 'wechat')
  await expect(phone(served.originOf('wechat'), silent, '/phone/codes', { payer: openings.payer })).rejects.toThrow('wrong-signature')
})
