/** 医保局: the desk over its book, and its app. Dialects are registered here; what they say is decided in bureau-decisions.ts. */
import { createHmac, type KeyObject } from 'node:crypto'
import { Type } from 'typebox'
import { ageGroups, insuredTypes, tiers } from '../../../scenarios/plan.ts'
import { assertBooks } from '../../money/fen.ts'
import type { BureauDesk, Refused } from '../desks/bureau-desk.ts'
import { dateOf } from '../desks/business-time.ts'
import type { ClearingDesk } from '../desks/clearing-desk.ts'
import { isShownCode } from '../desks/identity-desk.ts'
import type { MobilePayerDesk } from '../desks/mobile-desk.ts'
import { clearingOperations } from '../dialects/clearing.ts'
import { mobilePayerOperations } from '../dialects/mobile-payer.ts'
import { type Actor, type ActorSurroundings, startActor } from '../server/actor.ts'
import { logOf } from '../server/actor-log.ts'
import { assertOwnSite } from '../server/callers.ts'
import { WireFailure } from '../server/failures.ts'
import { choice, fenSchema } from '../server/opening-schema.ts'
import { addPlainRoutes } from '../server/plain-routes.ts'
import { signedBy } from '../server/signed-by.ts'
import { mobileKeys } from '../signing/mobile-keys.ts'
import { KeptBook } from '../stores/kept-book.ts'
import { shownBook } from '../stores/shown-book.ts'
import { type BureauEntry, type BureauState, bureauRules, type OpeningPerson, yearOf } from './bureau-book.ts'
import { decideAccount, decidePresettle, decideReverse, decideSettle, decideUpload, type Policy } from './bureau-decisions.ts'
import { personShownKey } from './bureau-operations.ts'
import { careDesk } from './care-desk.ts'
import type { BureauParameters } from './claims/claim-context.ts'
import { clearingDesk } from './clearing/clearing-desk.ts'
import { type CredentialCentre, credentialCentre } from './credential-centre.ts'
import { yearFromOf } from './insurance-year.ts'
import { MobileCredentials } from './mobile/mobile-credentials.ts'
import { mobileDesk } from './mobile/mobile-desk.ts'
import { siteNotices } from './mobile/site-notices.ts'
import { addMobileRoutes } from './mobile-routes.ts'
import { addNationalRoutes } from './national-routes.ts'
import { addShanghaiRoutes } from './shanghai-routes.ts'

export interface BureauOpening {
  /** Of the city and the year of its day: identities are made from them. */
  readonly seed: number
  readonly year: number
  readonly sites: readonly { readonly site: number; readonly tier: (typeof tiers)[number]; readonly noticeUrl?: string }[]
  readonly persons: readonly OpeningPerson[]
}

/** ASSUMPTION: the fund's sum is without the account; out-of-town patients come from three neighbouring provinces. */
const usualParameters: BureauParameters = { fundIncludesAccount: false, homePlace: '310000', otherPlaces: ['320000', '330000', '340000'] }

export async function bureauActor(
  surroundings: ActorSurroundings,
  policy: Policy,
  parameters: BureauParameters = usualParameters,
): Promise<Actor<BureauDesk & ClearingDesk & MobilePayerDesk>> {
  const { clock, keys } = surroundings
  const book = new KeptBook<BureauState, BureauEntry>(await surroundings.openBook('bureau'), bureauRules, clock.nowMs)
  const tokens = new Map<string, { readonly person: number; readonly day: string }>()
  const clearing = clearingDesk(book, policy)
  const credentials = new MobileCredentials(keys.own('bureau', 'mobile orders'), surroundings.realNowMs)
  const mobile = mobileDesk({ book, policy, tokens, parameters, credentials })
  const { realNowMs: nowMs, failureSwitch } = surroundings
  const log = logOf(surroundings, 'bureau')
  const notices = siteNotices({ book, credentials, key: keys.between('bureau', 'his'), nowMs, failureSwitch, log })
  const payer: MobilePayerDesk = {
    ...mobile.payer,
    async payOrder(request) {
      const paid = await mobile.payer.payOrder(request)
      notices.look()
      return paid
    },
  }
  notices.look()
  const centre = credentialCentre(surroundings)
  const tokenKey = keys.own('bureau', 'e-credential tokens')
  const desk = { ...bureauDesk(book, policy, tokens, tokenKey, centre, clock.nowMs), ...clearing, ...payer }
  return startActor(surroundings, {
    name: 'bureau',
    kind: 'bureau',
    title: { zh: '医保局', en: 'Insurance bureau' },
    desk,
    books: [
      shownBook(book, {
        async reset() {
          notices.forget()
          await book.reset()
        },
        async close() {
          await notices.stop()
          await centre.close()
          await book.close()
        },
      }),
    ],
    log,
    openingSchema,
    open: (opening: BureauOpening) => openBureau(book, opening, policy),
    addRoutes(app, { line }) {
      const gate = signedBy({
        callers: ['platform', 'his', 'site-*'],
        keyOf: (caller) => keys.between(caller, 'bureau'),
        nowMs: surroundings.realNowMs,
      })
      addShanghaiRoutes(app, desk, line, gate, (request) => personShownKey(book.state, tokens, request))
      addPlainRoutes(app, '医保清算', clearingOperations, clearing, line, gate, (caller, { site }: { readonly site: number }) =>
        assertOwnSite(caller, site),
      )
      const payers = signedBy({
        callers: ['wechat', 'alipay', 'platform', 'channel-*'],
        keyOf: (caller) => keys.between(caller, 'bureau'),
        nowMs: surroundings.realNowMs,
      })
      addPlainRoutes(app, '医保移动支付 · 付款方', mobilePayerOperations, payer, line, payers)
      addMobileRoutes(app, mobile.ask, line, { keys: mobileKeys(keys), nowMs: surroundings.realNowMs, signed: gate })
      addNationalRoutes(app, { book, policy, tokens, parameters, nowMs: clock.nowMs }, line, gate)
    },
  })
}

