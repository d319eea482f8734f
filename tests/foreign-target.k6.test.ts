/**
 * A platform of others (load/examples/clinic-pay), its own process: real k6 speaks to it through its adapter, it calls our hospitals,
 * bureau and banks over sockets, and the whole is audited. Then the same platform with a mistake, with a death, and with an adapter that
 * answers nonsense.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { targetIsReady, targetOf } from '../cli/load-target.ts'
import { rowAbout, runOnWire } from '../cli/run-on-wire.ts'
import { planOf } from '../scenarios/testing/plan-of.ts'
import type { Trace } from '../simulators/trace/trace.ts'
import { auditRun } from '../simulators/wire/audit/audit-run.ts'
import { struckFault } from '../simulators/wire/faults/struck-fault.ts'
import type { FaultOnWire } from '../simulators/wire/faults/wire-fault.ts'
import { type Conducted, conduct } from '../simulators/wire/replay/conduct.ts'
import { counterpartiesOf } from '../simulators/wire/replay/counterparties.ts'
import { madeTrace } from '../simulators/wire/replay/testing/made-trace.ts'
import { voidReasons, wireOutcome } from '../simulators/wire/replay/wire-outcome.ts'
import { startProcesses, type WireCity } from '../simulators/wire/replay/wire-processes.ts'
import { firstOfFreePorts } from '../simulators/wire/serve.ts'
import { findK6 } from '../tools/resolve-k6.ts'
import { leadMsOfSlice } from './testing/fault-room.ts'

const plan = planOf('small-town')
const secret = 'the secret of a test'
const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'medpay-foreign-'))
const file = join(folder, 'counterparties.json')
const { signal } = new AbortController()

function k6Program(): string {
  const k6 = findK6()
  if (k6.is === 'missing') throw new Error(k6.tried.join('; '))
  return k6.program
}

let wire: WireCity
let origin = ''
let platform: ChildProcess | undefined

async function startPlatform(...words: readonly string[]): Promise<void> {
  await endPlatform()
  const program = at('load/examples/clinic-pay/platform.ts')
  platform = spawn(process.execPath, [program, '--port', new URL(origin).port, '--counterparties', file, ...words], { stdio: 'ignore' })
  const target = await targetOf({ target: origin, adapter: at('load/examples/clinic-pay/adapter.ts') })
  if (target === undefined) throw new Error('no target')
  await targetIsReady(target, { seconds: 30, signal, tell: () => undefined })
}
async function endPlatform(): Promise<void> {
  if (platform === undefined || platform.exitCode !== null || platform.signalCode !== null) return
  const ended = new Promise((resolve) => platform?.once('exit', resolve))
  platform.kill('SIGKILL')
  await ended
}

beforeAll(async () => {
  mkdirSync(join(folder, 'books'))
  wire = await startProcesses({
    city: plan.city,
    serve: [process.execPath, at('cli/medpay.ts'), 'serve', 'small-town'],
    secretName: 'MEDPAY_WIRE_SECRET',
    secret,
    booksFolder: join(folder, 'books'),
    platformWords: [],
    isForeign: true,
    signal,
  })
  writeFileSync(file, JSON.stringify(counterpartiesOf(wire, madeTrace(plan, 1, 1), secret)))
  origin = `http://127.0.0.1:${await firstOfFreePorts(1, '127.0.0.1')}`
}, 120_000)
afterAll(async () => {
  await endPlatform()
  await wire.stop()
  rmSync(folder, { recursive: true })
}, 60_000)

interface Played {
  readonly trace: Trace
  readonly conducted: Conducted
  readonly outcome: ReturnType<typeof wireOutcome>
  readonly reasons: readonly string[]
}

let plays = 0
async function play(
  trace: Trace,
  faults: readonly FaultOnWire[] = [],
  adapter = at('load/examples/clinic-pay/adapter.ts'),
): Promise<Played> {
  for (const actor of wire.layout.flat()) await wire.control.ask(actor, 'POST', '/control/reset', {})
  const conducted = await conduct({
    ...{ city: plan.city, trace, wire, secret, folder: join(folder, String(++plays), 'wire') },
    k6: { program: k6Program(), script: at('load/replay.ts'), words: [] },
    target: { origin, adapter },
    warmUpVisits: 0,
    leadMs: leadMsOfSlice,
    faults,
    signal,
    tell: () => undefined,
  })
  const audit = auditRun({
    ...{ planned: trace.rows, seen: conducted.log.rows, books: conducted.books, mustHaveMoved: ['bureau', 'his'] },
    ...{ policy: plan.policy, clockToleranceMs: 50, replay: 'npx vitest run foreign-target.k6', folder },
    faults: conducted.struck.map(({ fault, toll }) => struckFault(fault, toll)),
  })
  const outcome = wireOutcome({
    ...{ trace, conducted, audit, level: { name: 'test', title: { zh: '测试', en: 'test' } }, k6Version: '2.2.0', fdatasyncMsP50: null },
    target: { name: 'clinic-pay', isOurs: false, ledger: 'its-own', processes: 1, layout: wire.layout },
    parties: plan.city.parties,
  })
  // How late starts were is the machine's affair.
  const reasons = voidReasons(outcome, conducted, 0).flatMap(({ en }) => (en.startsWith('starts were') ? [] : [en]))
  return { trace, conducted, outcome, reasons }
}
const broken = ({ outcome }: Played) => outcome.audit.rules.filter(({ standing }) => standing === 'broken').map(({ name }) => name)

test('the adapter is short', () => {
  expect(readFileSync(at('load/examples/clinic-pay/adapter.ts'), 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(100)
})

describe('a sound platform of others', () => {
  let played: Played
  beforeAll(async () => {
    await startPlatform()
    played = await play(madeTrace(plan, 40, 20))
  }, 120_000)

  test('runs without ours: no process of the run is our platform or one of our entries', () => {
    expect(wire.layout.flat().filter((name) => name === 'platform' || name.startsWith('channel-'))).toEqual([])
  })

  test('pays every bill, by phone and on credit through it, at windows and kiosks beside it, as the virtual city split it', () => {
    const { trace, conducted, outcome, reasons } = played
    const ends = conducted.log.rows.map(({ row, answers }) => `${row} ${answers.at(-1)?.outcome}`).toSorted()
    expect(ends).toEqual(trace.rows.map(({ row }) => `${row} paid`).toSorted())
    expect(outcome.closingBooks).toEqual({ compared: trace.rows.length, equal: trace.rows.length, rest: [] })
    expect(reasons).toEqual([])
  })

  test('is audited from its counterparties’ books: no finding, and what needs its journal is not applicable, never kept', () => {
    const { audit } = played.outcome
    expect(broken(played)).toEqual([])
    const standings = new Map(audit.rules.map(({ name, standing }) => [name as string, standing]))
    for (const name of ['ledger-zero', 'journal-rows-match', 'saga-ran-once', 'told-how-it-ended', 'paid-out-to-the-fen'])
      expect([name, standings.get(name)]).toEqual([name, 'not-applicable'])
    for (const name of ['bill-paid-once', 'three-way-match', 'one-effect-per-key', 'said-paid-is-paid', 'split-as-policy'])
      expect([name, standings.get(name)]).toEqual([name, 'kept'])
  })

  test('has its latency by leg without any header of ours: payer, bureau and hospital are joined by business keys', () => {
    const { trace, outcome } = played
    const through = trace.rows.filter(({ entry }) => entry >= 0).length
    const legs = new Map(outcome.legs.map((leg) => [leg.leg, leg]))
    expect(legs.get('platform')?.totalMs?.count).toBe(through)
    expect(legs.get('intended-to-authorised')?.totalMs?.count).toBeGreaterThanOrEqual(through)
    expect(legs.get('settled-to-confirmed')?.totalMs?.count).toBeGreaterThanOrEqual(through)
    expect(outcome.legs.every(({ from }) => from === 'business-keys')).toBe(true)
  })
})

describe('the same platform with a mistake', () => {
  test('that captures twice is caught by “a bill is paid at most once”', async () => {
    await startPlatform('--mistake', 'captures-twice')
    const played = await play(madeTrace(plan, 8, 8))
    expect(broken(played)).toEqual(expect.arrayContaining(['bill-paid-once', 'one-effect-per-key', 'three-way-match']))
    expect(played.reasons).toEqual([])
    const run = runOnWire(join(folder, String(plays)))
    const ids = played.outcome.audit.rules.flatMap(({ findings }) => findings.map(({ id }) => id))
    expect(ids.filter((id) => rowAbout(id, run) === undefined)).toEqual([])
  }, 60_000)

  test('that takes silence for a failure is caught where a bank’s replies are lost: “nothing is open or unknown”', async () => {
    await startPlatform('--mistake', 'silence-is-failure')
    const trace = madeTrace(plan, 16, 16)
    const lost = { name: 'lost-replies', kind: 'lost-reply', target: 'bank-a', share: 1, seed: 1, fromSecond: 0 } as const
    const played = await play(trace, [{ ...lost, toSecond: trace.window.seconds }])
    expect(broken(played)).toContain('nothing-unknown-after-drain')
  }, 60_000)
})

test('a target that dies in the middle makes the run void: what was seen is kept, every row is accounted for, and nobody waits two minutes', async () => {
  await startPlatform()
  const began = performance.now()
  const playing = play(madeTrace(plan, 60, 20))
  await new Promise<void>((resolve) => {
    const looking = setInterval(() => {
      if (!hasPaid(join(folder, String(plays), 'wire'))) return
      clearInterval(looking)
      resolve()
    }, 50)
  })
  await endPlatform()
  const { trace, conducted, reasons } = await playing
  expect(conducted.lost).toEqual(['target'])
  expect(reasons.join()).toMatch(/ended during the run, with what they knew: target/)
  expect(conducted.log.rows.length).toBe(trace.rows.length)
  expect(conducted.log.rows.some(({ answers }) => answers.at(-1)?.outcome === 'paid')).toBe(true)
  expect(performance.now() - began).toBeLessThan(110_000)
}, 120_000)

/** The first row was answered. */
function hasPaid(work: string): boolean {
  try {
    return readFileSync(join(work, 'rows.log'), 'utf8').includes('"outcome":"paid","payment":"CP')
  } catch {
    return false
  }
}

