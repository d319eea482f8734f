/** Terminals of some of 2,037 sites in one HIS, each signing for its own site. */

import { expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { fenOf } from '../../money/fen.ts'
import { terminalKinds } from '../desks/terminal-desk.ts'
import { callerOfSite } from '../server/callers.ts'
import { control } from '../testing/small-wire.ts'
import { at, fresh, line, onTerminalStage, platform, served, signedIn, sites, splitOf, visitWith } from '../testing/terminal-stage.ts'

onTerminalStage(planOf('small-town'))

test('orders of a consulting room become a bill that the platform finds, locks and has paid, and the window closes the day with it', async () => {
  const { room, visit, orders } = await visitWith(7, 5000, 3000)
  const bill = fresh('B')
  expect(await at(7).charge({ ...room, visit, bill, orders })).toEqual({ outcome: 'charged', totalFen: 8200, coveredFen: 200 })
  expect(await at(7).charge({ ...room, visit, bill, orders })).toEqual({ outcome: 'charged', totalFen: 8200, coveredFen: 200 })
  expect(await platform().bills({ site: 7, visit })).toMatchObject({
    bills: [{ bill, totalFen: 8200, state: 'unpaid', lines: [{ number: 1 }, { number: 2 }] }],
  })
  const attempt = { site: 7, bill, attempt: fresh('P') }
  expect(await platform().open({ ...attempt, person: 42, by: 'platform' })).toMatchObject({ outcome: 'open' })
  const split = splitOf({ fundFen: 120, currentAccountFen: 80, cashFen: 8000, uncoveredFen: 8000 })
  const notice = { ...attempt, totalFen: fenOf(8200), split, settlement: 'L1', payer: 'credit' } as const
  expect(await platform().notice(notice)).toMatchObject({ outcome: 'noted' })
  // Told twice it counts once.
  expect(await platform().notice(notice)).toMatchObject({ outcome: 'noted' })
  expect(await platform().invoice(attempt)).toMatchObject({ outcome: 'invoiced' })
  const window = await signedIn(7, 'window')
  expect(await at(7).dayTotals({ ...window, date: '2020-10-12' })).toEqual({
    outcome: 'totals',
    paidCount: 1,
    refundedCount: 0,
    totalFen: 8200,
    fundFen: 120,
    currentAccountFen: 80,
    historyAccountFen: 0,
    cashFenBy: { credit: 8000, wallet: 0, bank: 0, cash: 0 },
    invoices: 1,
    redInvoices: 0,
    drawers: [],
  })
  expect(await at(7).dayTotals({ ...window, date: '2020-10-13' })).toMatchObject({ paidCount: 0, totalFen: 0 })
})

test.each([
  [[20_000], false],
  [[20_001], true],
  [[12_000, 8000], false],
  [[12_000, 8001], true],
] as const)('items outside insurance of %j fen need consent: %s', async (uncovered, needed) => {
  const { room, visit, orders } = await visitWith(8, ...uncovered)
  const bill = fresh('B')
  expect((await at(8).charge({ ...room, visit, bill, orders })).outcome).toBe(needed ? 'refused' : 'charged')
  if (!needed) return
  expect(await at(8).consent({ ...room, visit, orders, by: 'patient', document: 'TY1' })).toMatchObject({ outcome: 'agreed' })
  expect(await at(8).charge({ ...room, visit, bill, orders })).toMatchObject({ outcome: 'charged' })
})

test('what was charged before counts towards the sum, and consent that comes after it comes too late', async () => {
  const { room, visit, orders } = await visitWith(9, 15_000, 6000)
  const [first = '', second = ''] = orders
  expect(await at(9).charge({ ...room, visit, bill: fresh('B'), orders: [first] })).toMatchObject({ outcome: 'charged' })
  expect(await at(9).charge({ ...room, visit, bill: fresh('B'), orders: [second] })).toEqual({
    outcome: 'refused',
    reason: 'consent-missing',
  })
  expect(await at(9).consent({ ...room, visit, orders: [first], by: 'patient', document: 'TY2' })).toEqual({
    outcome: 'refused',
    reason: 'already-charged',
  })
  expect(await at(9).consent({ ...room, visit, orders: [second], by: 'guardian', document: 'TY3' })).toEqual({
    outcome: 'agreed',
    uncoveredFen: 6000,
  })
  expect(await at(9).charge({ ...room, visit, bill: fresh('B'), orders: [second] })).toMatchObject({ outcome: 'charged' })
})

test('an order taken back is never charged, and one that is charged is not taken back', async () => {
  const { room, visit, orders } = await visitWith(10, 1000, 2000)
  const [first = '', second = ''] = orders
  expect(await at(10).cancelOrder({ ...room, order: first })).toEqual({ outcome: 'cancelled' })
  expect(await at(10).charge({ ...room, visit, bill: fresh('B'), orders })).toEqual({ outcome: 'refused', reason: 'cancelled' })
  expect(await at(10).charge({ ...room, visit, bill: fresh('B'), orders: [second] })).toMatchObject({ outcome: 'charged', totalFen: 2100 })
  expect(await at(10).cancelOrder({ ...room, order: second })).toEqual({ outcome: 'refused', reason: 'already-charged' })
  expect(await at(10).charge({ ...room, visit, bill: fresh('B'), orders: [second] })).toEqual({
    outcome: 'refused',
    reason: 'already-charged',
  })
  const wrong = { ...line(1000), totalFen: fenOf(1001) }
  expect(await at(10).order({ ...room, visit, order: fresh('O'), lines: [wrong] })).toEqual({
    outcome: 'refused',
    reason: 'lines-do-not-add-up',
  })
})

test('each kind of terminal does its own work and no other', async () => {
  const { visit, orders } = await visitWith(11, 1000)
  const may: Record<string, string[]> = {}
  for (const kind of terminalKinds) {
    const here = await signedIn(11, kind)
    const asked = {
      register: await at(11).register({ ...here, visit, person: 42, kind: 'outpatient' }),
      order: await at(11).order({ ...here, visit, order: fresh('O'), lines: [line(1)] }),
      consent: await at(11).consent({ ...here, visit, orders, by: 'patient', document: 'TY' }),
      totals: await at(11).dayTotals({ ...here, date: '2020-10-12' }),
    }
    may[kind] = Object.entries(asked).flatMap(([act, said]) =>
      said.outcome === 'refused' && said.reason === 'not-at-this-terminal' ? [] : [act],
    )
  }
  expect(may).toEqual({
    window: ['register', 'consent', 'totals'],
    kiosk: ['register', 'consent'],
    consult: ['register', 'order', 'consent'],
    bedside: ['order', 'consent'],
  })
})

test('a sign-in holds at its own terminal, for its business day, until it is ended', async () => {
  const window = await signedIn(12, 'window')
  const kiosk = await signedIn(12, 'kiosk')
  const register = (from: typeof window) => at(12).register({ ...from, visit: fresh('V'), person: 1, kind: 'emergency' })
  expect(await signedIn(12, 'window')).toEqual(window)
  expect(await register(window)).toEqual({ outcome: 'registered' })
  expect(await register({ ...kiosk, signIn: window.signIn })).toEqual({ outcome: 'refused', reason: 'not-signed-in' })
  await control(served, 'his', 'PUT', '/control/clock', { now: '2020-10-13 00:00:00' })
  expect(await register(window)).toEqual({ outcome: 'refused', reason: 'sign-in-of-another-day' })
  const today = await signedIn(12, 'window')
  expect(today.signIn).not.toBe(window.signIn)
  expect(await register(today)).toEqual({ outcome: 'registered' })
  expect(await at(12).signOut(today)).toEqual({ outcome: 'signed-out' })
  expect(await register(today)).toEqual({ outcome: 'refused', reason: 'not-signed-in' })
  await control(served, 'his', 'PUT', '/control/clock', { now: '2020-10-12 09:00:00' })
})

test('a site neither sees nor changes anything of another, whatever numbers they share', async () => {
  const [one, other] = [0, sites - 1]
  const { room, visit, orders } = await visitWith(one, 1000)
  const before = (await control(served, 'his', 'GET', '/control/books')) as { entries: unknown[] }
  // Signing for itself it may not name the other at all, and under its own name the other's numbers mean nothing.
  expect(await at(one, callerOfSite(other)).charge({ ...room, visit, bill: fresh('B'), orders })).toMatchObject({
    outcome: 'no-reply',
    sent: 'no',
  })
  expect(await at(other).charge({ ...room, site: other, visit, bill: fresh('B'), orders })).toEqual({
    outcome: 'refused',
    reason: 'not-signed-in',
  })
  expect(((await control(served, 'his', 'GET', '/control/books')) as { entries: unknown[] }).entries).toHaveLength(before.entries.length)
  const theirs = await signedIn(other, 'consult')
  expect(await at(other).charge({ ...theirs, visit, bill: fresh('B'), orders })).toEqual({ outcome: 'refused', reason: 'unknown-visit' })
  expect(await at(other).register({ ...theirs, visit, person: 77, kind: 'outpatient' })).toEqual({ outcome: 'registered' })
  expect(await at(other).charge({ ...theirs, visit, bill: fresh('B'), orders })).toEqual({ outcome: 'refused', reason: 'unknown-order' })
  expect(await at(sites).signIn({ site: sites, terminal: 'window-1', operator: 'x' })).toEqual({
    outcome: 'refused',
    reason: 'unknown-site',
  })
  expect(await at(one, 'platform').signIn({ site: one, terminal: 'window-1', operator: 'x' })).toMatchObject({
    outcome: 'no-reply',
    sent: 'no',
  })
})
