import { expect, test } from 'vitest'
import { Stopping } from './payments.ts'
import { waiting } from './waiting.ts'

test('a payment that waits is woken by its own news alone, and the rest wait on until the process stops', async () => {
  const stop = new AbortController()
  const { wait, wake } = waiting(stop.signal)
  const [one, other] = [wait(3_600_000, 'P1'), wait(3_600_000, 'P2').catch((error: unknown) => error)]
  // Nobody waits for it, here or elsewhere.
  wake('P9')
  wake('P1')
  // News that comes twice finds nobody the second time.
  wake('P1')
  await one
  stop.abort()
  expect(await other).toBeInstanceOf(Stopping)
  await expect(wait(1, 'P3')).rejects.toBeInstanceOf(Stopping)
})

test('news that comes before its payment waits is not lost: the wait is over at once, and once only', async () => {
  const { wait, wake } = waiting(new AbortController().signal)
  wake('P1')
  await wait(3_600_000, 'P1')
  const second = wait(3_600_000, 'P1').then(() => 'woken')
  expect(await Promise.race([second, Promise.resolve('still waiting')])).toBe('still waiting')
  wake('P1')
  expect(await second).toBe('woken')
  // News of payments that never wait here does not pile up.
  for (let n = 0; n < 2000; n += 1) wake(`elsewhere ${n}`)
  expect(await Promise.race([wait(3_600_000, 'elsewhere 0').then(() => 'woken'), Promise.resolve('still waiting')])).toBe('still waiting')
  await wait(3_600_000, 'elsewhere 1999')
})
