/** A process of the benchmark, as its parent holds it. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Listening } from './answer-parent.ts'
import type { Role } from './role.ts'

export interface Child {
  readonly origins: Readonly<Record<string, string>>
  readonly pid: number
  /** Microseconds of CPU so far, every thread counted. */
  cpuMicros(): Promise<number>
  end(): Promise<void>
}

/** @param profileFolder where it leaves a CPU profile of each of its threads when it ends; absent: none is taken */
export async function startChild(role: Role, profileFolder?: string): Promise<Child> {
  // The bare server is up before the house's other rooms would be read.
  const file = role.role === 'raw' ? './raw-server.ts' : './role.ts'
  const child: ChildProcess = fork(fileURLToPath(new URL(file, import.meta.url)), [JSON.stringify(role)], {
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

export interface Busy {
  readonly calls: number
  readonly seconds: number
}

/** Keeps so many calls under way until the time is over; a number is given to each. Waits for the last. */
export function keepBusy(inFlight: number, seconds: number, call: (number: number) => Promise<void>): Promise<Busy> {
  return busyWhile(inFlight, (elapsed) => elapsed < seconds, call)
}

/** As {@link keepBusy}, for so many calls: a crowded machine is slower at them, and has warmed up all the same. */
export function callTimes(inFlight: number, times: number, call: (number: number) => Promise<void>): Promise<Busy> {
  return busyWhile(inFlight, (_, calls) => calls < times, call)
}

/** Begins so many calls a second, evenly, whether or not those before have ended; waits for the last. */
export async function callAtPace(perSecond: number, times: number, call: (number: number) => Promise<void>): Promise<Busy> {
  const began = performance.now()
  const calls: Promise<void>[] = []
  for (let number = 1; number <= times; number++) {
    const early = began + ((number - 1) * 1000) / perSecond - performance.now()
    if (early > 0) await setTimeout(early)
    calls.push(call(number))
  }
  await Promise.all(calls)
  return { calls: times, seconds: (performance.now() - began) / 1000 }
}

async function busyWhile(
  inFlight: number,
  goesOn: (elapsedSeconds: number, calls: number) => boolean,
  call: (number: number) => Promise<void>,
): Promise<Busy> {
  const began = process.hrtime.bigint()
  const elapsed = () => Number(process.hrtime.bigint() - began) / 1e9
  let calls = 0
  const one = async () => {
    while (goesOn(elapsed(), calls)) {
      calls += 1
      await call(calls)
    }
  }
  await Promise.all(Array.from({ length: inFlight }, one))
  return { calls, seconds: elapsed() }
}

/** Of this process, every thread counted. */
export function cpuMicrosSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return user + system
}
