/** Which steps `npm test` and its kin take; verify.ts takes them. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Step {
  readonly title: string
  /** What Node runs; null: this step cannot be taken here, and `instead` says so. */
  readonly command: readonly string[] | null
  /** How to repeat it alone. */
  readonly repeat: string
  readonly instead?: string
}

const packages = fileURLToPath(new URL('../node_modules', import.meta.url))
const vitest = join(packages, 'vitest', 'vitest.mjs')

const staticSteps: readonly Step[] = [
  { title: 'types · 类型', command: [join(packages, 'typescript', 'bin', 'tsc'), '--noEmit', '-p', '.'], repeat: 'npx tsc --noEmit -p .' },
  {
    title: 'types of the k6 script · k6 脚本类型',
    command: [join(packages, 'typescript', 'bin', 'tsc'), '--noEmit', '-p', 'load'],
    repeat: 'npx tsc --noEmit -p load',
  },
  {
    title: 'format and lint · 格式与规范',
    command: [join(packages, '@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings', '.'],
    repeat: 'npx biome check .   (add --write to repair)',
  },
  { title: 'dead code · 无用代码', command: [join(packages, 'knip', 'bin', 'knip.js'), '--no-progress'], repeat: 'npx knip' },
]

/**
 * @param words go to vitest and choose tests
 * @param hasDieharder whether the long battery's program is on this machine
 */
export function stepsOf(what: string, words: readonly string[], hasDieharder: () => boolean): readonly Step[] {
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
          command: [vitest, 'run', '--project', '!end-to-end', ...words],
          repeat: 'npm run test:unit',
        },
      ]
    case 'all':
      return [
        ...staticSteps,
        {
          title: 'k6, built once a machine · k6（每台机器只编译一次）',
          command: ['tools/provide-k6.ts', '--if-possible'],
          repeat: 'npm run k6',
        },
        {
          title: 'laws, units, properties, theory, golden run, end to end · 全部测试',
          command: [vitest, 'run', ...words],
          repeat: 'npx vitest run   (add the name of a test file to run it alone)',
        },
      ]
    case 'long': {
      const tests: Step = {
        title: 'long tests · 长时测试',
        command: [vitest, 'run', '--config', 'vitest.long.config.ts', ...words],
        repeat: 'npm run test:long',
      }
      // Whoever names tests wants those alone, not a quarter of an hour of random words.
      return words.length > 0 ? [tests] : [tests, batteryStep(hasDieharder())]
    }
    default:
      throw new Error(`unknown word ${what}: one of all, check, unit, long`)
  }
}

const batteryStep = (canRun: boolean): Step => ({
  title: 'generator battery, 15 minutes · 随机数发生器检验，15 分钟',
  command: canRun ? ['bench/battery.ts'] : null,
  repeat: 'npx node bench/battery.ts',
  instead: [
    '!! NOT RUN: the generator’s long battery. dieharder is not installed, so nothing was learnt about the random words.',
    '!! On Debian and Ubuntu: apt-get install dieharder. What was measured before stands in docs/generator-battery.md.',
    '!! 未运行：随机数发生器的长时检验。本机没有 dieharder，本次对随机数没有得出任何结论。',
    '!! Debian 与 Ubuntu 上可用 apt-get install dieharder 安装；以往结果见 docs/generator-battery.md。',
  ].join('\n'),
})
