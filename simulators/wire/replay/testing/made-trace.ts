/** A trace for tests, without the virtual city: so many visits of every way to pay, each with one bill, split by the policy. */
import type { Plan } from '../../../../scenarios/plan.ts'
import type { WalletName } from '../../../../scenarios/plan-wallets.ts'
import { fenOf, noMoney } from '../../../money/fen.ts'
import { benefitOf, splitBill } from '../../../policy/split-bill.ts'
import type { Trace, TraceRow } from '../../../trace/trace.ts'

const ways = [
  { errand: 'phone-payment', mode: 'phone' },
  { errand: 'credit-payment', mode: 'credit' },
  { errand: 'window-payment', mode: 'window' },
  { errand: 'kiosk-payment', mode: 'kiosk' },
] as const
const person = { insuredType: 'employee', ageGroup: 'young-adult' } as const
const tier = 'municipal-tertiary'
const year = {
  currentAccountLeftFen: fenOf(0),
  historyAccountLeftFen: fenOf(3000),
  deductiblePaidFen: fenOf(146_000),
  fundPaidFen: noMoney,
}
const sites = [7, 8, 9]

/**
 * @param perSecond arrivals, evenly spaced; each visit pays one bill, every fifth a second one a moment after the first
 * @param wallet every other visit to a kiosk shows its code; absent: all pay there by bank card
 */
export function madeTrace({ city, policy, scenario }: Plan, visits: number, perSecond: number, wallet?: WalletName): Trace {
  const rows: TraceRow[] = []
  const bills: Trace['opening']['bills'][number][] = []
  const benefit = benefitOf(policy, person, tier)
  for (let visit = 0; visit < visits; visit++) {
    const planned = ways[visit % ways.length] as (typeof ways)[number]
    const isByCode = wallet !== undefined && planned.mode === 'kiosk' && visit % (2 * ways.length) >= ways.length
    const way = isByCode ? { errand: 'kiosk-payment-by-code', mode: planned.mode, wallet } : planned
    let yearSoFar = year
    for (let turn = 0; turn < (visit % 5 === 4 ? 2 : 1); turn++) {
      const startMs = Math.round((visit * 1000) / perSecond) + turn * 400
      const bill = { totalFen: fenOf(12_000 + visit), coveredFen: fenOf(10_000 + visit) }
      const { split, yearAfter } = splitBill(bill, benefit, yearSoFar)
      yearSoFar = yearAfter
      const { cashFen, ...parts } = split
      const isCredit = way.mode === 'credit'
      const row = rows.length
      bills.push({ site: sites[visit % 3] as number, bill: `MX${row}`, visit, person: visit, ...bill, point: 2, raisedMs: -1 })
      rows.push({
        row,
        visit,
        person: visit,
        site: sites[visit % 3] as number,
        ...way,
        startMs,
        after: turn === 0 ? null : row - 1,
        gapMs: 100,
        insteadOf: null,
        deadlineMs: 60_000,
        entry: way.mode === 'phone' || isCredit ? 0 : -1,
        heldEntries: 3,
        entryPausesMs: [500],
        takesWindow: true,
        takesKiosk: false,
        hasOwnMoney: false,
        creditBank: 0,
        ownBank: 0,
        bureauDown: [],
        bill: `MX${row}`,
        key: `K${row}`,
        totalFen: bill.totalFen,
        expected: {
          fundFen: parts.fundFen,
          currentAccountFen: parts.currentAccountFen,
          historyAccountFen: parts.historyAccountFen,
          creditFen: isCredit ? cashFen : noMoney,
          cashFen: isCredit ? noMoney : cashFen,
        },
        isOverLimit: false,
        raisesLimit: false,
        services: [],
        virtual: { outcome: 'settled', failedAt: null, endMs: startMs + 300, doneMs: startMs + 600 },
      })
    }
  }
  const { retry, channels, banks, hospitals } = city.parties
  const seconds = Math.ceil((rows.at(-1)?.startMs ?? 0) / 1000) + 1
  return {
    format: 'medpay-trace',
    version: 3,
    planHash: '00',
    arm: 'made',
    window: { fromSecond: 32_400, seconds },
    scale: { asked: 1, replications: [0], isSubSampled: false },
    rules: {
      channels: channels.map(({ name }) => name),
      backupOrder: channels.map((_, order) => order),
      mutualBackup: true,
      banks: banks.map(({ name }) => name),
      attempts: retry.attempts,
      backoffMs: 200,
      backoffFactor: 2,
      jitterShare: 0,
      inDoubtAtMostMs: hospitals.inDoubtMinutes * 60_000,
      timeoutMs: { entry: 8000, platform: 15_000, bureau: 30_000, bank: 10_000, his: 10_000, files: 0 },
    },
    visits: Array.from({ length: visits }, (_, visit) => ({
      visit,
      person: visit,
      site: sites[visit % 3] as number,
      replication: 0,
      visitOfDay: visit,
      cityPerson: visit,
    })),
    rows: rows.toSorted((a, b) => a.startMs - b.startMs).map((row, place, all) => renumbered(row, place, all)),
    opening: {
      date: scenario.date,
      seed: scenario.seed,
      mostLines: city.bills.mostLines,
      sites: sites.map((site) => ({ site, tier, kind: 'hospital' })),
      persons: Array.from({ length: visits }, (_, number) => ({ person: number, ...person, ...year, heldEntries: 3, guardian: null })),
      agreements: Array.from({ length: visits }, (_, number) => [
        { person: number, kind: 'credit', bank: 0, limitFen: 100_000, usedFen: 0, raisedFen: null } as const,
        { person: number, kind: 'account', bank: 0, limitFen: 100_000, usedFen: 0, raisedFen: null } as const,
      ]).flat(),
      bills,
      signIns: sites.map((site) => ({ site })),
      applicants: [],
    },
  }
}

const renumbered = (row: TraceRow, place: number, all: readonly TraceRow[]): TraceRow => ({
  ...row,
  row: place,
  after: row.after === null ? null : all.findIndex((one) => one.row === row.after),
})
