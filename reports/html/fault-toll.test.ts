import { expect, test } from 'vitest'
import type { RunResult } from '../../simulators/measures/run-result.ts'
import { sampleRunResult } from '../testing/sample-run-result.ts'
import { backupWorth, faultSentences, tollOf, tollTable } from './fault-toll.ts'
import { pageOf } from './page.ts'

const sample = sampleRunResult()

/** The sample with so many payments broken a day in the struck arm, and this share of them not saved. */
function struck(brokenADay: number, couldNot: number): RunResult {
  const measures = sample.measures.map((row) =>
    row.name === 'failed-share-backup-could-not-save' && row.arm === 'adopt-40' && row.slice.dimension === 'all'
      ? { ...row, value: couldNot, count: brokenADay * row.days }
      : row,
  )
  return { ...sample, measures }
}

test('a struck arm says how many payments broke on a day, which share another entry saved, and how many it did not', () => {
  expect(tollOf(pageOf(struck(20_000, 0.25), 'en'), 'adopt-40')).toMatch(
    /^20,000 payments .* settled 75\.0 % of them; 5,000 it could not save/,
  )
  expect(tollOf(pageOf(struck(20_000, 0.25), 'zh'), 'adopt-40')).toMatch(/^有20,000笔.*75\.0%由其他入口救回，5,000笔未能救回/)
  expect(tollOf(pageOf(struck(20_000, 1), 'en'), 'adopt-40')).toContain('No other entry settled any of them')
  expect(tollOf(pageOf(sample, 'en'), 'before')).toBeUndefined()
})

test('an arm in which nothing broke says so', () => {
  const measures = sample.measures.filter(({ name }) => name !== 'failed-share-backup-could-not-save')
  expect(tollOf(pageOf({ ...sample, measures }, 'en'), 'adopt-40')).toMatch(/^No payment by phone or credit broke\./)
})

test('who turned away or left a line for the fault stands beside what broke, and nobody is told of where nobody did', () => {
  const leaving = (more: number) => {
    const differences = sample.differences.map((row) =>
      row.slice.dimension === 'all' && ['balked-share', 'reneged-share'].includes(row.name) ? { ...row, value: more / 2 } : row,
    )
    return tollOf(pageOf({ ...sample, differences }, 'en'), 'adopt-40')
  }
  const visits = sample.measures.find((row) => row.name === 'visits' && row.arm === 'adopt-40' && row.slice.dimension === 'all')!.value
  expect(leaving(0.01)).toContain(`${Math.round(0.01 * visits).toLocaleString('en-GB')} more patients than without the fault turned away`)
  expect(leaving(-0.01)).toContain('fewer patients than without the fault')
  expect(leaving(0)).not.toContain('patients')
})

test('what is left when the struck party cannot be backed up is said of each party that was struck, and of no other', () => {
  const [fault] = sample.faults
  const of = (party: 'channel' | 'platform' | 'bureau' | 'bank'): string => {
    const target = { party, name: 'named' }
    return faultSentences(pageOf({ ...sample, faults: [{ ...fault!, fault: { ...fault!.fault, target } }] }, 'en'))
  }
  expect(of('platform')).toContain('all entries fail together')
  expect(of('platform')).not.toContain('the window needs it too')
  expect(of('bureau')).toContain('the window needs it too')
  expect(of('bank')).toContain('cannot move to another bank')
  expect(of('channel')).toContain('takes over where there is one')
})

test('the table holds every arm, the struck hours of arrival and the one before them, and leaves out what is nothing everywhere', () => {
  const [fault] = sample.faults
  const from = 9.5 * 3600
  const at = { ...fault!.fault, fromSecond: from, toSecond: from + 1800 }
  const text = tollTable(pageOf({ ...sample, faults: [{ ...fault!, fault: at }] }, 'en'))
  for (const { title } of sample.arms) expect(text).toContain(title.en)
  expect([...text.matchAll(/arrivals (\d\d):00/g)].map(([, hour]) => hour)).toEqual(['08', '09'])
  const measures = sample.measures.map((row) => (row.name === 'left-unpaid-share' ? { ...row, value: 0 } : row))
  expect(text).toContain('Left without paying')
  expect(tollTable(pageOf({ ...sample, measures }, 'en'))).not.toContain('Left without paying')
})

test('what mutual backup is worth stands as a paired figure between the two struck arms', () => {
  const { furtherDifferences, faults, arms } = sample
  const [row] = furtherDifferences.filter(({ slice }) => slice.dimension === 'all')
  const pair = { ...row!, arm: 'adopt-40', against: 'before', value: 0.87, interval: [0.86, 0.88] as const }
  const both = { ...sample, faults: arms.map(({ name }) => ({ ...faults[0]!, arm: name })), furtherDifferences: [pair] }
  expect(backupWorth(pageOf(both, 'en'))).toContain('+87.0 pts (+86.0 to +88.0)')
  expect(backupWorth(pageOf({ ...both, faults }, 'en'))).toBe('')
})
