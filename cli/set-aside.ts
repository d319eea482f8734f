/**
 * The results of an earlier run in a folder that is played into anew. A play empties the folder of rows and books beneath them, and where it
 * is killed nobody could tell an old result from its own; so they wait aside until the new result is written in their place.
 */
import { existsSync, mkdirSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { outputFailure } from './failure.ts'

export const asideFolder = 'earlier'

/** Its presence says that a folder holds a run, so it goes first. */
const resultFile = 'run-result.json'
const files = [resultFile, 'report.html', 'report.pdf', 'measures.csv', 'plan.json']

/** @returns whether there was any */
export function setAside(folder: string): boolean {
  const there = files.filter((name) => existsSync(join(folder, name)))
  if (there.length === 0) return false
  try {
    // Without a result, what is left is of the run whose result is aside already.
    if (there.includes(resultFile)) dropAside(folder)
    mkdirSync(join(folder, asideFolder), { recursive: true })
    for (const name of there) renameSync(join(folder, name), join(folder, asideFolder, name))
  } catch (error) {
    throw outputFailure(error, folder) ?? error
  }
  return true
}

/** The new result is written. What else somebody keeps in a folder of that name stays. */
export function dropAside(folder: string): void {
  for (const name of files) rmSync(join(folder, asideFolder, name), { force: true })
  try {
    rmdirSync(join(folder, asideFolder))
  } catch {
    // It holds something else, or is not there.
  }
}
