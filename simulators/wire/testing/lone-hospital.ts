/** A HIS in memory, with the small city's bills, whose payment centre is whatever the test says. */
import type { Transport } from '../client/transport.ts'
import { hisActor } from '../his/his-actor.ts'
import { businessClock } from '../server/business-clock.ts'
import { clocksOf } from '../server/failure-switch.ts'
import type { KeyRing } from '../signing/key-ring.ts'
import { memoryBookStore } from '../stores/book-store.ts'
import { openings, site } from './small-wire.ts'

export const silentCentre: Transport = {
  send: async () => ({ outcome: 'no-reply', sent: 'maybe', why: 'silent' }),
  close: async () => undefined,
}

export async function loneHospital(centre: Transport, keys: KeyRing, realNowMs: () => number, opening: object = {}) {
  const clock = businessClock(Date.parse('2020-10-12T00:00:00Z'), () => 0)
  const store = memoryBookStore()
  const surroundings = { version: 'test', ...clocksOf(clock, realNowMs), keys, openBook: async () => store, originOf: () => '' }
  const actor = await hisActor(surroundings, { cutOffMinute: 1440, inDoubtMinutes: 10 }, undefined, centre)
  await actor.app.inject({
    method: 'POST',
    url: '/control/opening',
    headers: { 'x-medpay-control': keys.controlToken },
    payload: { ...openings.his, ...opening },
  })
  const state = async () => {
    const said = await actor.desk.bills({ site, visit: 'JZ0000000001' })
    return said.outcome === 'bills' ? said.bills.map((one) => one.state).join() : said.reason
  }
  const book = async () => (await store.export()).map(({ text }) => JSON.parse(text) as { does: string; end?: string })
  return { ...actor, clock, state, book }
}
