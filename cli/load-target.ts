/** A platform of others: its adapter is read before anything starts; the platform itself is waited for once our counterparties listen. */
import { join, resolve } from 'node:path'
import type { Adapter } from '../load/adapter.ts'
import type { Words } from '../scenarios/plan.ts'
import { counterpartiesOf } from '../simulators/wire/replay/counterparties.ts'
import type { LoadWords } from './commands/load.ts'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure } from './failure.ts'
import type { LevelAsked } from './play-level.ts'
import type { Terminal } from './terminal.ts'
import type { WireStage } from './wire-stage.ts'
import { writeWhole } from './write-file.ts'

export interface AskedTarget {
  readonly origin: string
  /** Whole path of the file. */
  readonly adapter: string
  /** As the adapter says. */
  readonly name: string
  /** What is asked until it answers 2xx; undefined: any answer will do. */
  readonly readyPath: string | undefined
}

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
  let read: { readonly adapter?: { readonly [Name in keyof Adapter]?: unknown } }
  try {
    read = (await import(path)) as typeof read
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CommandFailure(exitCodes.badInput, `${adapter} cannot be read: ${why}`, `无法读取 ${adapter}：${why}`)
  }
  const { name, next, readyPath } = read.adapter ?? {}
  if (typeof name !== 'string' || typeof next !== 'function' || !(readyPath === undefined || isPath(readyPath)))
    throw new CommandFailure(
      exitCodes.badInput,
      `${adapter} exports no adapter: { name, next(asked, heard), readyPath? } (load/adapter.ts)`,
      `${adapter} 未导出 adapter：{ name, next(asked, heard), readyPath? }（见 load/adapter.ts）`,
    )
  return { origin: target, adapter: path, name, readyPath }
}

const isPath = (value: unknown): value is string => typeof value === 'string' && value.startsWith('/')

/** Tells the target where its counterparties are and by what keys it signs to them, then waits until it can take requests. */
export async function meetTarget(
  target: AskedTarget,
  { wire, secret }: Pick<WireStage, 'wire' | 'secret'>,
  { trace, work, signal, stage }: Pick<LevelAsked, 'trace' | 'work' | 'signal' | 'stage'>,
  { counterparties, targetWait }: Pick<LoadWords, 'counterparties' | 'targetWait'>,
  { notice }: Pick<Terminal, 'notice'>,
): Promise<void> {
  const path = counterparties ?? join(work, 'counterparties.json')
  writeWhole(path, `${JSON.stringify(counterpartiesOf(wire, trace, secret), null, 2)}\n`, true)
  for (const actor of wire.layout.flat()) notice(`${actor.padEnd(24)} ${wire.originOf(actor)}`)
  notice(`addresses and keys for ${target.name} are in ${path}`)
  notice(`${target.name} 所需地址与密钥见 ${path}`)
  await targetIsReady(target, { seconds: targetWait, signal, tell: (waited, of) => stage('target', waited, of) })
}

export interface Waiting {
  readonly seconds: number
  readonly signal: AbortSignal
  readonly tell: (secondsWaited: number, ofSeconds: number) => void
}

const askEveryMs = 200

/** Resolves once the target can take requests; it may be started before or after this command. */
export async function targetIsReady({ origin, readyPath }: AskedTarget, { seconds, signal, tell }: Waiting): Promise<void> {
  const began = performance.now()
  let heard: Words = { en: 'no answer', zh: '无应答' }
  for (;;) {
    const waited = (performance.now() - began) / 1000
    tell(Math.floor(waited), seconds)
    try {
      const answer = await fetch(`${origin}${readyPath ?? '/'}`, { headers: { connection: 'close' }, signal: AbortSignal.timeout(2000) })
      await answer.body?.cancel()
      if (readyPath === undefined || answer.ok) return
      heard = { en: `status ${answer.status}`, zh: `状态码 ${answer.status}` }
    } catch (error) {
      const reason = reasonOf(error)
      heard = { en: reason, zh: reason }
    }
    signal.throwIfAborted()
    if (waited >= seconds) throw notReady(`${origin}${readyPath ?? ''}`, heard, seconds)
    await new Promise((again) => setTimeout(again, askEveryMs))
  }
}

const notReady = (url: string, heard: Words, seconds: number): CommandFailure =>
  new CommandFailure(
    exitCodes.wireNotRun,
    `the target at ${url} was not ready within ${seconds} s (${heard.en}); start it, or give it longer with --target-wait. NOT RUN: nothing was sent, nothing is passed`,
    `被测平台 ${url} 在 ${seconds} 秒内未就绪（${heard.zh}）；请启动该平台，或用 --target-wait 延长等待。未运行：未发送任何请求，不作为通过`,
  )

/** The system's own word where fetch says no more than that it failed. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code } = (error.cause ?? error) as NodeJS.ErrnoException
  return typeof code === 'string' ? code : error.message
}
