import { Stopping } from './payments.ts'

export interface Waiting {
  /** Rejects when the process stops; ends early for a payment that is woken. */
  wait(ms: number, payment?: string): Promise<void>
  /** There is news of what a payment waits for. Of one that waits elsewhere this is nothing; one that is about to wait does not. */
  wake(payment: string): void
}

/** News kept for payments that do not wait yet; the oldest goes first. As many as come within seconds of the busiest hour. */
const mostKept = 1024

export function waiting(signal: AbortSignal): Waiting {
  const sleepers = new Map<string, () => void>()
  /** Came before its payment waited: between the wallet's answer and the wait the payer may have paid. */
  const early = new Set<string>()
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
        if (payment !== undefined && early.delete(payment)) {
          goOn()
          return
        }
        signal.addEventListener('abort', stop, { once: true })
        if (payment !== undefined) sleepers.set(payment, goOn)
      }),
    wake(payment) {
      const goOn = sleepers.get(payment)
      if (goOn !== undefined) {
        goOn()
        return
      }
      early.add(payment)
      if (early.size <= mostKept) return
      const [oldest] = early
      if (oldest !== undefined) early.delete(oldest)
    },
  }
}
