import { BatchWorker } from './batch-worker.ts'
import type { BookRow } from './book-store.ts'
import type { Agreement, Ledger, LedgerBooks, LedgerPayment, OpenReply, Posted, Untold } from './ledger.ts'
import type { LedgerCommand } from './ledger-commands.ts'
import { assertZeroSum } from './ledger-rules.ts'

/** The ledger embedded in the platform's process: SQLite in a worker, group commit, synchronous FULL. */
export async function openSqliteLedger(path: string): Promise<Ledger> {
  const worker = new BatchWorker<LedgerCommand, unknown>(new URL('./sqlite-ledger-worker.ts', import.meta.url), { path })
  await worker.ready()
  const ask = async <Reply>(command: LedgerCommand) => ((await worker.send(command)) ?? undefined) as Reply
  return {
    async open(payment, memory, lease, atMs) {
      const reply = await ask<OpenReply | { readonly outcome: 'opened'; readonly serial: number }>({
        does: 'open',
        payment,
        memory,
        lease,
        atMs,
      })
      if (!('serial' in reply)) return reply
      const { serial } = reply
      return { outcome: 'opened', payment: { ...payment, serial, state: 'under-way', isOpen: true, memory, fence: 1, events: 1 } }
    },
    advance: (step) => {
      assertZeroSum(step.postings)
      return ask<'advanced' | 'fenced-off'>({ does: 'advance', step })
    },
    claim: (lease, expiredMs, most) => ask<readonly LedgerPayment[]>({ does: 'claim', lease, expiredMs, most }),
    renew: async (held, untilMs) => void (await ask({ does: 'renew', held, untilMs })),
    reopen: (reopening) => {
      assertZeroSum(reopening.postings)
      return ask<LedgerPayment | undefined>({ does: 'reopen', reopening })
    },
    deadEnds: () => ask<readonly LedgerPayment[]>({ does: 'dead-ends' }),
    payment: (number) => ask<LedgerPayment | undefined>({ does: 'payment', number }),
    firstMs: () => ask<number | undefined>({ does: 'first' }),
    sites: () => ask<readonly number[]>({ does: 'sites' }),
    paymentOfSerial: (serial) => ask<LedgerPayment | undefined>({ does: 'payment-of-serial', serial }),
    agreementOf: (person, mode) => ask<Agreement | undefined>({ does: 'agreement', person, mode }),
    sign: async (agreements) => void (await ask({ does: 'sign', agreements })),
    posted: (fromMs, untilMs) => ask<readonly Posted[]>({ does: 'posted', fromMs, untilMs }),
    openPayments: () => ask<readonly LedgerPayment[]>({ does: 'open-payments' }),
    untold: (nowMs, untilMs, most) => ask<readonly Untold[]>({ does: 'untold', nowMs, untilMs, most }),
    told: async (number, state, again) => void (await ask({ does: 'told', number, state, tries: 0, ...again })),
    appendTo: (book, afterNumber, rows) => ask<'appended' | 'taken'>({ does: 'append', book, afterNumber, rows }),
    rowsOf: (book, afterNumber) => ask<readonly BookRow[]>({ does: 'rows', book, afterNumber }),
    books: () => ask<LedgerBooks>({ does: 'books' }),
    clear: async () => void (await ask({ does: 'clear' })),
    get written() {
      return worker.written
    },
    close: () => worker.close(),
  }
}