test('an adapter that throws and one that answers nonsense lose no row: the run is void, and says what they did', async () => {
  const adapter = join(folder, 'odd-adapter.ts')
  writeFileSync(
    adapter,
    `export const adapter = { name: 'odd', next: (asked: { row: { row: number } }) => {
  if (asked.row.row % 2 === 0) throw new Error('no idea')
  return { does: 'send', request: { method: 'POST', url: 'nowhere', name: 'x' } }
} }`,
  )
  const { trace, conducted, reasons } = await play(madeTrace(plan, 8, 8), [], adapter)
  expect(conducted.log.rows.length).toBe(trace.rows.length)
  expect(reasons.join()).toMatch(/answers of the adapter were unusable: adapter odd: /)
  expect(conducted.log.words.join()).toMatch(/no idea/)
  expect(conducted.log.words.join()).toMatch(/url is nowhere/)
}, 60_000)

test('an adapter that Node can read and k6 cannot makes the run void with k6’s own word for it', async () => {
  const adapter = join(folder, 'node-adapter.ts')
  writeFileSync(
    adapter,
    "import { hostname } from 'node:os'\nexport const adapter = { name: hostname(), next: () => ({ does: 'no-door' }) }",
  )
  const { trace, conducted, reasons } = await play(madeTrace(plan, 2, 8), [], adapter)
  expect(conducted.log.rows).toEqual([])
  expect(reasons.join()).toMatch(/k6 ended with 107: .*node:os/)
  expect(reasons.join()).toContain(`${trace.rows.length} rows were planned and 0 are accounted for`)
}, 60_000)
