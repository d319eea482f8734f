import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure, outputFailure } from './failure.ts'

/** Writes a file whole or not at all. A file that is there stays, unless it may be replaced. */
export function writeWhole(path: string, text: string, mayReplace: boolean): void {
  if (!mayReplace && existsSync(path)) {
    throw new CommandFailure(
      exitCodes.outputProblem,
      `${path} exists and is left as it is; choose another --out or add --overwrite`,
      `${path} 已存在，保持不变；请另选 --out 或加 --overwrite`,
    )
  }
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}.part`)
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(draft, text)
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw outputFailure(error, path) ?? error
  }
}
