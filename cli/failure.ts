import type { Words } from '../scenarios/plan.ts'
import { type ExitCode, exitCodes } from './exit-codes.ts'

/** Ends a command with a message for its user and a documented exit code. Anything else that is thrown is a fault of ours. */
export class CommandFailure extends Error {
  readonly exitCode: ExitCode
  readonly words: Words

  constructor(exitCode: ExitCode, en: string, zh: string) {
    super(`${en}\n${zh}`)
    this.name = 'CommandFailure'
    this.exitCode = exitCode
    this.words = { en, zh }
  }
}

const outputReasons: Readonly<Record<string, { readonly en: string; readonly zh: string }>> = {
  ENOSPC: { en: 'the disk is full; free some space or choose another --out', zh: '磁盘已满；请清理空间或另选 --out' },
  EDQUOT: { en: 'the disk quota is used up; free some space or choose another --out', zh: '磁盘配额已用尽；请清理空间或另选 --out' },
  EFBIG: { en: 'a file may not grow that large here; choose another --out', zh: '此处不允许这么大的文件；请另选 --out' },
  EACCES: { en: 'no permission to write there; choose another --out', zh: '没有写入权限；请另选 --out' },
  EPERM: { en: 'writing there is not permitted; choose another --out', zh: '不允许写入；请另选 --out' },
  EROFS: { en: 'that file system is read-only; choose another --out', zh: '文件系统只读；请另选 --out' },
  ENOTDIR: { en: 'a part of that path is a file, not a folder; choose another --out', zh: '路径中有一段是文件而非目录；请另选 --out' },
  EISDIR: { en: 'that is a folder, and a file is to be written; choose another --out', zh: '该处是目录，而要写入的是文件；请另选 --out' },
  ENAMETOOLONG: { en: 'that name is too long; choose a shorter --out', zh: '名称过长；请缩短 --out' },
  EIO: { en: 'the device reports an error; choose another --out', zh: '设备出错；请另选 --out' },
  ENOENT: { en: 'that folder cannot be made there; choose another --out', zh: '无法在该处建立目录；请另选 --out' },
  EEXIST: { en: 'something of that name is in the way; choose another --out', zh: '已有同名文件；请另选 --out' },
  EMFILE: { en: 'too many files are open; close some programs and repeat', zh: '打开的文件过多；请关闭一些程序后重试' },
}

/**
 * A failed write as exit code 5, when it is the user's disk or path and not a mistake of ours; undefined otherwise.
 *
 * @param option by which the user chose the place
 */
export function outputFailure(error: unknown, path: string, option = '--out'): CommandFailure | undefined {
  const code = errnoOf(error)
  const reason = code === undefined ? undefined : outputReasons[code]
  if (reason === undefined) return undefined
  return new CommandFailure(
    exitCodes.outputProblem,
    `cannot write ${path}: ${reason.en.replace('--out', option)} (${code})`,
    `无法写入 ${path}：${reason.zh.replace('--out', option)}（${code}）`,
  )
}

/** The system's word for what went wrong, also where our own error wraps the system's. */
function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const { code } = error as NodeJS.ErrnoException
  return typeof code === 'string' ? code : errnoOf(error.cause)
}
