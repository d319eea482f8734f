import type { Ledger } from './ledger.ts'

/** A ledger has a form of its own: an actor shows it beside its numbered books, and empties and closes it with them. */
export const shownLedger = (ledger: Ledger, cleared: () => void = () => undefined) => ({
  export: async () => [],
  lastNumber: undefined,
  async reset() {
    await ledger.clear()
    cleared()
  },
  close: () => ledger.close(),
  get failure() {
    return ledger.failure
  },
  get written() {
    return ledger.written
  },
})
