import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { brokenLaws } from './laws.ts'
import { importsOf } from './source-text.ts'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const notOurs = new Set(['node_modules', '.git', 'coverage', 'runs', 'dist', '.venv', '.cache'])
const isText = /\.(?:ts|mjs|js|json|md|ya?ml|sh|toml|txt|html|css|c|py)$|(?:^|\/)(?:run|Dockerfile|\.npmrc|\.nvmrc|\.gitignore)$/

function houseFiles(folder = ''): [string, string][] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry): [string, string][] => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (notOurs.has(entry.name)) return []
    if (entry.isDirectory()) return houseFiles(path)
    return isText.test(path) && path !== 'package-lock.json' ? [[path, readFileSync(join(root, path), 'utf8')]] : []
  })
}

/** The laws that one small planted house breaks, without the line's beginning. */
function check(files: Record<string, string>, expected: readonly (string | RegExp)[]): void {
  const broken = brokenLaws(new Map(Object.entries(files)))
  expect(broken).toHaveLength(expected.length)
  for (const [index, part] of expected.entries()) expect(broken[index]).toMatch(part)
}

test('this house keeps its laws', () => {
  const files = new Map(houseFiles())
  expect(files.size).toBeGreaterThan(10)
  expect(brokenLaws(files)).toEqual([])
})

describe('a room imports from lower floors only', () => {
  test('down is allowed, over several floors too', () => {
    check({ 'simulators/audit/a.ts': "import { x } from '../engine/time.ts'\nimport { y } from '../banks/b.ts'" }, [])
    check({ 'simulators/virtual/a.ts': "import { x } from '../audit/a.ts'\nimport { y } from './kernel/k.ts'" }, [])
  })
  test('up is not, in every form an import can take', () => {
    check({ 'simulators/engine/a.ts': "import { x } from '../money/fen.ts'" }, [/simulators\/engine\/a\.ts:1 .*money stands above engine/])
    check({ 'simulators/policy/a.ts': "\nimport {\n  type x,\n  y,\n} from '../pathways/p.ts'" }, [
      /a\.ts:2 .*pathways stands above policy/,
    ])
    check({ 'simulators/faults/a.ts': "export * from '../measures/m.ts'" }, [/measures stands above faults/])
    check({ 'simulators/audit/a.ts': "const world = await import('../virtual/run.ts')" }, [/virtual stands above audit/])
    check({ 'simulators/engine/a.ts': "new Worker(new URL('../virtual/worker.ts', import.meta.url))" }, [/virtual stands above engine/])
    check({ 'simulators/engine/a.ts': "import type { Fen } from '../money/fen.ts'" }, [/money stands above engine/])
    check({ 'simulators/engine/a.ts': "import '../money/fen.ts'" }, [/money stands above engine/])
  })
  test('siblings and actors do not know each other', () => {
    check({ 'simulators/money/a.ts': "import { x } from '../queueing/q.ts'" }, [/side by side/])
    check({ 'simulators/banks/a.ts': "import { x } from '../bureau/b.ts'" }, [/side by side/])
  })
  test('the auditor knows nobody it audits, not even by type', () => {
    check({ 'simulators/wire/audit/a.ts': "import type { Words } from '../../measures/result-wire.ts'\nimport { x } from './b.ts'" }, [])
    check({ 'simulators/wire/audit/a.ts': "import type { Difference } from '../reconciliation/records.ts'" }, [/knows nobody it audits/])
    check({ 'simulators/wire/audit/a.ts': "import { splitBill } from '../../policy/split-bill.ts'" }, [/knows nobody it audits/])
    check({ 'simulators/wire/platform/a.ts': "import { auditRun } from '../audit/audit-run.ts'" }, [/audit stands above platform/])
  })
  test('a room that has no floor is refused', () => {
    check({ 'simulators/lobby/a.ts': "import { x } from '../engine/time.ts'" }, [/lobby is no room/])
  })
  test('the two worlds never see each other, not even in a test', () => {
    check({ 'simulators/virtual/a.ts': "import { x } from '../wire/w.ts'" }, [/never see each other/])
    check({ 'simulators/wire/a.test.ts': "import { x } from '../virtual/v.ts'" }, [/never see each other/])
  })
  test('a test may ask a room above for a whole run', () => {
    check({ 'simulators/pathways/a.test.ts': "import { x } from '../virtual/v.ts'" }, [])
  })
})

