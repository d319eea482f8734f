/**
 * The saga's promise: wherever the process dies, whatever message is lost, the bill ends paid once or not at all, and every book says
 * the same. Each boundary is found by running once and is then died at; each message is lost each way.
 */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { wireTestsPage, withBlock } from '../../../tools/page-block.ts'
import { openSqliteLedger } from '../stores/sqlite-ledger.ts'
import { directCity, type Fate, type PlatformFate } from '../testing/direct-city.ts'
import { dieAt, expectWhole, isByWallet, modeOf, notPaid, oneBill, paid, type Way, ways } from '../testing/one-bill.ts'
import { sagaPlan } from './saga-plan.ts'

const plan = planOf('small-town')
const ledger = await openSqliteLedger(':memory:')
const city = await directCity(plan)
afterAll(async () => {
  await city.stop()
  await ledger.close()
})

let way: Way = 'credit'
/** Lives lived by kind, for the page. */
const lives = new Map<Way, { places: number; deaths: number; messages: number; losses: number; late: number; back: number }>()
const livesOf = (of: Way) => lives.get(of) as NonNullable<ReturnType<typeof lives.get>>

const { lived: livedIn, boundaries: boundariesIn } = oneBill(city, ledger)
const lived = (...fates: readonly [PlatformFate, ...PlatformFate[]]) => livedIn(way, ...fates)
const boundaries = (fate: PlatformFate = {}) => boundariesIn(way, fate)

