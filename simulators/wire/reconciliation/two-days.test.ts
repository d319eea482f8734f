/** Two days with a party whose books and statements may be wrong in every way of the table: each difference is found, ended and paid for. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Fen, fenOf } from '../../money/fen.ts'
import type { Decision } from '../stores/kept-book.ts'
import { dayAfter, windowOf } from './accounting-day.ts'
import { differenceRules, type Heard } from './difference-rules.ts'
import { nameOf } from './match-day.ts'
import { decidePayOuts } from './payout-decisions.ts'
import { type ReconciliationEntry, type ReconciliationState, reconciliationRules } from './reconciliation-book.ts'
import { decideClosings, decideHeard, decideMatchDay, giveBackFen, moveKey, type OpenMove, openMoves } from './reconciliation-decisions.ts'
import { type Direction, differenceKinds, type MoneyRecord, type Party, partyKinds } from './records.ts'

const cutOff = { minuteOfDay: 1440 }
const day = '2020-10-12'
const noonMs = windowOf(day, cutOff).fromMs + 12 * 3_600_000
const nextNoonMs = noonMs + 86_400_000

/** Where the mistake lies: only in the statement, or in the party's books as well. */
const wrongs = ['statement', 'books'] as const
type Wrong = (typeof wrongs)[number]

/** A party that answers by its books: what they hold is what its desk says and does. */
class FakeParty {
  readonly books = new Map<string, MoneyRecord>()
  statement: MoneyRecord[] = []
  readonly #refuses: boolean
  constructor(refuses: boolean) {
    this.#refuses = refuses
  }

  has(record: MoneyRecord): void {
    this.books.set(nameOf(record), record)
  }