describe('the stages around the simulators', () => {
  test('simulators know the words of the plan and nothing else of scenarios; the engine knows none', () => {
    check({ 'simulators/virtual/a.ts': "import { type Plan, tiers } from '../../scenarios/plan.ts'" }, [])
    check({ 'simulators/virtual/a.ts': "import type { x } from '../../scenarios/read.ts'" }, [/words of the plan/])
    check({ 'simulators/engine/a.ts': "import type { Plan } from '../../scenarios/plan.ts'" }, [/engine knows no scenario/])
  })
  test('the plan is a hinge: below it there is the engine alone', () => {
    check({ 'scenarios/plan.ts': "import { x } from './plan-words.ts'\nimport { y } from '../simulators/engine/time.ts'" }, [])
    check({ 'scenarios/plan.ts': "import { x } from './schema.ts'" }, [/hinge/])
  })
  test('scenarios know the engine and no other room', () => {
    check({ 'scenarios/resolve.ts': "import { x } from '../simulators/engine/random.ts'\nimport { y } from './cities/c.ts'" }, [])
    check({ 'scenarios/resolve.ts': "import { x } from '../simulators/policy/p.ts'" }, [/scenarios import simulators\/engine/])
  })
  test('reports and dashboards read measures and never a world', () => {
    check({ 'reports/html.ts': "import { x } from '../simulators/measures/m.ts'" }, [])
    check({ 'reports/html.ts': "import { x } from '../simulators/virtual/v.ts'" }, [/reports import/])
    check({ 'dashboards/grafana/a.ts': "import { x } from '../../simulators/audit/a.ts'" }, [/dashboards import/])
  })
  test('a platform of others opens what sockets it likes and knows nothing of the house; its adapter knows the contract alone', () => {
    const own = 'load/examples/pay/'
    check({ [`${own}platform.ts`]: "import { createServer } from 'node:http'\nimport { x } from './partners.ts'" }, [])
    check({ [`${own}adapter.ts`]: "import type { Adapter } from '../../adapter.ts'" }, [])
    check({ [`${own}platform.ts`]: "import { x } from '../../adapter.ts'" }, [/knows nothing of the house/])
    check({ [`${own}adapter.ts`]: "import { x } from '../../../simulators/trace/trace.ts'" }, [/knows nothing of the house/])
    check({ [`${own}adapter.ts`]: "import { readFileSync } from 'node:fs'" }, [/runs inside k6/])
    check({ 'load/adapters/medpay.ts': "import { request } from 'node:http'" }, [/open sockets/])
  })
  test('nobody imports cli, and simulators know no reader', () => {
    check({ 'reports/html.ts': "import { x } from '../cli/run.ts'" }, [/nobody imports cli/])
    check({ 'bench/run.ts': "import { x } from '../cli/run.ts'" }, [/nobody imports cli/])
    check({ 'cli/medpay.ts': "import { x } from './run.ts'" }, [])
    check({ 'simulators/wire/a.ts': "import { x } from '../../reports/html.ts'" }, [/below reports/])
  })
})

