/** Faults of a process's disk and database, with real k6: what was confirmed is on the disk, what was not is asked about, and every fen is there. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { planOf } from '../scenarios/testing/plan-of.ts'
import { auditRun } from '../simulators/wire/audit/audit-run.ts'
import { struckFault } from '../simulators/wire/faults/struck-fault.ts'
import type { FaultOnWire } from '../simulators/wire/faults/wire-fault.ts'
import { type Conducted, conduct } from '../simulators/wire/replay/conduct.ts'
import { madeTrace } from '../simulators/wire/replay/testing/made-trace.ts'
import { type StartOptions, startProcesses } from '../simulators/wire/replay/wire-processes.ts'
import { firstOfFreePorts } from '../simulators/wire/serve.ts'
import { startOwnPostgres } from '../tools/postgres.ts'
import { findK6 } from '../tools/resolve-k6.ts'

const plan = planOf('small-town')
const trace = madeTrace(plan, 60, 12)
const secret = 'the secret of a test'
const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'medpay-process-faults-'))
const { signal } = new AbortController()
afterAll(() => rmSync(folder, { recursive: true }))

async function played(fault: FaultOnWire, more: Pick<StartOptions, 'platformWords' | 'restartDatabase'>): Promise<Conducted> {
  const k6 = findK6()
  if (k6.is === 'missing') throw new Error(k6.tried.join('; '))
  const work = join(folder, fault.name)
  mkdirSync(join(work, 'books'), { recursive: true })
  const wire = await startProcesses({
    ...{ city: plan.city, serve: [process.execPath, at('cli/medpay.ts'), 'serve', 'small-town'], secretName: 'MEDPAY_WIRE_SECRET' },
    ...{ secret, booksFolder: join(work, 'books'), signal },
    ...more,
  })
  try {
    return await conduct({
      ...{ city: plan.city, trace, wire, secret, folder: work, warmUpVisits: 2, faults: [fault], signal, tell: () => undefined },
      k6: { program: k6.program, script: at('load/replay.ts'), words: [] },
    })
  } finally {
    await wire.stop()
  }
}

const fault = (kind: FaultOnWire['kind'], target: string): FaultOnWire => ({
  ...{ name: kind, kind, target, fromSecond: 1, toSecond: 3, share: 1, seed: 3 },
})

function expectWhole({ log, books, struck, reconciliation }: Conducted): void {
  const audit = auditRun({
    ...{ planned: trace.rows, seen: log.rows, books, mustHaveMoved: ['bureau', 'his', 'platform'], policy: plan.policy },
    faults: struck.map((one) => struckFault(one.fault, one.toll)),
    ...{ clockToleranceMs: 50, replay: 'npx vitest run --config vitest.long.config.ts process-faults', folder },
  })
  expect(struck[0]?.toll.callsTouched).toBeGreaterThan(0)
  expect(audit.rules.flatMap(({ name, findings }) => findings.map(({ words }) => `${name}: ${words.en}`))).toEqual([])
  expect(audit.verdict).toBe('passed')
  expect(reconciliation?.differences).toEqual([])
}

test('a bureau whose disk is full confirms nothing that is not on it; started again where there is room, all ends clean', async () => {
  expectWhole(await played(fault('disk-full', 'bureau'), { platformWords: [] }))
}, 240_000)

test('a database that is restarted under the platform loses and doubles nothing', async () => {
  const postgres = await startOwnPostgres(await firstOfFreePorts(1, '127.0.0.1'))
  try {
    expectWhole(
      await played(fault('database-restarted', 'platform'), {
        platformWords: ['--ledger', postgres.url],
        restartDatabase: postgres.restart,
      }),
    )
  } finally {
    await postgres.stop()
  }
}, 240_000)
