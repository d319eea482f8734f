/**
 * Renews reports/samples/: the demonstration's page from a whole run, and the few facts that make it again.
 * `npm run sample` runs it; `npm run sample -- <folder>` takes a run's folder that is there already.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { htmlReport } from '../reports/html/report.ts'
import { readStoredResult } from '../reports/read-stored-result.ts'
import type { RunResult } from '../simulators/measures/run-result.ts'

const scenario = 'shanghai-weekday'
/** What a reader's browser and the repository bear without a second thought. */
const mostBytes = 1024 * 1024

const here = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url))
const given = process.argv[2]
const temporary = given === undefined ? mkdtempSync(join(tmpdir(), 'sample-')) : undefined
try {
  const folder = given ?? join(temporary as string, 'run')
  if (given === undefined) {
    const command = [here('cli/medpay.ts'), 'run', scenario, '--lang', 'both', '--out', folder]
    const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' })
    if (status !== 0) process.exit(status ?? 1)
  }
  const read = readStoredResult(join(folder, 'run-result.json'))
  if (!read.ok) throw new Error(read.problem.en)
  const page = here(`reports/samples/${scenario}.html`)
  writeFileSync(page, htmlReport(read.result, { languages: ['zh', 'en'] }))
  writeFileSync(here('reports/samples/README.md'), readme(read.result))
  const { size } = statSync(page)
  console.log(`${page}: ${size.toLocaleString('en-GB')} bytes`)
  if (size > mostBytes) {
    console.error(`that is more than ${mostBytes.toLocaleString('en-GB')}; the page has to become smaller`)
    process.exitCode = 1
  }
} finally {
  if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true })
}

function readme({ scenario: { name, date, seed }, replication, planHash, resultHash, provenance }: RunResult): string {
  return `# A sample report · 报告样例

[${name}.html](${name}.html) is the page of one real run: download it and open it from disk, in Chinese or English; it asks for no network.
[${name}.html](${name}.html) 是一次真实运行的报告页面：下载后直接打开即可，中英文可切换，不访问网络。

It is renewed by \`npm run sample\`, which runs \`${provenance.replay}\` and keeps the page. 由 \`npm run sample\` 重新生成。

| | |
|---|---|
| day · 模拟日期 | ${date}, seed ${seed}, ${replication.days} paired days |
| plan hash · 计划哈希 | \`${planHash}\` |
| result hash · 结果哈希 | \`${resultHash}\` |
| version, kernel · 版本、内核 | ${provenance.version}, ${provenance.kernel} |
`
}
