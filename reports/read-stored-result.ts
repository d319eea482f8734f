/** A stored run-result.json. It stands apart from what writes one: reading needs none of the charts, whose library is large. */
import { readFileSync } from 'node:fs'
import { type ReadResult, readRunResult } from './read-run-result.ts'

export function readStoredResult(path: string): ReadResult {
  try {
    return readRunResult(readFileSync(path, 'utf8'), path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    return { ok: false, problem: { en: `${path} cannot be read (${code}).`, zh: `无法读取 ${path}（${code}）。` } }
  }
}
