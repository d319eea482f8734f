/** Identity and e-credentials as an actor: real-name check, activation, codes and tokens, children by the family code. */
import { createHmac, randomBytes } from 'node:crypto'
import { Type } from 'typebox'
import { type AgeGroup, ageGroups } from '../../../scenarios/plan.ts'
import type { IdentityDesk, IdentityRefused } from '../desks/identity-desk.ts'
import { identityOperations } from '../dialects/identity.ts'
import { person, strict } from '../dialects/plain-fields.ts'
import { digitsOf } from '../people/digits.ts'
import { type Actor, type ActorSurroundings, startActor } from '../server/actor.ts'
import { assertOwnSite } from '../server/callers.ts'
import { WireFailure } from '../server/failures.ts'
import { choice } from '../server/opening-schema.ts'
import { addPlainRoutes } from '../server/plain-routes.ts'
import { signedBy } from '../server/signed-by.ts'
import { KeptBook } from '../stores/kept-book.ts'
import { type IdentityEntry, type IdentityState, identityRules } from './identity-book.ts'
import { decideActivate, decideBindChild, decideDecode, decideHolder, decideVerify, refuse, whyNotShown } from './identity-decisions.ts'

export interface IdentityOpening {
  readonly seed: number
  readonly year: number
  readonly persons: readonly { readonly person: number; readonly ageGroup: AgeGroup; readonly isActive: boolean }[]
  /** Whose children are registered as theirs; a family code may then be asked for. */
  readonly families: readonly { readonly guardian: number; readonly child: number }[]
}

/**
 * Seconds of the protocol clock. A payment authorisation lives 5–10 min in practice (WeChat Pay's guide to faults of insurance payment). ASSUMPTIONS: a shown code changes
 * every minute as on phones, a token lasts a visit's 30 min at the site that scanned. Plausible: 30–120 s, 5–120 min.
 */
const life = { code: 60, token: 1800, payment: 600 } as const

export async function identityActor(surroundings: ActorSurroundings): Promise<Actor<IdentityDesk>> {
  const { clock, keys, realNowMs } = surroundings
  const name = 'identity'
  const book = new KeptBook<IdentityState, IdentityEntry>(await surroundings.openBook(name), identityRules, clock.nowMs)
  const secret = keys.own(name, 'digests of credentials')
  const digest = (credential: string) => createHmac('sha256', secret).update(credential).digest('base64url').slice(0, 22)
  const until = (seconds: number) => realNowMs() + seconds * 1000
  const refused = (reason: IdentityRefused['reason']) => refuse(reason).reply

  const desk: IdentityDesk = {
    verify: (request) => book.answer((state) => decideVerify(state, request)),
    activate: (request) => book.answer((state) => decideActivate(state, request)),
    bindChild: (request) => book.answer((state) => decideBindChild(state, request)),
    async show(request) {
      const why = whyNotShown(book.state, request)
      if (why !== undefined) return refused(why)
      const code = digitsOf(randomBytes(16), 28)
      const entry: IdentityEntry = { does: 'show', code: digest(code), person: request.person, untilMs: until(life.code) }
      return book.answer(() => ({ entries: [entry], reply: { outcome: 'code', code, validSeconds: life.code } as const }))
    },
    async decode({ site, code }) {
      const token = randomBytes(24).toString('base64url')
      const asked = { site, code: digest(code), token: digest(token), untilMs: until(life.token), nowMs: realNowMs() }
      const reply = await book.answer((state) => decideDecode(state, asked))
      return reply.outcome === 'refused' ? reply : { ...reply, outcome: 'decoded', token, validSeconds: life.token }
    },
    holder: ({ site, token }) => book.answer((state) => decideHolder(state, { site, token: digest(token), nowMs: realNowMs() }, false)),
    async allowPayment({ site, ...request }) {
      const why = whyNotShown(book.state, request)
      if (why !== undefined) return refused(why)
      const token = randomBytes(24).toString('base64url')
      const entry: IdentityEntry = { does: 'allow', token: digest(token), person: request.person, site, untilMs: until(life.payment) }
      return book.answer(() => ({ entries: [entry], reply: { outcome: 'allowed', token, validSeconds: life.payment } as const }))
    },
    takePayment: ({ site, token }) => book.answer((state) => decideHolder(state, { site, token: digest(token), nowMs: realNowMs() }, true)),
  }
  return startActor(surroundings, {
    name,
    kind: 'identity',
    title: { zh: '身份与医保电子凭证', en: 'Identity and e-credentials' },
    desk,
    books: [book],
    openingSchema,
    open: (opening: IdentityOpening) => openIdentity(book, opening),
    addRoutes(app, { line }) {
      const common = { keyOf: (caller: string) => keys.between(caller, name), nowMs: realNowMs }
      const { decode, holder, takePayment, ...ofPhones } = identityOperations
      const phones = signedBy({ ...common, callers: ['platform', 'channel-*'] })
      addPlainRoutes<Pick<IdentityDesk, keyof typeof ofPhones>>(app, '身份', ofPhones, desk, line, phones)
      const sites = signedBy({ ...common, callers: ['platform', 'bureau', 'his', 'site-*'] })
      addPlainRoutes<Pick<IdentityDesk, 'decode' | 'holder' | 'takePayment'>>(
        app,
        '电子凭证',
        { decode, holder, takePayment },
        desk,
        line,
        sites,
        (caller, { site }: { readonly site: number }) => assertOwnSite(caller, site),
      )
    },
  })
}

async function openIdentity(
  book: KeptBook<IdentityState, IdentityEntry>,
  { seed, year, persons, families }: IdentityOpening,
): Promise<void> {
  await book.answer((state) => {
    const isFirst = state.year === 0
    if (!isFirst && (state.seed !== seed || state.year !== year)) {
      throw new WireFailure('conflict', { en: 'the book was opened with another seed or year', zh: '账簿已用其他种子或年份开启' })
    }
    const known = persons.find(({ person: who }) => state.persons.has(who))
    if (known !== undefined) throw new WireFailure('conflict', { en: `person ${known.person} is known`, zh: `人员 ${known.person} 已存在` })
    const entries: IdentityEntry[] = [
      ...(isFirst ? [{ does: 'open', seed, year } as const] : []),
      ...persons.map((one): IdentityEntry => ({ does: 'open-person', ...one })),
      ...families.map((one): IdentityEntry => ({ does: 'open-family', ...one })),
    ]
    return { entries, reply: undefined }
  })
}

const openingSchema = Type.Object(
  {
    seed: Type.Integer({ minimum: 0 }),
    year: Type.Integer({ minimum: 2000, maximum: 2100 }),
    persons: Type.Array(Type.Object({ person: person(), ageGroup: choice(ageGroups), isActive: Type.Boolean() }, strict)),
    families: Type.Array(Type.Object({ guardian: person(), child: person() }, strict)),
  },
  strict,
)
