import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import type { BankEntry } from './banks/bank-entry.ts'
import type { BureauEntry } from './bureau/bureau-book.ts'
import type { ChannelEntry } from './channels/channel-book.ts'
import type { HisEntry } from './his/his-book.ts'
import type { Served } from './serve.ts'
import type { BookEntry } from './stores/kept-book.ts'
import type { LedgerBooks } from './stores/ledger.ts'
import { bank, bill, channel, control, payFromPhone, person, provision, serveSmallWire, site, totalFen } from './testing/small-wire.ts'

const plan = planOf('small-town')
/** Fund 50 % of 60 yuan above the deductible; history account 30; cash the rest, with 20 out of scope. */
const split = { fundFen: 3000, currentAccountFen: 0, historyAccountFen: 3000, cashFen: 6000, uncoveredFen: 2000, deductibleFen: 4000 }

describe('one credit payment in the Shanghai dialect, over sockets and durable books', () => {
  const folder = mkdtempSync(join(tmpdir(), 'medpay-wire-'))
  let served: Served
  beforeAll(async () => {
    served = await serveSmallWire(plan, { booksFolder: folder })
    await provision(served)
  })
  afterAll(async () => {
    await served.stop()
    rmSync(folder, { recursive: true })
  })
  const entries = async <Entry>(actor: string) =>
    ((await control(served, actor, 'GET', '/control/books')) as { entries: BookEntry<Entry>[] }).entries
  const ledger = async () => ((await control(served, 'platform', 'GET', '/control/books')) as { ledger: LedgerBooks }).ledger

  test('is paid, and the patient hears the split to the fen', async () => {
    const { status, body } = await payFromPhone(served)
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { outcome: 'payment', payment: { site, bill, mode: 'credit', state: 'paid', totalFen, split } },
    })
  })

  test('the same key again is the same payment, and another body under it is refused', async () => {
    const first = (await payFromPhone(served)).body as { payment: { payment: string } }
    const again = (await payFromPhone(served)).body as { payment: { payment: string; state: string } }
    expect(again.payment).toMatchObject({ payment: first.payment.payment, state: 'paid' })
    expect((await payFromPhone(served, { bill: 'MX9' })).body).toEqual({ outcome: 'refused', reason: 'key-reused' })
  })

  test('a second key for the same bill finds it paid', async () => {
    expect((await payFromPhone(served, { idempotencyKey: 'K2' })).body).toEqual({ outcome: 'refused', reason: 'bill-paid' })
  })

  test('hospital, insurer, bank and platform agree to the fen, each effect stands once', async () => {
    // The invoice runs by itself after the patient has gone.
    await expect.poll(async () => (await entries<HisEntry>('his')).some(({ entry }) => entry.does === 'invoice')).toBe(true)
    const settled = (await entries<BureauEntry>('bureau')).flatMap(({ entry }) => (entry.does === 'settle' ? [entry] : []))
    const captured = (await entries<BankEntry>(bank)).flatMap(({ entry }) => (entry.does === 'capture' ? [entry] : []))
    const paid = (await entries<HisEntry>('his')).flatMap(({ entry }) => (entry.does === 'paid' ? [entry] : []))
    expect(settled.map(({ split: parts, person: who }) => ({ who, parts }))).toEqual([{ who: person, parts: split }])
    expect(captured.map(({ amountFen }) => amountFen)).toEqual([split.cashFen])
    expect(paid).toMatchObject([{ bill, totalFen, split, settlement: settled[0]?.settlement }])
    const { postings, payments } = await ledger()
    expect(payments.map(({ state, isOpen }) => ({ state, isOpen }))).toEqual([{ state: 'paid', isOpen: false }])
    expect(Object.fromEntries(postings.map(({ account, amountFen }) => [account, amountFen]))).toEqual({
      advances: split.cashFen,
      'history-accounts': split.historyAccountFen,
      fund: split.fundFen,
      'due-to-site': -totalFen,
    })
    expect(postings.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(0)
  })

  test('the entry is told at its address, once for each state', async () => {
    const told = async () => (await entries<ChannelEntry>(channel)).flatMap(({ entry }) => (entry.does === 'notice' ? [entry] : []))
    await expect.poll(told).toMatchObject([{ person, state: 'paid' }])
  })

  test('every book is numbered without gaps', async () => {
    for (const actor of ['bureau', 'his', bank]) {
      const numbers = (await entries(actor)).map(({ number }) => number)
      expect(numbers).toEqual(numbers.map((_, index) => index + 1))
      expect(numbers.length).toBeGreaterThan(0)
    }
  })

  test('after a restart from the disk the books say the same, and the bill stays paid', async () => {
    const before = [await entries('bureau'), await entries('his'), await ledger()]
    await served.stop()
    served = await serveSmallWire(plan, { booksFolder: folder })
    expect([await entries('bureau'), await entries('his'), await ledger()]).toEqual(before)
    expect((await payFromPhone(served)).body).toMatchObject({ payment: { state: 'paid', split } })
  })
})

test('a site that speaks the national interface is paid over sockets by the same platform, to the same fen', async () => {
  const served = await serveSmallWire(plan, { platform: { nationalSites: [site] } })
  try {
    await provision(served)
    const { body } = await payFromPhone(served)
    // The national interface has one personal account; 五期 tells this year's from earlier years'.
    const { historyAccountFen: accountFen } = split
    const nationally = { ...split, currentAccountFen: accountFen, historyAccountFen: 0 }
    expect(body).toMatchObject({ payment: { state: 'paid', totalFen, split: nationally } })
    const { entries } = (await control(served, 'bureau', 'GET', '/control/books')) as { entries: BookEntry<BureauEntry>[] }
    expect(entries.flatMap(({ entry }) => (entry.does === 'message' ? [entry.name] : []))).toEqual(['9001', '2201', '2204', '2207'])
  } finally {
    await served.stop()
  }
})
