import { expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { patienceIn } from './message-patience.ts'

const { parties } = planOf('small-town').city

test('a party is waited for as the city file says of its leg, a wallet like a bank, and a caller as long as it waits for the platform', () => {
  const { timeoutMsOf, attempts, answerWithinMs } = patienceIn(parties)
  const { timeoutSeconds } = parties.retry
  expect(['bureau', 'his', 'bank-a', 'wechat', 'identity'].map(timeoutMsOf)).toEqual(
    (['bureau', 'his', 'bank', 'bank', 'platform'] as const).map((leg) => 1000 * timeoutSeconds[leg]),
  )
  expect({ attempts, answerWithinMs }).toEqual({ attempts: parties.retry.attempts, answerWithinMs: 1000 * timeoutSeconds.platform })
})

test('a message that goes on after its tries pauses for a probe’s interval between rounds; two payments swing apart, one swings alike', () => {
  const retry = { ...parties.retry, attempts: 3, backoffSeconds: 1, backoffFactor: 2, jitterShare: 0 }
  const { backoffMs } = patienceIn({ retry, health: { ...parties.health, probeSeconds: 5 } })
  expect([1, 2, 3, 4, 5, 6].map((tries) => backoffMs(tries, 'P1'))).toEqual([1000, 2000, 5000, 1000, 2000, 5000])
  const swung = patienceIn({ retry: { ...retry, jitterShare: 0.2 }, health: parties.health }).backoffMs
  expect(swung(1, 'P1')).toBe(swung(1, 'P1'))
  expect(swung(1, 'P1')).not.toBe(swung(1, 'P2'))
})
