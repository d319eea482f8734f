/**
 * Every fault of the wire on both ledgers, struck on a small slice that real k6 plays: it meets somebody, the books are clean or hold
 * exactly what it planted, and whoever comes once it is over fares as in the fault-free twin. MEDPAY_RECORD=1 writes docs/faults-measured.md.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { planOf } from '../scenarios/testing/plan-of.ts'
import { type LedgerKind, ledgerKinds } from '../simulators/measures/result-wire.ts'
import { allWireFaults } from '../simulators/wire/faults/all-wire-faults.ts'
import { type FaultOnWire, type WireFaultName, wireFaultNames } from '../simulators/wire/faults/wire-fault.ts'
import type { Conducted } from '../simulators/wire/replay/conduct.ts'
import { faultOutcomes } from '../simulators/wire/replay/fault-outcomes.ts'
import { madeTrace } from '../simulators/wire/replay/testing/made-trace.ts'
import { firstOfFreePorts } from '../simulators/wire/serve.ts'
import { startOwnPostgres } from '../tools/postgres.ts'
import { type FaultRoom, faultRoom, twinRun } from './testing/fault-room.ts'
import { type FaultCell, faultsMeasuredPage } from './testing/faults-measured-page.ts'

const plan = planOf('small-town')
const made = madeTrace(plan, 72, 12, 'wechat')
// Long enough for a line to form where one server is left, and for a slow party to be slower.
const services = [{ leg: 'bureau', operation: 'bureau/settle', ms: 150 }] as const
const trace = { ...made, rows: made.rows.map((row) => ({ ...row, services })) }
const [bank = ''] = trace.rules.banks

type Where = Pick<FaultOnWire, 'target'> & Partial<Pick<FaultOnWire, 'share' | 'amount' | 'only'>>
/** Where each fault strikes; a name more is a line more here, or the types do not hold. */
const where: Readonly<Record<WireFaultName, Where>> = {
  noop: { target: 'bureau' },
  outage: { target: 'channel-main-entry' },
  'black-hole': { target: bank },
  slow: { target: 'bureau' },
  'brown-out': { target: 'bureau', amount: 0.01 },
  'error-burst': { target: 'his', share: 0.3 },
  'connection-reset': { target: 'bureau', share: 0.3 },
  'lost-reply': { target: 'bureau', only: ['bureau/settle'] },
  'callback-late': { target: 'platform' },
  'callback-duplicate': { target: 'platform' },
  'callback-reordered': { target: 'platform' },
  'callback-lost': { target: 'platform' },
  'wrong-amount': { target: bank, share: 0.4 },
  'stale-status': { target: 'bureau' },
  'over-limit-credit': { target: bank, share: 0.5 },
  'quota-full': { target: 'bureau', share: 0.5 },
  'certificate-rotation': { target: 'wechat' },
  'clock-skew': { target: bank },
  'truncated-file': { target: bank },
  'lost-row': { target: bank, share: 0.3 },
  'disk-full': { target: 'bureau' },
  'process-paused': { target: 'platform' },
  'process-killed': { target: 'platform' },
  'database-restarted': { target: 'platform' },
}
const neverPlayed = (kind: WireFaultName, ledger: LedgerKind): string | undefined =>
  kind === 'database-restarted' && ledger === 'sqlite' ? '没有服务器可重启 · no server to restart' : undefined

const cells: FaultCell[] = []
// After each, so that a run cut short keeps what it has.
afterEach(() => {
  if (process.env['MEDPAY_RECORD'] !== '1') return
  const page = fileURLToPath(new URL('../docs/faults-measured.md', import.meta.url))
  const before = existsSync(page) ? readFileSync(page, 'utf8') : ''
  writeFileSync(page, faultsMeasuredPage(before, cells, neverPlayed))
})

describe.each(ledgerKinds)('on %s', (ledger) => {
  const folder = mkdtempSync(join(tmpdir(), 'medpay-all-faults-'))
  let room: FaultRoom
  let twin: Conducted
  let stopDatabase = async () => {}
  beforeAll(async () => {
    const postgres = ledger === 'postgres' ? await startOwnPostgres(await firstOfFreePorts(1, '127.0.0.1')) : undefined
    if (postgres !== undefined) stopDatabase = () => postgres.stop()
    const database = postgres === undefined ? {} : { platformWords: ['--ledger', postgres.url], restartDatabase: postgres.restart }
    mkdirSync(join(folder, 'books'))
    room = await faultRoom(plan, trace, folder, 'npm run test:long -- all-faults', database)
    // Whoever is slow at the first payments of a fresh process makes no twin.
    await room.play([])
    twin = await room.play([])
  }, 240_000)
  afterAll(async () => {
    await room.stop()
    await stopDatabase()
    rmSync(folder, { recursive: true })
  }, 60_000)

  test.each(wireFaultNames.filter((kind) => neverPlayed(kind, ledger) === undefined))(
    '%s meets somebody, leaves clean books or exactly what it planted, and nothing once it is over',
    async (kind) => {
      // What makes patients later is held against a twin of the same minutes: a machine with other work is slower at one time than at another.
      if (allWireFaults[kind].leastEffect.patients !== undefined) twin = await room.play([])
      const run = await room.play([{ name: kind, kind, fromSecond: 1, toSecond: 4, share: 1, seed: 3, ...where[kind] }])
      const audit = room.audited(run)
      const findings = room.findings(run)
      const [outcome] = faultOutcomes(trace, run, plan.city.parties, twinRun(twin), [])
      if (outcome === undefined) throw new Error('no fault was struck')
      cells.push({ ledger, verdict: audit.verdict, findings: findings.length, outcome })
      expect(findings).toEqual([])
      expect(audit.verdict).toBe('passed')
      const { isToothless, planted, found, afterHeal } = outcome
      expect(isToothless, JSON.stringify(outcome.effect)).toBe(false)
      expect(planted > 0).toBe(allWireFaults[kind].plants !== undefined || allWireFaults[kind].strikesAt === 'day-end')
      expect(found).toBe(planted)
      expect(run.reconciliation?.differences.length).toBe(allWireFaults[kind].plants === undefined ? 0 : planted)
      // A process may take longer to be there again than rows still come, and so may an entry until it no longer counts as down.
      const comesBackLate = allWireFaults[kind].strikes(run.struck[0]?.fault as FaultOnWire).by === 'process'
      if (!comesBackLate && !where[kind].target.startsWith('channel-')) expect(afterHeal?.compared).toBeGreaterThan(5)
      expect(afterHeal?.equal).toBe(afterHeal?.compared)
    },
    300_000,
  )
})
