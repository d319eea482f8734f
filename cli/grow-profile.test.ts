import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LatencyProfile } from '../simulators/trace/latency-profile.ts'
import { sampleLevel, sampleProfile } from '../simulators/trace/testing/sample-profile.ts'
import { exitCodes } from './exit-codes.ts'
import { growProfile, profileSoFar } from './grow-profile.ts'

const profile = (planHash: string, offeredPerSecond: number): LatencyProfile => ({
  ...sampleProfile([sampleLevel(offeredPerSecond)]),
  planHash,
})

describe('the profile a load run adds to', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'medpay-profile-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('begins with the first run and has a level more after the next', () => {
    const path = join(folder, 'profile.json')
    expect(profileSoFar(path, 'ab')).toBeUndefined()
    growProfile(path, undefined, profile('ab', 51))
    growProfile(path, profileSoFar(path, 'ab'), profile('ab', 25))
    expect(profileSoFar(path, 'ab')?.levels.map(({ offeredPerSecond }) => offeredPerSecond)).toEqual([25, 51])
  })

  it('is refused before anything is played where no file can come to be', () => {
    writeFileSync(join(folder, 'file'), '')
    const read = () => profileSoFar(join(folder, 'file', 'profile.json'), 'ab')
    expect(read).toThrow(expect.objectContaining({ exitCode: exitCodes.outputProblem }))
    expect(read).toThrow(/cannot write .*profile\.json: .*another --profile[\s\S]*请另选 --profile/)
  })

  it('is left as it is by a run of another plan, before and after anything was played', () => {
    const path = join(folder, 'profile.json')
    growProfile(path, undefined, profile('ab', 51))
    const text = readFileSync(path, 'utf8')
    expect(() => profileSoFar(path, 'cd')).toThrow(/another planHash/)
    expect(() => growProfile(path, profileSoFar(path, 'ab'), { ...profile('ab', 25), arm: 'before' })).toThrow(/another arm/)
    expect(readFileSync(path, 'utf8')).toBe(text)
  })
})
