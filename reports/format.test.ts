import { expect, test } from 'vitest'
import { formatClock, formatInterval, formatMark, formatValue, formatWithInterval } from './format.ts'

test('a figure is rounded to what it can bear and carries its unit', () => {
  expect([
    formatValue(13.4417, 'min', 'en'),
    formatValue(102.4, 'min', 'en'),
    formatValue(0.0816, 's', 'en'),
    formatValue(9.996, 'min', 'en'),
  ]).toEqual(['13.4 min', '102 min', '0.082 s', '10.0 min'])
  expect(formatValue(13.4417, 'min', 'zh')).toBe('13.4分钟')
})

test('a share is read in per cent, its change in percentage points', () => {
  expect([
    formatValue(0.358, '1', 'zh'),
    formatValue(0.358, '1', 'en'),
    formatValue(-0.05, 'points', 'en', true),
    formatValue(0.05, 'points', 'zh', true),
  ]).toEqual(['35.8%', '35.8 %', '−5.0 pts', '+5.0个百分点'])
})

test('money is kept in fen and read in yuan, 万元 or 亿元', () => {
  expect([formatValue(5590, 'fen', 'zh'), formatValue(200_220_000, 'fen', 'zh'), formatValue(4_464_500_000_000, 'fen', 'zh')]).toEqual([
    '55.90元',
    '200.2万元',
    '446.45亿元',
  ])
  expect([formatValue(5590, 'fen', 'en'), formatValue(200_220_000, 'fen', 'en')]).toEqual(['55.90 yuan', '2.00 m yuan'])
})

test('value and interval share decimals and say their unit once', () => {
  expect(formatWithInterval(-7.236, [-7.4, -7.0], 'min', 'en', true)).toBe('−7.24 min (−7.40 to −7.00)')
  expect(formatWithInterval(-7.236, [-7.4, -7.0], 'min', 'zh', true)).toBe('−7.24分钟（−7.40至−7.00）')
  expect(formatInterval([-0.001, 0.02], '1', 'en', true)).toBe('−0.1 to +2.0 %')
})

test('zero has no sign, and neither has what rounds to it', () => {
  expect([formatValue(0, 'min', 'en', true), formatValue(-0.0001, 'lines', 'en', true)]).toEqual(['0 min', '0.00 lines'])
})

test('a mark that someone set is shown as set', () => {
  expect([formatMark(1, 'min', 'en'), formatMark(0.05, 'points', 'zh'), formatMark(-0.5, 'min', 'zh')]).toEqual([
    '1 min',
    '5个百分点',
    '−0.5分钟',
  ])
})

test('a second of the day is a clock time', () => {
  expect([formatClock(0), formatClock(30_600), formatClock(86_400)]).toEqual(['00:00', '08:30', '24:00'])
})
