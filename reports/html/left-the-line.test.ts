import { expect, test } from 'vitest'
import { sampleRunResult } from '../testing/sample-run-result.ts'
import { leftTheLine } from './left-the-line.ts'
import { pageOf } from './page.ts'

const sample = sampleRunResult()

test('who turned away and who lost patience are counted together, in patients a day, beside the first arm', () => {
  const changed = (name: string, value: number) =>
    sample.differences.map((row) =>
      row.name === name && row.arm === 'adopt-40' && row.slice.dimension === 'all' ? { ...row, value } : row,
    )
  const visits = sample.measures.find((row) => row.name === 'visits' && row.arm === 'adopt-40' && row.slice.dimension === 'all')!.value
  const balked = { ...sample, differences: changed('balked-share', 0.002) }
  const reneged = balked.differences.find((row) => row.name === 'reneged-share' && row.slice.dimension === 'all')!.value
  expect(leftTheLine(pageOf(balked, 'en'), 'adopt-40')).toBeCloseTo((0.002 + reneged) * visits, 6)
  expect(leftTheLine(pageOf({ ...sample, differences: [] }, 'en'), 'adopt-40')).toBeUndefined()
})
