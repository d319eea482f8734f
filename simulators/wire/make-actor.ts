/**
 * Makes an actor of a city by its name, with the books and the ledger it works on. Listening is serve.ts's. An actor is loaded by the
 * process that starts it: dialects and schemas of all of them take longer to load than one takes to begin.
 */
import { join } from 'node:path'
import { walletNames } from '../../scenarios/plan-wallets.ts'
import { policyOfToday } from './bureau/policy-of-today.ts'
import { failureOf, opened } from './open-book.ts'
import { patienceIn } from './sagas/message-patience.ts'
import type { ServeOptions } from './serve.ts'
import type { Actor, ActorSurroundings } from './server/actor.ts'
import { nonceKeptMs } from './signing/hmac.ts'
import type { Ledger } from './stores/ledger.ts'
import { openPostgresLedger } from './stores/postgres-ledger.ts'
import { postgresNonces } from './stores/shared-nonces.ts'
import { openSqliteLedger } from './stores/sqlite-ledger.ts'
import { localWakeUps, postgresWakeUps } from './stores/wake-ups.ts'

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
    const { bankActor } = await import('./banks/bank-actor.ts')
    return bankActor(surroundings, { name, title: bank.title, terms })
  }
  const channel = parties.channels.find((one) => name === `channel-${one.name}`)
  if (channel !== undefined) {
    const { title, servers } = channel
    const { channelActor } = await import('./channels/channel-actor.ts')
    return channelActor(surroundings, name, { title, servers, health: parties.health })
  }
  switch (name) {
    case 'bureau': {
      const { bureauActor } = await import('./bureau/bureau-actor.ts')
      return bureauActor(surroundings, policyOfToday(options.policy, options.policyOn, surroundings.clock))
    }
    case 'identity': {
      const { identityActor } = await import('./identity/identity-actor.ts')
      return identityActor(surroundings)
    }
    case 'credit-score': {
      const { scoreActor } = await import('./identity/score-actor.ts')
      return scoreActor(
        surroundings,
        parties.banks.map((one) => one.name),
      )
    }
    case 'his': {
      const { hisActor } = await import('./his/his-actor.ts')
      return hisActor(surroundings, parties.hospitals, {
        ledger: await embeddedLedger('his-ledger', name, options, surroundings, begun),
        banks: parties.banks.map((one) => one.name),
        patience: patienceIn(parties),
        ...(options.platform?.nationalSites === undefined ? {} : { nationalSites: options.platform.nationalSites }),
      })
    }
    case 'alipay': {
      const { walletActor } = await import('./wallets/wallet-actor.ts')
      const { alipayWallet } = await import('./wallets/alipay-wallet.ts')
      return walletActor(surroundings, alipayWallet)
    }
    case 'wechat': {
      const { walletActor } = await import('./wallets/wallet-actor.ts')
      const { wechatWallet } = await import('./wallets/wechat-wallet.ts')
      const { addWechatRoutes } = await import('./wallets/wechat-routes.ts')
      return walletActor(surroundings, { ...wechatWallet, addRoutes: addWechatRoutes })
    }
    case 'platform': {
      const { platformActor } = await import('./platform/platform-actor.ts')
      const { banks } = parties
      const shared = await sharedParts(options, begun)
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
async function sharedParts({ ledgerUrl: url, interruption }: ServeOptions, begun: { close(): Promise<void> }[]) {
  if (url === undefined) return undefined
  const ledger = await openPostgresLedger(url, interruption)
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
