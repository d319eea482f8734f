import { leastEfficiency, type WireEfficiency } from '../simulators/measures/result-wire.ts'
import { formatNumber } from './format.ts'
import type { Language } from './words.ts'
import type { WireWords } from './words.wire.ts'

/** The platform's processor a payment beside the sum of its bare parts, and what each of them is. */
export function efficiencyText(words: WireWords, { cpuMicros, partsMicros, parts }: WireEfficiency, language: Language): string {
  const number = (value: number) => formatNumber(value, language)
  const each = parts.map(({ part, count, micros }) => `${words.parts[part]} ${number(count)} × ${number(micros)}`)
  const all = words.efficiencyText(number(cpuMicros), number(partsMicros), number(partsMicros / cpuMicros), number(leastEfficiency))
  return language === 'zh' ? `${all}：${each.join('，')}` : `${all}: ${each.join(', ')}`
}
