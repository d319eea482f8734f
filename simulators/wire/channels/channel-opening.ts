import { Type } from 'typebox'
import { person, strict } from '../dialects/plain-fields.ts'
import { type ChannelEntry, digestOf } from './channel-book.ts'

/** What an entry knows before the first request. */
export interface ChannelOpening {
  /** Who is signed in, by the token their phone holds, and which children's bills they may pay (亲属随申码). */
  readonly sessions: readonly { readonly token: string; readonly person: number; readonly children: readonly number[] }[]
  /** Who may sign in, with the secret of their account here. */
  readonly accounts?: readonly { readonly person: number; readonly secret: string; readonly children: readonly number[] }[]
}

const secret = () => Type.String({ minLength: 16, maxLength: 200 })
export const channelOpeningSchema = Type.Object(
  {
    sessions: Type.Array(Type.Object({ token: secret(), person: person(), children: Type.Array(person()) }, strict)),
    accounts: Type.Optional(Type.Array(Type.Object({ person: person(), secret: secret(), children: Type.Array(person()) }, strict))),
  },
  strict,
)

export const openingEntries = ({ sessions, accounts = [] }: ChannelOpening): ChannelEntry[] => [
  ...sessions.map(({ token, ...session }) => ({ does: 'sign-in', tokenSha256: digestOf(token), ...session }) as const),
  ...accounts.map(({ secret: word, ...account }) => ({ does: 'open-account', secretSha256: digestOf(word), ...account }) as const),
]
