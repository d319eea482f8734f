import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { readStoredResult } from '../reports/read-stored-result.ts'
import type { RunResult } from '../simulators/measures/run-result.ts'
import { resultHashOf } from '../simulators/virtual/result-hash.ts'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure } from './failure.ts'

/** The run-result.json of a folder, or the file itself. */
export function resultPath(fileOrFolder: string): string {
  try {
    return statSync(fileOrFolder).isDirectory() ? join(fileOrFolder, 'run-result.json') : fileOrFolder
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    throw new CommandFailure(
      exitCodes.badInput,
      `${fileOrFolder} cannot be read (${code}); name a run-result.json or the folder that holds one`,
      `无法读取 ${fileOrFolder}（${code}）；请给出 run-result.json 或其所在目录`,
    )
  }
}

/** A result that was stored, whole and unchanged; what is wrong with it is the user's to know, with exit code 2. */
export function storedResult(path: string): RunResult {
  const read = readStoredResult(path)
  if (!read.ok) throw new CommandFailure(exitCodes.badInput, read.problem.en, read.problem.zh)
  if (!isUnchanged(readFileSync(path, 'utf8'))) {
    throw new CommandFailure(
      exitCodes.badInput,
      `${path} was changed after the run: its resultHash does not fit its content. Run its scenario again.`,
      `${path} 在运行之后被改动：resultHash 与内容不符。请重新运行其情景。`,
    )
  }
  return read.result
}

/** The hash covers everything but where and how fast it ran; the text keeps the order in which it was taken. */
function isUnchanged(text: string): boolean {
  const { resultHash, provenance: _, spotCheck: __, ...hashed } = JSON.parse(text) as Record<string, unknown>
  return resultHashOf(hashed) === resultHash
}
