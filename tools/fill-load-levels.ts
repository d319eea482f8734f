/**
 * Writes what load levels measured into docs/load-levels.md, each into its own place; the others stay as they are.
 *   npm run load-levels -- <folder of a run> …
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { levelBlock, levelOf } from '../reports/level-block.ts'
import { readStoredResult } from '../reports/read-stored-result.ts'
import { withBlock } from './page-block.ts'

const page = fileURLToPath(new URL('../docs/load-levels.md', import.meta.url))
const folders = process.argv.slice(2)
if (folders.length === 0) {
  console.error('name the folders of the runs: npm run load-levels -- <folder> …')
  process.exitCode = 2
}
for (const folder of folders) {
  const read = readStoredResult(join(folder, 'run-result.json'))
  const made = read.ok ? levelBlock(read.result) : { refused: read.problem }
  if (read.ok && 'block' in made) {
    writeFileSync(page, withBlock(levelOf(read.result), made.block, page))
    console.log(`${folder}: ${levelOf(read.result)}`)
  } else {
    const refused = 'refused' in made ? made.refused : { en: '', zh: '' }
    console.error(`${folder}: ${refused.en}\n${folder}：${refused.zh}`)
    process.exitCode = 1
  }
}