describe.each(ways)('a payment by way of %s', (ofWay) => {
  const { steps } = sagaPlan(modeOf(ofWay))
  beforeAll(() => {
    way = ofWay
    lives.set(way, { places: 0, deaths: 0, messages: 0, losses: 0, late: 0, back: 0 })
  })
  test('nothing lost, nothing crashed: paid, and all books agree', async () => {
    expect(await lived({})).toEqual(paid)
  })

  test('a process that dies at any boundary leaves a bill that ends paid once or not at all', async () => {
    const places = await boundaries()
    expect(places.length).toBeGreaterThan(12)
    const ends: string[] = []
    livesOf(way).places = places.length
    for (const [place, where] of places.entries()) {
      livesOf(way).deaths += 1
      const money = await lived({ boundary: dieAt(place) })
      expectWhole(money, `died at ${place}: ${where}`)
      ends.push(money.state)
    }
    // Before the insurer may have settled it goes back, afterwards it goes forward.
    expect([...new Set(ends)]).toEqual(['refused', 'paid'])
  })

  test('the process that takes over finds nobody at home, and does not take that for an answer to what was sent before', async () => {
    const places = await boundaries()
    for (const [place, where] of places.entries()) {
      for (const fate of ['never-sent', 'lost-back'] as const) {
        livesOf(way).deaths += 1
        const money = await lived({ boundary: dieAt(place) }, { fateOf: () => fate })
        expectWhole(money, `died at ${place}: ${where}; then everything ${fate}`)
      }
    }
  })

  test('each message lost in each way, for ever or once, leaves a bill that ends paid once or not at all', async () => {
    const operations: string[] = []
    await lived({
      fateOf: (_, operation) => {
        operations.push(operation)
        return 'arrives'
      },
    })
    livesOf(way).messages = operations.length
    for (const fate of ['never-sent', 'lost-there', 'lost-back', 'late'] as const satisfies readonly Fate[]) {
      for (const [index, operation] of operations.entries()) {
        livesOf(way).losses += 2
        const once = await lived({ fateOf: (number) => (number === index + 1 ? fate : 'arrives') })
        expectWhole(once, `message ${index + 1} ${operation} ${fate} once`)
        // Until the process is stopped; the next one hears again.
        const forEver = await lived({ fateOf: (number, name) => (number > index && name === operation ? fate : 'arrives') })
        expectWhole(forEver, `from message ${index + 1} on ${operation} ${fate}`)
      }
    }
  })

  test('a message that arrives after its sender has died and another has taken over does nothing any more, or what it did stands', async () => {
    const messages: string[] = []
    await lived({
      fateOf: (_, operation) => {
        messages.push(operation)
        return 'arrives'
      },
    })
    for (const [index, operation] of messages.entries()) {
      const fate: PlatformFate = { fateOf: (number) => (number === index + 1 ? 'late' : 'arrives') }
      for (const [place, where] of (await boundaries(fate)).entries()) {
        livesOf(way).late += 1
        const money = await lived({ ...fate, boundary: dieAt(place) })
        expectWhole(money, `message ${index + 1} ${operation} late, died at ${place}: ${where}`)
      }
    }
  })

  test('a bill the hospital no longer takes money for is undone everywhere, what was paid by the original route', async () => {
    const { notice } = city.his.desk
    onTestFinished(() => {
      city.his.desk.notice = notice
    })
    city.his.desk.notice = async () => ({ outcome: 'refused', reason: 'already-paid' })
    const places = await boundaries()
    const undoable = steps.slice(0, -1).filter(({ undo, operation }) => undo !== undefined && operation !== 'his/notice')
    for (const { operation } of undoable) expect(places).toContain(`written undone ${operation}`)
    expect(await lived({})).toEqual({ ...notPaid, state: 'undone' })
    for (const [place, where] of places.entries()) expectWhole(await lived({ boundary: dieAt(place) }), `died at ${place}: ${where}`)
  })

  test('a process that dies at any boundary of a payment on its way back is taken over, and the way back goes on', async () => {
    const messages = new Set<string>()
    await lived({
      fateOf: (_, message) => {
        messages.add(message)
        return 'arrives'
      },
    })
    const undone = new Set<string>()
    for (const message of messages) {
      // One kind of message cannot be sent at all: every step before it is undone.
      const fate: PlatformFate = { fateOf: (_, name) => (name === message ? 'never-sent' : 'arrives') }
      const places = await boundaries(fate)
      for (const where of places) if (where.startsWith('written undone ')) undone.add(where.slice('written undone '.length))
      if (!places.some((where) => where.startsWith('written back from'))) continue
      for (const [place, where] of places.entries()) {
        livesOf(way).back += 1
        expectWhole(await lived({ ...fate, boundary: dieAt(place) }), `no ${message}, died at ${place}: ${where}`)
      }
    }
    const lastToTurn = steps.findLastIndex(({ stored, onSilence }) => stored && onSilence === 'go-back')
    const undoable = steps.slice(0, lastToTurn).flatMap(({ undo, operation }) => (undo === undefined ? [] : [operation]))
    expect([...undone]).toEqual(expect.arrayContaining(undoable))
  })
})

describe.each(ways.filter(isByWallet))('a payment by way of %s', (ofWay) => {
  beforeAll(() => {
    way = ofWay
  })
  test('a patient who gives up, has no money or never answers leaves nothing behind, wherever the process dies', async () => {
    for (const patient of ['give-up', 'cannot', 'nothing'] as const) {
      // The third process is patient no longer: its clock is past the payer's time.
      const places = await boundaries({ patient })
      for (const [place, where] of places.entries()) {
        const money = await lived({ patient, boundary: dieAt(place) }, { patient }, { patient, options: { realNowMs: () => 3_600_000 } })
        expectWhole(money, `${patient}, died at ${place}: ${where}`)
        expect(money.state, `${patient}, died at ${place}: ${where}`).toBe('refused')
      }
    }
  })
})

test('docs/wire-tests.md says how many lives that were; renew it with npx vitest run crashes -u', async () => {
  const rows = [...lives].map(([of, { places, deaths, messages, losses, late, back }]) => {
    return `| \`${of}\` | ${places} | ${deaths} | ${messages} | ${losses} | ${late} | ${back} |`
  })
  const table = [
    '| way | places | deaths on the way | messages | losses | late, with a death | deaths on the way back |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
  ]
  await expect(withBlock('crashes', table.join('\n'))).toMatchFileSnapshot(wireTestsPage)
})
