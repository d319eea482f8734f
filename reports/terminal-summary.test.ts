import { expect, test } from 'vitest'
import { terminalSummary } from './terminal-summary.ts'
import { sampleRunResult } from './testing/sample-run-result.ts'
import { textTable } from './text-table.ts'
import { languages } from './words.ts'

const sample = sampleRunResult()

test('the summary fits 25 lines in either language, however many arms, reasons and groups there are', () => {
  const arms = [...sample.arms, ...Array.from({ length: 9 }, (_, index) => ({ ...sample.arms[1]!, name: `arm-${index}` }))]
  const reasons = Array.from({ length: 9 }, (_, index) => ({ zh: `原因${index}`, en: `reason ${index}` }))
  for (const language of languages) {
    for (const valid of [true, false]) {
      const text = terminalSummary({ ...sample, arms, verdict: { valid, reasons: valid ? [] : reasons } }, language, {
        reportPath: 'reports/runs/x/report.html',
      })
      expect(text.split('\n').length).toBeLessThanOrEqual(25)
    }
  }
})

test('the summary says the question, the answer, the queue counts before and after with interval and n, and where the report is', () => {
  const text = terminalSummary(sample, 'en', { reportPath: 'a b/report.html' })
  expect(text).toContain(sample.scenario.question.en)
  expect(text).toMatch(/^Effect: /m)
  expect(text).toMatch(/Payment lines waited over 1 minute +1\.60 lines +0\.80 lines +−0\.80 lines +−0\.81 to −0\.79 lines +1,045,000/)
  expect(text.split('\n').at(-1)).toBe('Report: a b/report.html')
})

test('a provisional summary says so with its n and shows no interval', () => {
  const replication = { ...sample.replication, days: 2, provisional: true }
  const measures = sample.measures.map((row) => ({ ...row, interval: null, days: 2 }))
  const differences = sample.differences.map((row) => ({ ...row, interval: null, days: 2 }))
  const text = terminalSummary({ ...sample, replication, measures, differences }, 'zh')
  expect(text).toContain('暂行结果，n = 2天')
  expect(text).not.toMatch(/\d至/)
})

test('a void run is told first, with its reasons, and no headline pretends an answer', () => {
  const text = terminalSummary(
    { ...sample, verdict: { valid: false, reasons: [{ zh: '故障没有起作用', en: 'the fault did nothing' }] } },
    'en',
  )
  expect(text).toContain('This run is void\n  the fault did nothing')
  expect(text).not.toMatch(/^Effect/m)
})

test('colour is used only where it was asked for', () => {
  expect(terminalSummary(sample, 'en')).not.toContain('\u001b')
  expect(terminalSummary(sample, 'en', { colour: true })).toContain('\u001b[32mEffect')
})

test('columns stay aligned when some cells are Chinese', () => {
  expect(
    textTable(
      [{ title: '指标' }, { title: 'n', numeric: true }],
      [
        ['付费排队', '12'],
        ['wait', '3,456'],
      ],
    ),
  ).toEqual(['  指标          n', '  付费排队     12', '  wait      3,456'])
})
