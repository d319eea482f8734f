/** Latency by leg, a payment's way to its payout, both worlds beside each other and the age of money: one line each for a terminal. */
import { formatValue } from '../reports/format.ts'
import { millisecondsText } from '../reports/html/wire-parts.ts'
import { type Language, wordsFor } from '../reports/words.ts'
import type { WireLeg, WireLegName, WireOutcome } from '../simulators/measures/result-wire.ts'

const parties = ['channel', 'platform', 'bureau', 'payer', 'his'] as const
const steps = [
  'intended-to-authorised',
  'authorised-to-settled',
  'settled-to-confirmed',
  'confirmed-to-reconciled',
  'reconciled-to-paid-out',
] as const satisfies readonly WireLegName[]

export function legFigures({ legs, divergence = [], money = [] }: WireOutcome, language: Language): readonly (readonly [string, string])[] {
  const zh = language === 'zh'
  const { wire: words, feedback } = wordsFor(language)
  const find = (name: WireLegName) => legs.find(({ leg }) => leg === name)
  const told = (name: WireLegName, text: (leg: WireLeg) => string): readonly string[] => {
    const leg = find(name)
    return leg === undefined || leg.totalMs === null ? [] : [`${words.legs[name]} ${text(leg)}`]
  }
  const spread = (of: WireLeg['totalMs']) => (of === null ? '–' : `${Math.round(of.p50)}/${Math.round(of.p95)}`)
  const byParty = parties.flatMap((name) =>
    told(name, ({ totalMs, ownMs }) => `${spread(totalMs)}${ownMs === null ? '' : ` (${words.own} ${spread(ownMs)})`}`),
  )
  const way = steps.flatMap((name) => told(name, ({ totalMs }) => millisecondsText({ language }, totalMs?.p50 ?? 0)))
  const apart = divergence
    .filter(({ leg }) => leg !== 'answered')
    .map(({ leg, differenceMs }) => `${words.legs[leg as 'platform']} ${differenceMs < 0 ? '−' : '+'}${Math.abs(differenceMs).toFixed(1)}`)
  const ages = money
    .filter(({ stage, sums }) => sums > 0 && (stage === 'matched' || stage === 'reconciled' || stage === 'paid-out'))
    .map(
      ({ stage, meanAgeSeconds, standingFen }) =>
        `${feedback.stages[stage]} ${meanAgeSeconds === null ? '–' : millisecondsText({ language }, 1000 * meanAgeSeconds)}${standingText(formatValue(standingFen, 'fen', language), zh)}`,
    )
  return [
    ...line(zh ? '各环节 p50/p95（毫秒）' : 'by leg, p50/p95 ms', byParty),
    ...line(zh ? '一笔支付的各步 p50' : "a payment's way, p50", way),
    ...line(zh ? '线上减虚拟（毫秒／笔）' : 'wire less virtual, ms each', apart),
    ...line(zh ? '资金账龄' : 'age of money', ages),
  ]
}

const standingText = (money: string, zh: boolean): string => (zh ? `（停留${money}）` : ` (${money} standing)`)

const line = (name: string, parts: readonly string[]): readonly (readonly [string, string])[] =>
  parts.length === 0 ? [] : [[name, parts.join('; ')]]
