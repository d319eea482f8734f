import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
/** The last column of the glossary: words that some other word stands for. */
const rejected = readFileSync(join(root, 'docs/glossary.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| English'))
  .flatMap((line) => (line.split('|').at(-2) ?? '').split('、'))
  .map((word) => word.trim())
  .filter((word) => word !== '')

/** What the project itself says; a document's own title and a wire's own words keep theirs. */
const said = ['reports', 'cli', 'scenarios', 'docs'].flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(ts|yaml|md)$/.test(path) && !path.startsWith('runs'))
    .map((path) => join(room, path)),
)
const ownWords = [
  'docs/glossary.md',
  'reports/glossary.test.ts',
  'docs/dialect-coverage.md',
  'docs/national-worked-pairs.md',
  'docs/shanghai-worked-pairs.md',
  'docs/mobile-worked-pairs.md',
]
const ofADocument = /title: 天津市“信用\+医疗”惠民应用场景建设试点工作方案/g

test('nothing is said in Chinese with a word that the glossary rejects', () => {
  expect(rejected.length).toBeGreaterThan(3)
  const found = [...said, 'README.zh.md']
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !ownWords.includes(path))
    .flatMap((path) => {
      const text = readFileSync(join(root, path), 'utf8').replace(ofADocument, '')
      return rejected.filter((word) => text.includes(word)).map((word) => `${path}: ${word}`)
    })
  expect(found, 'docs/glossary.md has the word to use').toEqual([])
})
