/**
 * A site that speaks the national interface: the same promise, and the rules of its reversals. A known settlement goes back by 2208, an
 * unknown one is asked about first and taken back by 2601 when nobody knows.
 */
import { afterAll, expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import type { BureauEntry } from '../bureau/bureau-book.ts'
import { openSqliteLedger } from '../stores/sqlite-ledger.ts'
import { directCity, type Fate, type PlatformFate } from '../testing/direct-city.ts'
import { dieAt, expectWhole, notPaid, oneBill, paid } from '../testing/one-bill.ts'

const ledger = await openSqliteLedger(':memory:')
const city = await directCity(planOf('small-town'))
afterAll(async () => {
  await city.stop()
  await ledger.close()
})
const one = oneBill(city, ledger)
/** Every process of it speaks the national interface. */
const lived = (fate: PlatformFate, ...later: readonly PlatformFate[]) =>
  one.lived('credit', { ...fate, isNational: true }, { ...later[0], isNational: true }, { ...later[1], isNational: true })
/** Messages the bureau kept, by their code. */
const kept = async () => (await city.entries<BureauEntry>(city.bureau)).flatMap((entry) => (entry.does === 'message' ? [entry.name] : []))

test('is paid, to the same fen as in 五期, and all books agree', async () => {
  expect(await lived({})).toEqual(paid)
  expect(await kept()).toEqual(expect.arrayContaining(['9001', '2201', '2204', '2207']))
})

test('at a window and a kiosk, card and code come to the same fen, and end whole wherever the process dies', async () => {
  for (const way of ['window', 'kiosk'] as const) {
    const places = await one.boundaries(way, { isNational: true })
    expect(await one.lived(way, { isNational: true })).toEqual(paid)
    expect(await kept()).toContain('2207')
    for (const [place, where] of places.entries()) {
      const money = await one.lived(way, { isNational: true, boundary: dieAt(place) }, { isNational: true }, { isNational: true })
      expectWhole(money, `${way} died at ${place}: ${where}`)
    }
  }
})

test('ends paid once or not at all wherever the process dies', async () => {
  const places: string[] = []
  await lived({ boundary: (where) => void places.push(where) })
  for (const [place, where] of places.entries()) expectWhole(await lived({ boundary: dieAt(place) }), `died at ${place}: ${where}`)
})

test('ends paid once or not at all whichever message is lost, once or for ever', async () => {
  const messages: string[] = []
  await lived({
    fateOf: (_, operation) => {
      messages.push(operation)
      return 'arrives'
    },
  })
  for (const fate of ['never-sent', 'lost-there', 'lost-back', 'late'] as const satisfies readonly Fate[]) {
    for (const [index, operation] of messages.entries()) {
      const once = await lived({ fateOf: (number) => (number === index + 1 ? fate : 'arrives') })
      expectWhole(once, `message ${index + 1} ${operation} ${fate} once`)
      const forEver = await lived({ fateOf: (number, name) => (number > index && name === operation ? fate : 'arrives') })
      expectWhole(forEver, `from message ${index + 1} on ${operation} ${fate}`)
    }
  }
})

test('a lost reply to 2207 is asked about, and the person’s year says that it was settled: paid, nothing taken back', async () => {
  const messages: string[] = []
  let lost = false
  const money = await lived({
    fateOf: (_, operation) => {
      messages.push(operation)
      if (operation !== 'settle' || lost) return 'arrives'
      lost = true
      return 'lost-back'
    },
  })
  expect(money).toEqual(paid)
  expect(messages.join(' ')).toContain('settle totals settle')
  expect(await kept()).not.toContain('2601')
})

test('a 2207 nobody has heard of is taken back by 2601 after it was asked about, and refused when it comes late', async () => {
  const messages: string[] = []
  const money = await lived({
    fateOf: (_, operation) => {
      messages.push(operation)
      return operation === 'settle' ? 'late' : 'arrives'
    },
  })
  expect(money).toEqual({ ...notPaid, state: 'refused' })
  expect(messages.indexOf('totals', messages.indexOf('settle'))).toBeLessThan(messages.indexOf('takeBack'))
  expect(await kept()).toContain('2601')
  expect(await kept()).not.toContain('2207')
})

test('a payer that refuses after a known settlement has it reversed by 2208, never by 2601', async () => {
  const { capture } = city.bank.desk
  city.bank.desk.capture = async () => ({ outcome: 'refused', reason: 'hold-lapsed' })
  const money = await lived({}).finally(() => {
    city.bank.desk.capture = capture
  })
  expect(money).toEqual({ ...notPaid, state: 'undone' })
  expect(await kept()).toEqual(expect.arrayContaining(['2207', '2208']))
  expect(await kept()).not.toContain('2601')
})
