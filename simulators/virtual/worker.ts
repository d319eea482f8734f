/** A worker thread: plays the replications it is asked for, one after another. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Plan } from '../../scenarios/plan.ts'
import { cityPlayer } from './city-player.ts'

const { plan, bytes } = workerData as { plan: Plan; bytes: Uint8Array | null }
const port = parentPort
if (port === null) throw new Error('worker.ts runs as a worker thread only')
const player = cityPlayer(plan, bytes)
port.on('message', (replication: number) => {
  const usage = process.cpuUsage()
  const arms = player.playDay(replication)
  const { user, system } = process.cpuUsage(usage)
  port.postMessage({ replication, arms, cpuSeconds: (user + system) / 1e6 })
})
