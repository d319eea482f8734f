/** The worker's side of a store: each message is a batch of commands, run in one transaction and answered when it is on the disk. */
import { DatabaseSync } from 'node:sqlite'
import { parentPort } from 'node:worker_threads'
import type { BatchAnswer } from './batch-worker.ts'

/**
 * Opens a database as every store of the wire world does. FULL: a commit is on the disk before it is answered; WAL makes that one
 * fdatasync a transaction (measured: with group commit NORMAL is not faster).
 */
export function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 2000; PRAGMA foreign_keys = ON')
  // The pages of payments under way are written again and again: they go to the main file once in many commits, and stay in memory.
  database.exec('PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -16000')
  return database
}

/**
 * @param open makes the tables, says hello, and gives the way to run one command. A command that throws undoes the whole batch and
 * ends the store: refusals are replies, and an exception is a broken disk or a mistake of ours.
 */
export function serveBatches<Command, Reply>(
  path: string,
  open: (database: DatabaseSync) => { readonly hello: unknown; readonly run: (command: Command) => Reply },
): void {
  const port = parentPort
  if (port === null) throw new Error('a store runs in a worker')
  const answer = (words: BatchAnswer<Reply>) => port.postMessage(JSON.stringify(words))
  try {
    const database = openDatabase(path)
    const { hello, run } = open(database)
    port.on('message', (batch: string) => {
      if (batch === 'close') {
        database.close()
        port.close()
        return
      }
      try {
        database.exec('BEGIN IMMEDIATE')
        const replies = (JSON.parse(batch) as readonly Command[]).map(run)
        database.exec('COMMIT')
        answer({ replies })
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK')
        answer({ failed: wordsOf(error) })
      }
    })
    port.postMessage({ hello })
  } catch (error) {
    port.postMessage({ failed: wordsOf(error) })
    port.close()
  }
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
