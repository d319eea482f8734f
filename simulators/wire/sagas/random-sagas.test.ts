/**
 * Random lives of one payment on both ledgers: any mode, any messages lost in any way, deaths anywhere, patients of every kind, perhaps a
 * refund on top. In the end the bill is paid once by everybody or by nobody, and nothing hangs.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { type RunningPostgres, startPostgres } from '../../../tools/postgres.ts'
import type { Ledger } from '../stores/ledger.ts'
import { openPostgresLedger } from '../stores/postgres-ledger.ts'
import { openSqliteLedger } from '../stores/sqlite-ledger.ts'
import { Crash, type DirectCity, directCity, type Fate, type PlatformFate } from '../testing/direct-city.ts'
import { freePort } from '../testing/free-port.ts'
import { dieAt, notPaid, oneBill, paid, request, type Way, ways } from '../testing/one-bill.ts'

/** A run that fails prints its seed; this one is fixed so that a commit is judged on its own. */
const seed = 20_201_012
const runs = { sqlite: 300, postgres: 40 } as const

let postgres: RunningPostgres
let city: DirectCity
beforeAll(async () => {
  postgres = await startPostgres(await freePort())
  city = await directCity(planOf('small-town'))
})
afterAll(async () => {
  await city.stop()
  await postgres.stop()
})

/** One process: what becomes of its messages in order of sending (repeated from the start), where it dies, who the patient is. */
interface Life {
  readonly fates: readonly Fate[]
  readonly diesAt: number | undefined
  readonly patient: NonNullable<PlatformFate['patient']>
}
const life: fc.Arbitrary<Life> = fc.record({
  fates: fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constant<Fate>('arrives') },
      { weight: 4, arbitrary: fc.constantFrom<Fate[]>('never-sent', 'lost-there', 'lost-back', 'late') },
    ),
    { minLength: 1, maxLength: 12 },
  ),
  diesAt: fc.option(fc.nat(30), { nil: undefined }),
  patient: fc.constantFrom('pay', 'pay', 'give-up', 'cannot', 'nothing'),
})
const scene = fc.record({
  way: fc.constantFrom<Way[]>(...ways),
  lives: fc.array(life, { minLength: 1, maxLength: 3 }),
  isRefunded: fc.boolean(),
  isClosedByHospital: fc.boolean(),
})

const fateOf = ({ fates, diesAt, patient }: Life): PlatformFate => ({
  fateOf: (number) => fates[(number - 1) % fates.length] ?? 'arrives',
  patient,
  ...(diesAt === undefined ? {} : { boundary: dieAt(diesAt) }),
})

describe.each(['sqlite', 'postgres'] as const)('on %s', (kind) => {
  let ledger: Ledger
  beforeAll(async () => {
    ledger = kind === 'sqlite' ? await openSqliteLedger(':memory:') : await openPostgresLedger(postgres.url)
  })
  afterAll(() => ledger.close())

  test('every random saga ends whole', async () => {
    const ends = new Map<string, number>()
    const outlive = async (next: PlatformFate, work: (process: ReturnType<DirectCity['platform']>) => Promise<unknown>) => {
      const process = city.platform(ledger, next)
      await process.resume(Number.MAX_SAFE_INTEGER)
      await work(process).catch((error: unknown) => {
        if (!(error instanceof Crash)) throw error
      })
      await process.drain()
    }
    const atRest: PlatformFate = { patient: 'nothing', options: { realNowMs: () => 3_600_000 } }
    await fc.assert(
      fc.asyncProperty(scene, async ({ way, lives: [first, ...later], isRefunded, isClosedByHospital }) => {
        const { lived, moneyOf } = oneBill(city, ledger)
        const { notice } = city.his.desk
        if (isClosedByHospital) city.his.desk.notice = async () => ({ outcome: 'refused', reason: 'already-paid' })
        await lived(way, fateOf(first as Life), ...later.map(fateOf)).finally(() => {
          city.his.desk.notice = notice
        })
        // The payer's time is over, and every party answers again.
        await outlive(atRest, async () => undefined)
        const number = (await ledger.books()).payments[0]?.number
        if (isRefunded && number !== undefined) {
          const asked = { payment: number, channel: request.channel, idempotencyKey: 'T1' }
          for (const next of [...later.map(fateOf), atRest, atRest]) await outlive(next, (process) => process.refund(asked))
        }
        await city.deliverLate()
        const money = await moneyOf()
        ends.set(money.state, (ends.get(money.state) ?? 0) + 1)
        expect(money).toEqual(money.state === 'paid' ? paid : { ...notPaid, state: money.state })
        expect(['paid', 'refused', 'undone', 'refunded', '']).toContain(money.state)
      }),
      { seed, numRuns: runs[kind] },
    )
    // Every kind of end was seen: the property is about all of them.
    expect([...ends.keys()]).toEqual(expect.arrayContaining(['paid', 'refused', 'undone', 'refunded']))
    // A crowded machine is slow at it; the limit catches a hang alone.
  }, 300_000)
})
