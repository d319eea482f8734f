/** The thread of the embedded ledger. Opened by sqlite-ledger.ts; the rules of the interface stand in ledger.ts. */
import type { DatabaseSync } from 'node:sqlite'
import { workerData } from 'node:worker_threads'
import type { Advance, Agreement, LedgerEvent, LedgerPayment, OpenReply, Posted, Posting, Reopening, TakenBack, Untold } from './ledger.ts'
import type { LedgerCommand } from './ledger-commands.ts'
import { memoryWith } from './ledger-rules.ts'
import { serveBatches } from './serve-batches.ts'
import { booksOf, paymentColumns, paymentOf } from './sqlite-ledger-books.ts'

const tables = `
CREATE TABLE IF NOT EXISTS payment (
  serial INTEGER PRIMARY KEY AUTOINCREMENT,
  number TEXT NOT NULL UNIQUE,
  channel TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  asked_sha256 TEXT NOT NULL,
  person INTEGER NOT NULL,
  site INTEGER NOT NULL,
  bill TEXT NOT NULL,
  mode TEXT NOT NULL,
  state TEXT NOT NULL,
  is_open INTEGER NOT NULL,
  memory TEXT NOT NULL,
  owner TEXT NOT NULL,
  fence INTEGER NOT NULL,
  lease_until_ms INTEGER NOT NULL,
  events INTEGER NOT NULL,
  notice_url TEXT,
  told TEXT NOT NULL DEFAULT 'under-way',
  tell_tries INTEGER NOT NULL DEFAULT 0,
  tell_at_ms INTEGER NOT NULL DEFAULT 0,
  UNIQUE (channel, idempotency_key)
) STRICT;
CREATE INDEX IF NOT EXISTS untold_payment ON payment (tell_at_ms) WHERE notice_url IS NOT NULL AND state <> told;
CREATE TABLE IF NOT EXISTS book_row (
  book TEXT NOT NULL, number INTEGER NOT NULL, at_ms INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (book, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS one_open_payment_a_bill ON payment (site, bill)
  WHERE state IN ('under-way', 'in-doubt', 'paid', 'refunding');
CREATE INDEX IF NOT EXISTS dead_end ON payment (serial) WHERE is_open = 0 AND state IN ('in-doubt', 'given-up');
CREATE INDEX IF NOT EXISTS open_payment ON payment (serial) WHERE is_open = 1;
CREATE TABLE IF NOT EXISTS event (
  payment INTEGER NOT NULL REFERENCES payment, number INTEGER NOT NULL, at_ms INTEGER NOT NULL, event TEXT NOT NULL,
  PRIMARY KEY (payment, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS posting (
  payment INTEGER NOT NULL, event INTEGER NOT NULL, account TEXT NOT NULL, amount_fen INTEGER NOT NULL,
  PRIMARY KEY (payment, event, account)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS agreement (
  person INTEGER NOT NULL, mode TEXT NOT NULL, bank TEXT NOT NULL, agreement TEXT NOT NULL, PRIMARY KEY (person, mode)
) STRICT, WITHOUT ROWID;
`
serveBatches<LedgerCommand, unknown>((workerData as { readonly path: string }).path, (database) => {
  database.exec(tables)
  return { hello: true, run: commandsOn(database) }
})

