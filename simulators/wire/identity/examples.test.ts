/** The worked pairs of identity and score are true: asked in their order over the signed routes, the actors answer so. */
import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { signedSender } from '../client/signed-sender.ts'
import { momentMs } from '../desks/business-time.ts'
import { scoreOperations } from '../dialects/credit-score.ts'
import { identityOperations } from '../dialects/identity.ts'
import type { PlainOperation } from '../dialects/plain.ts'
import type { ActorSurroundings } from '../server/actor.ts'
import type { ActorApp } from '../server/actor-app.ts'
import { businessClock } from '../server/business-clock.ts'
import { clocksOf } from '../server/failure-switch.ts'
import { keyRing } from '../signing/key-ring.ts'
import { memoryBookStore } from '../stores/book-store.ts'
import { directTransport } from '../testing/direct-transport.ts'
import { identityActor } from './identity-actor.ts'
import { scoreActor } from './score-actor.ts'

const keys = keyRing('the secret of a test')
const realNowMs = () => 1_800_000_000_000
const surroundings = (): ActorSurroundings => ({
  version: 'test',
  ...clocksOf(businessClock(momentMs('2020-12-11 09:00:00') ?? 0, realNowMs), realNowMs),
  keys,
  openBook: async () => memoryBookStore(),
  originOf: () => '',
})

test.each([
  ['identity', identityOperations],
  ['score', scoreOperations],
] as const)('every message of %s has a pair in the form of its schemas', (_, operations) => {
  for (const { path, request, reply, example } of Object.values<PlainOperation>(operations)) {
    expect([path, [...Value.Errors(request, example?.request)], [...Value.Errors(reply, example?.reply)]]).toEqual([path, [], []])
    expect(JSON.stringify(example?.reply)).not.toContain('refused')
  }
})

/** @param madeUp fields of an answer that nobody can foretell: what the pair has there stands for the actor's from then on */
function player(actor: string, app: ActorApp, madeUp: readonly string[]) {
  const stands = new Map<string, string>()
  const asHere = (example: object | undefined): object =>
    JSON.parse([...stands].reduce((text, [theirs, ours]) => text.replaceAll(theirs, ours), JSON.stringify(example))) as object
  return async ({ path, example }: PlainOperation, caller: string) => {
    const send = signedSender({ transport: directTransport(app), caller, key: keys.between(caller, actor), nowMs: realNowMs })
    const heard = await send('POST', path, asHere(example?.request))
    if (heard.outcome !== 'answered') throw new Error(`${path}: ${heard.why}`)
    for (const field of madeUp) {
      const [theirs, ours] = [example?.reply, heard.body].map((said) => (said as Readonly<Record<string, unknown>>)[field])
      if (typeof theirs === 'string' && typeof ours === 'string') stands.set(theirs, ours)
    }
    expect({ path, status: heard.status, said: heard.body }).toEqual({ path, status: 200, said: asHere(example?.reply) })
  }
}
const control = async (app: ActorApp, payload: object) => {
  const headers = { 'x-medpay-control': keys.controlToken }
  const { statusCode, body } = await app.inject({ method: 'POST', url: '/control/opening', headers, payload })
  if (statusCode !== 200) throw new Error(body)
}

test('identity answers its pairs to the letter, but for codes and tokens', async () => {
  const { app } = await identityActor(surroundings())
  await control(app, {
    seed: 20_201_012,
    year: 2020,
    persons: [
      { person: 42, ageGroup: 'young-adult', isActive: false },
      { person: 43, ageGroup: 'child', isActive: false },
    ],
    families: [{ guardian: 42, child: 43 }],
  })
  const ask = player('identity', app, ['code', 'token'])
  const { verify, activate, bindChild, show, decode, holder, allowPayment, takePayment, ...more } = identityOperations
  expect(more).toEqual({})
  for (const one of [verify, activate, bindChild, show, allowPayment]) await ask(one, 'channel-main-entry')
  for (const one of [decode, holder, takePayment]) await ask(one, 'site-7')
})

test('the credit score answers its pairs to the letter, but for the number of the leave', async () => {
  const { app } = await scoreActor(surroundings(), ['bank-a'])
  await control(app, { persons: [{ person: 42, score: 660 }], points: { overdue: -20, 'settled-late': -5, 'left-unsettled': -10 } })
  const score = player('credit-score', app, ['authorization'])
  const { grantLeave, revokeLeave, ask, report, ...more } = scoreOperations
  expect(more).toEqual({})
  await score(grantLeave, 'channel-main-entry')
  for (const one of [ask, report]) await score(one, 'bank-a')
  await score(revokeLeave, 'channel-main-entry')
})