describe('what the pure rooms do without', () => {
  test('packages and node: modules', () => {
    check({ 'simulators/money/a.ts': "import { z } from 'zod'\nimport { x } from 'node:assert'" }, [/:1 .*pure/, /:2 .*pure/])
    check({ 'simulators/money/a.test.ts': "import fc from 'fast-check'" }, [])
  })
  test('clock, dice, environment, and arithmetic that engines round their own way', () => {
    check({ 'simulators/engine/a.ts': 'const a = Date.now()\nconst b = new Date()\nconst c = Math.random()' }, [
      /:1 .*Date\.now/,
      /:2 .*new Date/,
      /:3 .*dice/,
    ])
    check({ 'simulators/virtual/a.ts': 'const a = Math.log(2)\nconst b = 2 ** 8' }, [/Math\.log/, /\*\*/])
    check({ 'scenarios/resolve.ts': 'const a = Math.pow(2, 8)' }, [/Math\.pow/])
    check({ 'simulators/bureau/a.ts': 'const a = process.env.HOME' }, [/environment/])
    check({ 'simulators/bureau/a.ts': "const a = 'b'.localeCompare('c')" }, [/language of the machine/])
  })
  test('weak maps where k6 runs the code', () => {
    check({ 'load/a.ts': 'const a = new WeakMap()' }, [/weak maps mistake/])
    check({ 'simulators/trace/a.ts': 'const a = new WeakSet()' }, [/weak maps mistake/])
    check({ 'simulators/wire/server/a.ts': 'const a = new WeakMap()' }, [])
  })
  test('what is exact or read from a given instant is allowed', () => {
    check({ 'simulators/engine/a.ts': 'const a = Math.sqrt(2) + Math.floor(1.5)\nconst d = new Date(0).getUTCDay()' }, [])
  })
  test('words in comments, strings and regular expressions are no use of the thing', () => {
    check(
      {
        'simulators/engine/a.ts':
          "/** Math.log is not ours. **/\nconst a = 'Date.now()' // Math.random\nconst b = /\\*\\*'/\nconst c = `Math.exp ${a}`",
      },
      [],
    )
    check({ 'simulators/engine/a.ts': 'const c = `text ${Math.exp(`${1}`)} text`' }, [/Math\.exp/])
  })
  test('files and sockets of rooms that have none', () => {
    check({ 'simulators/virtual/a.ts': "import { readFileSync } from 'node:fs'" }, [/files are touched by/])
    check({ 'simulators/wire/bureau/serve.ts': "import { readFileSync } from 'node:fs'" }, [/files are touched by/])
    check({ 'simulators/wire/platform/sqlite-store.ts': "import { readFileSync } from 'node:fs'" }, [])
    check({ 'cli/serve.ts': "import fastify from 'fastify'\nimport { createServer } from 'node:http'" }, [/sockets/, /sockets/])
    check({ 'simulators/wire/bureau/serve.ts': "import fastify from 'fastify'" }, [])
  })
})

describe('what tests of the rooms leave as it was', () => {
  test('is what their process has once: they share it with other files, and a mocked module would be mocked for nobody', () => {
    const once = [
      "process.chdir('/')",
      "process.env['LANG'] = 'zh'",
      "process.env.LANG = 'zh'",
      'setDefaultCACertificates([])',
      "vi.mock('./a.ts')",
    ]
    for (const code of once) check({ 'simulators/wire/a.test.ts': code }, [/tests of the rooms share a process/])
  })
  test('is not what they read, nor what a test with a process of its own changes', () => {
    check({ 'cli/a.test.ts': "const isEnglish = process.env['LANG'] === 'en'" }, [])
    check({ 'cli/a.e2e.test.ts': "process.chdir('/')", 'tests/a.test.ts': "process.chdir('/')" }, [])
  })
})

