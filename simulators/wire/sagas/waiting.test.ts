import { expect, test } from 'vitest'
import { Stopping } from './payments.ts'
import { waiting } from './waiting.ts'

test('a payment that waits is woken by its own news alone, and the rest wait on until the process stops', async () => {
  const stop = new AbortController()
  const { wait, wake } = waiting(stop.signal)
  const [one, other] = [wait(3_600_000, 'P1'), wait(3_600_000, 'P2').catch((error: unknown) => error)]
  wake('P9')
  wake('P1')
  // News that comes twice finds nobody the second time.
  wake('P1')
  await one
  stop.abort()
  expect(await other).toBeInstanceOf(Stopping)
  await expect(wait(1, 'P3')).rejects.toBeInstanceOf(Stopping)
})
