import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type BookRow, openBookStore } from './book-store.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'medpay-book-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const row = (number: number): BookRow => ({ number, atMs: 5, text: `{"药":${number}}` })

test('an opening of many rows is one transaction, each row counted, and a restart finds them in order', async () => {
  const path = join(folder, 'book.sqlite')
  const store = await openBookStore(path)
  await Promise.all(Array.from({ length: 2000 }, (_, index) => store.append(row(index + 1))))
  expect(store.written).toEqual({ batches: 1, commands: 2000 })
  await store.close()
  const again = await openBookStore(path)
  expect(again.rows).toEqual(Array.from({ length: 2000 }, (_, index) => row(index + 1)))
  await again.close()
})

test('appending, showing and emptying keep their order within one turn', async () => {
  const store = await openBookStore(join(folder, 'book.sqlite'))
  const before = store.append(row(1))
  const shown = store.export()
  const more = store.append(row(2))
  const emptied = store.clear()
  const after = store.append(row(1))
  await Promise.all([before, more, emptied, after])
  expect(await shown).toEqual([row(1)])
  expect(await store.export()).toEqual([row(1)])
  await store.close()
})
