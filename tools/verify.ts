/**
 * What `npm test` and `npm run check` do, step by step: cheap and certain checks first, the tests last, a stop at the first failure.
 *   node tools/verify.ts            everything
 *   node tools/verify.ts check      types, lint, dead code, house laws: seconds
 *   node tools/verify.ts unit […]   the tests without the end-to-end ones; further words go to vitest
 *   node tools/verify.ts long […]   the long tests alone: hundreds of seeds, tight intervals, and the generator battery if no test is named
 */
import { spawnSync } from 'node:child_process'
import { constants } from 'node:os'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stepsOf } from './verify-steps.ts'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

function main(): number {
  const [what = 'all', ...words] = process.argv.slice(2)
  const steps = stepsOf(what, words, () => spawnSync('dieharder', ['-l'], { stdio: 'ignore' }).error === undefined)
  for (const [index, { title, command, repeat, instead }] of steps.entries()) {
    process.stdout.write(`\n── ${index + 1}/${steps.length} ${title}\n`)
    if (command === null) {
      process.stdout.write(`\n${instead}\n`)
      continue
    }
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
