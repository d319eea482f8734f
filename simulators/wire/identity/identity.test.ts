import { beforeEach, describe, expect, test } from 'vitest'
import type { IdentityDesk } from '../desks/identity-desk.ts'
import { identityOf } from '../people/identity.ts'
import type { Actor, ActorSurroundings } from '../server/actor.ts'
import { businessClock } from '../server/business-clock.ts'
import { clocksOf } from '../server/failure-switch.ts'
import { keyRing } from '../signing/key-ring.ts'
import { type BookStore, memoryBookStore } from '../stores/book-store.ts'
import { identityActor } from './identity-actor.ts'

const seed = 20_201_012
const year = 2020
const keys = keyRing('the secret of a test')
const parent = 1
const child = 2
const stranger = 3
const strangersChild = 4
const papersOf = (person: number, ageGroup: 'young-adult' | 'child') => {
  const { name, idNumber } = identityOf({ seed, year }, person, ageGroup)
  return { name, idNumber }
}
const parentPapers = papersOf(parent, 'young-adult')
const childPapers = papersOf(child, 'child')
let realMs = 0
let store: BookStore
let logged: string[] = []
let identity: Actor<IdentityDesk>

async function start(): Promise<Actor<IdentityDesk>> {
  const surroundings: ActorSurroundings = {
    version: 'test',
    ...clocksOf(
      businessClock(0, () => realMs),
      () => realMs,
    ),
    keys,
    openBook: async () => store,
    originOf: () => '',
    logStream: { write: (line) => void logged.push(line) },
  }
  return identityActor(surroundings)
}
beforeEach(async () => {
  realMs = 1_800_000_000_000
  store = memoryBookStore()
  logged = []
  identity = await start()
  await identity.app.inject({
    method: 'POST',
    url: '/control/opening',
    headers: { 'x-medpay-control': keys.controlToken },
    payload: {
      seed,
      year,
      persons: [
        { person: parent, ageGroup: 'young-adult', isActive: false },
        { person: child, ageGroup: 'child', isActive: false },
        { person: stranger, ageGroup: 'young-adult', isActive: true },
        { person: strangersChild, ageGroup: 'child', isActive: false },
      ],
      families: [
        { guardian: parent, child },
        { guardian: stranger, child: strangersChild },
      ],
    },
  })
})
const no = (reason: string) => ({ outcome: 'refused', reason })
const activate = () => identity.desk.activate({ key: 'J1', ...parentPapers })
async function shownBy(by: number, person = by): Promise<string> {
  const shown = await identity.desk.show({ person, by })
  if (shown.outcome !== 'code') throw new Error(shown.reason)
  return shown.code
}

describe('a real-name check', () => {
  test('knows a person by name and number together, and does not say which of them is wrong', async () => {
    expect(await identity.desk.verify(parentPapers)).toEqual({ outcome: 'verified', person: parent })
    expect(await identity.desk.verify({ ...parentPapers, name: '别的名字' })).toEqual(no('not-matched'))
    expect(await identity.desk.verify({ ...parentPapers, idNumber: '310000190001010009' })).toEqual(no('not-matched'))
  })
})

