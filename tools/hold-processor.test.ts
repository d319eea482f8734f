import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { cpuSecondsOf } from './cpu-of.ts'
import { holdProcessor } from './hold-processor.ts'

test.runIf(existsSync('/proc/self/stat'))(
  'a busy process that is held gets no more than its share of a core, and runs on when it is let go',
  async () => {
    const child = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' })
    onTestFinished(() => void child.kill('SIGKILL'))
    const pid = child.pid as number
    const held = holdProcessor([pid], 0.2)
    const [began, before] = [performance.now(), cpuSecondsOf(pid) as number]
    await expect.poll(() => performance.now() - began, { timeout: 5000 }).toBeGreaterThan(1500)
    const share = (1000 * ((cpuSecondsOf(pid) as number) - before)) / (performance.now() - began)
    held.release()
    expect(share).toBeLessThan(0.4)
    // Nothing is left where a group was tried and is none.
    expect(existsSync(`/sys/fs/cgroup/medpay-${process.pid}`)).toBe(false)
    const after = cpuSecondsOf(pid) as number
    await expect.poll(() => cpuSecondsOf(pid), { timeout: 20_000 }).toBeGreaterThan(after + 0.2)
  },
)
