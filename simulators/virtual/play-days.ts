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

/** A batch under way on the threads. */
interface Batch {
  readonly waiting: number[]
  finish(replication: number, arms: readonly ArmDay[]): void
  stop(reason: unknown): void
}

function playOnThreads(plan: Plan, bytes: Uint8Array | null, workers: number, signal: AbortSignal | undefined): DayPlayer {
  let batch: Batch | undefined
  // Listeners stay for the thread's whole life: what a thread says between two batches is still heard.
  const threads = Array.from({ length: workers }, () => {
    const thread = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { plan, bytes } })
    thread.on('error', (error) => batch?.stop(error))
    thread.on('exit', (code) => batch?.stop(new Error(`a worker thread ended by itself with code ${code}`)))
    thread.on('message', ({ replication, arms }: { replication: number; arms: readonly ArmDay[] }) => {
      playNext(thread)
      batch?.finish(replication, arms)
    })
    return thread
  })
  const playNext = (thread: Worker): void => {
    const replication = batch?.waiting.shift()
    if (replication !== undefined) thread.postMessage(replication)
  }
  return {
    play(replications, onDay) {
      const finished = new Map<number, readonly ArmDay[]>()
      let handed = 0
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const end = (settle: () => void): void => {
        batch = undefined
        signal?.removeEventListener('abort', onAbort)
        settle()
      }
      const onAbort = (): void => end(() => reject(signal?.reason))
      if (signal?.aborted) return Promise.reject(signal.reason)
      signal?.addEventListener('abort', onAbort)
      batch = {
        waiting: [...replications],
        stop: (reason) => end(() => reject(reason)),
        finish(replication, arms) {
          finished.set(replication, arms)
          try {
            for (let due = replications[handed]; due !== undefined; due = replications[handed]) {
              const day = finished.get(due)
              if (day === undefined) return
              finished.delete(due)
              handed++
              onDay(due, day)
            }
          } catch (error) {
            return end(() => reject(error))
          }
          end(resolve)
        },
      }
      for (const thread of threads) playNext(thread)
      return promise
    },
    async close() {
      batch = undefined
      await Promise.all(threads.map((thread) => thread.terminate()))
    },
  }
}
