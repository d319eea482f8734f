/** Who reaches the control endpoints: this machine with the run's token, and nobody else. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { momentMs } from '../desks/business-time.ts'
import { actorNames, type Served } from '../serve.ts'
import { keys, serveSmallWire } from '../testing/small-wire.ts'
import { controlHeader } from './control.ts'

const plan = planOf('small-town')
const names = actorNames(plan.city)
let served: Served
beforeAll(async () => {
  served = await serveSmallWire(plan, { only: names })
})
afterAll(() => served.stop())

const appOf = (name: string) => {
  const one = served.actors.find(({ actor }) => actor.name === name)
  if (one === undefined) throw new Error(`${name} is not served`)
  return one.actor.app
}
const askFrom = (name: string, remoteAddress: string, token: string) =>
  appOf(name).inject({ method: 'GET', url: '/control/clock', remoteAddress, headers: { [controlHeader]: token } })
const refusedBy = async (name: string, why: string): Promise<number> => {
  const { body } = await appOf(name).inject({ method: 'GET', url: '/metrics' })
  return Number(new RegExp(`^medpay_refusals_total\\{.*reason="${why}".*\\} (\\d+)$`, 'm').exec(body)?.[1] ?? 0)
}
const elsewhere = ['10.0.0.1', '192.168.127.1', '1127.0.0.1', '::ffff:10.0.0.1', 'fe80::1', '::127.0.0.1']
const here = ['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1']

test.each(names)(
  '%s is provisioned, made to fail and reset from this machine alone: elsewhere the right token is refused and counted',
  async (name) => {
    for (const address of elsewhere) {
      const before = await refusedBy(name, 'not-from-here')
      const answer = await askFrom(name, address, keys.controlToken)
      expect({ address, status: answer.statusCode, code: answer.json().error?.code }).toEqual({
        address,
        status: 403,
        code: 'not-from-here',
      })
      expect(await refusedBy(name, 'not-from-here')).toBe(before + 1)
    }
    for (const address of here) expect((await askFrom(name, address, keys.controlToken)).statusCode).toBe(200)
    const before = await refusedBy(name, 'wrong-token')
    expect((await askFrom(name, '127.0.0.1', 'another token')).statusCode).toBe(401)
    expect(await refusedBy(name, 'wrong-token')).toBe(before + 1)
  },
)

test('every endpoint of control is behind the same door', async () => {
  const { paths } = (await appOf('his').inject({ method: 'GET', url: '/openapi.json' })).json() as { paths: Record<string, object> }
  const routes = Object.entries(paths).flatMap(([url, methods]) =>
    url.startsWith('/control/') ? Object.keys(methods).map((method) => [method.toUpperCase(), url] as const) : [],
  )
  expect(routes.length).toBeGreaterThan(8)
  for (const [method, url] of routes) {
    const headers = { [controlHeader]: keys.controlToken, 'content-type': 'application/json' }
    const payload = method === 'GET' ? {} : { payload: '{}' }
    const answer = await appOf('his').inject({ method: method as 'GET', url, remoteAddress: '10.0.0.1', headers, ...payload })
    expect({ method, url, status: answer.statusCode }).toEqual({ method, url, status: 403 })
  }
})

test('clocks that are set one after another to what held at one moment agree to the millisecond, and one that is asked sets another', async () => {
  const clock = async (name: string, method: 'GET' | 'PUT', payload?: object) => {
    const headers = { [controlHeader]: keys.controlToken, 'content-type': 'application/json' }
    const answer = await appOf(name).inject({ method, url: '/control/clock', headers, ...(payload === undefined ? {} : { payload }) })
    expect(answer.statusCode).toBe(200)
    return answer.json() as { now: string; atMs: number }
  }
  /** Business moment less moment of the machine. */
  const aheadMs = ({ now, atMs }: { now: string; atMs: number }) => (momentMs(now) as number) - atMs
  const word = { now: '2020-10-12 09:00:00', atMs: Date.now() - 2300 }
  for (const name of ['bureau', 'his']) await clock(name, 'PUT', word)
  const [bureau, his] = [await clock('bureau', 'GET'), await clock('his', 'GET')]
  // A millisecond may pass between the two looks of one answer.
  for (const told of [bureau, his]) expect(Math.abs(aheadMs(told) - aheadMs(word))).toBeLessThanOrEqual(5)
  await clock('platform', 'PUT', bureau)
  expect(Math.abs(aheadMs(await clock('platform', 'GET')) - aheadMs(word))).toBeLessThanOrEqual(5)
})
