/** A wallet: one desk and one book, behind the dialect of WeChat Pay v3 or of Alipay's open gateway. */
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Fen, fenOf } from '../../money/fen.ts'
import { Courier, type CourierOptions } from '../client/courier.ts'
import { lazyTransport } from '../client/lazy-transport.ts'
import { signedSender } from '../client/signed-sender.ts'
import { httpTransport } from '../client/transport.ts'
import type { MobilePayerDesk } from '../desks/mobile-desk.ts'
import { mobilePayerOperations } from '../dialects/mobile-payer.ts'
import { plainPort } from '../dialects/plain.ts'
import { type Actor, type ActorSurroundings, startActor } from '../server/actor.ts'
import type { ActorApp, BareActor } from '../server/actor-app.ts'
import { logOf } from '../server/actor-log.ts'
import type { FailingLine } from '../server/failing-line.ts'
import type { Passing } from '../server/failure-switch.ts'
import { WireFailure } from '../server/failures.ts'
import { choice, fenSchema } from '../server/opening-schema.ts'
import { signedBy } from '../server/signed-by.ts'
import { type WalletKeys, walletKeys } from '../signing/wallet-keys.ts'
import { KeptBook } from '../stores/kept-book.ts'
import { shownBook } from '../stores/shown-book.ts'
import { authorizationHash, holderHash } from './mixed-decisions.ts'
import type { InsurerPort } from './mixed-insurer.ts'
import { isNoticeHost } from './notice-hosts.ts'
import { addPhoneRoutes } from './phone-routes.ts'
import { type Notice, usualSettings, type WalletEntry, type WalletState, walletRules } from './wallet-book.ts'
import { deskOverBook, type WholeWalletDesk } from './wallet-desk-over-book.ts'

export interface WalletOpening {
  readonly merchants: readonly { readonly merchant: string; readonly app: string; readonly checksBy: 'certificate' | 'public-key' }[]
  /** openid or buyer id. */
  readonly payers: readonly string[]
  /** What the insurer told the wallet of pay orders: the wallet settles its part by them. */
  readonly insurerOrders?: readonly {
    readonly payOrder: string
    readonly authorization: string
    readonly payer: string
    readonly fundFen: Fen
    readonly accountFen: Fen
    readonly otherFen: Fen
    readonly leftFen: Fen
    readonly refuses?: string
  }[]
  /** Real names the wallet knows, and relatives a payer may pay for; `idDigest` as institutions send it. */
  readonly holders?: readonly {
    readonly payer: string
    readonly is: 'payer' | 'relative'
    readonly name: string
    readonly idDigest: string
  }[]
  readonly settings?: Partial<WalletState['settings']>
  /** The wallet signs with a new key from now on; the one before stays in the list of certificates. */
  readonly rotateKey?: boolean
  /** Who checks by public key is signed to under a new one and its id; who asks for the one before still gets it. */
  readonly rotatePublicKey?: boolean
}

export interface WalletParts {
  readonly desk: WholeWalletDesk
  readonly state: () => WalletState
  readonly keys: WalletKeys
  readonly line: FailingLine
  readonly protocolMs: () => number
  readonly businessMs: () => number
  readonly refused: BareActor['refused']
  /** Somebody is being signed to under a key other than the wallet's first. */
  readonly underNewKey: (whom: Passing) => void
}

/** One wallet's dialect: its routes, and how it tells a merchant. */
export interface WalletDialect {
  readonly name: string
  readonly title: { readonly zh: string; readonly en: string }
  readonly codePrefix: string
  readonly addRoutes: (app: ActorApp, parts: WalletParts) => void
  readonly courier: (
    parts: Pick<WalletParts, 'state' | 'keys' | 'protocolMs' | 'businessMs' | 'underNewKey'>,
  ) => Pick<CourierOptions<Notice>, 'ladderMs' | 'pack' | 'isHeard'>
  /** Settings where they differ from WeChat Pay's. */
  readonly settings?: Partial<WalletState['settings']>
}

/** ASSUMPTION: as the other parties of the insurer (20 s); tried 5–60. */
const insurerTimeoutMs = 20_000

