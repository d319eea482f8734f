import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds package.json. */
export const repositoryRoot = fileURLToPath(new URL('..', import.meta.url))

export const packageVersion = (JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as { version: string }).version

/** What the running code is called in its repository, with a mark where files other than pages differ from it; undefined outside a repository, or without git. */
export function commitOfHouse(): string | undefined {
  const commit = git('rev-parse', '--short', 'HEAD')
  // A command that fills a page of docs/ runs the same code before and after.
  return commit === undefined ? undefined : `${commit}${git('status', '--porcelain', '-uno', ':!docs') === '' ? '' : '-dirty'}`
}

function git(...words: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', words, { cwd: repositoryRoot, encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}

/** A path relative to where the user stands, when it lies below; whole otherwise. */
export function shownPath(path: string): string {
  const near = relative(process.cwd(), path)
  return near.startsWith('..') ? path : near
}
