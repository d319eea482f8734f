import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds package.json. */
export const repositoryRoot = fileURLToPath(new URL('..', import.meta.url))

export const packageVersion = (JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as { version: string }).version

/** Where the code of a run lies: pages and records may differ from the commit without its doing. */
const codeFolders = ['cli', 'load', 'scenarios', 'simulators', 'tools']

/** Commit of the running code in its repository, with a mark where the code differs from it; undefined outside a repository, or without git. */
export function commitOfHouse(): string | undefined {
  const git = (...words: readonly string[]) => spawnSync('git', words, { cwd: repositoryRoot, encoding: 'utf8' })
  const { status, stdout } = git('rev-parse', '--short', 'HEAD')
  if (status !== 0 || stdout === '') return undefined
  return `${stdout.trim()}${git('diff', '--quiet', 'HEAD', '--', ...codeFolders).status === 0 ? '' : '-dirty'}`
}

/** A path relative to where the user stands, when it lies below; whole otherwise. */
export function shownPath(path: string): string {
  const near = relative(process.cwd(), path)
  return near.startsWith('..') ? path : near
}
