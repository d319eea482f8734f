import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { expect, onTestFinished, test } from 'vitest'
import type { Standing } from './testing/watched-worker.ts'

/** As SQLite numbers it: off 0, normal 1, full 2. */
const full = 2

test.each(['sqlite-ledger-worker.ts', 'book-worker.ts'])(
  'the connection that %s writes through has a commit on the disk before it is answered: synchronous FULL, in WAL',
  async (file) => {
    const folder = mkdtempSync(join(tmpdir(), 'medpay-durability-'))
    const worker = new Worker(new URL('./testing/watched-worker.ts', import.meta.url), {
      workerData: { worker: new URL(file, import.meta.url).href, path: join(folder, 'store.sqlite') },
    })
    onTestFinished(async () => {
      await worker.terminate()
      rmSync(folder, { recursive: true })
    })
    const heard = await new Promise<readonly Standing[]>((resolve, reject) => {
      worker.once('error', reject)
      worker.on('message', (said: { readonly standings?: readonly Standing[]; readonly failed?: string }) => {
        if (said.failed !== undefined) reject(new Error(said.failed))
        if (said.standings !== undefined) resolve(said.standings)
      })
    })
    expect(heard).toEqual([{ synchronous: full, journalMode: 'wal' }])
  },
)
