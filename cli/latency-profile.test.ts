import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sampleProfile } from '../simulators/trace/testing/sample-profile.ts'
import { exitCodes } from './exit-codes.ts'
import { readProfile } from './latency-profile.ts'
import { ownFolder } from './testing/medpay-process.ts'

const sound = sampleProfile()
const [low] = sound.levels
const [leg] = low?.legs ?? []

function reading(data: unknown, anyway = false): () => unknown {
  const path = join(ownFolder(), 'profile.json')
  writeFileSync(path, typeof data === 'string' ? data : JSON.stringify(data))
  return () => readProfile(path, anyway)
}

test('a sound profile is read as it was written', () => {
  expect(reading(sound)()).toEqual(sound)
})

test('a file that is no whole profile is told by place, all of it at once, in both languages, and never breaks what reads it', () => {
  const { target: _, ...nobodys } = sound
  const broken = { ...nobodys, levels: [null, { ...low, settled: undefined, seconds: '30', legs: [null, { ...leg, ownMsBuckets: [5] }] }] }
  for (const anyway of [false, true]) {
    const read = reading(broken, anyway)
    expect(read).toThrow(expect.objectContaining({ exitCode: exitCodes.badInput }))
    for (const place of [
      'target',
      'levels[0]',
      'levels[1].settled',
      'levels[1].seconds',
      'levels[1].legs[0]',
      'levels[1].legs[1].ownMsBuckets[0]',
    ])
      expect(read).toThrow(`profile.json: ${place} `)
    expect(read).toThrow(/profile\.json: levels\[0\] Invalid input[\s\S]*时延档案不可用[\s\S]*profile\.json: levels\[0\] 无效输入/)
  }
})

test.each([
  ['{"format":"medpay-latency-profile","version":2,', /is not whole JSON/],
  [{ format: 'medpay-run-result' }, /is no latency profile/],
  [{ ...sound, version: 1 }, /version is 1; this medpay reads 2\. Measure again/],
  [{ ...sound, isSubSampled: true }, /sites were left out/],
] as const)('%j is told as what it is', (data, says) => {
  expect(reading(data)).toThrow(says)
})
