/**
 * News of a payment for whichever process has it in hand: a wallet's callback comes to any of several platforms. PostgreSQL carries it
 * (LISTEN, NOTIFY) to all that share the ledger. News lost while the server is away costs time only: whoever waits asks anyway.
 */
import { Client } from 'pg'

export interface WakeUps {
  /** Tells every process, this one included. Never fails: it is a hurry, not a fact. */
  announce(payment: string): void
  whenHeard(listener: (payment: string) => void): void
  close(): Promise<void>
}

/** One process alone on its ledger. */
export function localWakeUps(): WakeUps {
  const listeners: ((payment: string) => void)[] = []
  return {
    announce: (payment) => {
      for (const listener of listeners) listener(payment)
    },
    whenHeard: (listener) => void listeners.push(listener),
    close: async () => undefined,
  }
}

const channel = 'medpay_payment_news'
/** Between tries to reach a server that went away. */
const againMs = 1000

/** @param url of the ledger's database */
export async function postgresWakeUps(url: string): Promise<WakeUps> {
  const local = localWakeUps()
  let isClosed = false
  let timer: NodeJS.Timeout | undefined
  let client: Client | undefined

  async function connect(): Promise<void> {
    const fresh = new Client({ connectionString: url, connectionTimeoutMillis: 5000 })
    fresh.on('error', () => undefined)
    fresh.on('end', lost)
    fresh.on('notification', ({ payload }) => local.announce(payload ?? ''))
    await fresh.connect()
    await fresh.query(`LISTEN ${channel}`)
    client = fresh
  }
  function lost(): void {
    client = undefined
    clearTimeout(timer)
    // A connection that was never made ends as well, so one timer is enough.
    if (!isClosed) timer = setTimeout(() => void connect().catch(() => undefined), againMs).unref()
  }

  await connect()
  return {
    announce(payment) {
      // This process does not wait for the server to tell it what it knows.
      local.announce(payment)
      void client?.query('SELECT pg_notify($1, $2)', [channel, payment]).catch(() => undefined)
    },
    whenHeard: local.whenHeard,
    async close() {
      isClosed = true
      clearTimeout(timer)
      await client?.end()
    },
  }
}
