/** Two processes of the platform on one PostgreSQL, played by real k6: the books are one, and both worked. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { planOf } from '../scenarios/testing/plan-of.ts'
import { auditRun } from '../simulators/wire/audit/audit-run.ts'
import { conduct } from '../simulators/wire/replay/conduct.ts'
import { madeTrace } from '../simulators/wire/replay/testing/made-trace.ts'
import { startProcesses } from '../simulators/wire/replay/wire-processes.ts'
import { firstOfFreePorts } from '../simulators/wire/serve.ts'
import { startPostgres } from '../tools/postgres.ts'
import { findK6 } from '../tools/resolve-k6.ts'
import { leadMsOfSlice } from './testing/fault-room.ts'

test('two platform processes on one PostgreSQL pay every bill once, share the work, and the auditor finds nothing', {
  timeout: 120_000,
}, async () => {
  const plan = planOf('small-town')
  const trace = madeTrace(plan, 60, 40)
  const k6 = findK6()
  if (k6.is === 'missing') throw new Error(k6.tried.join('; '))
  const folder = mkdtempSync(join(tmpdir(), 'medpay-replay-'))
  mkdirSync(join(folder, 'books'))
  const postgres = await startPostgres(await firstOfFreePorts(1, '127.0.0.1'))
  onTestFinished(async () => {
    await postgres.stop()
    rmSync(folder, { recursive: true })
  })
  const secret = 'the secret of a test'
  const { signal } = new AbortController()
  const wire = await startProcesses({
    city: plan.city,
    serve: [process.execPath, fileURLToPath(new URL('../cli/medpay.ts', import.meta.url)), 'serve', 'small-town'],
    secretName: 'MEDPAY_WIRE_SECRET',
    secret,
    booksFolder: join(folder, 'books'),
    platformWords: ['--ledger', postgres.url],
    platformProcesses: 2,
    signal,
  })
  onTestFinished(() => wire.stop())
  expect(wire.layout.filter(([first]) => first?.startsWith('platform'))).toEqual([['platform'], ['platform-2']])
  const conducted = await conduct({
    ...{ city: plan.city, trace, wire, secret, folder, warmUpVisits: 4, leadMs: leadMsOfSlice, faults: [], signal, tell: () => undefined },
    k6: { program: k6.program, script: fileURLToPath(new URL('../load/replay.ts', import.meta.url)), words: [] },
  })
  expect(conducted.log.rows.map(({ answers }) => answers.at(-1)?.outcome)).toEqual(trace.rows.map(() => 'paid'))
  const audit = auditRun({
    ...{ planned: trace.rows, seen: conducted.log.rows, books: conducted.books, policy: plan.policy, faults: [] },
    ...{ mustHaveMoved: ['bureau', 'his', 'platform'], clockToleranceMs: 50, replay: 'npx vitest run replay-postgres', folder },
  })
  expect(audit.rules.flatMap(({ name, findings }) => findings.map(({ words }) => `${name}: ${words.en}`))).toEqual([])
  expect(audit.verdict).toBe('passed')
  expect(conducted.reconciliation?.differences).toEqual([])
  const through = trace.rows.filter(({ entry }) => entry >= 0).length
  const paid = await Promise.all(
    ['platform', 'platform-2'].map(async (name) => (await wire.control.figures(name)).get('medpay_site_payments_total') ?? 0),
  )
  // Requests are spread in turn, and bill queries take turns as well: of payments alone one process may have the smaller part.
  expect(paid[0]).toBeGreaterThan(through / 8)
  expect(paid[1]).toBeGreaterThan(through / 8)
  // Bureau, payer and hospital are asked several times for each payment; each request is signed, and whoever is answered was checked.
  expect(conducted.work?.messages).toBeGreaterThan(8 * through)
  expect(conducted.work?.signatures).toBeGreaterThan(6 * through)
  expect(conducted.work?.verifications).toBeGreaterThanOrEqual(through)
  expect(conducted.work?.commits).toBeGreaterThan(0)
})
