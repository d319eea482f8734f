/** When money is quiet after a window: nothing open, nobody to be told, no book that grows. */
import type { ConductOptions } from './conduct.ts'
import { isPlatform } from './process-watch.ts'

/**
 * Whether no payment is open any more, its entry has been told and nobody writes any more; false when that took too long, when the run is
 * stopped, or when whoever could end it is gone or can write no more. Of a platform of others only what its counterparties keep is seen:
 * bills that are locked, books that still grow.
 */
export async function quiet({ wire, target, signal, mostUnreadyMs = usualUnreadyMs }: ConductOptions): Promise<boolean> {
  const until = performance.now() + mostDrainMs
  const untoldUntil = performance.now() + mostUntoldMs
  const living = () => wire.processes.filter(({ hasEnded }) => !hasEnded()).flatMap(({ actors }) => actors)
  let seen = 0
  let before = ''
  let unreadySince: number | undefined
  while (performance.now() < until && !signal.aborted) {
    const asked = living().filter((actor) => target !== undefined || isPlatform(actor) || actor === 'his')
    const told = await Promise.all(asked.map((actor) => wire.control.figures(actor).catch(() => undefined)))
    const isTold = told.every((one) => one !== undefined)
    const figures = told.filter((one) => one !== undefined)
    const open = sumOf(figures, 'medpay_payments_open') + sumOf(figures, 'medpay_bills_locked')
    const written = `${asked.length} ${sumOf(figures, 'medpay_book_entries_total')}`
    // An entry that was away hears of its payments when their next turn has come.
    const isUntold =
      sumOf(figures, 'medpay_notices_waiting') + sumOf(figures, 'medpay_notices_telling') > 0 && performance.now() < untoldUntil
    seen = isTold && open === 0 && !isUntold && written === before ? seen + 1 : 0
    before = written
    if (seen >= 2) return true
    if (open > 0 && target !== undefined && !(await answers(target.origin))) return false
    if ((open > 0 || !isTold) && target === undefined) {
      const platforms = living().filter(isPlatform)
      const areDone = await Promise.all(platforms.map((actor) => wire.control.saysUnready(actor)))
      unreadySince = areDone.includes(false) ? undefined : (unreadySince ?? performance.now())
      if (platforms.length === 0 || (unreadySince !== undefined && performance.now() - unreadySince > mostUnreadyMs)) return false
    }
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
  }
  return false
}
const sumOf = (gauges: readonly ReadonlyMap<string, number>[], name: string) => gauges.reduce((sum, of) => sum + (of.get(name) ?? 0), 0)

/** Whether a platform of others can be spoken to. */
export const answers = (origin: string): Promise<boolean> =>
  fetch(origin, { headers: { connection: 'close' } }).then(
    async (answer) => {
      await answer.body?.cancel()
      return true
    },
    () => false,
  )

/** Two looks apart so far that see no open payment: a saga that sleeps between two tries is open all the while. */
export const lookEveryMs = 300
const mostDrainMs = 120_000
/** A platform whose book takes nothing any more says so by not being ready, and ends no payment; one that has just begun is ready by then. */
const usualUnreadyMs = 10_000
/** The first rungs of the ladder of notices, 15, 15 and 30 s, and a little: who hears nothing by then is not waited for. */
const mostUntoldMs = 65_000
