/**
 * Each counterparty's servers and the service times the plan drew, as its line takes them. The target's own work is what is measured, so
 * the platform has no plan. Banks and wallets are told keys that nobody knows beforehand: their operations take their mean.
 */
import type { CityPlan } from '../../../scenarios/plan.ts'
import { walletNames } from '../../../scenarios/plan-wallets.ts'
import { errands } from '../../platform/errands.ts'
import type { Trace, TraceRow } from '../../trace/trace.ts'
import { fileDesk } from '../bureau/bureau-operations.ts'
import { operationAtWallet } from '../dialects/wallet-operations.ts'
import type { ServicePlan } from '../server/service-line.ts'

type Time = ServicePlan['times'][number]

/**
 * @param copies of the city that were superposed; each brings its own servers
 * @param slower actors whose every service takes so many times as long
 */
export function servicePlans(
  { parties }: Pick<CityPlan, 'parties'>,
  trace: Trace,
  copies: number,
  slower: ReadonlyMap<string, number> = new Map(),
): ReadonlyMap<string, ServicePlan> {
  const { rules, rows } = trace
  const times = new Map<string, Time[]>()
  const means = new Map<string, { actor: string; operation: string; ms: number; count: number }>()
  const add = (actor: string, time: Time) => {
    const kept = times.get(actor)
    if (kept === undefined) times.set(actor, [time])
    else kept.push(time)
  }
  for (const row of rows) {
    // A directory asks under a sign-in of its own, which the virtual city counts with the terminals'.
    if (row.errand === 'directory-download') add('bureau', { operation: 'bureau/sign-in', businessKey: terminalOf(row), serviceMs: 0 })
    // Opening the app is all that an entry does for a payment by phone in the virtual city; on the wire its session is looked up once more.
    if (row.bill !== null && row.services.some(({ operation }) => operation === 'entry/open')) {
      for (const [entry, channel] of rules.channels.entries())
        if (((row.heldEntries >> entry) & 1) !== 0)
          add(`channel-${channel}`, { operation: 'entry/session', businessKey: row.bill, serviceMs: 0 })
    }
    for (const { leg, operation: planned, ms } of row.services) {
      const isActivation = row.errand === 'credit-assessment' && planned === 'bureau/credential'
      // Outside a site the credential is the centre's affair.
      const operation = isActivation ? 'identity/activate' : ((row.wallet && operationAtWallet(row.wallet, planned)) ?? planned)
      const actor = isActivation ? 'identity' : actorOf(trace, row, leg, planned)
      if (actor === undefined) continue
      const businessKey = leg === 'bank' || isActivation ? undefined : keyOf(row, operation)
      if (businessKey !== undefined) add(actor, { operation, businessKey, serviceMs: ms })
      const name = `${actor}\n${operation}`
      const mean = means.get(name) ?? { actor, operation, ms: 0, count: 0 }
      mean.ms += ms
      mean.count += 1
      means.set(name, mean)
    }
  }
  for (const { actor, operation, ms, count } of means.values()) add(actor, { operation, businessKey: '*', serviceMs: ms / count })
  const plans = new Map<string, ServicePlan>()
  const plan = (actor: string, servers: number) => plans.set(actor, { servers: servers * copies, times: times.get(actor) ?? [] })
  plans.set('bureau', {
    servers: parties.bureau.servers * copies,
    ...(trace.goLive === undefined ? {} : { stations: { [fileDesk.name]: trace.goLive.fileDeskTransfers * copies } }),
    times: times.get('bureau') ?? [],
  })
  plans.set('identity', { times: times.get('identity') ?? [] })
  for (const { name, servers } of parties.banks) plan(name, servers)
  for (const name of rules.channels) {
    const channel = parties.channels.find((one) => one.name === name)
    if (channel !== undefined) plan(`channel-${name}`, channel.servers)
  }
  // Wallets serve the whole country, and a line of the city's own making is none there.
  for (const wallet of walletNames) if (times.has(wallet)) plans.set(wallet, { times: times.get(wallet) ?? [] })
  // Every site has computers of its own, which the virtual city lets nobody wait for.
  plans.set('his', { times: times.get('his') ?? [] })
  for (const [actor, factor] of slower) {
    const own = plans.get(actor)
    if (own !== undefined) plans.set(actor, { ...own, times: own.times.map((time) => ({ ...time, serviceMs: time.serviceMs * factor })) })
  }
  return plans
}

const creditOperations = new Set(
  errands.flatMap(({ messages }) => messages.filter(({ credit }) => credit !== undefined).map(({ operation }) => operation)),
)

function actorOf({ rules }: Trace, row: TraceRow, leg: string, operation: string): string | undefined {
  switch (leg) {
    case 'entry':
      return row.entry < 0 ? undefined : `channel-${rules.channels[row.entry]}`
    case 'bank':
      if (row.wallet !== undefined && operationAtWallet(row.wallet, operation) !== undefined) return row.wallet
      return rules.banks[
        (row.mode === 'credit' || row.holds !== undefined) && creditOperations.has(operation) ? row.creditBank : row.ownBank
      ]
    case 'files':
      return 'bureau'
    case 'bureau':
    case 'his':
      return leg
    default:
      return undefined
  }
}

/** What the dialects find the errand by. */
function keyOf(row: TraceRow, operation: string): string | undefined {
  if (operation === 'bureau/sign-in') return terminalOf(row)
  return operation === 'entry/open' || operation === 'bureau/credential' ? String(row.person) : (row.bill ?? undefined)
}

/** As load/adapters/site.ts calls it. */
const terminalOf = ({ row }: TraceRow): string => `ZD${row}`
