/** Tasks done on worker threads, handed over in the order they were asked for, whatever the order they finish in. */
import { Worker } from 'node:worker_threads'
import type { Plan } from '../../scenarios/plan.ts'
import { type Report, type Task, taskDesk } from './tasks.ts'

export interface Crew {
  /**
   * The report of each task, in order. Rejects when the signal aborts or a worker fails. A list asked for while another is under way is
   * begun by whoever finds nothing left to begin of that.
   */
  does<T extends Task>(tasks: readonly T[], onDone: (task: T, report: Report<T>) => void): Promise<void>
  close(): Promise<void>
}

/** A crew of `workers` threads; with one worker tasks are done here, so that a debugger and a profile see them. */
export function crewFor(plan: Plan, bytes: Uint8Array | null, workers: number, signal: AbortSignal | undefined): Crew {
  return workers <= 1 ? hereAlone(plan, bytes, signal) : onThreads(plan, bytes, workers, signal)
}

function hereAlone(plan: Plan, bytes: Uint8Array | null, signal: AbortSignal | undefined): Crew {
  const done = taskDesk(plan, bytes)
  let listBefore: Promise<unknown> = Promise.resolve()
  async function doAll<T extends Task>(tasks: readonly T[], onDone: (task: T, report: Report<T>) => void): Promise<void> {
    for (const task of tasks) {
      // Let a Ctrl-C and the progress line through between tasks.
      await new Promise<void>((resolve) => setImmediate(resolve))
      signal?.throwIfAborted()
      onDone(task, done(task))
    }
  }
  return {
    does(tasks, onDone) {
      const list = listBefore.then(() => doAll(tasks, onDone))
      listBefore = list
      return list
    },
    async close() {},
  }
}

/**
 * What a day leaves for the collector is short-lived: with room for it plays of a few sites, as a study has hundreds, take a seventh less of
 * the processor. Beside the tables of a roll-out, three full nurseries a thread would be more than its people.
 */
const nurseryMegabytes = ({ scenario }: Plan): number => (scenario.rollOut === undefined ? 24 : 6)

/** A list of tasks, those that nobody has begun, and what becomes of it. */
interface Batch {
  readonly waiting: { readonly number: number; readonly task: Task }[]
  finish(number: number, report: unknown): void
  stop(reason: unknown): void
}

function onThreads(plan: Plan, bytes: Uint8Array | null, workers: number, signal: AbortSignal | undefined): Crew {
  /** In the order they were asked for. */
  const batches = new Set<Batch>()
  const atWork = new Map<Worker, Batch>()
  const stopAll = (reason: unknown): void => {
    for (const batch of [...batches]) batch.stop(reason)
  }
  const resourceLimits = { maxYoungGenerationSizeMb: nurseryMegabytes(plan) }
  // Listeners stay for the thread's whole life: what a thread says between two batches is still heard.
  const threads = Array.from({ length: workers }, () => {
    const thread = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { plan, bytes }, resourceLimits })
    thread.on('error', stopAll)
    thread.on('exit', (code) => stopAll(new Error(`a worker thread ended by itself with code ${code}`)))
    thread.on('message', ({ number, report }: { number: number; report: unknown }) => {
      const batch = atWork.get(thread)
      atWork.delete(thread)
      giveNext(thread)
      if (batch !== undefined && batches.has(batch)) batch.finish(number, report)
    })
    return thread
  })
  const giveNext = (thread: Worker): void => {
    for (const batch of batches) {
      const next = batch.waiting.shift()
      if (next === undefined) continue
      atWork.set(thread, batch)
      thread.postMessage(next)
      return
    }
  }
  return {
    does<T extends Task>(tasks: readonly T[], onDone: (task: T, report: Report<T>) => void) {
      const finished = new Map<number, Report<T>>()
      let handed = 0
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const end = (settle: () => void): void => {
        batches.delete(batch)
        signal?.removeEventListener('abort', onAbort)
        settle()
      }
      const onAbort = (): void => end(() => reject(signal?.reason))
      const batch: Batch = {
        waiting: tasks.map((task, number) => ({ number, task })),
        stop: (reason) => end(() => reject(reason)),
        finish(number, report) {
          finished.set(number, report as Report<T>)
          try {
            while (handed < tasks.length) {
              const due = finished.get(handed)
              if (due === undefined) return
              finished.delete(handed)
              onDone(tasks[handed++] as T, due)
            }
          } catch (error) {
            return end(() => reject(error))
          }
          end(resolve)
        },
      }
      if (signal?.aborted) return Promise.reject(signal.reason)
      if (tasks.length === 0) return Promise.resolve()
      signal?.addEventListener('abort', onAbort)
      batches.add(batch)
      for (const thread of threads) if (!atWork.has(thread)) giveNext(thread)
      return promise
    },
    async close() {
      batches.clear()
      await Promise.all(threads.map((thread) => thread.terminate()))
    },
  }
}
