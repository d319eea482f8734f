/** One day of an arm played for the errands of a window: no figures, no sums by slice; only what was sent, and who came. */
import { TICKS_PER_SECOND } from '../../engine/time.ts'
import type { TraceWindow } from '../../trace/trace.ts'
import type { CityPlayer, StagedDay } from '../city-player.ts'
import { KEPT_DONE, KEPT_FAILED, KEPT_WORDS } from '../kernel/keep.ts'
import type { Kernel } from '../kernel-host.ts'
import { partOf, usualParts } from '../play-abreast.ts'

/** The window as it is asked for: a place in the day, or the busiest one of its length. */
export type AskedWindow = TraceWindow | { readonly fromSecond: 'busiest'; readonly seconds: number }

export interface WindowDay {
  readonly staged: StagedDay
  /** KEPT_WORDS words an errand (kernel/keep.ts). */
  readonly kept: Int32Array
}

/** Plays the day of the player's one arm, or as much of it as it takes until every errand of the window is over. */
export function playWindow(player: CityPlayer, replication: number, window: TraceWindow): WindowDay {
  const staged = player.stage(0, replication)
  const from = window.fromSecond * TICKS_PER_SECOND
  const until = from + window.seconds * TICKS_PER_SECOND
  staged.kernel.keep(from, until)
  playOn(staged, (tick) => tick >= until && areOver(staged.kernel))
  staged.kernel.keep(0, 0)
  return { staged, kept: staged.kernel.kept() }
}

/** The first window of this many whole seconds in which most errands were sent. */
export const busiestWindow = (player: CityPlayer, replication: number, seconds: number): TraceWindow =>
  windowOfLoad(errandsBySecond(player, replication), seconds, 1)

/** Errands sent in each second of the day of the player's one arm. */
export function errandsBySecond(player: CityPlayer, replication: number): Int32Array {
  const staged = player.stage(0, replication)
  // Only the counts are wanted; a window of one tick keeps next to nothing.
  staged.kernel.keep(0, 1)
  playOn(staged, () => false)
  staged.kernel.keep(0, 0)
  staged.kernel.close()
  return staged.kernel.errandsBySecond()
}

/** The first window, of those with whole seconds, whose errands are nearest to this share of the busiest one's. */
export function windowOfLoad(sent: Int32Array, seconds: number, share: number): TraceWindow {
  const inWindow: number[] = []
  let sum = 0
  for (let second = 0; second < sent.length; second++) {
    sum += (sent[second] as number) - (second >= seconds ? (sent[second - seconds] as number) : 0)
    if (second >= seconds - 1) inWindow.push(sum)
  }
  const wanted = share * inWindow.reduce((most, count) => Math.max(most, count), 0)
  const distances = inWindow.map((count) => Math.abs(count - wanted))
  const nearest = distances.reduce((least, distance) => Math.min(least, distance), Number.POSITIVE_INFINITY)
  return { fromSecond: Math.max(0, distances.indexOf(nearest)), seconds }
}

function playOn({ kernel, city, people, compile }: StagedDay, isEnough: (tick: number) => boolean): void {
  kernel.open(city.faults.length, people.count)
  let from = 0
  do {
    const { to, until } = partOf(people, from, usualParts.partVisits)
    const day = people.write(from, to)
    compile(day, kernel.visitTable(day.count))
    kernel.playTo(until, () => {})
    if (isEnough(until)) return
    from = to
  } while (from < people.count)
}

/** Every errand kept was answered, and what follows the answer is over. */
function areOver(kernel: Kernel): boolean {
  const kept = kernel.kept()
  for (let at = 0; at < kept.length; at += KEPT_WORDS) {
    const failed = kept[at + KEPT_FAILED] as number
    if (failed < -1 || (failed === -1 && kept[at + KEPT_DONE] === -1)) return false
  }
  return true
}
