/** What an entry keeps: accounts of its users and who is signed in, both as digests. A child is paid for by the person it is registered with. */
import { createHash } from 'node:crypto'
import type { BookRules } from '../stores/kept-book.ts'

export interface Account {
  readonly person: number
  /** Whose bills this person may pay beside their own (亲属随申码). */
  readonly children: readonly number[]
}
export interface Session extends Account {
  /** Protocol clock; absent: for the length of the run. */
  readonly untilMs?: number
}
export type ChannelEntry =
  | ({ readonly does: 'open-account'; readonly secretSha256: string } & Account)
  | ({ readonly does: 'sign-in'; readonly tokenSha256: string } & Session)
  | { readonly does: 'sign-out'; readonly tokenSha256: string }
  /** The platform told of a payment. */
  | { readonly does: 'notice'; readonly notice: string; readonly payment: string; readonly person: number; readonly state: string }

export interface ChannelState {
  readonly accounts: Map<number, Account & { readonly secretSha256: string }>
  readonly sessions: Map<string, Session>
  readonly notices: Set<string>
}

export const channelRules: BookRules<ChannelState, ChannelEntry> = {
  empty: () => ({ accounts: new Map(), sessions: new Map(), notices: new Set() }),
  apply({ accounts, sessions, notices }, entry) {
    switch (entry.does) {
      case 'open-account': {
        const { does: _, ...account } = entry
        accounts.set(entry.person, account)
        return
      }
      case 'sign-in': {
        const { does: _, tokenSha256, ...session } = entry
        sessions.set(tokenSha256, session)
        return
      }
      case 'sign-out':
        sessions.delete(entry.tokenSha256)
        return
      case 'notice':
        notices.add(entry.notice)
        return
      default:
        entry satisfies never
    }
  },
}

export const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')
/** The person signed in, or a child registered with them. */
export const isOf = (session: Session, who: number): boolean => who === session.person || session.children.includes(who)
