/** A bureau in memory that a signed-in institution talks to in the national interface. */

import { fenOf } from '../../money/fen.ts'
import { type BureauOpening, bureauActor } from '../bureau/bureau-actor.ts'
import type { Policy } from '../bureau/bureau-decisions.ts'
import type { BureauParameters } from '../bureau/claims/claim-context.ts'
import { momentMs } from '../desks/business-time.ts'
import { feeLines, insuredTypesOf, people, places, registration, seed, visitNumberOf } from '../dialects/national/example-messages.ts'
import { businessClock } from '../server/business-clock.ts'
import { clocksOf } from '../server/failure-switch.ts'
import { signatureHeaders, signHmac } from '../signing/hmac.ts'
import { keyRing } from '../signing/key-ring.ts'
import { memoryBookStore } from '../stores/book-store.ts'
import { type Answer, type Institution, institutionsOver } from './national-institution.ts'
import { testPolicy } from './test-policy.ts'

/** Unique in this process: a shared actor remembers those of the test before. */
let nonce = 0

/** The schemas of ninety routes take longer to compile than most tests last, so the tests of a process share an actor and each empties its book. */
const shared = new Map<string, ReturnType<typeof bureauInMemory>>()

async function bureauInMemory(change: Partial<BureauParameters>, policy: Partial<Policy>) {
  const start = { realMs: 1_800_000_000_000, businessMs: momentMs('2020-10-12 09:00:00') ?? 0 }
  let { realMs } = start
  const realNowMs = () => realMs
  const clock = businessClock(start.businessMs, realNowMs)
  const keys = keyRing('the secret of a test')
  const store = memoryBookStore()
  const bureau = await bureauActor(
    { version: '0', ...clocksOf(clock, realNowMs), keys, openBook: async () => store, originOf: () => '' },
    { ...testPolicy, ...policy },
    { ...places, fundIncludesAccount: false, ...change },
  )
  return {
    ...{ bureau, clock, keys, store, realNowMs },
    /** Of the protocol clock. */
    later: (ms: number) => {
      realMs += ms
    },
    async begin() {
      clock.set(start.businessMs)
      const headers = { 'x-medpay-control': keys.controlToken }
      await bureau.app.inject({ method: 'POST', url: '/control/reset', headers })
    },
  }
}

/**
 * @param own a bureau nobody shares, the numbers of its answers from one on: the caller's to stop
 * @param own.noticeUrl where site 7 hears of mobile payments
 */
export async function nationalBureau(
  change: Partial<BureauParameters> = {},
  policy: Partial<Policy> = {},
  own?: { readonly noticeUrl?: string },
) {
  const key = JSON.stringify([change, policy])
  const made = own === undefined ? (shared.get(key) ?? bureauInMemory(change, policy)) : bureauInMemory(change, policy)
  if (own === undefined) shared.set(key, made)
  const { bureau, clock, keys, store, realNowMs, later, begin } = await made
  await begin()
  /** Every message as it went over the wire, in order. */
  const pairs: { readonly path: string; readonly request: unknown; readonly answer: unknown }[] = []
  const post = async (path: string, body: unknown): Promise<Answer> => {
    nonce += 1
    const bytes = Buffer.from(JSON.stringify(body))
    const parts = { caller: 'his', method: 'POST', path, body: bytes, timestamp: realNowMs() / 1000, nonce: String(nonce) }
    const { statusCode, body: text } = await bureau.app.inject({
      method: 'POST',
      url: path,
      payload: bytes,
      headers: {
        'content-type': 'application/json',
        [signatureHeaders.caller]: parts.caller,
        [signatureHeaders.timestamp]: String(parts.timestamp),
        [signatureHeaders.nonce]: parts.nonce,
        [signatureHeaders.signature]: signHmac(keys.between('his', 'bureau'), parts),
      },
    })
    const answer = JSON.parse(text) as object
    pairs.push({ path, request: body, answer })
    return { status: statusCode, ...answer } as Answer
  }
  await bureau.app.inject({
    method: 'POST',
    url: '/control/opening',
    headers: { 'x-medpay-control': keys.controlToken },
    payload: twoSites(own?.noticeUrl),
  })
  const institution = institutionsOver(post, clock)
  const entries = async () => (await store.export()).length
  return { bureau, clock, institution, post, pairs, entries, store, keys, realNowMs, later }
}

/** The opening book: a hospital and a community centre, an employee, a resident and a visitor. */
export const twoSites = (noticeUrl?: string): BureauOpening => ({
  seed,
  year: 2020,
  sites: [
    { site: 7, tier: 'municipal-tertiary', ...(noticeUrl === undefined ? {} : { noticeUrl }) },
    { site: 8, tier: 'community' },
  ],
  persons: Object.entries(insuredTypesOf).map(([person, insuredType]) => ({
    person: Number(person),
    insuredType,
    ageGroup: 'young-adult',
    yearSoFar: {
      currentAccountLeftFen: fenOf(0),
      historyAccountLeftFen: fenOf(3000),
      deductiblePaidFen: fenOf(146_000),
      fundPaidFen: fenOf(0),
    },
  })),
})

/** A registered visit of the employee with a batch of fees. */
export async function visitWithFees(hospital: Institution, person = people.employee): Promise<string> {
  const registered = await hospital.send('2201', registration(person, 'MZ0001'))
  const visit = visitNumberOf(registered.output)
  await hospital.send('2204', { feedetail: feeLines(person, visit, 'B1') })
  return visit
}
