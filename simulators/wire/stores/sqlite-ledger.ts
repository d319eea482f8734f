import { BatchWorker } from './batch-worker.ts'
import type { Ledger, OpenReply } from './ledger.ts'
import type { LedgerCommand } from './ledger-commands.ts'
import { ledgerOver } from './ledger-over.ts'

/**
 * The ledger embedded in the platform's process: SQLite in a worker, group commit, synchronous FULL.
 *
 * @param failed hears once why it can no longer be written
 */
export async function openSqliteLedger(path: string, failed?: (why: Error) => void): Promise<Ledger> {
  const worker = new BatchWorker<LedgerCommand, unknown>(new URL('./sqlite-ledger-worker.ts', import.meta.url), { path }, failed)
  await worker.ready()
  return {
    ...ledgerOver((command) => worker.send(command)),
    async open(payment, memory, lease, atMs) {
      const reply = (await worker.send({ does: 'open', payment, memory, lease, atMs })) as
        | OpenReply
        | { readonly outcome: 'opened'; readonly serial: number; readonly memory: string }
      if (!('serial' in reply)) return reply
      // The thread says what the caller does not know.
      const { serial, memory: written } = reply
      return { outcome: 'opened', payment: { ...payment, serial, state: 'under-way', isOpen: true, memory: written, fence: 1, events: 1 } }
    },
    get failure() {
      return worker.failure
    },
    get written() {
      return worker.written
    },
    close: () => worker.close(),
  }
}
