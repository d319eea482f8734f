/**
 * Holds processes together to a share of one core, so that a bottleneck is where it is wanted and everybody else keeps head-room: by the
 * kernel's own quota (a control group) where this user may make one, else by stopping and waking them in turn.
 */
import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface HeldProcessor {
  readonly method: 'cgroup-v2' | 'cgroup-v1' | 'stop-and-wake'
  release(): void
}

/** Short, so that a held process is slow rather than often away. */
const periodMs = 10
/** A signal costs more than a quota. */
const turnMs = 20

export function holdProcessor(pids: readonly number[], cores: number): HeldProcessor {
  const name = `medpay-${process.pid}`
  return groupV2(name, pids, cores) ?? groupV1(name, pids, cores) ?? stopAndWake(pids, cores)
}

function groupV2(name: string, pids: readonly number[], cores: number): HeldProcessor | undefined {
  const parent = join('/sys/fs/cgroup', ownGroup(/^0::(.*)$/m) ?? '')
  return grouped('cgroup-v2', parent, name, pids, (group) =>
    tell(join(group, 'cpu.max'), `${Math.round(cores * periodMs * 1000)} ${periodMs * 1000}`),
  )
}

function groupV1(name: string, pids: readonly number[], cores: number): HeldProcessor | undefined {
  const own = ownGroup(/^\d+:(?:cpu|cpu,cpuacct):(.*)$/m)
  if (own === undefined) return undefined
  return grouped('cgroup-v1', join('/sys/fs/cgroup/cpu', own), name, pids, (group) => {
    tell(join(group, 'cpu.cfs_period_us'), String(periodMs * 1000))
    tell(join(group, 'cpu.cfs_quota_us'), String(Math.round(cores * periodMs * 1000)))
  })
}

/** This process's own group as the system names it; undefined where there is none of that kind. */
function ownGroup(line: RegExp): string | undefined {
  try {
    return line.exec(readFileSync('/proc/self/cgroup', 'utf8'))?.[1]
  } catch {
    return undefined
  }
}

/** Undefined where the group cannot be made, has no quota, or takes no process. */
function grouped(
  method: HeldProcessor['method'],
  parent: string,
  name: string,
  pids: readonly number[],
  limit: (group: string) => void,
): HeldProcessor | undefined {
  const group = join(parent, name)
  const moved: number[] = []
  const release = () => {
    for (const pid of moved) quietly(() => tell(join(parent, 'cgroup.procs'), String(pid)))
    quietly(() => rmdirSync(group))
  }
  try {
    mkdirSync(group)
    limit(group)
    for (const pid of pids) {
      tell(join(group, 'cgroup.procs'), String(pid))
      moved.push(pid)
    }
    return { method, release }
  } catch {
    release()
    return undefined
  }
}

/** Their share of the clock's time; what several threads of a process do side by side in it is not seen. */
function stopAndWake(pids: readonly number[], cores: number): HeldProcessor {
  let isOver = false
  let timer: NodeJS.Timeout | undefined
  const all = (signal: 'SIGSTOP' | 'SIGCONT') => {
    for (const pid of pids) quietly(() => process.kill(pid, signal))
  }
  const share = Math.min(1, cores / pids.length)
  const run = () => {
    all('SIGCONT')
    if (!isOver && share < 1) timer = setTimeout(rest, turnMs * share)
  }
  const rest = () => {
    all('SIGSTOP')
    timer = setTimeout(run, turnMs * (1 - share))
  }
  run()
  return {
    method: 'stop-and-wake',
    release() {
      isOver = true
      clearTimeout(timer)
      all('SIGCONT')
    },
  }
}

/** Writes a file of the kernel. Where the controller is not there its file is not either; below a plain folder none may be made in its place. */
function tell(file: string, text: string): void {
  writeFileSync(file, text, { flag: 'r+' })
}

function quietly(does: () => void): void {
  try {
    does()
  } catch {
    // It has ended meanwhile.
  }
}
