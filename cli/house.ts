import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds package.json. */
export const repositoryRoot = fileURLToPath(new URL('..', import.meta.url))

export const packageVersion = (JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as { version: string }).version

/** What the running code is called in its repository, with a mark where files differ from it; undefined outside a repository, or without git. */
export function commitOfHouse(): string | undefined {
  const { status, stdout } = spawnSync('git', ['describe', '--always', '--dirty', '--exclude', '*'], {
    cwd: repositoryRoot,
    encoding: 'utf8',
  })
  return status === 0 && stdout !== '' ? stdout.trim() : undefined
}

/** A path relative to where the user stands, when it lies below; whole otherwise. */
export function shownPath(path: string): string {
  const near = relative(process.cwd(), path)
  return near.startsWith('..') ? path : near
}
