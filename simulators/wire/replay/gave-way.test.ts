import { expect, test } from 'vitest'
import type { WireOutcome } from '../../measures/result-wire.ts'
import { type Evidence, gaveWay } from './gave-way.ts'

const of = (cores: readonly number[], cpuShare: number, more: { isHealthy?: boolean; ownMsP95?: number } & Partial<Evidence> = {}) => {
  const { isHealthy = true, ownMsP95 = 10, ...evidence } = more
  const wire = {
    generator: { cpuShare, isHealthy, startLateMs: { p99: 40 } },
    processes: cores.map((used, index) => ({ actors: [['platform', 'bureau', 'his'][index]], cores: used, loopDelayMsP99: 10 * index })),
    machine: { cores: 2 },
    legs: [{ leg: 'platform', ownMs: { p95: ownMsP95 } }],
  } as unknown as WireOutcome
  const { who, words } = gaveWay(wire, { refusedBusy: 0, ...evidence })
  return `${who}: ${words.en}`
}

test('who gives way first is the process whose thread is full, else the machine, else the generator', () => {
  expect(of([0.95, 0.2, 0.2], 0.3, { isHealthy: false })).toMatch(/^platform: the process of platform: 0\.95 of one core/)
  expect(of([0.2, 0.95, 0.2], 0.3)).toMatch(/^another-actor: the process of bureau: 0\.95 of one core/)
  expect(of([0.5, 0.4, 0.3], 0.7)).toMatch(/^machine: the machine: 1\.90 of 2 cores, most by platform 0\.50, bureau 0\.40/)
  expect(of([0.2, 0.1, 0.1], 0.3, { isHealthy: false })).toMatch(/^generator: the generator: starts late by 40 ms/)
})

test('a platform held to a share of a core is full when it uses that share, however little the others have left', () => {
  expect(of([0.09, 0.8, 0.2], 0.3, { heldCores: 0.1 })).toMatch(/^platform: .* 0\.09 of the 0\.10 of a core it may use/)
  expect(of([0.05, 0.4, 0.2], 0.3, { heldCores: 0.1, isHealthy: false })).toMatch(/^generator/)
})

test('where nobody is full, a platform that refused or was late gave way, and else nobody is known to have', () => {
  expect(of([0.2, 0.1, 0.1], 0.3, { refusedBusy: 12 })).toBe('platform: the platform: it refused 12 calls with 429')
  expect(of([0.2, 0.1, 0.1], 0.3, { ownMsP95: 1200 })).toMatch(/^platform: the platform: its own time was 1200 ms at p95/)
  expect(of([0.2, 0.1, 0.1], 0.3)).toMatch(/^nobody-known: nobody was seen to be full; .* his, 20 ms at p99/)
})
