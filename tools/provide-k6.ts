/**
 * Sees to it that this machine has the k6 of tools/k6/go.mod: `npm run k6`. Says where it is. Where it cannot be had the
 * reason is told and the exit code is 0 with the word `--if-possible` (what needs it is then reported as not run), else 6.
 */
import { type BuildProgress, K6Missing, k6Version, provideK6 } from './resolve-k6.ts'

/** A line each so many packages: a build's log stays short. */
const everyPackages = 100
let told = 0

const progress = ({ packagesDone, packages }: BuildProgress) => {
  if (packagesDone < told + everyPackages) return
  told = packagesDone
  console.log(`  k6 ${k6Version()}: ${packagesDone}/${packages} packages · 个包`)
}
try {
  const begins = () =>
    console.log(`Building k6 ${k6Version()} (once a machine; a minute or two) · 正在编译 k6（每台机器仅一次，约一两分钟）`)
  console.log(await provideK6({ begins, progress }))
} catch (error) {
  if (!(error instanceof K6Missing)) throw error
  console.error(error.message)
  process.exitCode = process.argv.includes('--if-possible') ? 0 : 6
}
