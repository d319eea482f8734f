/** How often a process asks the disk to keep what it wrote (fdatasync, fsync), counted from outside by strace. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'

/** Undefined where strace is not here or may not look; the work is done all the same. It is slower while somebody counts. */
export async function countSyncs(pid: number, file: string, work: () => Promise<unknown>): Promise<number | undefined> {
  if (spawnSync('strace', ['-V']).status !== 0) {
    await work()
    return undefined
  }
  const counting = spawn('strace', ['-f', '-e', 'trace=fsync,fdatasync', '-o', file, '-p', String(pid)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(counting, 'exit')
  // It says so once it has every thread, or why it may not.
  await Promise.race([once(counting.stderr, 'data'), ended])
  await work()
  counting.kill('SIGINT')
  await ended
  const lines = readFileSync(file, 'utf8').split('\n')
  // A call that another thread interrupts is told in two lines.
  const calls = lines.filter((line) => /\bf(?:data)?sync\(/.test(line)).length
  return calls === 0 ? undefined : calls
}
