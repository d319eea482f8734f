/** The same payments in both worlds, leg by leg; and how old money is at each stage of its way. */
import type { WireDivergence, WireOutcome } from '../../simulators/measures/result-wire.ts'
import { formatValue } from '../format.ts'
import { type Cell, table } from './markup.ts'
import type { Page } from './page.ts'
import { intervalMs, millisecondsText } from './wire-parts.ts'

/** In the order of a payment's way, the whole last. */
const legOrder = ['channel', 'platform', 'bureau', 'payer', 'his', 'answered'] as const

/** @param heading what stands over it where it is one of several */
export function divergenceTable(page: Page, divergence: readonly WireDivergence[], heading?: string): string {
  const { feedback: words, wire } = page.words
  const rows = legOrder.flatMap((leg) => {
    const found = divergence.find((one) => one.leg === leg)
    if (found === undefined) return []
    const { payments, virtualMs, wireMs, differenceMs, interval } = found
    const row: readonly Cell[] = [
      leg === 'answered' ? wire.legs['intended-to-answered'] : leg === 'platform' ? `${wire.legs.platform} · ${wire.own}` : wire.legs[leg],
      payments.toLocaleString('en-GB'),
      millisecondsText(page, virtualMs),
      millisecondsText(page, wireMs),
      `${signedMs(page, differenceMs)}${interval === null ? '' : ` (${intervalMs(page, interval)})`}`,
    ]
    return [row]
  })
  if (rows.length === 0) return ''
  return table(
    heading === undefined ? words.divergenceTitle : `${words.divergenceTitle} · ${heading}`,
    [
      { title: wire.leg },
      { title: words.payments, numeric: true },
      { title: words.virtual, numeric: true },
      { title: words.wire, numeric: true },
      { title: words.differenceInterval, numeric: true },
    ],
    rows,
  )
}

const signedMs = (page: Page, ms: number): string => `${ms < 0 ? '−' : '+'}${millisecondsText(page, Math.abs(ms))}`

export function moneyTable(page: Page, { money = [] }: WireOutcome): string {
  const { feedback: words } = page.words
  if (money.length === 0) return ''
  const age = (seconds: number | null) => (seconds === null ? '–' : millisecondsText(page, seconds * 1000))
  const yuan = (fen: number) => formatValue(fen, 'fen', page.language)
  return table(
    words.moneyTitle,
    [
      { title: words.stage },
      { title: words.amount, numeric: true },
      { title: words.reached, numeric: true },
      { title: words.oldest, numeric: true },
      { title: words.standing, numeric: true },
      { title: words.standingAge, numeric: true },
    ],
    money.map(({ stage, amountFen, meanAgeSeconds, oldestAgeSeconds, standingFen, standingMeanAgeSeconds }) => [
      words.stages[stage],
      yuan(amountFen),
      age(meanAgeSeconds),
      age(oldestAgeSeconds),
      yuan(standingFen),
      age(standingMeanAgeSeconds),
    ]),
  )
}
