import { connect } from 'node:tls'
import { expect, test } from 'vitest'
import { planOf } from '../scenarios/testing/plan-of.ts'
import { makeAuthority } from '../simulators/wire/signing/local-authority.ts'
import { channel, payFromPhone, provision, serveSmallWire } from '../simulators/wire/testing/small-wire.ts'

test('over TLS the actors trust each other by the authority, and a stranger who does not know it trusts none', async () => {
  const authority = makeAuthority(Date.now())
  const served = await serveSmallWire(planOf('small-town'), { tls: authority })
  try {
    expect(served.originOf(channel)).toMatch(/^https:/)
    await provision(served)
    expect((await payFromPhone(served)).body).toMatchObject({ payment: { state: 'paid' } })
    const { hostname, port } = new URL(served.originOf('bureau'))
    const stranger = await new Promise((resolve) => {
      connect({ host: hostname, port: Number(port), ca: [] }, () => resolve('trusted')).once('error', ({ message }) => resolve(message))
    })
    expect(stranger).toContain('self-signed certificate in certificate chain')
  } finally {
    await served.stop()
  }
})
