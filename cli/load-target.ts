import { resolve } from 'node:path'
import type { LoadWords } from './commands/load.ts'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure } from './failure.ts'

export interface AskedTarget {
  readonly origin: string
  /** Whole path of the file. */
  readonly adapter: string
  /** As the adapter says. */
  readonly name: string
}

/** An adapter is read before anything is started: what it is not is told at once. */
export async function targetOf({ target, adapter }: Pick<LoadWords, 'target' | 'adapter'>): Promise<AskedTarget | undefined> {
  if (target === undefined && adapter === undefined) return undefined
  if (target === undefined || adapter === undefined)
    throw new CommandFailure(exitCodes.badInput, '--target and --adapter go together', '--target 与 --adapter 须同时给出')
  if (!/^https?:\/\/[^/]+$/.test(target))
    throw new CommandFailure(
      exitCodes.badInput,
      `--target is http://host:port, not ${target}`,
      `--target 的写法为 http://主机:端口，而不是 ${target}`,
    )
  const path = resolve(adapter)
  let read: { readonly adapter?: { readonly name?: unknown; readonly next?: unknown } }
  try {
    read = (await import(path)) as typeof read
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CommandFailure(exitCodes.badInput, `${adapter} cannot be read: ${why}`, `无法读取 ${adapter}：${why}`)
  }
  if (typeof read.adapter?.name !== 'string' || typeof read.adapter.next !== 'function')
    throw new CommandFailure(
      exitCodes.badInput,
      `${adapter} exports no adapter: { name, next(attempt, heard) } (load/adapter.ts)`,
      `${adapter} 未导出 adapter：{ name, next(attempt, heard) }（见 load/adapter.ts）`,
    )
  const answers = await fetch(target).catch(() => undefined)
  if (answers === undefined)
    throw new CommandFailure(
      exitCodes.badInput,
      `nobody answers at ${target}; start the target first`,
      `${target} 无人应答；请先启动被测平台`,
    )
  return { origin: target, adapter: path, name: read.adapter.name }
}
