/** What the identity service decides. Pure: codes and tokens come as digests, made by the actor. */
import type {
  Activated,
  ActivateRequest,
  BindChildRequest,
  ChildBound,
  Holder,
  IdentityRefusal,
  IdentityRefused,
  Papers,
  ShowRequest,
  Verified,
} from '../desks/identity-desk.ts'
import type { Decision } from '../stores/kept-book.ts'
import { actText, family, type IdentityEntry, type IdentityState } from './identity-book.ts'

export type IdentityDecision<Reply> = Decision<IdentityEntry, Reply | IdentityRefused>

export const refuse = (reason: IdentityRefusal): Decision<never, IdentityRefused> => ({
  entries: [],
  reply: { outcome: 'refused', reason },
})

export function decideVerify(state: IdentityState, papers: Papers): IdentityDecision<Verified> {
  const person = matched(state, papers)
  return person === undefined ? refuse('not-matched') : { entries: [], reply: { outcome: 'verified', person } }
}

export function decideActivate(state: IdentityState, { key, ...papers }: ActivateRequest): IdentityDecision<Activated> {
  const person = matched(state, papers)
  if (person === undefined) return refuse('not-matched')
  const act = { does: 'activate', person } as const
  const reply = { outcome: 'activated', person } as const
  const known = state.acts.get(key)
  if (known !== undefined) return known === actText(act) ? { entries: [], reply } : refuse('key-reused')
  if (state.persons.get(person)?.isChild === true) return refuse('under-age')
  return { entries: [{ ...act, key }], reply }
}

export function decideBindChild(state: IdentityState, { key, guardian, ...papers }: BindChildRequest): IdentityDecision<ChildBound> {
  const child = matched(state, papers)
  if (child === undefined) return refuse('not-matched')
  const act = { does: 'bind', guardian, child } as const
  const reply = { outcome: 'bound', child } as const
  const known = state.acts.get(key)
  if (known !== undefined) return known === actText(act) ? { entries: [], reply } : refuse('key-reused')
  if (state.persons.get(child)?.isChild !== true) return refuse('not-a-child')
  if (!state.active.has(guardian)) return refuse('not-activated')
  if (!state.families.has(family(guardian, child))) return refuse('not-their-child')
  return { entries: [{ ...act, key }], reply }
}

/** Why this phone may not show that person's credential; undefined: it may. */
export function whyNotShown(state: IdentityState, { person, by }: ShowRequest): IdentityRefusal | undefined {
  if (!state.persons.has(person)) return 'unknown-person'
  if (person !== by) return state.bound.has(family(by, person)) ? undefined : 'not-theirs'
  return state.active.has(person) ? undefined : 'not-activated'
}

export function decideDecode(
  state: IdentityState,
  {
    site,
    code,
    token,
    untilMs,
    nowMs,
  }: { readonly site: number; readonly code: string; readonly token: string; readonly untilMs: number; readonly nowMs: number },
): IdentityDecision<Holder> {
  const shown = state.codes.get(code)
  if (shown === undefined) return refuse('unknown-code')
  if (shown.isUsed) return refuse('used-already')
  if (nowMs > shown.untilMs) return refuse('expired')
  return { entries: [{ does: 'decode', code, token, site, untilMs }], reply: holderOf(state, shown.person) }
}

/** @param takes a payment authorisation is used up */
export function decideHolder(
  state: IdentityState,
  { site, token, nowMs }: { readonly site: number; readonly token: string; readonly nowMs: number },
  takes: boolean,
): IdentityDecision<Holder> {
  const known = state.tokens.get(token)
  if (known === undefined || known.kind !== (takes ? 'payment' : 'credential')) return refuse('unknown-token')
  if (known.site !== site) return refuse('token-of-another-site')
  if (known.isUsed) return refuse('used-already')
  if (nowMs > known.untilMs) return refuse('expired')
  return { entries: takes ? [{ does: 'take', token }] : [], reply: holderOf(state, known.person) }
}

function holderOf(state: IdentityState, person: number): Holder {
  const known = state.persons.get(person)
  if (known === undefined) throw new Error('a credential of nobody')
  return { outcome: 'holder', person, name: known.name, idNumber: known.idNumber }
}

function matched(state: IdentityState, { name, idNumber }: Papers): number | undefined {
  const person = state.personOf.get(idNumber)
  return person !== undefined && state.persons.get(person)?.name === name ? person : undefined
}
