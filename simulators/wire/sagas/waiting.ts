import { Stopping } from './payments.ts'

export interface Waiting {
  /** Rejects when the process stops; ends early for a payment that is woken. */
  wait(ms: number, payment?: string): Promise<void>
  /** There is news of what a payment waits for. Of one that waits elsewhere, or not at all, this is nothing. */
  wake(payment: string): void
}

export function waiting(signal: AbortSignal): Waiting {
  const sleepers = new Map<string, () => void>()
  return {
    wait: (ms, payment) =>
      new Promise((resolve, reject) => {
        const leave = () => {
          clearTimeout(timer)
          signal.removeEventListener('abort', stop)
          if (payment !== undefined && sleepers.get(payment) === goOn) sleepers.delete(payment)
        }
        const goOn = () => {
          leave()
          resolve()
        }
        const stop = () => {
          leave()
          reject(new Stopping())
        }
        const timer = setTimeout(goOn, ms)
        if (signal.aborted) {
          stop()
          return
        }
        signal.addEventListener('abort', stop, { once: true })
        if (payment !== undefined) sleepers.set(payment, goOn)
      }),
    wake: (payment) => sleepers.get(payment)?.(),
  }
}
