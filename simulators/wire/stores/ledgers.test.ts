/** One test body, both ledgers: SQLite in a worker, and a real PostgreSQL. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningPostgres, startOwnPostgres, startPostgres } from '../../../tools/postgres.ts'
import { freePort } from '../testing/free-port.ts'
import type { Advance, Ledger, NewPayment, Reopening } from './ledger.ts'
import { openPostgresLedger } from './postgres-ledger.ts'
import { openSqliteLedger } from './sqlite-ledger.ts'

let postgres: RunningPostgres
beforeAll(async () => {
  postgres = await startPostgres(await freePort())
})
afterAll(() => postgres.stop())

const payment: NewPayment = {
  number: 'P1',
  channel: 'channel-a',
  idempotencyKey: 'K1',
  askedSha256: 'a',
  person: 42,
  site: 7,
  bill: 'MX1',
  mode: 'credit',
}
const lease = { owner: 'one', untilMs: 1000 }
const step: Advance = {
  number: 'P1',
  fence: 1,
  leaseUntilMs: 2000,
  atMs: 5,
  state: 'under-way',
  isOpen: true,
  memory: '{"at":1}',
  event: 'platform/order',
  eventNumber: 2,
  postings: [],
}

describe.each(['sqlite', 'postgres'] as const)('the ledger in %s', (kind) => {
  let ledger: Ledger
  beforeAll(async () => {
    ledger = kind === 'sqlite' ? await openSqliteLedger(':memory:') : await openPostgresLedger(postgres.url)
  })
  afterAll(() => ledger.close())
  beforeEach(() => ledger.clear())
  const open = (change: Partial<NewPayment> = {}) => ledger.open({ ...payment, ...change }, '{}', lease, 1)

  test('opens a payment once: the same key is the same payment, with other contents it is refused', async () => {
    expect(await open()).toMatchObject({
      outcome: 'opened',
      payment: { number: 'P1', state: 'under-way', isOpen: true, fence: 1, events: 1 },
    })
    expect(await open({ number: 'P2' })).toMatchObject({ outcome: 'known', payment: { number: 'P1' } })
    expect(await open({ number: 'P2', askedSha256: 'b' })).toEqual({ outcome: 'key-reused' })
  })

  test('has at most one payment of a bill that is open or paid, however many ask at once', async () => {
    const replies = await Promise.all(Array.from({ length: 40 }, (_, n) => open({ number: `P${n}`, idempotencyKey: `K${n}` })))
    expect(replies.filter(({ outcome }) => outcome === 'opened')).toHaveLength(1)
    expect(replies.filter(({ outcome }) => outcome === 'bill-taken')).toHaveLength(39)
    const { payments } = await ledger.books()
    expect(await ledger.advance({ ...step, number: payments[0]?.number ?? '', state: 'refused', isOpen: false })).toBe('advanced')
    expect(await open({ number: 'P100', idempotencyKey: 'K100' })).toMatchObject({ outcome: 'opened' })
  })

  test('writes a step with its event and postings, and a step repeated is written once', async () => {
    await open()
    const posted: Advance = {
      ...step,
      postings: [
        { account: 'advances', amountFen: 100 },
        { account: 'due-to-site', amountFen: -100 },
      ],
    }
    expect(await ledger.advance(posted)).toBe('advanced')
    expect(await ledger.advance(posted)).toBe('advanced')
    const { events, postings } = await ledger.books()
    expect(events).toEqual([
      { payment: 'P1', number: 1, atMs: 1, event: 'opened' },
      { payment: 'P1', number: 2, atMs: 5, event: 'platform/order' },
    ])
    expect(postings).toEqual([
      { payment: 'P1', event: 2, account: 'advances', amountFen: 100 },
      { payment: 'P1', event: 2, account: 'due-to-site', amountFen: -100 },
    ])
    expect(() => ledger.advance({ ...step, eventNumber: 3, postings: [{ account: 'fund', amountFen: 1 }] })).toThrow('add up to zero')
  })

  test('a step brings the events that had no write of their own, numbered before it, once', async () => {
    await open()
    const carrying: Advance = {
      ...step,
      event: 'bureau/presettle',
      eventNumber: 4,
      carried: [
        { atMs: 3, event: 'platform/order' },
        { atMs: 4, event: 'platform/look' },
      ],
      postings: [
        { account: 'advances', amountFen: 100 },
        { account: 'due-to-site', amountFen: -100 },
      ],
    }
    // One who has not seen all that was written before has no right to write.
    expect(await ledger.advance({ ...carrying, eventNumber: 3 })).toBe('fenced-off')
    expect(await ledger.advance({ ...carrying, eventNumber: 5 })).toBe('fenced-off')
    expect(await ledger.advance(carrying)).toBe('advanced')
    expect(await ledger.advance(carrying)).toBe('advanced')
    const { payments, events, postings } = await ledger.books()
    expect(payments).toMatchObject([{ events: 4 }])
    expect(events).toEqual([
      { payment: 'P1', number: 1, atMs: 1, event: 'opened' },
      { payment: 'P1', number: 2, atMs: 3, event: 'platform/order' },
      { payment: 'P1', number: 3, atMs: 4, event: 'platform/look' },
      { payment: 'P1', number: 4, atMs: 5, event: 'bureau/presettle' },
    ])
    expect(postings).toMatchObject([{ event: 4 }, { event: 4 }])
    expect(await ledger.advance({ ...step, eventNumber: 5 })).toBe('advanced')
  })

  test('what a person signed for the mode stands in a new payment’s memory, beneath what the memory names itself', async () => {
    await ledger.sign([{ person: 42, mode: 'credit', bank: 'bank-a', agreement: 'XY1' }])
    const memoryOf = async (change: Partial<NewPayment>, memory: string) => {
      const reply = await ledger.open({ ...payment, ...change }, memory, lease, 1)
      if (reply.outcome !== 'opened') throw new Error(reply.outcome)
      // What the caller hears is what a successor reads.
      expect((await ledger.payment(reply.payment.number))?.memory).toBe(reply.payment.memory)
      return JSON.parse(reply.payment.memory) as object
    }
    expect(await memoryOf({}, '{"at":0}')).toEqual({ at: 0, bank: 'bank-a', agreement: 'XY1' })
    const second = { number: 'P2', idempotencyKey: 'K2', bill: 'MX2' }
    expect(await memoryOf(second, '{"at":0,"bank":"wechat"}')).toEqual({ at: 0, bank: 'wechat', agreement: 'XY1' })
    const other = { number: 'P3', idempotencyKey: 'K3', bill: 'MX3', mode: 'phone' } as const
    expect(await memoryOf(other, '{"at":0}')).toEqual({ at: 0 })
  })

  test('gives a payment whose lease ended to one claimant, and the old owner writes nothing more', async () => {
    await open()
    expect(await ledger.claim({ owner: 'two', untilMs: 3000 }, 1000, 10)).toEqual([])
    const [one, other] = await Promise.all([
      ledger.claim({ owner: 'two', untilMs: 3000 }, 1001, 10),
      ledger.claim({ owner: 'three', untilMs: 3000 }, 1001, 10),
    ])
    expect([...one, ...other]).toMatchObject([{ number: 'P1', fence: 2 }])
    expect(await ledger.advance(step)).toBe('fenced-off')
    expect(await ledger.advance({ ...step, fence: 2 })).toBe('advanced')
  })

  test('a lease is renewed for whoever still holds the payment, and for nobody else', async () => {
    await open()
    await ledger.renew([{ number: 'P1', fence: 1 }], 5000)
    expect(await ledger.claim({ owner: 'two', untilMs: 6000 }, 5000, 10)).toEqual([])
    expect(await ledger.claim({ owner: 'two', untilMs: 6000 }, 5001, 10)).toMatchObject([{ fence: 2 }])
    await ledger.renew([{ number: 'P1', fence: 1 }], 9000)
    expect(await ledger.claim({ owner: 'three', untilMs: 9000 }, 6001, 10)).toMatchObject([{ fence: 3 }])
  })

  test('a payment that has ended takes no further step', async () => {
    await open()
    await ledger.advance({ ...step, state: 'refused', isOpen: false })
    expect(await ledger.advance({ ...step, eventNumber: 3, event: 'again' })).toBe('fenced-off')
    expect(await ledger.claim({ owner: 'two', untilMs: 3000 }, 9999, 10)).toEqual([])
  })

  test('takes an ended payment up again once, from the state it is in, and keeps its bill for it meanwhile', async () => {
    await open()
    await ledger.advance({ ...step, state: 'paid', isOpen: false })
    const reopening: Reopening = {
      number: 'P1',
      from: 'paid',
      state: 'refunding',
      lease: { owner: 'two', untilMs: 3000 },
      atMs: 6,
      memory: '{"at":9}',
      event: 'refund asked T1',
      eventNumber: 3,
      postings: [],
    }
    expect(await ledger.reopen({ ...reopening, from: 'in-doubt' })).toBeUndefined()
    expect(await ledger.reopen({ ...reopening, eventNumber: 4 })).toBeUndefined()
    const again = { number: 'P1', state: 'refunding', isOpen: true, fence: 2, events: 3, memory: '{"at":9}' }
    expect(await ledger.reopen(reopening)).toMatchObject(again)
    // The very command, repeated because its end was not known; another one is too late.
    expect(await ledger.reopen(reopening)).toMatchObject(again)
    expect(await ledger.reopen({ ...reopening, event: 'refund asked T2' })).toBeUndefined()
    expect(await open({ number: 'P2', idempotencyKey: 'K2' })).toEqual({ outcome: 'bill-taken', state: 'refunding', number: 'P1' })
    expect(await ledger.advance({ ...step, fence: 2, eventNumber: 4, state: 'in-doubt', isOpen: false })).toBe('advanced')
    expect(await ledger.deadEnds()).toMatchObject([{ number: 'P1', state: 'in-doubt' }])
    expect((await ledger.books()).events.map(({ event }) => event)).toEqual([
      'opened',
      'platform/order',
      'refund asked T1',
      'platform/order',
    ])
  })

  test('a payment that is given up leaves its bill to another, and is left to people where it cannot go back', async () => {
    await open()
    expect(await ledger.advance({ ...step, eventNumber: 2, state: 'given-up', isOpen: true })).toBe('advanced')
    expect(await open({ number: 'P2', idempotencyKey: 'K2' })).toMatchObject({ outcome: 'opened' })
    expect(await ledger.advance({ ...step, eventNumber: 3, state: 'given-up', isOpen: false })).toBe('advanced')
    expect(await ledger.deadEnds()).toMatchObject([{ number: 'P1', state: 'given-up' }])
  })

  test('finds payments and agreements, and nothing where there is none', async () => {
    await ledger.sign([{ person: 42, mode: 'credit', bank: 'bank-a', agreement: 'XY1' }])
    await ledger.sign([{ person: 42, mode: 'credit', bank: 'bank-b', agreement: 'XY2' }])
    expect(await ledger.agreementOf(42, 'credit')).toEqual({ person: 42, mode: 'credit', bank: 'bank-b', agreement: 'XY2' })
    expect(await ledger.agreementOf(42, 'phone')).toBeUndefined()
    expect(await ledger.payment('P9')).toBeUndefined()
    expect(await ledger.paymentOfSerial(999_999)).toBeUndefined()
    expect(await ledger.firstMs()).toBeUndefined()
    const opened = await open()
    const serial = opened.outcome === 'opened' ? opened.payment.serial : 0
    expect(await ledger.paymentOfSerial(serial)).toMatchObject({ number: 'P1', serial })
  })

  test('tells what moved money in a stretch of time, and what is not over', async () => {
    await open()
    await open({ number: 'P2', idempotencyKey: 'K2', bill: 'MX2' })
    const postings = [
      { account: 'advances', amountFen: 100 },
      { account: 'due-to-site', amountFen: -100 },
    ] as const
    await ledger.advance({ ...step, postings, isOpen: false })
    expect(await ledger.firstMs()).toBe(1)
    expect(await ledger.posted(0, 5)).toEqual([])
    expect(await ledger.posted(5, 6)).toMatchObject([
      { payment: { number: 'P1' }, event: 2, atMs: 5, postings, events: [{ event: 'opened' }, { payment: 'P1', number: 2, atMs: 5 }] },
    ])
    await open({ number: 'P3', idempotencyKey: 'K3', bill: 'MX3', site: 3 })
    expect(await ledger.sites()).toEqual([3, 7])
    await ledger.advance({ ...step, number: 'P3', isOpen: false })
    expect((await ledger.openPayments()).map(({ number }) => number)).toEqual(['P2'])
  })

  test('tells which payments were taken back before anything was posted, by when something happened to them', async () => {
    for (const [number, bill] of [
      ['P1', 'MX1'],
      ['P2', 'MX2'],
      ['P3', 'MX3'],
      ['P4', 'MX4'],
    ] as const)
      await open({ number, idempotencyKey: `K${number}`, bill })
    const undone = { state: 'undone', event: 'undone bureau/settle' } as const
    const postings = [
      { account: 'advances', amountFen: 100 },
      { account: 'due-to-site', amountFen: -100 },
    ] as const
    await ledger.advance({ ...step, ...undone, isOpen: false })
    await ledger.advance({ ...step, ...undone, number: 'P2' })
    await ledger.advance({ ...step, ...undone, number: 'P3', isOpen: false, postings })
    await ledger.advance({ ...step, number: 'P4', isOpen: false })
    expect(await ledger.takenBack(2, 5)).toEqual([])
    expect(await ledger.takenBack(5, 6)).toMatchObject([
      {
        payment: { number: 'P1', state: 'undone' },
        events: [{ event: 'opened' }, { payment: 'P1', number: 2, atMs: 5, event: undone.event }],
      },
    ])
  })

  test('each state of a payment is told once, by one teller at a time; told in vain it waits for its next turn', async () => {
    const noticeUrl = 'http://127.0.0.1:1/notices'
    await open({ noticeUrl })
    await open({ number: 'P2', idempotencyKey: 'K2', bill: 'MX2' })
    expect(await ledger.untold(10, 20, 9)).toEqual([])
    await ledger.advance({ ...step, state: 'in-doubt' })
    await ledger.advance({ ...step, number: 'P2', state: 'in-doubt' })
    const turns = await Promise.all([ledger.untold(10, 20, 9), ledger.untold(10, 20, 9)])
    expect(turns.flat()).toMatchObject([{ payment: { number: 'P1', state: 'in-doubt', noticeUrl }, tries: 0 }])
    expect(await ledger.untold(20, 30, 9)).toMatchObject([{ tries: 0 }])
    await ledger.told('P1', 'in-doubt', { tries: 1, againMs: 100 })
    expect(await ledger.untold(99, 130, 9)).toEqual([])
    expect(await ledger.untold(100, 130, 9)).toMatchObject([{ tries: 1 }])
    await ledger.advance({ ...step, state: 'paid', eventNumber: 3, isOpen: false })
    // A new state has its own turn at once, and word of the old one does not count for it.
    await ledger.told('P1', 'in-doubt', { tries: 2, againMs: 900 })
    expect(await ledger.untold(101, 130, 9)).toMatchObject([{ payment: { state: 'paid' }, tries: 0 }])
    await ledger.told('P1', 'paid', undefined)
    expect(await ledger.untold(9999, 10_000, 9)).toEqual([])
  })

  test('a further book is numbered without gaps, and of two who write after the same number one is told that it is taken', async () => {
    expect(await ledger.appendTo('b', 0, [{ atMs: 1, text: 'one' }])).toBe('appended')
    const both = await Promise.all([
      ledger.appendTo('b', 1, [{ atMs: 2, text: 'two' }]),
      ledger.appendTo('b', 1, [
        { atMs: 3, text: 'other' },
        { atMs: 3, text: 'more' },
      ]),
    ])
    expect(both.toSorted()).toEqual(['appended', 'taken'])
    expect(await ledger.appendTo('b', 9, [{ atMs: 2, text: 'gap' }])).toBe('taken')
    expect(await ledger.rowsOf('b', 0)).toMatchObject([
      { number: 1, atMs: 1, text: 'one' },
      { number: 2 },
      ...(both[1] === 'appended' ? [{}] : []),
    ])
    expect((await ledger.rowsOf('b', 1))[0]).toMatchObject({ number: 2 })
    expect(await ledger.rowsOf('c', 0)).toEqual([])
  })

  test('commands that come together share a transaction', async () => {
    const before = ledger.written
    const first = { ...before }
    await Promise.all(Array.from({ length: 200 }, (_, n) => open({ number: `P${n}`, idempotencyKey: `K${n}`, bill: `MX${n}` })))
    const batches = ledger.written.batches - first.batches
    expect(ledger.written.commands - first.commands).toBe(200)
    expect(batches).toBeLessThanOrEqual(10)
  })
})

test('a PostgreSQL that restarts under load loses nothing and doubles nothing', async () => {
  // Somebody else's server is not ours to restart.
  const own = postgres.restart === undefined ? await startOwnPostgres(await freePort()) : { ...postgres, restart: postgres.restart }
  const ledger = await openPostgresLedger(own.url)
  await ledger.clear()
  const open = async (n: number) => {
    const reply = await ledger.open({ ...payment, number: `P${n}`, idempotencyKey: `K${n}`, bill: `MX${n}` }, '{}', lease, 1)
    const advanced = await ledger.advance({ ...step, number: `P${n}` })
    return `${reply.outcome} ${advanced}`
  }
  const early = Array.from({ length: 100 }, (_, n) => open(n))
  const restarted = own.restart()
  const late = Array.from({ length: 100 }, (_, n) => open(100 + n))
  await restarted
  expect(new Set(await Promise.all([...early, ...late]))).toEqual(new Set(['opened advanced']))
  const { payments, events } = await ledger.books()
  expect({ payments: payments.length, events: events.length }).toEqual({ payments: 200, events: 400 })
  await ledger.close()
  if (own.url !== postgres.url) await own.stop()
})
