/** What a payment asks of the ledger, by itself. */

import type { Advance, Ledger, LedgerPayment } from '../../simulators/wire/stores/ledger.ts'
import { openSqliteLedger } from '../../simulators/wire/stores/sqlite-ledger.ts'
import { type Busy, callTimes, cpuMicrosSince, keepBusy } from './child.ts'

/** A payment opens with its lease, its memory and the event of it. */
export async function openPayment(ledger: Ledger, number: string): Promise<LedgerPayment> {
  const asked = { number, channel: 'bench', idempotencyKey: number, askedSha256: number, person: 1, site: 1, bill: `MX${number}` }
  const lease = { owner: 'bench', untilMs: Date.now() + 60_000 }
  const opened = await ledger.open({ ...asked, mode: 'credit' }, memory, lease, Date.now())
  if (opened.outcome !== 'opened') throw new Error(opened.outcome)
  return opened.payment
}

/** @param steps writes between the first and the last, which posts the money in four postings; 0: the benchmark's small payment has none */
export async function advanceToPaid(ledger: Ledger, { number, fence }: LedgerPayment, steps: number): Promise<void> {
  const advance = async (eventNumber: number, change: Pick<Advance, 'state' | 'isOpen' | 'event' | 'postings'>) => {
    const leaseUntilMs = Date.now() + 60_000
    const said = await ledger.advance({ number, fence, leaseUntilMs, atMs: Date.now(), memory, eventNumber, ...change })
    if (said !== 'advanced') throw new Error(said)
  }
  for (let step = 0; step < steps; step++)
    await advance(2 + step, { state: 'under-way', isOpen: true, event: 'bureau/presettle', postings: [] })
  await advance(2 + steps, { state: 'paid', isOpen: false, event: 'platform/post', postings: fourPostings })
}

export interface LedgerCost {
  /** µs of CPU a payment, every thread of the process counted. */
  readonly micros: number
  readonly commandsPerCommit: number
  readonly commands: number
}

/** So many payments in flight for some seconds. The CPU is this process's, where nothing else happens. */
export function payAtLedger(ledger: Ledger, label: string, inFlight: number, seconds: number): Promise<LedgerCost> {
  return costOf(ledger, label, 0, (pay) => keepBusy(inFlight, seconds, pay))
}

/** @param label numbers of its payments begin so; each work at a ledger has its own */
async function costOf(
  ledger: Ledger,
  label: string,
  steps: number,
  work: (pay: (number: number) => Promise<void>) => Promise<Busy>,
): Promise<LedgerCost> {
  const { batches, commands } = { ...ledger.written }
  const before = process.cpuUsage()
  const done = await work(async (number) => advanceToPaid(ledger, await openPayment(ledger, `${label}-${number}`), steps))
  const written = ledger.written.commands - commands
  return {
    micros: cpuMicrosSince(before) / done.calls,
    commandsPerCommit: written / (ledger.written.batches - batches),
    commands: written / done.calls,
  }
}

/** A command and a commit apart: the same payments in large groups and one at a time, whose difference is the commits. */
export async function ledgerPrice(path: string, steps: number): Promise<{ readonly command: number; readonly commit: number }> {
  const ledger = await openSqliteLedger(path)
  await costOf(ledger, 'warm', steps, (pay) => callTimes(64, 1500, pay))
  const many = await costOf(ledger, 'many', steps, (pay) => callTimes(64, 2000, pay))
  const one = await costOf(ledger, 'one', steps, (pay) => callTimes(1, 60, pay))
  await ledger.close()
  const [ofMany, ofOne] = [many.micros / many.commands, one.micros / one.commands]
  const commit = Math.max(0, (ofOne - ofMany) / (1 / one.commandsPerCommit - 1 / many.commandsPerCommit))
  return { commit, command: ofMany - commit / many.commandsPerCommit }
}

const memory = JSON.stringify({
  ...{
    at: 4,
    direction: 'forward',
    sent: true,
    sentAtMs: 1_602_460_800_000,
    bank: 'bank-a',
    agreement: 'XY0000000001',
    visit: 'JZ0000000001',
  },
  ...{ totalFen: 12_000, coveredFen: 10_000, trial: '31002020101200000001', settlement: '3100202010120000000001', segment: 'outpatient' },
  split: { fundFen: 3000, currentAccountFen: 0, historyAccountFen: 3000, cashFen: 6000, uncoveredFen: 2000, deductibleFen: 4000 },
})
const fourPostings = [
  { account: 'advances', amountFen: 6000 },
  { account: 'history-accounts', amountFen: 3000 },
  { account: 'fund', amountFen: 3000 },
  { account: 'due-to-site', amountFen: -12_000 },
] as const
