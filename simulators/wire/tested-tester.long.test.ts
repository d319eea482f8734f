/** Twenty sound runs of other seeds, larger than the everyday ones: nothing is found in any. The table is docs/tested-tester-clean.md. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import { auditRun } from './audit/audit-run.ts'
import { noop } from './testing/defects/noop.ts'
import { sliceOf } from './testing/slice/slice.ts'
import { type SliceCity, sliceCity } from './testing/slice/slice-city.ts'

const firstSeed = 101
const seeds = Array.from({ length: 20 }, (_, index) => firstSeed + index)
const rowsEach = 150

let city: SliceCity
beforeAll(async () => {
  city = await sliceCity(planOf('small-town'))
})
afterAll(() => city.stop())

test('twenty sound runs have no finding', async () => {
  const lines: string[] = []
  for (const seed of seeds) {
    const input = await city.play(sliceOf(seed, rowsEach), noop)
    const audit = auditRun(input)
    const findings = audit.rules.flatMap(({ name, findings: all }) => all.map(({ words }) => `${name}: ${words.en}`))
    expect(findings, audit.replay).toEqual([])
    const ends = Map.groupBy(input.seen, ({ answers }) => answers.at(-1)?.outcome ?? 'none')
    const outcomes = [...ends].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([outcome, rows]) => `${outcome} ${rows.length}`)
    lines.push(
      `| ${seed} | ${rowsEach} | ${outcomes.join(', ')} | ${audit.rules.filter(({ standing }) => standing === 'kept').length} | 0 |`,
    )
  }
  const page = `# 无缺陷对照 · Sound runs

<!-- Made by \`npm run test:long -- tested-tester -u\`; the same command without -u compares. -->

| 种子 · seed | 笔数 · payments | 结果 · outcomes | 通过规则 · rules kept | 发现 · findings |
| --- | --- | --- | --- | --- |
${lines.join('\n')}
`
  await expect(page).toMatchFileSnapshot('../../docs/tested-tester-clean.md')
})
