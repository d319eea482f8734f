import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type Checkpoint, checkpointOf, dropCheckpoint, keepCheckpoint } from './checkpoint-store.ts'

test('a run is taken up by the same command on the same plan alone, from where it stood last, and by nobody once it was told', () => {
  const folder = mkdtempSync(join(tmpdir(), 'medpay-checkpoint-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const asked = { run: 'npx medpay load x --window 30s', planHash: 'ab' }
  expect(checkpointOf(folder, asked)).toBeUndefined()
  const kept = { ...asked, stage: 'drained', played: {}, reconciliation: null, layout: [], fdatasyncMsP50: 1 } as unknown as Checkpoint
  keepCheckpoint(folder, kept)
  keepCheckpoint(folder, { ...kept, stage: 'booked' })
  expect(checkpointOf(folder, asked)?.stage).toBe('booked')
  expect(checkpointOf(folder, { ...asked, run: 'npx medpay load x --window 60s' })).toBeUndefined()
  expect(checkpointOf(folder, { ...asked, planHash: 'cd' })).toBeUndefined()
  dropCheckpoint(folder)
  expect(checkpointOf(folder, asked)).toBeUndefined()
})
