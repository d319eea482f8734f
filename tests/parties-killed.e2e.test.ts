/**
 * kill -9 of each counterparty in the middle of a slice, started again on its books: bureau, bank, hospital and wallet are processes of
 * their own. What an actor had answered stands in its book, whole and numbered; the auditor finds nothing lost, doubled or unknown.
 */
import { expect, onTestFinished, test } from 'vitest'
import { ownFolder } from '../cli/testing/medpay-process.ts'
import { planOf } from '../scenarios/testing/plan-of.ts'
import type { NumberedBook, SeenRow } from '../simulators/wire/audit/audit-input.ts'
import { auditRun } from '../simulators/wire/audit/audit-run.ts'
import { freePort } from '../simulators/wire/testing/free-port.ts'
import { auditInputOf, drained, openSlice, playRow } from '../simulators/wire/testing/slice/play-slice.ts'
import { sliceOf } from '../simulators/wire/testing/slice/slice.ts'
import { bank, channel, control, serveSmallWire } from '../simulators/wire/testing/small-wire.ts'
import { wireTestsPage, withBlock } from '../tools/page-block.ts'
import { endInGoodOrder, killHard, startActors, type WireProcess, whereabouts } from './testing/wire-process.ts'

const plan = planOf('small-town')
const parties = ['bureau', bank, 'his', 'wechat'] as const
const seed = 23
const payments = 120
/** A small line of credit; the second of two bills that one person pays at once. */
const rightly = new Set(['over-credit-limit', 'trial-out-of-date'])
/** Patients at once. */
const abreast = 16
/** So many rows are answered when each is killed. */
const killedAt = new Map(parties.map((party, index) => [20 + 25 * index, party]))

test('each party is killed while payments are under way and comes back with its book: nothing it answered is lost, nothing doubled, nothing stays unknown', async () => {
  const origins = Object.fromEntries(
    await Promise.all(parties.map(async (name) => [name, `http://127.0.0.1:${await freePort()}`] as const)),
  )
  const books = Object.fromEntries(parties.map((name) => [name, ownFolder()]))
  const start = (name: string) => startActors([name], '--books', books[name] ?? '', ...whereabouts(origins))
  const running = new Map<string, WireProcess>(await Promise.all(parties.map(async (name) => [name, await start(name)] as const)))
  const { date } = plan.scenario
  const own = await serveSmallWire(plan, {
    only: ['platform', channel],
    date,
    elsewhere: origins,
    platform: { backoffMs: (attempt) => 50 * attempt, payerPollMs: 100, noticeLadderMs: [20, 20, 20] },
  })
  onTestFinished(() => own.stop())
  const city = { originOf: (actor: string) => origins[actor] ?? own.originOf(actor) }
  const slice = sliceOf(seed, payments)
  await openSlice(city, slice)

  const bookOf = async (party: string) => (await control(city, party, 'GET', '/control/books')) as NumberedBook
  const underWay = new Set<number>()
  /** Whose payment somebody died in: it may be refused. */
  const hurt = new Set<number>()
  /** Dies with payments under way and is started again at once; its book begins with all that anybody could read of it. */
  async function killed(party: string): Promise<{ party: string; underWay: number; before: number }> {
    const before = (await bookOf(party)).entries
    const inFlight = underWay.size
    for (const row of underWay) hurt.add(row)
    await killHard(running.get(party) as WireProcess)
    running.set(party, await start(party))
    const after = (await bookOf(party)).entries
    expect(after.slice(0, before.length)).toEqual(before)
    return { party, underWay: inFlight, before: before.length }
  }

  const seen: SeenRow[] = []
  const deaths: ReturnType<typeof killed>[] = []
  // Rows of one moment are sent together: two bills of one person.
  const moments = Map.groupBy(slice.rows, ({ moment }) => moment).values()
  const patient = async () => {
    for (const rows of moments) {
      // Who is under way lives through the death; who comes meanwhile would only be told that nobody is there.
      await Promise.all(deaths)
      for (const { row } of rows) underWay.add(row)
      const answered = await Promise.all(rows.map((row) => playRow(city, row)))
      for (const one of answered) {
        underWay.delete(one.row)
        seen.push(one)
        const party = killedAt.get(seen.length)
        if (party !== undefined) deaths.push(killed(party))
      }
    }
  }
  await Promise.all(Array.from({ length: abreast }, patient))
  const told = await Promise.all(deaths)
  expect(told.map(({ party }) => party)).toEqual(parties)
  for (const death of told) expect(death.underWay).toBeGreaterThan(0)
  await drained(city, true, 120_000)

  const replay = 'npx vitest run parties-killed'
  // A process that is started again begins its business clock anew: whose moment is earlier says nothing between two of them.
  const clockToleranceMs = 600_000
  const audit = auditRun(await auditInputOf(city, { planned: slice.rows, seen, policy: plan.policy, faults: [], replay, clockToleranceMs }))
  const findings = audit.rules.flatMap(({ name, findings: of }) => of.map(({ words }) => `${name}: ${words.en}`))
  expect({ verdict: audit.verdict, findings }).toEqual({ verdict: 'passed', findings: [] })
  const { ledger } = await bookOf('platform')
  const ended = new Map(ledger?.payments.map(({ number, state }) => [number, state]))
  const unhurt = seen.filter(({ row, answers }) => !hurt.has(row) && !answers.some(({ reason }) => rightly.has(reason ?? '')))
  const stateOf = ({ row, answers }: SeenRow) =>
    `${row} ${answers.map(({ reason }) => reason).join(' ')} ${ended.get(answers[0]?.payment ?? '')}`
  expect(unhurt.map(stateOf).filter((state) => !/ (?:paid|refunded)$/.test(state))).toEqual([])
  const paid = [...ended.values()].filter((state) => state === 'paid').length
  expect(unhurt.length).toBeGreaterThan(payments / 5)
  console.log(
    `killed under way: ${told.map(({ party, underWay: open, before }) => `${party} ${open} (book ${before})`).join(', ')}; paid ${paid}, untouched ${unhurt.length}`,
  )
  for (const process of running.values()) expect(await endInGoodOrder(process)).toBe(0)
}, 300_000)

test('docs/wire-tests.md says who is killed when; renew it with npx vitest run parties-killed -t docs -u', async () => {
  const rows = [...killedAt].map(([after, party]) => `| \`${party}\` | ${after} of ${payments} | up to ${abreast} |`)
  const table = ['| killed | payments answered by then | patients at once |', '| --- | --- | --- |', ...rows]
  await expect(withBlock('killed', table.join('\n'))).toMatchFileSnapshot(wireTestsPage)
})