function commandsOn(database: DatabaseSync): (command: LedgerCommand) => unknown {
  const insert = database.prepare(
    `INSERT INTO payment (number, channel, idempotency_key, asked_sha256, person, site, bill, mode, state, is_open, memory, owner, fence,
     lease_until_ms, events, notice_url) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'under-way', 1, ?, ?, 1, ?, 1, ?)`,
  )
  const byKey = database.prepare(`SELECT ${paymentColumns} FROM payment WHERE channel = ? AND idempotency_key = ?`)
  const byBill = database.prepare(
    `SELECT number, state FROM payment WHERE site = ? AND bill = ? AND state IN ('under-way', 'in-doubt', 'paid', 'refunding')`,
  )
  const byNumber = database.prepare(`SELECT ${paymentColumns} FROM payment WHERE number = ?`)
  const bySerial = database.prepare(`SELECT ${paymentColumns} FROM payment WHERE serial = ?`)
  const first = database.prepare('SELECT at_ms AS atMs FROM event WHERE number = 1 ORDER BY payment LIMIT 1')
  const sites = database.prepare('SELECT DISTINCT site FROM payment ORDER BY site')
  const agreementOf = database.prepare('SELECT person, mode, bank, agreement FROM agreement WHERE person = ? AND mode = ?')
  const sign = database.prepare('INSERT OR REPLACE INTO agreement (person, mode, bank, agreement) VALUES (?, ?, ?, ?)')
  const update = database.prepare(
    `UPDATE payment SET tell_tries = iif(state = ?1, tell_tries, 0), tell_at_ms = iif(state = ?1, tell_at_ms, 0), state = ?1, is_open = ?2,
     memory = ?3, lease_until_ms = ?4, events = ?7 WHERE number = ?5 AND fence = ?6 AND is_open = 1 AND events = ?8 RETURNING serial`,
  )
  // Most steps leave the state as it was; writing none of the columns that an index stands on saves half of the work.
  const goOn = database.prepare(
    `UPDATE payment SET memory = ?, lease_until_ms = ?, events = ?
     WHERE number = ? AND fence = ? AND is_open = 1 AND events = ? AND state = ? RETURNING serial`,
  )
  const renew = database.prepare('UPDATE payment SET lease_until_ms = ? WHERE number = ? AND fence = ? AND is_open = 1')
  const again = database.prepare(
    `UPDATE payment SET tell_tries = 0, tell_at_ms = 0, state = ?, is_open = 1, memory = ?, owner = ?, lease_until_ms = ?, fence = fence + 1, events = events + 1
     WHERE number = ? AND state = ? AND is_open = 0 AND events = ? - 1 RETURNING ${paymentColumns}`,
  )
  const written = database.prepare(
    'SELECT 1 FROM payment p JOIN event e ON e.payment = p.serial WHERE p.number = ? AND p.fence = ? AND e.number = ? AND e.event = ?',
  )
  const insertEvent = database.prepare('INSERT INTO event (payment, number, at_ms, event) VALUES (?, ?, ?, ?)')
  const insertPosting = database.prepare('INSERT INTO posting (payment, event, account, amount_fen) VALUES (?, ?, ?, ?)')
  const claim = database.prepare(
    `UPDATE payment SET owner = ?, lease_until_ms = ?, fence = fence + 1
     WHERE serial IN (SELECT serial FROM payment WHERE is_open = 1 AND lease_until_ms < ? ORDER BY serial LIMIT ?)
     RETURNING ${paymentColumns}`,
  )

  const openPayments = database.prepare(`SELECT ${paymentColumns} FROM payment WHERE is_open = 1 ORDER BY serial`)
  const untold = database.prepare(
    `UPDATE payment SET tell_at_ms = ? WHERE serial IN (SELECT serial FROM payment
     WHERE notice_url IS NOT NULL AND state <> told AND state <> 'under-way' AND tell_at_ms <= ? ORDER BY tell_at_ms, serial LIMIT ?)
     RETURNING ${paymentColumns}, tell_tries AS tries`,
  )
  const heard = database.prepare('UPDATE payment SET told = ?, tell_tries = 0, tell_at_ms = 0 WHERE number = ?')
  const tellAgain = database.prepare('UPDATE payment SET tell_tries = ?, tell_at_ms = ? WHERE number = ? AND state = ?')
  const lastRow = database.prepare('SELECT coalesce(max(number), 0) AS last FROM book_row WHERE book = ?')
  const insertRow = database.prepare('INSERT INTO book_row (book, number, at_ms, text) VALUES (?, ?, ?, ?)')
  const rowsAfter = database.prepare('SELECT number, at_ms AS atMs, text FROM book_row WHERE book = ? AND number > ? ORDER BY number')

  function advance({
    number,
    fence,
    leaseUntilMs,
    atMs,
    state,
    isOpen,
    memory,
    event,
    eventNumber,
    carried = [],
    postings,
  }: Advance): 'advanced' | 'fenced-off' {
    const before = eventNumber - 1 - carried.length
    const row = ((isOpen ? goOn.get(memory, leaseUntilMs, eventNumber, number, fence, before, state) : undefined) ??
      update.get(state, isOpen ? 1 : 0, memory, leaseUntilMs, number, fence, eventNumber, before)) as { serial: number } | undefined
    if (row === undefined) return written.get(number, fence, eventNumber, event) === undefined ? 'fenced-off' : 'advanced'
    for (const [index, one] of carried.entries()) insertEvent.run(row.serial, before + 1 + index, one.atMs, one.event)
    insertEvent.run(row.serial, eventNumber, atMs, event)
    post(row.serial, eventNumber, postings)
    return 'advanced'
  }

  function post(serial: number, event: number, postings: readonly Posting[]): void {
    for (const { account, amountFen } of postings) insertPosting.run(serial, event, account, amountFen)
  }

  function reopen({ number, from, state, lease, atMs, memory, event, eventNumber, postings }: Reopening): LedgerPayment | undefined {
    const row = paymentOf(again.get(state, memory, lease.owner, lease.untilMs, number, from, eventNumber))
    if (row === undefined) {
      // The very command, repeated because its end was not known.
      const known = paymentOf(byNumber.get(number))
      return known?.events === eventNumber && written.get(number, known.fence, eventNumber, event) !== undefined ? known : undefined
    }
    insertEvent.run(row.serial, row.events, atMs, event)
    post(row.serial, row.events, postings)
    return row
  }

  return (command) => {
    switch (command.does) {
      case 'open': {
        const { payment, lease, atMs } = command
        const known = paymentOf(byKey.get(payment.channel, payment.idempotencyKey))
        if (known !== undefined) {
          return (
            known.askedSha256 === payment.askedSha256 ? { outcome: 'known', payment: known } : { outcome: 'key-reused' }
          ) satisfies OpenReply
        }
        const taken = byBill.get(payment.site, payment.bill) as Pick<LedgerPayment, 'number' | 'state'> | undefined
        if (taken !== undefined) return { outcome: 'bill-taken', ...taken } satisfies OpenReply
        const { number, channel, idempotencyKey, askedSha256, person, site, bill, mode, noticeUrl } = payment
        const signed = agreementRow(agreementOf.get(person, mode))
        const memory = signed === undefined ? command.memory : memoryWith(signed, command.memory)
        const { lastInsertRowid } = insert.run(
          number,
          channel,
          idempotencyKey,
          askedSha256,
          person,
          site,
          bill,
          mode,
          memory,
          lease.owner,
          lease.untilMs,
          noticeUrl ?? null,
        )
        const serial = Number(lastInsertRowid)
        insertEvent.run(serial, 1, atMs, 'opened')
        return { outcome: 'opened', serial, memory }
      }
      case 'advance':
        return advance(command.step)
      case 'claim':
        return claim.all(command.lease.owner, command.lease.untilMs, command.expiredMs, command.most).map(paymentOf)
      case 'renew':
        for (const { number, fence } of command.held) renew.run(command.untilMs, number, fence)
        return undefined
      case 'reopen':
        return reopen(command.reopening)
      case 'dead-ends':
        return database
          .prepare(`SELECT ${paymentColumns} FROM payment WHERE is_open = 0 AND state IN ('in-doubt', 'given-up') ORDER BY serial`)
          .all()
          .map(paymentOf)
      case 'payment':
        return paymentOf(byNumber.get(command.number))
      case 'first':
        return (first.get() as { readonly atMs: number } | undefined)?.atMs
      case 'sites':
        return sites.all().map(({ site }) => site)
      case 'payment-of-serial':
        return paymentOf(bySerial.get(command.serial))
      case 'agreement':
        return agreementRow(agreementOf.get(command.person, command.mode))
      case 'sign':
        for (const { person, mode, bank, agreement } of command.agreements) sign.run(person, mode, bank, agreement)
        return undefined
      case 'posted':
        return postedIn(database, command.fromMs, command.untilMs)
      case 'taken-back':
        return takenBackIn(database, command.fromMs, command.untilMs)
      case 'open-payments':
        return openPayments.all().map(paymentOf)
      case 'untold':
        return untold
          .all(command.untilMs, command.nowMs, command.most)
          .map(({ tries, ...row }) => ({ payment: paymentOf(row) as LedgerPayment, tries: Number(tries) }) satisfies Untold)
      case 'told': {
        const { number, state, tries, againMs } = command
        if (againMs === undefined) heard.run(state, number)
        else tellAgain.run(tries, againMs, number, state)
        return undefined
      }
      case 'append': {
        const { book, afterNumber, rows } = command
        const { last } = lastRow.get(book) as { readonly last: number }
        if (last !== afterNumber) return 'taken'
        for (const [index, { atMs, text }] of rows.entries()) insertRow.run(book, afterNumber + 1 + index, atMs, text)
        return 'appended'
      }
      case 'rows':
        return rowsAfter.all(command.book, command.afterNumber).map((row) => ({ ...row }))
      case 'books':
        return booksOf(database)
      case 'clear':
        database.exec('DELETE FROM posting; DELETE FROM event; DELETE FROM payment; DELETE FROM agreement; DELETE FROM book_row')
        return undefined
      default:
        return command satisfies never
    }
  }
}