describe('an e-credential', () => {
  test('is shown once it is active; activation twice is once, and its key is nobody else’s', async () => {
    expect(await identity.desk.show({ person: parent, by: parent })).toEqual(no('not-activated'))
    expect(await activate()).toEqual({ outcome: 'activated', person: parent })
    expect(await activate()).toEqual({ outcome: 'activated', person: parent })
    expect(await identity.desk.activate({ key: 'J1', ...papersOf(stranger, 'young-adult') })).toEqual(no('key-reused'))
    expect(await identity.desk.show({ person: parent, by: parent })).toMatchObject({ outcome: 'code', validSeconds: 60 })
    expect(await identity.desk.show({ person: parent, by: stranger })).toEqual(no('not-theirs'))
  })

  test('is decoded once, within its minute, and a newer code makes the older worth nothing', async () => {
    await activate()
    const older = await shownBy(parent)
    const code = await shownBy(parent)
    expect(await identity.desk.decode({ site: 7, code: older })).toEqual(no('unknown-code'))
    const decoded = await identity.desk.decode({ site: 7, code })
    expect(decoded).toMatchObject({ outcome: 'decoded', person: parent, ...parentPapers, validSeconds: 1800 })
    expect(await identity.desk.decode({ site: 7, code })).toEqual(no('used-already'))
    const late = await shownBy(parent)
    realMs += 60_001
    expect(await identity.desk.decode({ site: 7, code: late })).toEqual(no('expired'))
  })

  test('that ended long ago is forgotten: a service that runs for years keeps no list of them', async () => {
    await activate()
    const decoded = await identity.desk.decode({ site: 7, code: await shownBy(parent) })
    const token = decoded.outcome === 'decoded' ? decoded.token : ''
    realMs += 3_600_000 + 1_800_001
    expect(await identity.desk.holder({ site: 7, token })).toEqual(no('expired'))
    await identity.desk.decode({ site: 7, code: await shownBy(parent) })
    expect(await identity.desk.holder({ site: 7, token })).toEqual(no('unknown-token'))
  })

  test('its token tells the site that scanned who it is, as often as asked, while it lives', async () => {
    await activate()
    const decoded = await identity.desk.decode({ site: 7, code: await shownBy(parent) })
    const token = decoded.outcome === 'decoded' ? decoded.token : ''
    for (const _ of [1, 2]) expect(await identity.desk.holder({ site: 7, token })).toMatchObject({ outcome: 'holder', person: parent })
    expect(await identity.desk.holder({ site: 8, token })).toEqual(no('token-of-another-site'))
    expect(await identity.desk.takePayment({ site: 7, token })).toEqual(no('unknown-token'))
    realMs += 1_800_001
    expect(await identity.desk.holder({ site: 7, token })).toEqual(no('expired'))
  })

  test('a payment authorisation is good once, at its site, for ten minutes', async () => {
    await activate()
    const allow = async () => {
      const allowed = await identity.desk.allowPayment({ person: parent, by: parent, site: 7 })
      return allowed.outcome === 'allowed' ? allowed.token : ''
    }
    const token = await allow()
    expect(await identity.desk.takePayment({ site: 8, token })).toEqual(no('token-of-another-site'))
    expect(await identity.desk.takePayment({ site: 7, token })).toMatchObject({ outcome: 'holder', person: parent })
    expect(await identity.desk.takePayment({ site: 7, token })).toEqual(no('used-already'))
    const late = await allow()
    realMs += 600_001
    expect(await identity.desk.takePayment({ site: 7, token: late })).toEqual(no('expired'))
  })
})

describe('a child', () => {
  test('has no credential of its own, and is shown on the phone of the parent it is registered with', async () => {
    expect(await identity.desk.activate({ key: 'J2', ...childPapers })).toEqual(no('under-age'))
    expect(await identity.desk.bindChild({ key: 'B1', guardian: parent, ...childPapers })).toEqual(no('not-activated'))
    await activate()
    expect(await identity.desk.show({ person: child, by: parent })).toEqual(no('not-theirs'))
    expect(await identity.desk.bindChild({ key: 'B1', guardian: parent, ...childPapers })).toEqual({ outcome: 'bound', child })
    expect(await identity.desk.bindChild({ key: 'B2', guardian: parent, ...papersOf(strangersChild, 'child') })).toEqual(
      no('not-their-child'),
    )
    expect(await identity.desk.bindChild({ key: 'B3', guardian: parent, ...papersOf(stranger, 'young-adult') })).toEqual(no('not-a-child'))
    const decoded = await identity.desk.decode({ site: 7, code: await shownBy(parent, child) })
    expect(decoded).toMatchObject({ outcome: 'decoded', person: child, ...childPapers })
    expect(await identity.desk.show({ person: child, by: stranger })).toEqual(no('not-theirs'))
  })
})

test('after a restart what was used stays used, what lives still lives, and neither book nor log holds a credential, a name or an ID number', async () => {
  await activate()
  const code = await shownBy(parent)
  const decoded = await identity.desk.decode({ site: 7, code })
  const token = decoded.outcome === 'decoded' ? decoded.token : ''
  const allowed = await identity.desk.allowPayment({ person: parent, by: parent, site: 7 })
  const payment = allowed.outcome === 'allowed' ? allowed.token : ''
  await identity.desk.takePayment({ site: 7, token: payment })
  store = { ...store, rows: await store.export() }
  identity = await start()
  expect(await identity.desk.decode({ site: 7, code })).toEqual(no('used-already'))
  expect(await identity.desk.takePayment({ site: 7, token: payment })).toEqual(no('used-already'))
  expect(await identity.desk.holder({ site: 7, token })).toMatchObject({ person: parent })
  const written = (await store.export()).map(({ text }) => text).join('\n') + logged.join('\n')
  expect(written.length).toBeGreaterThan(300)
  for (const secret of [code, token, payment, parentPapers.idNumber, parentPapers.name]) {
    expect(secret.length).toBeGreaterThan(1)
    expect(written).not.toContain(secret)
  }
})