function bureauDesk(
  book: KeptBook<BureauState, BureauEntry>,
  policy: Policy,
  tokens: Map<string, { readonly person: number; readonly day: string }>,
  tokenKey: KeyObject,
  centre: Pick<CredentialCentre, 'decode'>,
  nowMs: () => number,
): BureauDesk {
  const refused = (reason: Refused['reason']): Refused => ({ outcome: 'refused', reason })
  return {
    async decode({ site, qr }) {
      if (!book.state.sites.has(site)) return refused('unknown-site')
      const number = book.state.personOf.get(`qr:${qr}`) ?? (await holderOf(centre, site, qr))
      const person = number === undefined ? undefined : book.state.persons.get(number)
      if (person === undefined) return refused('unknown-credential')
      const day = dateOf(nowMs())
      // Tokens of another day are worth nothing.
      if (tokens.values().next().value?.day !== day) tokens.clear()
      const token = createHmac('sha256', tokenKey).update(`${person.person} ${day}`).digest('hex').slice(0, 40)
      tokens.set(token, { person: person.person, day })
      return { outcome: 'decoded', token, name: person.name, idNumber: person.idNumber }
    },
    account: (request) => book.answer((state, now) => decideAccount(state, request, policy, tokens, now)),
    upload: (request) => book.answer((state) => decideUpload(state, request)),
    presettle: (request) => book.answer((state, now) => decidePresettle(state, request, policy, tokens, now)),
    settle: (request) => book.answer((state, now) => decideSettle(state, request, policy, now)),
    ...careDesk(book, policy, tokens),
    reverse: (request) => book.answer((state, now) => decideReverse(state, request, policy, now)),
  }
}

/** Whose phone shows this code; undefined: nobody's, or no longer. Silence of the centre says nothing of the code. */
async function holderOf({ decode }: Pick<CredentialCentre, 'decode'>, site: number, code: string): Promise<number | undefined> {
  if (!isShownCode(code)) return undefined
  const heard = await decode({ site, code })
  if (heard.outcome === 'no-reply') throw new WireFailure(heard.sent === 'no' ? 'party-unreachable' : 'party-silent')
  return heard.outcome === 'decoded' ? heard.person : undefined
}

async function openBureau(
  book: KeptBook<BureauState, BureauEntry>,
  { seed, year, sites, persons }: BureauOpening,
  policy: Policy,
): Promise<void> {
  await book.answer((state, nowMs) => {
    const yearFrom = yearFromOf(policy, nowMs)
    const isFirst = state.year === 0
    if (!isFirst && (state.seed !== seed || state.year !== year)) {
      throw new WireFailure('conflict', { en: 'the book was opened with another seed or year', zh: '账簿已用其他种子或年份开启' })
    }
    const known = persons.find(({ person }) => state.persons.has(person))
    if (known !== undefined) throw new WireFailure('conflict', { en: `person ${known.person} is known`, zh: `人员 ${known.person} 已存在` })
    assertBooks(new Set(persons.map(({ person }) => person)).size === persons.length, 'a person is opened once')
    const entries: BureauEntry[] = [
      ...(isFirst ? [{ does: 'open', seed, year } as const] : []),
      ...sites
        .filter(({ site, tier, noticeUrl }) => state.sites.get(site) !== tier || state.mobile.noticeUrls.get(site) !== noticeUrl)
        .map((site) => ({ does: 'open-site', ...site }) as const),
      ...persons.map((person) => ({ does: 'open-person', ...person, yearSoFar: yearOf(person.yearSoFar), yearFrom }) as const),
    ]
    return { entries, reply: undefined }
  })
}

const openingSchema = Type.Object(
  {
    seed: Type.Integer({ minimum: 0 }),
    year: Type.Integer({ minimum: 2000, maximum: 2100 }),
    sites: Type.Array(
      Type.Object(
        {
          site: Type.Integer({ minimum: 0 }),
          tier: choice(tiers),
          noticeUrl: Type.Optional(
            Type.String({ maxLength: 200, pattern: '^https?://', description: 'Where the site hears of mobile payments (6302)' }),
          ),
        },
        { additionalProperties: false },
      ),
    ),
    persons: Type.Array(
      Type.Object(
        {
          person: Type.Integer({ minimum: 0 }),
          insuredType: choice(insuredTypes),
          ageGroup: choice(ageGroups),
          yearSoFar: Type.Object(
            {
              currentAccountLeftFen: fenSchema,
              historyAccountLeftFen: fenSchema,
              deductiblePaidFen: fenSchema,
              fundPaidFen: fenSchema,
            },
            { additionalProperties: false },
          ),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)
