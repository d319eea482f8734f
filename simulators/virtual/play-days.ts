/** Replications played on worker threads, handed over in replication order whatever the order they finish in. */
import { Worker } from 'node:worker_threads'
import type { Plan } from '../../scenarios/plan.ts'
import { type ArmDay, type CityPlayer, cityPlayer } from './city-player.ts'

export interface DayPlayer {
  /** The arms' day of each replication asked for, in order. Rejects when the signal aborts or a worker fails. */
  play(replications: readonly number[], onDay: (replication: number, arms: readonly ArmDay[]) => void): Promise<void>
  close(): Promise<void>
}

/** Days on `workers` threads; with one worker they are played here, so that a debugger and a profile see them. */
export function dayPlayer(plan: Plan, bytes: Uint8Array | null, workers: number, signal: AbortSignal | undefined): DayPlayer {
  return workers <= 1 ? playHere(plan, bytes, signal) : playOnThreads(plan, bytes, workers, signal)
}

function playHere(plan: Plan, bytes: Uint8Array | null, signal: AbortSignal | undefined): DayPlayer {
  let player: CityPlayer | undefined
  return {
    async play(replications, onDay) {
      player ??= cityPlayer(plan, bytes)
      for (const replication of replications) {
        // Let a Ctrl-C and the progress line through between days.
        await new Promise<void>((resolve) => setImmediate(resolve))
        signal?.throwIfAborted()
        onDay(replication, player.playDay(replication))
      }
    },
    async close() {},
  }
}

function playOnThreads(plan: Plan, bytes: Uint8Array | null, workers: number, signal: AbortSignal | undefined): DayPlayer {
  const threads = Array.from(
    { length: workers },
    () => new Worker(new URL('./worker.ts', import.meta.url), { workerData: { plan, bytes } }),
  )
  const stopAll = (): Promise<unknown> => Promise.all(threads.map((thread) => thread.terminate()))
  return {
    async play(replications, onDay) {
      const waiting = [...replications]
      const finished = new Map<number, readonly ArmDay[]>()
      let handed = 0
      await new Promise<void>((resolve, reject) => {
        const stop = (reason: unknown): void => {
          for (const thread of threads) thread.removeAllListeners()
          signal?.removeEventListener('abort', onAbort)
          if (reason === undefined) resolve()
          else reject(reason)
        }
        const onAbort = (): void => stop(signal?.reason)
        if (signal?.aborted) return stop(signal.reason)
        signal?.addEventListener('abort', onAbort)
        const next = (thread: Worker): void => {
          const replication = waiting.shift()
          if (replication !== undefined) thread.postMessage(replication)
        }
        for (const thread of threads) {
          thread.on('error', stop)
          thread.on('message', ({ replication, arms }: { replication: number; arms: readonly ArmDay[] }) => {
            finished.set(replication, arms)
            next(thread)
            try {
              while (handed < replications.length) {
                const due = replications[handed] as number
                const day = finished.get(due)
                if (day === undefined) break
                finished.delete(due)
                handed++
                onDay(due, day)
              }
            } catch (error) {
              return stop(error)
            }
            if (handed === replications.length) stop(undefined)
          })
          next(thread)
        }
      })
    },
    async close() {
      await stopAll()
    },
  }
}
