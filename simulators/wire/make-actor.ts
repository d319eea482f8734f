/** Makes an actor of a city by its name, with the books and the ledger it works on. Listening is serve.ts's. */
import { join } from 'node:path'
import { walletNames } from '../../scenarios/plan-wallets.ts'
import { bankActor } from './banks/bank-actor.ts'
import { bureauActor } from './bureau/bureau-actor.ts'
import { policyOfToday } from './bureau/policy-of-today.ts'
import { channelActor } from './channels/channel-actor.ts'
import { hisActor } from './his/his-actor.ts'
import { identityActor } from './identity/identity-actor.ts'
import { scoreActor } from './identity/score-actor.ts'
import { failureOf, opened } from './open-book.ts'
import { platformActor } from './platform/platform-actor.ts'
import { patienceIn } from './sagas/message-patience.ts'
import type { ServeOptions } from './serve.ts'
import type { Actor, ActorSurroundings } from './server/actor.ts'
import { nonceKeptMs } from './signing/hmac.ts'
import type { Ledger } from './stores/ledger.ts'
import { openPostgresLedger } from './stores/postgres-ledger.ts'
import { postgresNonces } from './stores/shared-nonces.ts'
import { openSqliteLedger } from './stores/sqlite-ledger.ts'
import { localWakeUps, postgresWakeUps } from './stores/wake-ups.ts'
import { alipayWallet } from './wallets/alipay-wallet.ts'
import { walletActor } from './wallets/wallet-actor.ts'
import { addWechatRoutes } from './wallets/wechat-routes.ts'
import { wechatWallet } from './wallets/wechat-wallet.ts'

/** @param begun what is to be closed again where the actor does not come up */
export async function makeActor(
  name: string,
  options: ServeOptions,
  surroundings: ActorSurroundings,
  begun: { close(): Promise<void> }[],
): Promise<Actor> {
  const { parties, people } = options.city
  const bank = parties.banks.find((one) => name === one.name)
  if (bank !== undefined) {
    const { repaymentDays } = people.credit
    const cutOff = { minuteOfDay: bank.cutOffMinute }
    const policy = policyOfToday(options.policy, options.policyOn, surroundings.clock)
    const terms = {
      repaymentDays,
      cutOff,
      get creditBands() {
        return policy.creditBands
      },
    }
    return bankActor(surroundings, { name, title: bank.title, terms })
  }
  const channel = parties.channels.find((one) => name === `channel-${one.name}`)
  if (channel !== undefined) {
    const { title, servers } = channel
    return channelActor(surroundings, name, { title, servers, health: parties.health })
  }
  switch (name) {
    case 'bureau':
      return bureauActor(surroundings, policyOfToday(options.policy, options.policyOn, surroundings.clock))
    case 'identity':
      return identityActor(surroundings)
    case 'credit-score':
      return scoreActor(
        surroundings,
        parties.banks.map((one) => one.name),
      )
    case 'his':
      return hisActor(surroundings, parties.hospitals, {
        ledger: await embeddedLedger('his-ledger', name, options, surroundings, begun),
        banks: parties.banks.map((one) => one.name),
        patience: patienceIn(parties),
        ...(options.platform?.nationalSites === undefined ? {} : { nationalSites: options.platform.nationalSites }),
      })
    case 'alipay':
      return walletActor(surroundings, alipayWallet)
    case 'wechat':
      return walletActor(surroundings, { ...wechatWallet, addRoutes: addWechatRoutes })
    case 'platform': {
      const { banks } = parties
      const shared = await sharedParts(options.ledgerUrl, begun)
      const parts = shared ?? { ledger: await embeddedLedger('platform', name, options, surroundings, begun), wakeUps: localWakeUps() }
      const isShared = shared !== undefined
      return platformActor(surroundings, {
        banks,
        hospitals: parties.hospitals,
        wallets: walletNames,
        patience: patienceIn(parties),
        ...options.platform,
        ...parts,
        isShared,
      })
    }
    default:
      throw new Error(`no actor is called ${name}`)
  }
}

/** What several platform processes have in common: one PostgreSQL. Undefined without an address: one process, an embedded ledger. */
async function sharedParts(url: string | undefined, begun: { close(): Promise<void> }[]) {
  if (url === undefined) return undefined
  const ledger = await openPostgresLedger(url)
  begun.push(ledger)
  const wakeUps = await postgresWakeUps(url)
  begun.push(wakeUps)
  const nonces = postgresNonces(url, nonceKeptMs)
  begun.push(nonces)
  return { ledger, wakeUps, nonces }
}

/** An embedded ledger beside the books. */
async function embeddedLedger(
  book: string,
  actor: string,
  options: ServeOptions,
  surroundings: ActorSurroundings,
  begun: { close(): Promise<void> }[],
): Promise<Ledger> {
  const { booksFolder } = options
  const path = booksFolder === undefined ? ':memory:' : join(booksFolder, `${book}.sqlite`)
  const ledger = await opened(path, (at) => openSqliteLedger(at, failureOf(book, actor, options, surroundings)))
  begun.push(ledger)
  return ledger
}
