import { expect, test } from 'vitest'
import { exitCodes } from './exit-codes.ts'
import { medpay } from './testing/medpay-process.ts'

test('the doctor names every tool, finds this checkout fit to run and both kernels of one mind', async () => {
  const { code, out, err } = await medpay(['doctor', '--lang', 'both'])
  expect(err).toBe('')
  expect(code).toBe(exitCodes.ok)
  for (const name of [
    'Node',
    'packages as locked',
    'WebAssembly kernel',
    'reports/runs',
    'free disk',
    'cores and memory',
    'SimPy',
    'Prometheus',
    'Chromium',
    'Chinese font',
  ])
    expect(out).toContain(name)
  expect(out).toMatch(/^✓ +WebAssembly 与 TypeScript 一致/m)
  expect(out).not.toMatch(/^✗/m)
})

test('a tool that is only for the benchmark may be missing', async () => {
  const { code, out } = await medpay(['doctor', '--lang', 'en'], { env: { PATH: '' } })
  expect(code).toBe(exitCodes.ok)
  expect(out).toMatch(/^○ +C compiler \(bench\) .*install gcc/m)
})
