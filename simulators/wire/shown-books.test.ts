import { expect, test } from 'vitest'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import type { NumberedBook } from './audit/audit-input.ts'
import { StoreFailed } from './stores/batch-worker.ts'
import { changed } from './testing/defects/defect.ts'
import { bank, channel, control, openings, person, seed, serveSmallWire } from './testing/small-wire.ts'

const opened = {
  bureau: openings.bureau,
  his: openings.his,
  [bank]: openings.bank,
  wechat: openings.wallet,
  [channel]: openings.channel,
  identity: { seed, year: 2020, persons: [{ person, ageGroup: 'young-adult', isActive: true }], families: [] },
}

test('every party says how much is in its book, so that a missing end is seen, and is not ready once the book takes no more', async () => {
  let isFull = false
  const served = await serveSmallWire(planOf('small-town'), {
    only: [...Object.keys(opened), 'platform'],
    storeSeam: (_, store) =>
      changed(store, { append: async (row) => (isFull ? Promise.reject(new StoreFailed('no room')) : store.append(row)) }),
  })
  try {
    const readiness = () => Promise.all(Object.keys(opened).map(async (actor) => (await fetch(`${served.originOf(actor)}/readyz`)).status))
    for (const [actor, opening] of Object.entries(opened)) {
      await control(served, actor, 'POST', '/control/opening', opening)
      const { entries, written } = (await control(served, actor, 'GET', '/control/books')) as NumberedBook
      expect([actor, entries.length > 0, written]).toEqual([actor, true, entries.length])
    }
    expect(new Set(await readiness())).toEqual(new Set([200]))
    for (const actor of Object.keys(opened)) await control(served, actor, 'POST', '/control/reset')
    isFull = true
    for (const [actor, opening] of Object.entries(opened))
      await expect(control(served, actor, 'POST', '/control/opening', opening), actor).rejects.toThrow('book-failed')
    expect(new Set(await readiness())).toEqual(new Set([503]))
  } finally {
    await served.stop()
  }
})
