import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Fen, fenOf } from '../../money/fen.ts'
import { accountingDayOf, dayAfter, windowOf } from './accounting-day.ts'
import { type DayToMatch, type InTransit, matchDay, nothingInTransit } from './match-day.ts'
import type { DifferenceKind, MoneyRecord, Party } from './records.ts'

const bank: Party = { kind: 'payer', name: 'bank-a' }
const cutOff = { minuteOfDay: 23 * 60 }
const day = '2020-10-12'
const { fromMs, untilMs } = windowOf(day, cutOff)
const graceMs = 900_000

const record = (key: string, change: Partial<MoneyRecord> = {}): MoneyRecord => ({
  key,
  does: 'pay',
  site: 7,
  atMs: fromMs + 3_600_000,
  amountFen: fenOf(6000),
  ...change,
})
const ask = (change: Partial<DayToMatch>) =>
  matchDay({
    party: bank,
    day,
    untilMs,
    ours: [],
    theirs: [],
    carried: nothingInTransit,
    oursLater: new Set(),
    underWay: new Set(),
    corrected: new Set(),
    graceMs,
    ...change,
  })
const counts = ({ matched, inTransit, differences }: ReturnType<typeof matchDay>) => ({
  matched: matched.length,
  inTransit: inTransit.ours.length + inTransit.theirs.length,
  differences: differences.map(({ kind, key }) => `${kind} ${key}`),
})

test('an accounting day that ends at 23:00 begins at 23:00 of the day before', () => {
  expect(accountingDayOf(untilMs - 1, cutOff)).toBe(day)
  expect(accountingDayOf(untilMs, cutOff)).toBe(dayAfter(day))
  expect(accountingDayOf(fromMs, cutOff)).toBe(day)
  expect(accountingDayOf(fromMs - 1, cutOff)).toBe('2020-10-11')
})

test('equal records match; a part that differs behind an equal sum is a difference', () => {
  const parts = { fundFen: 3000, accountFen: 3000 }
  expect(counts(ask({ ours: [record('A', { parts })], theirs: [record('A', { parts })] }))).toEqual({
    matched: 1,
    inTransit: 0,
    differences: [],
  })
  const { differences } = ask({
    ours: [record('A', { parts })],
    theirs: [record('A', { parts: { fundFen: 2999, accountFen: 3001 } })],
  })
  expect(differences).toMatchObject([{ kind: 'amount-differs', partsDiffer: ['fundFen', 'accountFen'] }])
})

test('a pair across the cut-off is in transit for one day, whichever side is first, and then matches', () => {
  const late = untilMs - 1000
  const early = untilMs + 1000
  for (const [ours, theirs] of [
    [late, early],
    [early, late],
  ] as const) {
    const isOursFirst = ours < theirs
    const first = ask({
      ours: isOursFirst ? [record('A', { atMs: ours })] : [],
      theirs: isOursFirst ? [] : [record('A', { atMs: theirs })],
      oursLater: new Set(isOursFirst ? [] : ['pay A']),
    })
    expect(counts(first)).toEqual({ matched: 0, inTransit: 1, differences: [] })
    const second = ask({
      day: dayAfter(day),
      untilMs: untilMs + 86_400_000,
      ours: isOursFirst ? [] : [record('A', { atMs: ours })],
      theirs: isOursFirst ? [record('A', { atMs: theirs })] : [],
      carried: first.inTransit,
    })
    expect(counts(second)).toEqual({ matched: 1, inTransit: 0, differences: [] })
  }
})

test('what was in transit for a day and found no partner is a difference the day after', () => {
  const carried: InTransit = { ours: [record('A', { atMs: untilMs - 1000 })], theirs: [record('B', { atMs: untilMs - 1000 })] }
  const second = ask({ day: dayAfter(day), untilMs: untilMs + 86_400_000, carried })
  expect(counts(second).differences).toEqual(['missing-there A', 'missing-here B'])
})

test('a payment that is not over is on the way for as long as it takes', () => {
  const ours = [record('A', { payment: 'P1' })]
  const theirs = [record('B')]
  const underWay = new Set(['P1', 'B'])
  const first = ask({ ours, theirs, underWay })
  expect(counts(first)).toEqual({ matched: 0, inTransit: 2, differences: [] })
  expect(counts(ask({ carried: first.inTransit, underWay }))).toEqual({ matched: 0, inTransit: 2, differences: [] })
  expect(counts(ask({ carried: first.inTransit })).differences).toEqual(['missing-there A', 'missing-here B'])
  expect(counts(ask({ ours, theirs: [record('A')], underWay: new Set(['P1']) }))).toEqual({ matched: 0, inTransit: 2, differences: [] })
})

test('the late row of a difference the party has corrected is no news', () => {
  expect(counts(ask({ theirs: [record('A')], corrected: new Set(['pay A']) }))).toEqual({ matched: 0, inTransit: 0, differences: [] })
})

const plantable = ['missing-there', 'missing-here', 'amount-differs', 'twice-there'] as const satisfies readonly DifferenceKind[]

test('of k differences planted of each kind exactly those are found, and everything else matches', () => {
  fc.assert(
    fc.property(
      fc.record({
        sound: fc.integer({ min: 0, max: 30 }),
        across: fc.integer({ min: 0, max: 5 }),
        planted: fc.array(fc.constantFrom(...plantable), { maxLength: 20 }),
        does: fc.constantFrom('pay' as const, 'refund' as const),
        shiftFen: fc.integer({ min: 1, max: 5000 }),
      }),
      ({ sound, across, planted, does, shiftFen }) => {
        const ours: MoneyRecord[] = []
        const theirs: MoneyRecord[] = []
        for (let n = 0; n < sound; n += 1) {
          ours.push(record(`S${n}`, { does }))
          theirs.push(record(`S${n}`, { does, atMs: fromMs + n }))
        }
        for (let n = 0; n < across; n += 1) (n % 2 === 0 ? ours : theirs).push(record(`T${n}`, { does, atMs: untilMs - 1 - n }))
        for (const [n, kind] of planted.entries()) {
          const one = record(`D${n}`, { does })
          if (kind !== 'missing-here') ours.push(one)
          if (kind !== 'missing-there') theirs.push(one)
          if (kind === 'twice-there') theirs.push(one)
          if (kind === 'amount-differs') theirs[theirs.length - 1] = { ...one, amountFen: (one.amountFen + shiftFen) as Fen }
        }
        const found = ask({ ours, theirs })
        const told = counts(found)
        expect({ ...told, differences: told.differences.sort() }).toEqual({
          matched: sound + planted.filter((kind) => kind === 'twice-there').length,
          inTransit: across,
          differences: planted.map((kind, n) => `${kind} D${n}`).sort(),
        })
      },
    ),
  )
})
