/** A worker thread: does the tasks it is asked for, one after another. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Plan } from '../../scenarios/plan.ts'
import { type Task, taskDesk } from './tasks.ts'

const { plan, bytes } = workerData as { plan: Plan; bytes: Uint8Array | null }
const port = parentPort
if (port === null) throw new Error('worker.ts runs as a worker thread only')
const done = taskDesk(plan, bytes)
port.on('message', ({ number, task }: { number: number; task: Task }) => {
  port.postMessage({ number, report: done(task) })
})
