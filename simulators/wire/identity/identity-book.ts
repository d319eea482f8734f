/**
 * What the identity service keeps: who there is, whose credential is active, which child belongs to whom, and what was shown. Names and
 * ID numbers are made anew from the seed, codes and tokens stand as keyed digests: the book holds no credential.
 */
import type { AgeGroup } from '../../../scenarios/plan.ts'
import { identityOf } from '../people/identity.ts'
import type { BookRules } from '../stores/kept-book.ts'

export type IdentityEntry =
  | { readonly does: 'open'; readonly seed: number; readonly year: number }
  | { readonly does: 'open-person'; readonly person: number; readonly ageGroup: AgeGroup; readonly isActive: boolean }
  | { readonly does: 'open-family'; readonly guardian: number; readonly child: number }
  | { readonly does: 'activate'; readonly key: string; readonly person: number }
  | { readonly does: 'bind'; readonly key: string; readonly guardian: number; readonly child: number }
  | ({ readonly does: 'show'; readonly code: string } & Pass)
  | { readonly does: 'decode'; readonly code: string; readonly token: string; readonly site: number; readonly untilMs: number }
  | ({ readonly does: 'allow'; readonly token: string; readonly site: number } & Pass)
  | { readonly does: 'take'; readonly token: string }

export interface Pass {
  readonly person: number
  /** Protocol clock, epoch milliseconds. */
  readonly untilMs: number
}
export interface ShownCode extends Pass {
  readonly isUsed: boolean
}
export interface Token extends Pass {
  readonly site: number
  /** `credential` is good until it ends, `payment` once. */
  readonly kind: 'credential' | 'payment'
  readonly isUsed: boolean
}
export interface KnownPerson {
  readonly name: string
  readonly idNumber: string
  readonly isChild: boolean
}

export interface IdentityState {
  seed: number
  /** 0: not opened yet. */
  year: number
  readonly persons: Map<number, KnownPerson>
  readonly personOf: Map<string, number>
  readonly active: Set<number>
  /** `guardian child`: registered as family. */
  readonly families: Set<string>
  readonly bound: Set<string>
  /** What a key did, as text. */
  readonly acts: Map<string, string>
  /** By digest. */
  readonly codes: Map<string, ShownCode>
  readonly codeOf: Map<number, string>
  readonly tokens: Map<string, Token>
}

export const family = (guardian: number, child: number): string => `${guardian} ${child}`

export const identityRules: BookRules<IdentityState, IdentityEntry> = {
  empty: () => ({
    seed: 0,
    year: 0,
    persons: new Map(),
    personOf: new Map(),
    active: new Set(),
    families: new Set(),
    bound: new Set(),
    acts: new Map(),
    codes: new Map(),
    codeOf: new Map(),
    tokens: new Map(),
  }),
  apply(state, entry) {
    switch (entry.does) {
      case 'open':
        state.seed = entry.seed
        state.year = entry.year
        return
      case 'open-person': {
        const identity = identityOf(state, entry.person, entry.ageGroup)
        state.persons.set(entry.person, {
          get name() {
            return identity.name
          },
          idNumber: identity.idNumber,
          isChild: entry.ageGroup === 'child',
        })
        state.personOf.set(identity.idNumber, entry.person)
        if (entry.isActive) state.active.add(entry.person)
        return
      }
      case 'open-family':
        state.families.add(family(entry.guardian, entry.child))
        return
      case 'activate':
        state.active.add(entry.person)
        state.acts.set(entry.key, actText(entry))
        return
      case 'bind':
        state.bound.add(family(entry.guardian, entry.child))
        state.acts.set(entry.key, actText(entry))
        return
      case 'show': {
        const before = state.codeOf.get(entry.person)
        if (before !== undefined) state.codes.delete(before)
        dropLongGone(state.codes, entry.untilMs)
        state.codeOf.set(entry.person, entry.code)
        state.codes.set(entry.code, { person: entry.person, untilMs: entry.untilMs, isUsed: false })
        return
      }
      case 'decode': {
        const code = state.codes.get(entry.code)
        if (code === undefined) throw new Error('a book decodes a code that it never showed')
        state.codes.set(entry.code, { ...code, isUsed: true })
        dropLongGone(state.tokens, entry.untilMs)
        state.tokens.set(entry.token, {
          person: code.person,
          untilMs: entry.untilMs,
          site: entry.site,
          kind: 'credential',
          isUsed: false,
        })
        return
      }
      case 'allow':
        dropLongGone(state.tokens, entry.untilMs)
        state.tokens.set(entry.token, { person: entry.person, untilMs: entry.untilMs, site: entry.site, kind: 'payment', isUsed: false })
        return
      case 'take': {
        const token = state.tokens.get(entry.token)
        if (token !== undefined) state.tokens.set(entry.token, { ...token, isUsed: true })
        return
      }
      default:
        entry satisfies never
    }
  },
}

/** Longer than any pass lives. */
const longMs = 3_600_000

/** Passes that ended long before this one will are forgotten, oldest first: nobody can show them any more. */
function dropLongGone(passes: Map<string, Pass>, untilMs: number): void {
  for (const [digest, pass] of passes) {
    if (pass.untilMs > untilMs - longMs) return
    passes.delete(digest)
  }
}

/** What a key stands for, to tell the same request from another. */
export const actText = (
  act:
    | { readonly does: 'activate'; readonly person: number }
    | { readonly does: 'bind'; readonly guardian: number; readonly child: number },
) => (act.does === 'activate' ? `activate ${act.person}` : `bind ${family(act.guardian, act.child)}`)
