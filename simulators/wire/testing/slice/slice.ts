/**
 * A small slice of a day for tests of the auditor: patients of several kinds with odd amounts, at three sites, who pay in several ways; some
 * ask twice under one key, some want their money back, some have two bills and pay both at once, one has too small a line of credit.
 * Everything follows from the seed.
 */
import type { InsuredType, Tier } from '../../../../scenarios/plan.ts'
import { type Fen, fenOf } from '../../../money/fen.ts'
import type { PlannedRow } from '../../audit/audit-input.ts'
import { platformMerchant } from '../../desks/merchant-desk.ts'
import type { PlatformMode } from '../../desks/payment-desk.ts'
import { identityOf } from '../../people/identity.ts'
import { bank, channel } from '../small-wire.ts'

export interface SliceRow extends PlannedRow {
  readonly bill: string
  readonly mode: Extract<PlatformMode, 'credit' | 'phone' | 'scan'>
  readonly token: string
  readonly qr: string
  readonly asksAgain: boolean
  readonly wantsRefund: boolean
  /** Rows of one moment are sent together. */
  readonly moment: number
}
export interface Slice {
  readonly seed: number
  readonly rows: readonly SliceRow[]
  /** By actor. */
  readonly openings: Readonly<Record<string, object>>
}

const sites: readonly (readonly [number, Tier])[] = [
  [7, 'municipal-tertiary'],
  [8, 'secondary'],
  [9, 'community'],
]
const insured: readonly InsuredType[] = ['employee', 'retired', 'resident', 'employee', 'out-of-town']
const modes: readonly SliceRow['mode'][] = ['credit', 'phone', 'credit', 'scan', 'credit', 'phone']
const ageGroup = 'elderly'

export function sliceOf(seed: number, count: number): Slice {
  const next = dice(seed)
  const rows: SliceRow[] = []
  const people: { person: number; insuredType: InsuredType; year: Record<string, Fen>; agreement: string; limitFen: number }[] = []
  const bills: { site: number; bill: string; person: number; totalFen: Fen; coveredFen: Fen }[] = []
  for (let moment = 0; rows.length < count; moment += 1) {
    const person = 1000 + moment
    const [site] = sites[next(sites.length)] ?? [7]
    const { qr, agreement } = identityOf({ seed, year: 2020 }, person, ageGroup)
    const isShort = moment % 11 === 6
    // In the order they are needed most: the first payments of a slice have no peculiarity but an odd amount.
    const mode = modes[moment % modes.length] ?? 'credit'
    const isPair = moment % 7 === 5
    people.push({
      person,
      insuredType: insured[next(insured.length)] ?? 'employee',
      year: {
        currentAccountLeftFen: fenOf(next(3) === 0 ? next(20_000) : 0),
        historyAccountLeftFen: fenOf(next(2) === 0 ? next(5000) : 0),
        deductiblePaidFen: fenOf(next(200_000)),
        fundPaidFen: fenOf(next(400_000)),
      },
      agreement,
      limitFen: isShort ? 100 : 500_000,
    })
    for (let nth = 0; nth < (isPair ? 2 : 1) && rows.length < count; nth += 1) {
      const totalFen = fenOf(20_000 + next(60_000))
      const bill = `MX${seed}-${person}-${nth}`
      bills.push({ site, bill, person, totalFen, coveredFen: fenOf(totalFen - next(9000)) })
      rows.push({
        row: rows.length,
        errand: mode === 'scan' ? 'scan-payment' : `${mode}-payment`,
        site,
        person,
        bill,
        key: `K${seed}-${person}-${nth}`,
        totalFen,
        mode: isShort || isPair ? 'credit' : mode,
        token: tokenOf(person),
        qr,
        asksAgain: moment % 3 === 1,
        wantsRefund: moment % 4 === 3,
        moment,
      })
    }
  }
  return { seed, rows, openings: openingsOf(seed, people, bills) }
}

const tokenOf = (person: number): string => `a-session-of-person-${person}`
export const payerOf = (person: number): string => `o-payer-${person}`

function openingsOf(
  seed: number,
  people: readonly { person: number; insuredType: InsuredType; year: object; agreement: string; limitFen: number }[],
  bills: readonly { site: number; bill: string; person: number; totalFen: Fen; coveredFen: Fen }[],
): Slice['openings'] {
  const line = { number: 1, prescription: 'RX1', code: 'Y00001', name: '示例药品', count: 1 }
  return {
    bureau: {
      seed,
      year: 2020,
      sites: sites.map(([site, tier]) => ({ site, tier })),
      persons: people.map(({ person, insuredType, year }) => ({ person, insuredType, ageGroup, yearSoFar: year })),
    },
    his: {
      bills: bills.map((bill) => ({
        ...bill,
        visit: `JZ${bill.bill}`,
        lines: [{ ...line, priceFen: bill.totalFen, totalFen: bill.totalFen, coveredFen: bill.coveredFen }],
      })),
    },
    [bank]: {
      agreements: people.flatMap(({ person, agreement, limitFen }) => [
        { agreement, person, limitFen, usedFen: 0 },
        { agreement: `ZH${person}`, person, kind: 'account', limitFen: 900_000, usedFen: 0 },
      ]),
    },
    wechat: {
      merchants: [{ ...platformMerchant, checksBy: 'certificate' }],
      payers: people.map(({ person }) => payerOf(person)),
      settings: { passwordAboveFen: 9_000_000, refundTakesMs: 0 },
    },
    platform: {
      agreements: people.flatMap(({ person, agreement }) => [
        { person, mode: 'credit', bank, agreement },
        { person, mode: 'phone', bank, agreement: `ZH${person}` },
      ]),
    },
    [channel]: { sessions: people.map(({ person }) => ({ token: tokenOf(person), person, children: [] })) },
  }
}

/** A small generator for tests; the city's dice are elsewhere. @returns a whole number below `most` */
function dice(seed: number): (most: number) => number {
  let state = (seed ^ 0x9e3779b9) | 0
  return (most) => {
    state = (state + 0x6d2b79f5) | 0
    let word = Math.imul(state ^ (state >>> 15), state | 1)
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61)
    return ((word ^ (word >>> 14)) >>> 0) % most
  }
}
