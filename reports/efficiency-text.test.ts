import { expect, test } from 'vitest'
import { efficiencyText } from './efficiency-text.ts'
import { wordsFor } from './words.ts'

const efficiency = {
  cpuMicros: 1420.4,
  partsMicros: 639.18,
  parts: [
    { part: 'sent', count: 9.2, micros: 22.4 },
    { part: 'commit', count: 1.8, micros: 155 },
  ],
} as const

test('the processor of a payment stands beside its bare parts, their ratio beside the goal, and each part with its price', () => {
  expect(efficiencyText(wordsFor('en').wire, efficiency, 'en')).toBe(
    '1,420 µs of processor for each payment; its parts, each measured alone, come to 639 µs: 0.45 (goal at least 0.75): messages sent 9.20 × 22.4, commits 1.80 × 155',
  )
  expect(efficiencyText(wordsFor('zh').wire, efficiency, 'zh')).toBe(
    '每笔占用处理器1,420微秒，其各组成部分单独测得合计639微秒，效率0.45（目标不低于0.75）：发出报文 9.20 × 22.4，提交 1.80 × 155',
  )
})
