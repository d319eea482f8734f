/** Bills at the terminals of a hospital, beside the platform that collects for the same ones. */

import { expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { fenOf } from '../../money/fen.ts'
import { terminalKinds } from '../desks/terminal-desk.ts'
import { at, fresh, onTerminalStage, platform, signedIn, splitOf, till, visitWith } from '../testing/terminal-stage.ts'

onTerminalStage(planOf('small-town'))

/** A charged bill of 50.00 outside insurance and 1.00 inside, in two orders. */
async function billAt(site: number) {
  const { room, visit, orders } = await visitWith(site, 3000, 1900)
  const bill = fresh('B')
  expect(await at(site).charge({ ...room, visit, bill, orders })).toMatchObject({ outcome: 'charged', totalFen: 5100 })
  return { room, visit, bill }
}
const split = splitOf({ fundFen: 100, cashFen: 5000, uncoveredFen: 4900 })
const totalFen = fenOf(5100)
const paidInCash = { totalFen, split, settlement: 'L1', payer: 'cash' } as const

test('a window locks, collects, prints and gives back what was not performed; the rest stands as a new bill and the day has all of it', async () => {
  const { room, bill } = await billAt(21)
  const window = await signedIn(21, 'window')
  const ofAttempt = { ...window, bill, attempt: fresh('S') }
  expect(await till(21).hold({ ...ofAttempt, person: 42 })).toMatchObject({ outcome: 'open', bill: { totalFen: 5100 } })
  for (const _ of [1, 2]) expect(await till(21).collect({ ...ofAttempt, ...paidInCash })).toEqual({ outcome: 'noted' })
  const invoice = await till(21).printInvoice(ofAttempt)
  expect(invoice).toMatchObject({ outcome: 'invoiced' })
  expect(await till(21).printInvoice(ofAttempt)).toEqual(invoice)
  expect(await till(21).perform({ ...room, bill, lines: [1] })).toEqual({ outcome: 'performed' })
  expect(await till(21).giveBack({ ...ofAttempt, refund: 'T1', lines: [1] })).toEqual({ outcome: 'refused', reason: 'already-performed' })
  expect(await till(21).giveBack({ ...ofAttempt, refund: 'T1', lines: [2] })).toMatchObject({
    outcome: 'refunded',
    redInvoice: expect.any(String),
    rest: { totalFen: 3100, state: 'unpaid' },
  })
  expect(await at(21).dayTotals({ ...window, date: '2020-10-12' })).toMatchObject({
    paidCount: 1,
    refundedCount: 1,
    totalFen: 0,
    cashFenBy: { cash: 0 },
    invoices: 1,
    redInvoices: 1,
  })
})

test('while the platform collects, window and kiosk hear that the bill is in doubt, and nobody at a terminal ends or refunds its attempt', async () => {
  const { bill } = await billAt(22)
  const attempt = fresh('P')
  expect(await platform().open({ site: 22, bill, attempt, person: 42, by: 'platform' })).toMatchObject({ outcome: 'open' })
  const window = await signedIn(22, 'window')
  expect(await till(22).hold({ ...window, bill, attempt: fresh('S'), person: 42 })).toEqual({ outcome: 'refused', reason: 'in-doubt' })
  const theirs = { ...window, bill, attempt }
  expect(await till(22).release(theirs)).toEqual({ outcome: 'refused', reason: 'unknown-attempt' })
  expect(await till(22).collect({ ...theirs, ...paidInCash })).toEqual({ outcome: 'refused', reason: 'unknown-attempt' })
  expect(await platform().notice({ site: 22, bill, attempt, totalFen, split, settlement: 'L2', payer: 'credit' })).toEqual({
    outcome: 'noted',
  })
  expect(await till(22).giveBack({ ...theirs, refund: 'T2' })).toEqual({ outcome: 'refused', reason: 'paid-elsewhere' })
  expect(await till(22).hold({ ...window, bill, attempt: fresh('S'), person: 42 })).toEqual({ outcome: 'refused', reason: 'already-paid' })
})

test('while a window collects, the platform hears that the bill is in doubt, until the window lets go', async () => {
  const { bill } = await billAt(23)
  const window = await signedIn(23, 'window')
  const ofAttempt = { ...window, bill, attempt: fresh('S') }
  await till(23).hold({ ...ofAttempt, person: 42 })
  const attempt = { site: 23, bill, attempt: fresh('P'), person: 42, by: 'platform' } as const
  expect(await platform().open(attempt)).toEqual({ outcome: 'refused', reason: 'in-doubt' })
  expect(await till(23).release(ofAttempt)).toEqual({ outcome: 'closed' })
  expect(await platform().open(attempt)).toMatchObject({ outcome: 'open' })
  expect(await till(23).hold({ ...ofAttempt, person: 42 })).toEqual({ outcome: 'refused', reason: 'attempt-closed' })
})

test('who may take money, give it back and perform is a matter of the terminal’s kind', async () => {
  const may: Record<string, string[]> = {}
  for (const kind of terminalKinds) {
    const here = { ...(await signedIn(24, kind)), bill: 'no such bill'.replaceAll(' ', '-'), attempt: fresh('S') }
    const asked = {
      hold: await till(24).hold({ ...here, person: 42 }),
      collect: await till(24).collect({ ...here, ...paidInCash }),
      giveBack: await till(24).giveBack({ ...here, refund: 'T' }),
      perform: await till(24).perform({ site: 24, terminal: here.terminal, signIn: here.signIn, bill: here.bill, lines: [1] }),
    }
    may[kind] = Object.entries(asked).flatMap(([act, said]) => ('reason' in said && said.reason === 'unknown-bill' ? [act] : []))
  }
  expect(may).toEqual({
    window: ['hold', 'collect', 'giveBack'],
    kiosk: ['hold', 'collect'],
    consult: ['perform'],
    bedside: ['hold', 'collect', 'perform'],
  })
})
