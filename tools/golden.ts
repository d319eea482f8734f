/** `npm run golden` shows which figures of the golden day moved, old → new; with `-- --accept` it keeps the new ones. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { acceptedGolden, goldenPath, goldenToday, movedLines } from './golden-day.ts'

const accepted = acceptedGolden()
const now = await goldenToday()
const moved = movedLines(accepted, now)
const shown = relative(process.cwd(), goldenPath)
if (process.argv.slice(2).includes('--accept')) {
  mkdirSync(dirname(goldenPath), { recursive: true })
  writeFileSync(goldenPath, now)
}
for (const { accepted: old, now: fresh } of moved) {
  console.log(`- ${old ?? '(no such line)'}`)
  console.log(`+ ${fresh ?? '(line gone)'}`)
}
if (moved.length === 0) console.log(`golden day: nothing moved (${shown})`)
else if (process.argv.includes('--accept'))
  console.log(`golden day: ${moved.length} lines renewed in ${shown}; say why in the commit message`)
else {
  console.log(`golden day: ${moved.length} lines moved; if that is meant: npm run golden -- --accept`)
  process.exitCode = 1
}
