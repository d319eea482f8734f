import { expect, test } from 'vitest'
import { memoryBookStore } from '../stores/book-store.ts'
import { tianjin } from '../testing/tianjin.ts'
import { fen, oneBank } from './testing/one-bank.ts'

test('a book that cannot be written confirms nothing, then or later, and the process lives', async () => {
  const store = memoryBookStore()
  let isDiskFull = false
  const city = await oneBank({
    store: { ...store, append: async (row) => (isDiskFull ? Promise.reject(new Error('no space left')) : store.append(row)) },
  })
  await city.open({ agreements: [{ agreement: 'XY1', person: 1, limitFen: fen(1000), usedFen: fen(0) }] })
  isDiskFull = true
  const hold = { key: 'A1', agreement: 'XY1', site: 7, amountFen: fen(100) }
  await expect(city.bank.desk.authorize(hold)).rejects.toThrow('no space left')
  await expect(city.bank.desk.query({ key: 'A1' })).rejects.toThrow('no space left')
  city.setClock('2021-01-01 09:00:00')
  expect((await city.entries()).map(({ does }) => does)).toEqual(['open-agreement'])
})

test('an opening book that opens an agreement twice, knows it already or does not add up is refused whole', async () => {
  const city = await oneBank()
  const one = { agreement: 'XY1', person: 1, limitFen: fen(1000), usedFen: fen(300) }
  await expect(city.open({ agreements: [one, one] })).rejects.toThrow('opened twice')
  const uses = [{ payment: 'C1', amountFen: fen(299), usedOn: '2020-10-01' }]
  await expect(city.open({ agreements: [{ ...one, uses }] })).rejects.toThrow('add up')
  await expect(
    city.open({ agreements: [{ ...one, uses: [{ payment: 'C1', amountFen: fen(300), usedOn: '2020-02-30' }] }] }),
  ).rejects.toThrow('no such day')
  expect(await city.entries()).toEqual([])
  await city.open({ agreements: [{ ...one, uses: [{ payment: 'C1', amountFen: fen(300), usedOn: '2020-08-14' }] }] })
  await expect(city.open({ agreements: [one] })).rejects.toThrow('is known')
  // Used on 14 August, without interest through 12 October.
  expect(await city.bank.desk.line({ agreement: 'XY1' })).toMatchObject({ standing: 'good', debts: [{ repayThrough: '2020-10-12' }] })
  city.setClock('2020-10-13 00:00:00')
  expect(await city.bank.desk.line({ agreement: 'XY1' })).toMatchObject({ standing: 'overdue' })
})

test('of a book that was emptied no report is told any more', async () => {
  const city = await tianjin({ 660: 660 })
  city.isScoreUp = false
  const agreements = [{ agreement: 'XY1', person: 660, limitFen: fen(1000), usedFen: fen(300) }]
  await city.open({ agreements })
  city.setClock('2024-06-01 09:00:00')
  expect(await city.bank.desk.line({ agreement: 'XY1' })).toMatchObject({ standing: 'overdue' })
  await city.reset()
  await city.open({ agreements })
  await city.bank.desk.line({ agreement: 'XY1' })
  expect(await city.scoreNow(660)).toBe(660)
  city.setClock('2024-06-01 09:00:00')
  await expect.poll(() => city.scoreNow(660), { timeout: 10_000 }).toBe(620)
  expect((await city.entries()).filter(({ does }) => does === 'reported')).toHaveLength(1)
})
