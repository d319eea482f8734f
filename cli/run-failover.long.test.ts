/** A failover table played by real k6 on a slice, killed between its runs, and its forecast made anew without playing. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { medpay, ownFolder, processesOf, startMedpay } from './testing/medpay-process.ts'

test('a failover table that was killed after its first run goes on with the second and plays nothing twice; its forecast alone can be renewed', async () => {
  const folder = join(ownFolder(), 'out')
  const words = ['failover', 'channel-failover', '--scale', '0.02', '--seeds', '1', '--window', '20', '--out', folder]
  const records = () => (existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [])
  const killedWith = async (count: number) => {
    const { child, ended } = startMedpay(words)
    await expect.poll(() => records().length, { timeout: 1_700_000, interval: 200 }).toBe(count)
    child.kill('SIGKILL')
    await ended
    await expect.poll(() => processesOf(folder), { timeout: 60_000 }).toEqual([])
  }
  await killedWith(1)
  const [first = ''] = records()
  const path = join(folder, first)
  const asPlayed = readFileSync(path, 'utf8')
  await killedWith(2)
  expect(records()).toContain(first)
  expect(readFileSync(path, 'utf8')).toBe(asPlayed)
  expect((await medpay([...words, '--table-only'])).out).toMatch(/channel-failover/)

  // The same code foretells the same of the same plan.
  await medpay([...words, '--foretell'])
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(asPlayed))
})
