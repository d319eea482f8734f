/** One process of the wire benchmark; bench/wire.ts starts it, asks for its CPU time and ends it. */
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { loadPlan } from '../../scenarios/load-plan.ts'
import { httpTransport } from '../../simulators/wire/client/transport.ts'
import { type ServeOptions, serve } from '../../simulators/wire/serve.ts'
import type { ActorApp } from '../../simulators/wire/server/actor-app.ts'
import { keyRing } from '../../simulators/wire/signing/key-ring.ts'
import { openSqliteLedger } from '../../simulators/wire/stores/sqlite-ledger.ts'
import { answerParent } from './answer-parent.ts'
import { hopAnswer } from './hop-words.ts'
import { type Hop, hopBy, type parties, partyApp, smallPlatform } from './small-saga.ts'

export type Role =
  /** The unit of every ratio: raw-server.ts. */
  | { readonly role: 'raw' }
  | { readonly role: 'party' }
  /** @param party where the counterparties listen; absent: they are called in this process */
  | { readonly role: 'small-platform'; readonly folder: string; readonly party?: string }
  /** Counterparties of the full payment. */
  | { readonly role: 'city'; readonly folder: string; readonly secret: string; readonly only: readonly string[] }
  | { readonly role: 'platform'; readonly folder: string; readonly secret: string; readonly elsewhere: Readonly<Record<string, string>> }

const asked = JSON.parse(process.argv[2] ?? '{}') as Role
answerParent(await begin(asked))

async function begin(role: Role): Promise<Readonly<Record<string, string>>> {
  switch (role.role) {
    case 'raw':
      throw new Error('the bare server is raw-server.ts')
    case 'party':
      return { party: await listen(await partyApp()) }
    case 'small-platform': {
      const ledger = await openSqliteLedger(join(role.folder, 'small.sqlite'))
      const direct: Hop = async (payment) => hopAnswer(payment)
      const transport = role.party === undefined ? undefined : httpTransport({ origin: role.party, timeoutMs: 20_000 })
      const hop = (party: (typeof parties)[number]) => (transport === undefined ? direct : hopBy(transport, party))
      return { platform: await listen(await smallPlatform(ledger, { bureau: hop('bureau'), bank: hop('bank'), his: hop('his') })) }
    }
    case 'city':
      return served({ booksFolder: role.folder, keys: keyRing(role.secret), only: role.only })
    case 'platform':
      return served({ booksFolder: role.folder, keys: keyRing(role.secret), only: ['platform'], elsewhere: role.elsewhere })
    default:
      return role satisfies never
  }
}

async function served(options: Pick<ServeOptions, 'booksFolder' | 'keys' | 'only' | 'elsewhere'>) {
  const loaded = loadPlan('small-town')
  if ('problems' in loaded) throw new Error('small-town does not load')
  const { city, policy } = loaded.plan
  const { actors } = await serve({ city, policy, date: '2020-10-12', version: 'bench', host: '127.0.0.1', firstPort: 0, ...options })
  return Object.fromEntries(actors.map(({ actor, origin }) => [actor.name, origin]))
}

async function listen(app: ActorApp): Promise<string> {
  await app.listen({ host: '127.0.0.1', port: 0 })
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
}