describe('habits of the text', () => {
  test('a file that outgrew its room is told so, the kernel and tests are not', () => {
    const long = 'let a = 1\n'.repeat(451)
    check({ 'reports/html.ts': long }, [/451 lines/])
    check({ 'reports/html.ts': 'let a = 1\n'.repeat(450), 'simulators/virtual/kernel/k.ts': long, 'cli/a.test.ts': long }, [])
  })
  test('a focused or skipped test is found', () => {
    check({ 'cli/a.test.ts': "test.only('a', () => {})\ndescribe.skip('b', () => {})" }, [/test\.only/, /describe\.skip/])
    check({ 'cli/a.test.ts': "test('skip, only', () => {})\nlist.skip(2)" }, [])
  })
  test('nobody is sent to a page that is not in the house', () => {
    check({ 'cli/a.ts': '/** As rules.md §2 says. */', 'cli/b.ts': '// see domain.md' }, [
      /a\.ts:1 .*cites rules\.md/,
      /b\.ts:1 .*cites domain\.md/,
    ])
    check({ 'docs/a.md': 'As in ../shared/rules.md.' }, [/cites \.\.\/shared\/rules\.md/])
    check({ 'cli/a.ts': 'const x = 1\nconst y = 2\n/** Late starts (wire-rules §3). */' }, [/a\.ts:3 .*wire-rules §3/])
    check({ 'docs/rules.md': '', 'cli/a.ts': '/** As docs/rules.md §2 says (Knuth, vol. 2, §3.3; S1 §3). */' }, [])
    check({ 'cli/a.ts': "const x = 'table.md' // written beside the run\n/** Writes table.md. */" }, [])
    check({ 'cli/a.ts': 'forge.md.sha256.create()' }, [])
  })
  test('nobody is sent to a file of code that is not in the house', () => {
    check({ 'cli/a.ts': '/** Written by cli/gone.ts. */', 'docs/b.md': 'See `a.ts` and `tools/a.ts`.' }, [
      /a\.ts:1 .*cites cli\/gone\.ts/,
      /b\.md:1 .*cites tools\/a\.ts/,
    ])
    check(
      { 'cli/a.ts': "// *-rules.ts, <kind>.ts, ../cli/a.ts, a.ts.txt\nconst x = 'gone.ts'", 'CHANGELOG.md': '`cli/gone.ts` is new.' },
      [],
    )
  })
  test('a page of docs that its list does not name is found', () => {
    check({ 'docs/README.md': '[a](a.md)', 'docs/a.md': 'A page.', 'docs/b.md': 'Another.' }, [
      /docs\/b\.md:1 .*no line in docs\/README\.md/,
    ])
  })

  test('a promise of later work names what ends it', () => {
    check({ 'cli/a.ts': '// TODO tidy this' }, [/without the condition/])
    check({ 'cli/a.ts': '// TODO when Node 28 is the oldest: drop this' }, [])
  })
  test('a path of one machine is found, one inside an address is not', () => {
    check({ 'deploy/a.yaml': 'path: /root/medpay' }, [/one machine/])
    check({ 'README.md': 'see https://example.org/work/a and reports/work/b' }, [])
  })
})

test('imports are found with their line, and words about imports are not', () => {
  const text = [
    "import type { A } from './a.ts'",
    "import b, { type C } from './b.ts'",
    "// import { d } from './d.ts'",
    'const text = "import { e } from \'./e.ts\'"',
    'export type {',
    '  F,',
    "} from './f.ts'",
    "const from = ['./g.ts']",
    "import type from './h.ts'",
  ].join('\n')
  expect(importsOf(text)).toEqual([
    { specifier: './a.ts', line: 1 },
    { specifier: './b.ts', line: 2 },
    { specifier: './f.ts', line: 5 },
    { specifier: './h.ts', line: 9 },
  ])
})

describe('inside the wire world', () => {
  test('rooms import from lower floors, and an actor knows no other actor', () => {
    check({ 'simulators/wire/bureau/a.ts': "import { x } from '../dialects/field.ts'\nimport { y } from '../stores/kept-book.ts'" }, [])
    check({ 'simulators/wire/serve.ts': "import { x } from './bureau/a.ts'" }, [])
    check({ 'simulators/wire/bureau/a.ts': "import { x } from '../banks/b.ts'" }, [/bureau and banks stand side by side/])
    check({ 'simulators/wire/dialects/a.ts': "import { x } from '../server/b.ts'" }, [/server stands above dialects/])
    check({ 'simulators/wire/bureau/a.ts': "import { x } from '../serve.ts'" }, [/serve.ts stands above/])
    check({ 'simulators/wire/lobby/a.ts': "import { x } from '../desks/b.ts'" }, [/lobby is no room of simulators\/wire/])
  })
  test('only serve.ts listens', () => {
    check({ 'simulators/wire/serve.ts': 'app.listen({ port: 1 })' }, [])
    check({ 'simulators/wire/bureau/a.ts': 'app.listen({ port: 1 })' }, [/only serve.ts listens/])
  })
  test('the spelling of a real wire stays in its dialect', () => {
    check({ 'simulators/wire/dialects/national/a.ts': 'const { psn_no } = body' }, [])
    check({ 'simulators/wire/bureau/a.ts': 'const { psn_no } = body' }, [/uses psn_no; no dialect word leaves dialects/])
  })
})