/** @param direct the insurer without a socket; absent: the bureau, looked up when it is first asked */
export async function walletActor(
  surroundings: ActorSurroundings,
  dialect: WalletDialect,
  direct?: InsurerPort,
): Promise<Actor<WholeWalletDesk>> {
  const { clock, keys, realNowMs, failureSwitch } = surroundings
  const book = new KeptBook<WalletState, WalletEntry>(await surroundings.openBook(dialect.name), walletRules, clock.nowMs)
  const own = walletKeys(keys, dialect.name)
  const log = logOf(surroundings, dialect.name)
  const underNewKey = (whom: Passing) => failureSwitch.meetWhole('new-key', whom)
  const shared = { state: () => book.state, keys: own, protocolMs: realNowMs, businessMs: clock.nowMs, underNewKey }
  const courier: Courier<Notice> = new Courier<Notice>({
    ...dialect.courier(shared),
    divisor: () => book.state.settings.noticeLadderDivisor,
    protocolMs: realNowMs,
    carry: ({ subject }, send) => failureSwitch.carry(subject.about, numberOf(subject), send),
    mayGoTo: (url) => isNoticeHost(url, book.state.settings.noticeHosts),
    tried: ({ notice }, tries, nextAtMs) =>
      over.append((state) => (state.notices.has(notice) ? [{ does: 'notice-tried', notice, tries, nextAtMs }] : [])),
    done: ({ notice, subject }, end, tries) => {
      if (end !== 'heard') log.tell('callback-given-up', { about: numberOf(subject), why: end, tries })
      void over.append((state) => (state.notices.has(notice) ? [{ does: 'noticed', notice, end, tries }] : [])).catch(() => undefined)
    },
  })
  const toBureau = lazyTransport(() => httpTransport({ origin: surroundings.originOf('bureau'), timeoutMs: insurerTimeoutMs }))
  const toInsurer = { transport: toBureau, caller: dialect.name, key: keys.between(dialect.name, 'bureau'), nowMs: realNowMs }
  const over = deskOverBook({
    book,
    protocolMs: realNowMs,
    codePrefix: dialect.codePrefix,
    notices: (open) => courier.look(open),
    insurer: direct ?? plainPort<MobilePayerDesk>(mobilePayerOperations, signedSender(toInsurer)),
  })
  if (dialect.settings !== undefined && book.lastNumber === 0) await settle(dialect.settings)

  async function settle(settings: Partial<WalletState['settings']>): Promise<void> {
    await over.append((state) => [{ does: 'settings', settings: { ...state.settings, ...settings } }])
  }

  return startActor(surroundings, {
    name: dialect.name,
    kind: 'wallet',
    title: dialect.title,
    desk: over.desk,
    books: [
      shownBook(book, {
        async reset() {
          courier.forget()
          await book.reset()
          await settle({ ...usualSettings, ...dialect.settings })
        },
        async close() {
          over.stop()
          await courier.stop()
          await toBureau.close()
          await book.close()
        },
      }),
    ],
    // Figures of callbacks and refunds are told beside the times they were made with.
    exportMore: async () => ({ settings: book.state.settings }),
    log,
    openingSchema,
    open: (opening: WalletOpening) => over.append((state) => openingEntries(state, opening)),
    addRoutes(app, { line, refused }) {
      const gate: (request: FastifyRequest) => Promise<void> = signedBy({
        callers: ['phone'],
        keyOf: (caller) => keys.between(caller, dialect.name),
        nowMs: realNowMs,
      })
      addPhoneRoutes(app, over.desk, line, gate)
      dialect.addRoutes(app, { ...shared, desk: over.desk, line, refused })
    },
  })
}

/** What a merchant knows it by. */
export const numberOf = (subject: Notice['subject']): string =>
  subject.about === 'payment' ? subject.order : subject.about === 'refund' ? subject.refund : subject.mixed

function openingEntries(state: WalletState, opening: WalletOpening): WalletEntry[] {
  const other = opening.merchants.find(({ merchant, app }) => (state.merchants.get(merchant)?.app ?? app) !== app)
  if (other !== undefined)
    throw new WireFailure('conflict', {
      en: `merchant ${other.merchant} is known with another app`,
      zh: `商户 ${other.merchant} 已用其他应用登记`,
    })
  const known = opening.insurerOrders?.find(({ payOrder }) => state.insurerOrders.has(payOrder))
  if (known !== undefined)
    throw new WireFailure('conflict', { en: `pay order ${known.payOrder} is known`, zh: `支付单 ${known.payOrder} 已存在` })
  return [
    ...(opening.settings === undefined ? [] : [{ does: 'settings', settings: { ...state.settings, ...opening.settings } } as const]),
    ...opening.merchants.map((merchant) => ({ does: 'open-merchant', ...merchant }) as const),
    ...opening.payers.filter((payer) => !state.payers.has(payer)).map((payer) => ({ does: 'open-payer', payer }) as const),
    ...(opening.insurerOrders ?? []).map(({ authorization, ...order }) => {
      const amounts = {
        fundFen: fenOf(order.fundFen),
        accountFen: fenOf(order.accountFen),
        otherFen: fenOf(order.otherFen),
        leftFen: fenOf(order.leftFen),
      }
      return { does: 'open-insurer-order', ...order, ...amounts, authorizationHash: authorizationHash(authorization) } as const
    }),
    ...(opening.holders ?? []).map(({ payer, is, name, idDigest }) => {
      return { does: 'open-holder', payer, is, nameHash: holderHash(payer, name), idHash: holderHash(payer, idDigest) } as const
    }),
    ...(opening.rotatePublicKey === true ? [{ does: 'rotate-public-key' } as const] : []),
    ...(opening.rotateKey === true ? [{ does: 'rotate-key' } as const] : []),
  ]
}

const strict = { additionalProperties: false } as const
const word = Type.String({ minLength: 1, maxLength: 128 })
const openingSchema = Type.Object(
  {
    merchants: Type.Array(Type.Object({ merchant: word, app: word, checksBy: choice(['certificate', 'public-key'] as const) }, strict)),
    payers: Type.Array(word),
    insurerOrders: Type.Optional(
      Type.Array(
        Type.Object(
          {
            payOrder: word,
            authorization: word,
            payer: word,
            fundFen: fenSchema,
            accountFen: fenSchema,
            otherFen: fenSchema,
            leftFen: fenSchema,
            refuses: Type.Optional(word),
          },
          strict,
        ),
      ),
    ),
    settings: Type.Optional(
      Type.Object(
        {
          refundTakesMs: Type.Optional(Type.Integer({ minimum: 0 })),
          passwordWithinMs: Type.Optional(Type.Integer({ minimum: 1 })),
          passwordAboveFen: Type.Optional(fenSchema),
          noticeLadderDivisor: Type.Optional(Type.Number({ minimum: 1 })),
          noticeHosts: Type.Optional(Type.Array(word)),
        },
        strict,
      ),
    ),
    holders: Type.Optional(
      Type.Array(Type.Object({ payer: word, is: choice(['payer', 'relative'] as const), name: word, idDigest: word }, strict)),
    ),
    rotateKey: Type.Optional(Type.Boolean()),
    rotatePublicKey: Type.Optional(Type.Boolean()),
  },
  strict,
)
