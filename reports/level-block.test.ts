import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { RunResult } from '../simulators/measures/run-result.ts'
import { withBlock } from '../tools/page-block.ts'
import { levelBlock } from './level-block.ts'
import { sampleOfTheWire, sampleWire } from './testing/sample-wire.ts'

const sound: RunResult = {
  ...sampleOfTheWire(),
  verdict: { valid: true, reasons: [] },
  wire: { ...sampleWire, audit: { ...sampleWire.audit, verdict: 'passed' } },
}
const blockOf = (result: RunResult): string => {
  const made = levelBlock(result)
  if ('refused' in made) throw new Error(made.refused.en)
  return made.block
}

test('a level is told with its command, machine, errands, promises, tries and notes, as its result has them', () => {
  const block = blockOf(sound)
  for (const text of [
    'Sample CPU, 2 核 · cores, 8 GB, fdatasync p50 0.7 ms',
    '14,568 / 14,602, 121.4/s; 平台支付 · platform payments 43.5/s',
    '| 过载时办成与拐点之比 · paid a second in overload, over the knee | 0.74 × | ≥ 0.8 × | 未达到 · short |',
    '| 过载：拐点的三倍 · Overload: three times the knee | 910 | 61 % | 7,098 | – | 不可承受 · not held |',
    '- 平台限用 0.15 核。the platform was held to 0.15 of a core.',
  ])
    expect(block).toContain(text)
  expect(block).toContain(`\`${sound.provenance.replay}\``)
})

test('a figure of a hundred or more stands with one decimal, a smaller one with three digits', () => {
  const level = { ...sampleWire.level, errandsPerSecond: 205.6543, platformPaymentsPerSecond: 12.3456 }
  const block = blockOf({ ...sound, wire: { ...sampleWire, level, audit: { ...sampleWire.audit, verdict: 'passed' } } })
  expect(block).toContain('205.7/s; 平台支付 · platform payments 12.3/s')
})

test('a void result, one of broken money and one of the virtual city are refused, in both languages', () => {
  const isVoid = { ...sound, verdict: { valid: false, reasons: [{ en: 'starts were late', zh: '起始过迟' }] } }
  expect(levelBlock(isVoid)).toEqual({ refused: { en: 'void: starts were late', zh: '作废：起始过迟' } })
  expect(levelBlock({ ...sound, wire: sampleWire })).toHaveProperty('refused.en', expect.stringContaining('auditor'))
  const { wire: _, ...virtual } = sound
  expect(levelBlock(virtual)).toHaveProperty('refused.zh')
})

test('every level that has a name has its place in docs/load-levels.md, and what is written there leaves the rest as it was', () => {
  const path = fileURLToPath(new URL('../docs/load-levels.md', import.meta.url))
  for (const name of ['city-peak', 'stress', 'overload']) {
    const page = withBlock(name, blockOf(sound), path)
    expect(page).toContain(`<!-- ${name}: -->\n- \`${sound.provenance.replay}\``)
    const without = (text: string) => text.replace(new RegExp(`<!-- ${name}: -->[\\s\\S]*?<!-- :${name} -->`), '')
    expect(without(page)).toBe(without(readFileSync(path, 'utf8')))
  }
})
