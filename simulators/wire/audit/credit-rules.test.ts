import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { SeenTerm } from './audit-input.ts'
import { creditFacts } from './credit-facts.ts'
import { advancesAddUp, overdueIsNoted, repaidAsPaid } from './credit-rules.ts'
import type { Facts } from './facts.ts'
import type { Rule } from './rule.ts'

const order = (key: string) => `HK${createHash('sha256').update(key).digest('hex').slice(0, 30)}`
type Line = readonly [actor: string, entry: Readonly<Record<string, unknown>>]

/** Patient one repays through a wallet, patient two repays nothing; both owed 100 fen before. */
const sound: readonly Line[] = [
  ...['L1', 'L2'].map((agreement, at): Line => {
    const line = { usedFen: 100, limitFen: 9000, heldFen: 0 }
    return ['bank-a', { does: 'open-agreement', agreement, person: at + 1, kind: 'credit', line }]
  }),
  ...['L1', 'L2'].map(
    (agreement): Line => ['bank-a', { does: 'open-debt', key: `O-${agreement}`, agreement, amountFen: 100, usedOnDay: 1 }],
  ),
  ['bank-a', { does: 'authorize', key: 'A1', agreement: 'L1', site: 7, amountFen: 400 }],
  ['bank-a', { does: 'capture', key: 'P1', hold: 'A1', amountFen: 400 }],
  ['bank-a', { does: 'settle-visit', key: 'P2', agreement: 'L2', site: 7, visit: 'V', holds: [], amountFen: 250 }],
  ['bank-a', { does: 'refund', key: 'B1', capture: 'P1', amountFen: 150 }],
  ['wechat', { does: 'order', order: order('R1'), merchant: '19', amountFen: 350 }],
  ['wechat', { does: 'pay', order: order('R1') }],
  [
    'bank-a',
    {
      ...{ does: 'repay', key: 'R1', agreement: 'L1', wallet: 'wechat', amountFen: 350 },
      parts: [
        { payment: 'O-L1', amountFen: 100 },
        { payment: 'P1', amountFen: 250 },
      ],
    },
  ],
  ['credit-score', { does: 'open-points', points: {} }],
  ...[
    ['O-L2', 100],
    ['P2', 250],
  ].flatMap(([payment, amountFen]): Line[] => [
    ['bank-a', { does: 'overdue', payment }],
    ['credit-score', { does: 'report', key: `overdue-${payment}`, asker: 'bank-a', event: 'overdue', amountFen }],
  ]),
]
const statement = (agreement: string, usedFen: number) => ({ bank: 'bank-a', agreement, usedFen, overpaidFen: 0 })
const seen: SeenTerm = {
  repayments: [{ bank: 'bank-a', key: 'R1', amountFen: 350, outcome: 'repaid' }],
  statements: [statement('L1', 0), statement('L2', 350)],
}

function findings(rule: Rule, lines: readonly Line[] = sound, term: SeenTerm | undefined = seen) {
  const credit = creditFacts(lines.map(([actor, entry], at) => ({ actor, entry, number: at + 1, atMs: 0 })))
  const checked = rule.check({ credit, input: { term } } as unknown as Facts, new Map() as never)
  return checked.standing === 'checked' ? checked.findings : checked.standing
}
const without = (is: (entry: Line[1]) => boolean) => sound.filter(([, entry]) => !is(entry))

test('sound books have no finding, and days that nobody played are not judged', () => {
  for (const rule of [advancesAddUp, repaidAsPaid, overdueIsNoted]) {
    expect(findings(rule)).toEqual([])
    const credit = creditFacts([])
    expect(rule.check({ credit, input: {} } as unknown as Facts, new Map() as never)).toEqual({ standing: 'not-applicable' })
  }
})

test('a statement that is off by a fen is found, with what the book adds up to; so is a line whose patient heard of no statement', () => {
  const off = { ...seen, statements: [statement('L1', 0), statement('L2', 349)] }
  expect(findings(advancesAddUp, sound, off)).toEqual([{ id: 'L2', expected: '350', found: '349' }])
  expect(findings(advancesAddUp, sound, { ...seen, statements: [statement('L2', 350)] })).toMatchObject([{ id: 'L1', found: '–' }])
  expect(findings(advancesAddUp, sound, { ...seen, statements: [...seen.statements, statement('L9', 1)] })).toMatchObject([{ id: 'L9' }])
})

test('an advance, refund or repayment that is missing from the bank’s book makes its statement one that does not add up', () => {
  for (const does of ['capture', 'refund', 'repay'])
    expect(
      findings(
        advancesAddUp,
        without((entry) => entry['does'] === does),
      ),
    ).toHaveLength(1)
})

test('money given back of what was repaid lessens it, until the wallet will not have it', () => {
  const asked: Line = ['bank-a', { does: 'ask-payback', key: 'B1-B1', payment: 'P1', agreement: 'L1', repayment: 'R1', amountFen: 50 }]
  const failed: Line = ['bank-a', { does: 'fail-payback', key: 'B1-B1' }]
  expect(findings(advancesAddUp, [...sound, asked])).toMatchObject([{ id: 'L1', expected: '50', found: '0' }])
  expect(findings(advancesAddUp, [...sound, asked, failed])).toEqual([])
})

test('a repayment is found that the bank has not, has twice, that nobody asked for, and that no wallet was paid for', () => {
  const repay = sound.find(([, { does }]) => does === 'repay') as Line
  expect(
    findings(
      repaidAsPaid,
      without((entry) => entry['does'] === 'repay'),
    ),
  ).toMatchObject([{ id: 'R1', found: '0' }, { id: order('R1') }])
  expect(findings(repaidAsPaid, [...sound, repay])).toMatchObject([{ id: 'R1', found: '700' }])
  expect(findings(repaidAsPaid, sound, { ...seen, repayments: [] })).toMatchObject([{ id: 'R1', expected: '–' }])
  expect(
    findings(
      repaidAsPaid,
      without((entry) => entry['does'] === 'pay'),
    ),
  ).toMatchObject([{ id: 'R1', expected: '350', found: '0' }])
  const refused = { ...seen, repayments: [{ ...seen.repayments[0], outcome: 'refused' } as SeenTerm['repayments'][number]] }
  expect(findings(repaidAsPaid, sound, refused)).toMatchObject([{ id: 'R1', expected: '0', found: '350' }])
})

test('whoever owes and is not overdue is found, so is whoever is overdue and owes nothing, and each the score was not told of', () => {
  expect(
    findings(
      overdueIsNoted,
      without((entry) => entry['payment'] === 'P2' && entry['does'] === 'overdue'),
    ),
  ).toMatchObject([{ id: 'P2', expected: '250', found: 'not overdue' }])
  const wrongly: Line = ['bank-a', { does: 'overdue', payment: 'P1' }]
  expect(findings(overdueIsNoted, [...sound, wrongly])).toMatchObject([{ id: 'P1', expected: '0', found: 'overdue' }])
  expect(
    findings(
      overdueIsNoted,
      without((entry) => entry['key'] === 'overdue-P2'),
    ),
  ).toMatchObject([{ id: 'P2', found: '–' }])
})

test('where no score is kept, nobody has to hear of what is overdue', () => {
  expect(
    findings(
      overdueIsNoted,
      sound.filter(([actor]) => actor !== 'credit-score'),
    ),
  ).toEqual([])
})
