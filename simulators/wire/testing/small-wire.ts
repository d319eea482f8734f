/** A small wire city for tests: one visit with one bill, one agreement, one session; provisioned as a run would. */
import type { PaymentMode, Plan } from '../../../scenarios/plan.ts'
import { fenOf } from '../../money/fen.ts'
import type { BankOpening } from '../banks/bank-opening.ts'
import type { BureauOpening } from '../bureau/bureau-actor.ts'
import type { ChannelOpening } from '../channels/channel-opening.ts'
import { platformMerchant } from '../desks/merchant-desk.ts'
import type { HisOpening } from '../his/his-actor.ts'
import { identityOf } from '../people/identity.ts'
import type { PlatformOpening } from '../platform/platform-actor.ts'
import { type Served, type ServeOptions, serve } from '../serve.ts'
import { openingHash } from '../server/control.ts'
import { keyRing } from '../signing/key-ring.ts'
import type { WalletOpening } from '../wallets/wallet-actor.ts'

export const person = 42
export const site = 7
export const bill = 'MX0000000001'
export const sessionToken = 'a-session-of-person-42'
export const seed = 20_201_012

/** Of the small town. */
export const bank = 'bank-a'
export const channel = 'channel-main-entry'
export const identity = identityOf({ seed, year: 2020 }, person, 'young-adult')
export const keys = keyRing('the secret of a test')

/** The patient's own account at the same bank; what stands in it is its limit. */
export const ownAccount = 'ZH0000000042'

/** The patient at the wallet. */
const payer = 'o-payer-42'

/** 120 yuan, 100 of them in scope: 40 left of the deductible, the rest shared; the history account holds 30. */
export const totalFen = fenOf(12_000)
export const openings: {
  readonly bureau: BureauOpening
  readonly his: HisOpening
  readonly bank: BankOpening
  readonly payer: string
  readonly wallet: WalletOpening
  readonly platform: PlatformOpening
  readonly channel: ChannelOpening
} = {
  bureau: {
    seed,
    year: 2020,
    sites: [{ site, tier: 'municipal-tertiary' }],
    persons: [
      {
        person,
        insuredType: 'employee',
        ageGroup: 'young-adult',
        yearSoFar: {
          currentAccountLeftFen: fenOf(0),
          historyAccountLeftFen: fenOf(3000),
          deductiblePaidFen: fenOf(146_000),
          fundPaidFen: fenOf(0),
        },
      },
    ],
  },
  his: {
    bills: [
      {
        site,
        bill,
        visit: 'JZ0000000001',
        person,
        totalFen,
        coveredFen: fenOf(10_000),
        lines: [
          {
            number: 1,
            prescription: 'RX1',
            code: 'T101000001',
            name: '示例药品',
            priceFen: fenOf(5000),
            count: 2,
            totalFen: fenOf(10_000),
            coveredFen: fenOf(10_000),
          },
          {
            number: 2,
            prescription: 'RX1',
            code: 'T201000009',
            name: '示例项目',
            priceFen: fenOf(2000),
            count: 1,
            totalFen: fenOf(2000),
            coveredFen: fenOf(0),
          },
        ],
      },
    ],
  },
  bank: {
    agreements: [
      { agreement: identity.agreement, person, limitFen: fenOf(100_000), usedFen: fenOf(0) },
      { agreement: ownAccount, person, kind: 'account', limitFen: fenOf(50_000), usedFen: fenOf(0) },
    ],
  },
  payer,
  wallet: {
    merchants: [{ ...platformMerchant, checksBy: 'certificate' }],
    payers: [payer],
    // Every payment asks for the password, so that none is answered at once.
    settings: { passwordAboveFen: fenOf(0), refundTakesMs: 0 },
  },
  platform: {
    agreements: [
      { person, mode: 'in-consult', bank: 'wechat', agreement: payer },
      { person, mode: 'credit', bank, agreement: identity.agreement },
      { person, mode: 'leaving', bank, agreement: identity.agreement },
      { person, mode: 'phone', bank, agreement: ownAccount },
    ],
  },
  channel: { sessions: [{ token: sessionToken, person, children: [] }] },
}

/** @param plan of the scenario small-town */
export const serveSmallWire = (plan: Plan, options: Partial<ServeOptions> = {}): Promise<Served> =>
  serve({
    city: plan.city,
    policy: plan.policy,
    date: '2020-10-12',
    version: 'test',
    keys,
    booksFolder: undefined,
    host: '127.0.0.1',
    firstPort: 0,
    only: ['bureau', 'his', bank, 'platform', channel],
    ...options,
    // Tests of other things do without the warm-up.
    platform: { warmUpPayments: 0, ...options.platform },
  })

/** Gives every actor its opening book through its control endpoint; throws where an actor holds another than was sent. */
export async function provision(served: Served, ring = keys): Promise<void> {
  const books: readonly (readonly [string, object])[] = [
    ['bureau', openings.bureau],
    ['his', openings.his],
    [bank, openings.bank],
    ['platform', openings.platform],
    [channel, openings.channel],
  ]
  for (const [actor, book] of books) {
    const { sha256 } = (await control(served, actor, 'POST', '/control/opening', book, ring)) as { sha256: string }
    if (sha256 !== openingHash(book)) throw new Error(`${actor} holds another opening book`)
  }
}

export async function control(
  served: Pick<Served, 'originOf'>,
  actor: string,
  method: string,
  path: string,
  body?: object,
  ring = keys,
): Promise<unknown> {
  const answer = await fetch(`${served.originOf(actor)}${path}`, {
    method,
    headers: { 'x-medpay-control': ring.controlToken, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${actor} ${path}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

/** What a phone sends to pay the one bill. */
export async function payFromPhone(
  served: Served,
  body: object = {},
  token = sessionToken,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly body: unknown }> {
  const answer = await fetch(`${served.originOf(channel)}/entry/v1/payments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    body: JSON.stringify({ idempotencyKey: 'K1', site, bill, mode: 'credit' satisfies PaymentMode, qr: identity.qr, ...body }),
  })
  return { status: answer.status, body: await answer.json() }
}
