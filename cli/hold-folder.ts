/** A folder that one process writes its run into: a second one would empty it beneath the first. */
import { mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure, outputFailure } from './failure.ts'

export const holderFile = 'run.pid'

/** Until this process ends, however it does; asked again by the same process, it is held already. Refused with exit code 5 where another lives that holds it. */
export function holdFolder(folder: string): void {
  const path = join(folder, holderFile)
  const holder = holderOf(path)
  if (holder === process.pid) return
  if (holder !== undefined && lives(holder)) throw inUse(folder, holder, path)
  // Of a process that was killed.
  rmSync(path, { force: true })
  try {
    mkdirSync(folder, { recursive: true })
    // Of two that begin in the same moment one finds it there.
    writeFileSync(path, `${process.pid}\n`, { flag: 'wx' })
  } catch (error) {
    const other = (error as NodeJS.ErrnoException).code === 'EEXIST' ? holderOf(path) : undefined
    throw other === undefined ? (outputFailure(error, folder) ?? error) : inUse(folder, other, path)
  }
  process.once('exit', () => release(folder, path))
}

/** A folder that nothing came into is not left behind. */
function release(folder: string, path: string): void {
  try {
    rmSync(path, { force: true })
    rmdirSync(folder)
  } catch {
    // It holds the run.
  }
}

function holderOf(path: string): number | undefined {
  try {
    const holder = Number(readFileSync(path, 'utf8'))
    return Number.isSafeInteger(holder) && holder > 0 ? holder : undefined
  } catch {
    return undefined
  }
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const inUse = (folder: string, pid: number, path: string): CommandFailure =>
  new CommandFailure(
    exitCodes.outputProblem,
    `another run (process ${pid}) is writing into ${folder}; wait for its end or choose another --out. If that process is no run, remove ${path}`,
    `另一次运行（进程 ${pid}）正在写入 ${folder}；请待其结束，或另选 --out。若该进程并非运行，请删除 ${path}`,
  )
