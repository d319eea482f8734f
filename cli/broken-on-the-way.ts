/** Money that broke at a rate which a level tried or gave up is broken: it counts among the level's findings, though another rate is quoted. */
import type { Words } from '../scenarios/plan.ts'
import type { WireAudit, WireOutcome } from '../simulators/measures/result-wire.ts'
import { verdict } from '../simulators/wire/replay/level-verdicts.ts'

export interface RateAudited {
  /** Payments a second that were asked for. */
  readonly perSecond: number
  readonly audit: WireAudit
}

/** @param rates played on the way to what `wire` tells */
export function withBrokenOnTheWay<Of extends Pick<WireOutcome, 'verdicts' | 'notes'>>(wire: Of, rates: readonly RateAudited[]): Of {
  const broken = rates.flatMap(({ perSecond, audit: { verdict: judged, rules } }) => {
    const ofRate = judged === 'failed' ? rules.filter(({ standing }) => standing === 'broken') : []
    return ofRate.length === 0 ? [] : [{ perSecond, rules: ofRate }]
  })
  if (broken.length === 0) return wire
  const findings = broken.flatMap(({ rules }) => rules).reduce((sum, rule) => sum + rule.broken, 0)
  const notes = broken.map(({ perSecond, rules }): Words => {
    const named = (language: 'en' | 'zh') => rules.map(({ title, broken: count }) => `${title[language]} (${count})`)
    return {
      en: `rules of money were broken at ${perSecond.toFixed(0)}/s, on the way to the rate told here: ${named('en').join('; ')}`,
      zh: `途经每秒 ${perSecond.toFixed(0)} 笔时资金规则被破坏：${named('zh').join('；')}`,
    }
  })
  const verdicts = wire.verdicts?.map((one) =>
    one.name === 'audit-findings' ? verdict({ ...one, measured: (one.measured ?? 0) + findings }) : one,
  )
  return { ...wire, ...(verdicts === undefined ? {} : { verdicts }), notes: [...(wire.notes ?? []), ...notes] }
}
