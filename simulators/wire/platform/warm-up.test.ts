import { afterAll, expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { platformModes } from '../desks/payment-desk.ts'
import type { Served } from '../serve.ts'
import { openSqliteLedger } from '../stores/sqlite-ledger.ts'
import { control, payFromPhone, provision, serveSmallWire } from '../testing/small-wire.ts'
import { warmUp } from './warm-up.ts'

let served: Served | undefined
afterAll(() => served?.stop())

test('bills of every mode are paid in the warm-up, on a ledger of its own', async () => {
  const scratch = await openSqliteLedger(':memory:')
  const closed = scratch.close
  let books: Awaited<ReturnType<typeof scratch.books>> | undefined
  scratch.close = async () => {
    books = await scratch.books()
    await closed()
  }
  await warmUp(scratch, 3, () => 0)
  expect(books?.payments.map(({ mode, state, isOpen }) => `${mode} ${state} ${isOpen}`).sort()).toEqual(
    platformModes.toSorted().flatMap((mode) => [1, 2, 3].map(() => `${mode} paid false`)),
  )
})

test('a platform whose own bills are not paid is not ready, and never takes work', async () => {
  const scratch = await openSqliteLedger(':memory:')
  scratch.sign = async () => undefined
  await expect(warmUp(scratch, 1, () => 0)).rejects.toThrow('was not paid')
})

test('a platform is ready once it is warm, and nothing of the warm-up stands in its ledger', async () => {
  served = await serveSmallWire(planOf('small-town'), { platform: { warmUpPayments: 2 } })
  expect((await fetch(`${served.originOf('platform')}/readyz`)).status).toBe(200)
  const { ledger } = (await control(served, 'platform', 'GET', '/control/books')) as { ledger: { payments: unknown[] } }
  expect(ledger.payments).toEqual([])
  await provision(served)
  expect((await payFromPhone(served)).body).toMatchObject({ payment: { state: 'paid' } })
})
