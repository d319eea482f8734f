/**
 * A page of docs whose tables are made, each between its own two markers. Tests in several files keep those of docs/wire-tests.md:
 *   await expect(withBlock('crashes', table)).toMatchFileSnapshot(wireTestsPage)
 * compares the page with the table put in, and `npx vitest run <that test> -u` writes it.
 */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'

export const wireTestsPage = fileURLToPath(new URL('../docs/wire-tests.md', import.meta.url))

export function withBlock(name: string, text: string, path = wireTestsPage): string {
  const page = readFileSync(path, 'utf8')
  const [begin, end] = [`<!-- ${name}: -->`, `<!-- :${name} -->`]
  const [from, to] = [page.indexOf(begin), page.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`${basename(path)} has no place for ${name}: ${begin} … ${end}`)
  return `${page.slice(0, from + begin.length)}\n${text}\n${page.slice(to)}`
}