  move({ difference, move }: OpenMove): Heard {
    const { key, does, site, ours, theirsFen, oursFen } = difference
    const known = this.books.get(nameOf(difference))
    if (move === 'ask') {
      if (known === undefined) return 'nothing'
      return known.amountFen === oursFen ? 'ours' : known.amountFen === theirsFen ? 'theirs' : 'nothing'
    }
    if (this.#refuses) return 'refused'
    if (move === 'reverse' && this.books.get(`pay ${key}`) === undefined) return 'refused'
    if (move === 'give-back' && known === undefined) return 'refused'
    const record: MoneyRecord =
      move === 'give-back'
        ? { key: moveKey(difference), does: 'refund', site, atMs: nextNoonMs, amountFen: giveBackFen(difference) }
        : move === 'reverse'
          ? { key, does: 'refund', site, atMs: nextNoonMs, amountFen: does === 'pay' ? theirsFen : oursFen }
          : { ...(ours as MoneyRecord), atMs: nextNoonMs }
    this.has(record)
    this.statement.push(record)
    return 'done'
  }
}

interface Planted {
  readonly kind: (typeof differenceKinds)[number]
  readonly does: Direction
  readonly wrong: Wrong
  readonly isMore: boolean
}

function play(party: Party, planted: readonly Planted[], refuses: boolean, sound = 5) {
  const fake = new FakeParty(refuses)
  const ours: MoneyRecord[] = []
  const record = (key: string, does: Direction): MoneyRecord => ({ key, does, site: 7, atMs: noonMs, amountFen: fenOf(6000) })
  const mine = (one: MoneyRecord): MoneyRecord => ({ ...one, payment: `P${one.key}`, legs: 1, account: 'advances' })
  for (let n = 0; n < sound; n += 1) {
    const one = record(`S${n}`, 'pay')
    ours.push(mine(one))
    fake.has(one)
    fake.statement.push(one)
  }
  for (const [n, { kind, does, wrong, isMore }] of planted.entries()) {
    const one = record(`D${n}`, does)
    // A refund or reversal follows a payment that the party knows.
    if (does === 'refund') fake.has(record(`D${n}`, 'pay'))
    const isInBooks = (kind === 'missing-there') === (wrong === 'statement') || kind === 'amount-differs' || kind === 'twice-there'
    const other: MoneyRecord = kind === 'amount-differs' ? { ...one, amountFen: (isMore ? 7000 : 5000) as Fen } : one
    if (kind !== 'missing-here') ours.push(mine(one))
    if (kind !== 'missing-there') fake.statement.push(other)
    if (kind === 'twice-there') fake.statement.push(other)
    if (isInBooks) fake.has(wrong === 'books' ? other : one)
  }
  const state = reconciliationRules.empty()
  const write = <Reply>({ entries, reply }: Decision<ReconciliationEntry, Reply>, atMs: number): Reply => {
    for (const entry of entries) reconciliationRules.apply(state, JSON.parse(JSON.stringify(entry)) as ReconciliationEntry, atMs)
    return reply
  }
  const matchOf = (of: string, our: readonly MoneyRecord[]) => {
    const theirs = fake.statement
    fake.statement = []
    write(
      decideMatchDay(state, {
        party,
        day: of,
        window: windowOf(of, cutOff),
        ours: our,
        theirs,
        oursLater: new Set(),
        underWay: new Set(),
        graceMs: 0,
      }),
      windowOf(of, cutOff).untilMs,
    )
  }
  const actUntilDone = (atMs: number) => {
    for (let open = openMoves(state); open.length > 0; open = openMoves(state)) {
      for (const one of open) write(decideHeard(state, one.number, { move: one.move, heard: fake.move(one) }, atMs), atMs)
    }
    write(decideClosings(state, atMs), atMs)
  }
  matchOf(day, ours)
  const found = [...state.differences.values()].map(({ difference: { kind, does, key } }) => `${kind} ${does} ${key}`)
  actUntilDone(nextNoonMs)
  matchOf(dayAfter(day), [])
  const second = state.days.get(`${party.name} ${dayAfter(day)}`)?.differences
  actUntilDone(nextNoonMs + 86_400_000)
  return { state, found, second, ours, fake }
}

const balance = (state: ReconciliationState, account: string) => state.balances.get(account) ?? 0
const partyOf = (kind: (typeof partyKinds)[number]): Party => ({ kind, name: `a-${kind}` })
const plantedArbitrary = fc.record({
  kind: fc.constantFrom(...differenceKinds),
  does: fc.constantFrom('pay' as const, 'refund' as const),
  wrong: fc.constantFrom(...wrongs),
  isMore: fc.boolean(),
})

describe.each(partyKinds)('a party of kind %s', (kind) => {
  const party = partyOf(kind)

  test('k differences planted are k found, all ended by the table; nothing stands in suspense after the second day', () => {
    fc.assert(
      fc.property(fc.array(plantedArbitrary, { maxLength: 12 }), fc.boolean(), (planted, refuses) => {
        const { state, found, second } = play(party, planted, refuses)
        expect(found.sort()).toEqual(planted.map(({ kind: what, does }, n) => `${what} ${does} D${n}`).sort())
        expect(second).toBe(0)
        expect(balance(state, 'suspense')).toBe(0)
        expect([...state.differences.values()].every(({ ending }) => ending !== undefined)).toBe(true)
        expect([...state.balances.values()].reduce((sum, fen) => sum + fen, 0)).toBe(0)
      }),
    )
  })

  test('every class of the table ends wherever the party’s mistake lies, and whether it does as asked or refuses', () => {
    for (const does of ['pay', 'refund'] as const) {
      for (const what of differenceKinds) {
        expect(differenceRules[kind][does][what]).toBeDefined()
        for (const wrong of wrongs) {
          for (const isMore of [true, false]) {
            for (const refuses of [true, false]) {
              const { state } = play(party, [{ kind: what, does, wrong, isMore }], refuses)
              const [one] = [...state.differences.values()]
              expect({ what, ended: one?.ending !== undefined, suspense: balance(state, 'suspense') }).toEqual({
                what,
                ended: true,
                suspense: 0,
              })
            }
          }
        }
      }
    }
  })
})

test('a bank that took what nobody ordered gives it back, one that lost its row corrects it, and neither costs anybody', () => {
  const { state } = play(
    partyOf('payer'),
    [
      { kind: 'missing-here', does: 'pay', wrong: 'books', isMore: true },
      { kind: 'missing-there', does: 'pay', wrong: 'statement', isMore: true },
    ],
    false,
  )
  expect([...state.differences.values()].map(({ ending }) => ending).sort()).toEqual(['corrected-there', 'given-back'])
  expect(balance(state, 'losses')).toBe(0)
})

test('what a bank never took and refuses to take is the platform’s loss, and the hospital is paid all the same', () => {
  const { state } = play(partyOf('payer'), [{ kind: 'missing-there', does: 'pay', wrong: 'books', isMore: true }], true)
  expect(balance(state, 'losses')).toBe(6000)
  const { entries } = decidePayOuts(state)
  expect(entries).toMatchObject([
    { payer: 'a-payer', site: 7, amountFen: 5 * 6000 },
    { payer: 'platform', site: 7, amountFen: 6000 },
  ])
})
