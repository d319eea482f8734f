/** Runs a store's own worker file, and then says how each connection that it opened stands: pragmas are of a connection, not of a file. */
import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'

export interface Standing {
  readonly synchronous: number
  readonly journalMode: string
}

const { worker } = workerData as { readonly worker: string }
const opened = new Set<DatabaseSync>()
const { exec } = DatabaseSync.prototype
DatabaseSync.prototype.exec = function (sql) {
  opened.add(this)
  exec.call(this, sql)
}
await import(worker)
const standings = [...opened].map(
  (database): Standing => ({
    synchronous: Number(database.prepare('PRAGMA synchronous').get()?.['synchronous']),
    journalMode: String(database.prepare('PRAGMA journal_mode').get()?.['journal_mode']),
  }),
)
parentPort?.postMessage({ standings })
