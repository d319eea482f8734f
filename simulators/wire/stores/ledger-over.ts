import type { Ledger } from './ledger.ts'
import type { LedgerCommand } from './ledger-commands.ts'
import { assertZeroSum } from './ledger-rules.ts'

/** The ledger's interface as commands, for a store that carries them out. `null` from it stands for nothing. */
export function ledgerOver(send: (command: LedgerCommand) => Promise<unknown>): Omit<Ledger, 'written' | 'close'> {
  const ask = async <Reply>(command: LedgerCommand) => ((await send(command)) ?? undefined) as Reply
  return {
    open: (payment, memory, lease, atMs) => ask({ does: 'open', payment, memory, lease, atMs }),
    advance: (step) => {
      assertZeroSum(step.postings)
      return ask({ does: 'advance', step })
    },
    claim: (lease, expiredMs, most) => ask({ does: 'claim', lease, expiredMs, most }),
    renew: (held, untilMs) => ask({ does: 'renew', held, untilMs }),
    reopen: (reopening) => {
      assertZeroSum(reopening.postings)
      return ask({ does: 'reopen', reopening })
    },
    deadEnds: () => ask({ does: 'dead-ends' }),
    payment: (number) => ask({ does: 'payment', number }),
    firstMs: () => ask({ does: 'first' }),
    sites: () => ask({ does: 'sites' }),
    paymentOfSerial: (serial) => ask({ does: 'payment-of-serial', serial }),
    agreementOf: (person, mode) => ask({ does: 'agreement', person, mode }),
    sign: (agreements) => ask({ does: 'sign', agreements }),
    posted: (fromMs, untilMs) => ask({ does: 'posted', fromMs, untilMs }),
    takenBack: (fromMs, untilMs) => ask({ does: 'taken-back', fromMs, untilMs }),
    openPayments: () => ask({ does: 'open-payments' }),
    untold: (nowMs, untilMs, most) => ask({ does: 'untold', nowMs, untilMs, most }),
    told: (number, state, again) => ask({ does: 'told', number, state, tries: 0, ...again }),
    appendTo: (book, afterNumber, rows) => ask({ does: 'append', book, afterNumber, rows }),
    rowsOf: (book, afterNumber) => ask({ does: 'rows', book, afterNumber }),
    books: () => ask({ does: 'books' }),
    clear: () => ask({ does: 'clear' }),
  }
}
