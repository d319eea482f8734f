import { expect, test } from 'vitest'
import type { ShownBooks } from './story-of-bill.ts'
import { storyOfErrand } from './story-of-errand.ts'

const entry = (number: number, contents: object) => ({ number, atMs: number, entry: contents })
const signIn = (site: number, operator: string) => ({ does: 'act', site, effects: [{ does: 'sign-in', site, operator }] })
const books: ShownBooks[] = [
  {
    actor: 'bank-a',
    entries: [
      entry(3, { does: 'sign', key: 'S', agreement: 'AG1', person: 5, limitFen: 100_000 }),
      entry(4, { does: 'sign', key: 'T', agreement: 'AG2', person: 6, limitFen: 200_000 }),
      entry(5, { does: 'raise', key: 'R1', agreement: 'AG1', limitFen: 150_000 }),
      entry(6, { does: 'raise', key: 'R2', agreement: 'AG2', limitFen: 250_000 }),
      entry(7, { does: 'authorize', key: 'P1-A', agreement: 'AG1', amountFen: 700 }),
    ],
  },
  { actor: 'identity', entries: [entry(1, { does: 'bind', key: 'E5', guardian: 4, child: 5 }), entry(2, { does: 'activate', person: 4 })] },
  {
    actor: 'bureau',
    entries: [
      entry(1, signIn(7, 'ZD1')),
      entry(2, signIn(8, 'ZD2')),
      entry(8, { does: 'settle', person: 5, settlement: 'SL1', bill: 'MX1' }),
    ],
  },
]
const told = (key: string, person: number, site: number) =>
  storyOfErrand({ key, person, site }, books).map(({ actor, does, amounts }) => [actor, does, ...amounts.map(({ amountFen }) => amountFen)])

test('a person’s errand is told by what was done about the person in order, theirs alone, and no bill of theirs', () => {
  expect(told('K', 5, 7)).toEqual([
    ['identity', 'bind'],
    ['bank-a', 'sign', 100_000],
    ['bank-a', 'raise', 150_000],
  ])
  expect(told('K', 99, 7)).toEqual([])
})

test('what was written under the errand’s own key is told whoever’s it is, and under a longer number beside it is not', () => {
  expect(told('R2', 99, -1)).toEqual([['bank-a', 'raise', 250_000]])
  expect(told('P1', 99, -1)).toEqual([['bank-a', 'authorize', 700]])
  expect(told('P', 99, -1)).toEqual([])
})

test('a terminal’s errand is told by the sign-ins of its site', () => {
  expect(told('K', -1, 7)).toEqual([['bureau', 'sign-in']])
})
