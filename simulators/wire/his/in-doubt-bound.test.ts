/** How long a bill in doubt keeps the window away is the city file's to say, to a hospital that is served and to one that a trace opens. */
import { afterEach, expect, test } from 'vitest'
import type { Plan } from '../../../scenarios/plan.ts'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import type { HisDesk } from '../desks/his-desk.ts'
import { openingBooks } from '../replay/opening-books.ts'
import { madeTrace } from '../replay/testing/made-trace.ts'
import type { Served } from '../serve.ts'
import { control, serveSmallWire } from '../testing/small-wire.ts'

const townWith = (inDoubtMinutes: number): Plan => {
  const plan = planOf('small-town')
  const hospitals = { ...plan.city.parties.hospitals, inDoubtMinutes }
  return { ...plan, city: { ...plan.city, parties: { ...plan.city.parties, hospitals } } }
}
const [asked] = madeTrace(townWith(3), 1, 1).opening.bills
const { site, bill, person } = asked ?? { site: -1, bill: '', person: -1 }

let served: Served | undefined
afterEach(() => served?.stop())

/** What the window hears when the platform's attempt has been open for so long. */
async function windowAfter(plan: Plan, opening: object) {
  served = await serveSmallWire(plan, { only: ['his'] })
  const his = served
  const desk = his.actors[0]?.actor.desk as HisDesk
  const at = (now: string) => control(his, 'his', 'PUT', '/control/clock', { now: `2020-10-12 ${now}` })
  await control(his, 'his', 'POST', '/control/opening', opening)
  await at('09:00:00')
  expect(await desk.open({ site, bill, attempt: 'P1', person, by: 'platform' })).toMatchObject({ outcome: 'open' })
  return async (now: string) => {
    await at(now)
    const said = await desk.open({ site, bill, attempt: 'S1', person, by: 'window' })
    return said.outcome === 'refused' ? said.reason : said.outcome
  }
}

test('a hospital that is served keeps the window away as long as the city file says', async () => {
  const { settings: _, ...bare } = openingBooks(madeTrace(townWith(3), 1, 1), 'a secret').books.get('his') as { settings: object }
  const asks = await windowAfter(townWith(3), bare)
  expect([await asks('09:02:50'), await asks('09:03:01')]).toEqual(['in-doubt', 'open'])
})

test('a hospital that a trace opens does as the trace was cut with, whatever city it was served with', async () => {
  const opening = openingBooks(madeTrace(townWith(7), 1, 1), 'a secret').books.get('his') as object
  const asks = await windowAfter(townWith(3), opening)
  expect([await asks('09:06:50'), await asks('09:07:01')]).toEqual(['in-doubt', 'open'])
})
