/**
 * What `npm test` and `npm run check` do, step by step: cheap and certain checks first, the tests last, a stop at the first failure.
 *   node tools/verify.ts            everything
 *   node tools/verify.ts check      types, lint, dead code, house laws: seconds
 *   node tools/verify.ts unit […]   the tests without the end-to-end ones; further words go to vitest
 *   node tools/verify.ts long […]   the long tests alone: hundreds of seeds, tight intervals
 */
import { spawnSync } from 'node:child_process'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

type Step = { title: string; command: string[]; repeat: string }

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const packages = join(root, 'node_modules')
const vitest = join(packages, 'vitest', 'vitest.mjs')

const staticSteps: Step[] = [
  { title: 'types · 类型', command: [join(packages, 'typescript', 'bin', 'tsc'), '--noEmit', '-p', '.'], repeat: 'npx tsc --noEmit -p .' },
  {
    title: 'format and lint · 格式与规范',
    command: [join(packages, '@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings', '.'],
    repeat: 'npx biome check .   (add --write to repair)',
  },
  { title: 'dead code · 无用代码', command: [join(packages, 'knip', 'bin', 'knip.js'), '--no-progress'], repeat: 'npx knip' },
]

function stepsOf(what: string, words: string[]): Step[] {
  switch (what) {
    case 'check':
      return [
        ...staticSteps,
        { title: 'house laws · 目录规则', command: [vitest, 'run', 'tools/laws.test.ts'], repeat: 'npx vitest run tools/laws.test.ts' },
      ]
    case 'unit':
      return [
        {
          title: 'unit tests · 单元测试',
          command: [vitest, 'run', '--exclude', '**/*.e2e.test.ts', ...words],
          repeat: 'npm run test:unit',
        },
      ]
    case 'all':
      return [
        ...staticSteps,
        {
          title: 'laws, units, properties, theory, golden run, end to end · 全部测试',
          command: [vitest, 'run', ...words],
          repeat: 'npx vitest run   (add the name of a test file to run it alone)',
        },
      ]
    case 'long':
      return [
        {
          title: 'long tests · 长时测试',
          command: [vitest, 'run', '--config', 'vitest.long.config.ts', ...words],
          repeat: 'npm run test:long',
        },
      ]
    default:
      throw new Error(`unknown word ${what}: one of all, check, unit, long`)
  }
}

function main(): number {
  const [what = 'all', ...words] = process.argv.slice(2)
  const steps = stepsOf(what, words)
  for (const [index, { title, command, repeat }] of steps.entries()) {
    process.stdout.write(`\n── ${index + 1}/${steps.length} ${title}\n`)
    const began = process.hrtime.bigint()
    const { status, signal } = spawnSync(process.execPath, command, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
    if (status !== 0) {
      process.stdout.write(`\n✗ ${title}: failed. Repeat this step alone with: ${repeat}\n`)
      return signal === null ? (status ?? 1) : 128 + constants.signals[signal]
    }
    const isLast = index === steps.length - 1
    // After the tests nothing more is said: their own summary is the last word.
    if (!isLast) process.stdout.write(`✓ ${(Number(process.hrtime.bigint() - began) / 1e9).toFixed(1)} s\n`)
  }
  return 0
}

process.exitCode = main()