function postedIn(database: DatabaseSync, fromMs: number, untilMs: number): Posted[] {
  const writes = database
    .prepare(
      `SELECT DISTINCT q.payment, q.event, e.at_ms AS atMs FROM posting q JOIN event e ON e.payment = q.payment AND e.number = q.event
       WHERE e.at_ms >= ? AND e.at_ms < ? ORDER BY q.payment, q.event`,
    )
    .all(fromMs, untilMs) as { readonly payment: number; readonly event: number; readonly atMs: number }[]
  const payment = database.prepare(`SELECT ${paymentColumns} FROM payment WHERE serial = ?`)
  const postings = database.prepare('SELECT account, amount_fen AS amountFen FROM posting WHERE payment = ? AND event = ? ORDER BY account')
  const events = eventsOf(database)
  return writes.map(({ payment: serial, event, atMs }) => {
    const found = paymentOf(payment.get(serial)) as LedgerPayment
    return {
      payment: found,
      event,
      atMs,
      postings: postings.all(serial, event).map((row) => ({ ...row })) as unknown as Posting[],
      events: events(found),
    }
  })
}

function takenBackIn(database: DatabaseSync, fromMs: number, untilMs: number): TakenBack[] {
  const found = database
    .prepare(
      `SELECT ${paymentColumns} FROM payment p WHERE is_open = 0
         AND EXISTS (SELECT 1 FROM event e WHERE e.payment = p.serial AND e.at_ms >= ? AND e.at_ms < ?)
         AND EXISTS (SELECT 1 FROM event e WHERE e.payment = p.serial AND e.event LIKE 'undone %')
         AND NOT EXISTS (SELECT 1 FROM posting q WHERE q.payment = p.serial) ORDER BY serial`,
    )
    .all(fromMs, untilMs)
    .map((row) => paymentOf(row) as LedgerPayment)
  const events = eventsOf(database)
  return found.map((payment) => ({ payment, events: events(payment) }))
}

const eventsOf = (database: DatabaseSync) => {
  const events = database.prepare('SELECT number, at_ms AS atMs, event FROM event WHERE payment = ? ORDER BY number')
  return ({ serial, number }: LedgerPayment) =>
    events.all(serial).map((row) => ({ payment: number, ...row })) as unknown as readonly LedgerEvent[]
}

const agreementRow = (row: unknown) => (row === undefined ? undefined : ({ ...(row as object) } as Agreement))
