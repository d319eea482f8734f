import { expect, test } from 'vitest'
import { coveragePage } from './coverage-page.ts'
import { dialectParts } from './dialect-parts.ts'
import { alsoSeenIn, coded, fields, list, optional, text } from './field.ts'

test('docs/dialect-coverage.md says what the schemas say; renew it with npx vitest run coverage -u', async () => {
  await expect(coveragePage(dialectParts)).toMatchFileSnapshot('../../../docs/dialect-coverage.md')
})

test('a field is counted once, by what becomes of it, with its source when that is not the reference', () => {
  const request = fields({
    one: text('甲', 5, { standing: 'enforced' }),
    many: list('乙', fields({ two: text('丙', 5), three: optional(coded('丁', { 1: '是' }, { standing: 'ignored', source: 'OH' })) })),
  })
  const page = coveragePage([
    { zh: '示例', en: 'Example', assumptions: [], messages: [{ code: 'X1', zh: '示例', en: 'Example', request }] },
  ])
  expect(page).toContain('| 示例 · Example | 1 | 1 | 1 | 1 | 0 | 1 | 0 | 0 |')
  expect(page).toContain('| X1 示例 · Example | `one` | `many[].two` | `many[].three`?†OH | — |')
})

test('a field that a second implementation has alike is counted apart; the testbed’s own and the reference’s stay what they are', () => {
  const request = fields(
    alsoSeenIn(
      'BM',
      {
        known: text('甲', 5),
        seen: text('乙', 5, { source: 'OH' }),
        lacking: text('丙', 5, { source: 'OH' }),
        own: text('丁', 5, { source: 'unverified' }),
      },
      ['lacking'],
    ),
  )
  const page = coveragePage([
    { zh: '示例', en: 'Example', assumptions: [], messages: [{ code: 'X1', zh: '示例', en: 'Example', request }] },
  ])
  expect(page).toContain('| 示例 · Example | 1 | 0 | 4 | 0 | 1 | 2 | 1 | 0 |')
  expect(page).toContain('`known`, `seen`‡OH BM, `lacking`†OH, `own`†')
})
