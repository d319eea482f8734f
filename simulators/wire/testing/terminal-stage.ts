/** A HIS with 2,037 sites, each with a terminal of every kind that signs for its own site. */
import { afterAll, beforeAll, expect } from 'vitest'
import type { Plan } from '../../../scenarios/plan.ts'
import { fenOf } from '../../money/fen.ts'
import type { BillSplit } from '../../policy/split-bill.ts'
import { signedSender } from '../client/signed-sender.ts'
import { httpTransport, type Transport } from '../client/transport.ts'
import type { BillLine } from '../desks/bureau-desk.ts'
import type { HisDesk } from '../desks/his-desk.ts'
import type { Port } from '../desks/port.ts'
import { type TerminalDesk, type TerminalKind, terminalKinds } from '../desks/terminal-desk.ts'
import type { TillDesk } from '../desks/till-desk.ts'
import { hospitalOperations } from '../dialects/hospital.ts'
import { plainPort } from '../dialects/plain.ts'
import { terminalOperations } from '../dialects/terminals.ts'
import { tillOperations } from '../dialects/tills.ts'
import type { Served } from '../serve.ts'
import { callerOfSite } from '../server/callers.ts'
import { control, keys, serveSmallWire } from './small-wire.ts'

export const sites = 2037
export let served: Served
let transport: Transport
let numbers = 0
/** A number nobody used before. */
export const fresh = (prefix: string) => {
  numbers += 1
  return `${prefix}${numbers}`
}
/** Before the tests of a file, and after them. @param plan of the scenario small-town */
export function onTerminalStage(plan: Plan): void {
  beforeAll(async () => {
    served = await serveSmallWire(plan, { only: ['his'] })
    transport = httpTransport({ origin: served.originOf('his'), timeoutMs: 5000, connections: 4 })
    const terminals = terminalKinds.map((kind) => ({ terminal: `${kind}-1`, kind }))
    await control(served, 'his', 'POST', '/control/opening', {
      bills: [],
      sites: Array.from({ length: sites }, (_, site) => ({ site, terminals })),
    })
  })
  afterAll(async () => {
    await transport.close()
    await served.stop()
  })
}

const senderOf = (caller: string) => signedSender({ transport, caller, key: keys.between(caller, 'his'), nowMs: Date.now })
export const at = (site: number, caller = callerOfSite(site)): Port<TerminalDesk> =>
  plainPort<TerminalDesk>(terminalOperations, senderOf(caller))
export const till = (site: number): Port<TillDesk> => plainPort<TillDesk>(tillOperations, senderOf(callerOfSite(site)))
export const platform = (): Port<HisDesk> => plainPort<HisDesk>(hospitalOperations, senderOf('platform'))
export async function signedIn(site: number, kind: TerminalKind) {
  const terminal = `${kind}-1`
  const said = await at(site).signIn({ site, terminal, operator: `operator of ${kind}`.replaceAll(' ', '-') })
  if (said.outcome !== 'signed-in') throw new Error(JSON.stringify(said))
  return { site, terminal, signIn: said.signIn }
}
export const line = (uncoveredFen: number, coveredFen = 0, number = 1): BillLine => ({
  number,
  prescription: 'RX1',
  code: 'F00001',
  name: '示例项目',
  priceFen: fenOf(uncoveredFen + coveredFen),
  count: 1,
  totalFen: fenOf(uncoveredFen + coveredFen),
  coveredFen: fenOf(coveredFen),
})
/** A split of these parts in fen; what is not named is nothing. */
export const splitOf = (parts: Partial<Record<keyof BillSplit, number>>): BillSplit => ({
  fundFen: fenOf(parts.fundFen ?? 0),
  currentAccountFen: fenOf(parts.currentAccountFen ?? 0),
  historyAccountFen: fenOf(parts.historyAccountFen ?? 0),
  cashFen: fenOf(parts.cashFen ?? 0),
  uncoveredFen: fenOf(parts.uncoveredFen ?? 0),
  deductibleFen: fenOf(parts.deductibleFen ?? 0),
})
/** A visit with these orders, one line each, made in the consulting room of the site. */
export async function visitWith(site: number, ...uncovered: number[]) {
  const room = await signedIn(site, 'consult')
  const visit = fresh('V')
  await at(site).register({ ...room, visit, person: 42, kind: 'outpatient' })
  const orders: string[] = []
  for (const uncoveredFen of uncovered) {
    const order = fresh('O')
    orders.push(order)
    expect(await at(site).order({ ...room, visit, order, lines: [line(uncoveredFen, 100)] })).toMatchObject({
      outcome: 'ordered',
      uncoveredFen,
    })
  }
  return { room, visit, orders }
}
