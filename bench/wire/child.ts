/** A process of the benchmark, as its parent holds it. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Listening, Role } from './role.ts'

export interface Child {
  readonly origins: Readonly<Record<string, string>>
  readonly pid: number
  /** Microseconds of CPU so far, every thread counted. */
  cpuMicros(): Promise<number>
  end(): Promise<void>
}

/** @param profileFolder where it leaves a CPU profile of each of its threads when it ends; absent: none is taken */
export async function startChild(role: Role, profileFolder?: string): Promise<Child> {
  const child: ChildProcess = fork(fileURLToPath(new URL('./role.ts', import.meta.url)), [JSON.stringify(role)], {
    execArgv: profileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const heard = once(child, 'message')
  const died = once(child, 'exit').then(([code]) => {
    throw new Error(`the ${role.role} process ended with ${code} before it listened`)
  })
  died.catch(() => undefined)
  const [{ origins }] = (await Promise.race([heard, died])) as [Listening]
  return {
    origins,
    pid: child.pid as number,
    async cpuMicros() {
      const answer = once(child, 'message')
      child.send('cpu')
      const [{ user, system }] = (await answer) as [NodeJS.CpuUsage]
      return user + system
    },
    async end() {
      const ended = once(child, 'exit')
      child.send('end')
      await ended
    },
  }
}

/** Keeps so many calls under way until the time is over; a number is given to each. Waits for the last. */
export async function keepBusy(
  inFlight: number,
  seconds: number,
  call: (number: number) => Promise<void>,
): Promise<{ readonly calls: number; readonly seconds: number }> {
  const began = process.hrtime.bigint()
  const elapsed = () => Number(process.hrtime.bigint() - began) / 1e9
  let calls = 0
  const one = async () => {
    while (elapsed() < seconds) {
      calls += 1
      await call(calls)
    }
  }
  await Promise.all(Array.from({ length: inFlight }, one))
  return { calls, seconds: elapsed() }
}
