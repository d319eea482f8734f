/** The PostgreSQL of a run on the wire: one of its own, or the database in MEDPAY_POSTGRES_URL, which is left as empty as it was found. */
import { firstOfFreePorts } from '../simulators/wire/serve.ts'
import { LedgerUnreachable, openPostgresLedger } from '../simulators/wire/stores/postgres-ledger.ts'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure } from './failure.ts'

export interface RunLedger {
  readonly url: string
  /** Absent: the server is not ours. */
  readonly restart?: (() => Promise<void>) | undefined
  stop(): Promise<void>
}

export async function runLedger(given: string | undefined): Promise<RunLedger> {
  if (given !== undefined && given !== '') {
    await assertEmpty(given)
    return { url: given, stop: () => emptied(given) }
  }
  // Read only here: the package that brings PostgreSQL takes Ctrl-C and the exit code into its own hands as soon as it is read.
  const { startPostgres } = await import('../tools/postgres.ts')
  return startPostgres(await firstOfFreePorts(1, '127.0.0.1'), '')
}

async function assertEmpty(url: string): Promise<void> {
  const ledger = await openPostgresLedger(url).catch((error: unknown) => {
    throw error instanceof LedgerUnreachable ? unreachable(error) : error
  })
  const { payments } = await ledger.books().finally(() => ledger.close())
  if (payments.length === 0) return
  throw new CommandFailure(
    exitCodes.badInput,
    `the database in MEDPAY_POSTGRES_URL holds ${payments.length} payments; a run needs an empty one, and empties it again`,
    `MEDPAY_POSTGRES_URL 所指数据库中已有 ${payments.length} 笔支付；回放需要空库，结束后会再次清空`,
  )
}

async function emptied(url: string): Promise<void> {
  const ledger = await openPostgresLedger(url)
  await ledger.clear().finally(() => ledger.close())
}

const unreachable = ({ message }: LedgerUnreachable): CommandFailure =>
  new CommandFailure(
    exitCodes.badInput,
    `no PostgreSQL at the address in MEDPAY_POSTGRES_URL: ${message}`,
    `MEDPAY_POSTGRES_URL 所指地址没有可用的 PostgreSQL：${message}`,
  )
