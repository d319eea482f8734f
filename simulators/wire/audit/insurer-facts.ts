/** What the insurer's book says: who stood where when it opened, what it settled, what it took back. */
import type { AgeGroup, InsuredType, Tier } from '../../../scenarios/plan.ts'
import type { SplitParts } from './audit-input.ts'
import { type Entry, listOf, numberOf, partOf, textOf, type Written, wordsOf } from './entry-words.ts'

export interface Settlement {
  readonly settlement: string
  readonly site: number
  readonly person: number
  readonly bills: readonly { readonly bill: string; readonly totalFen: number; readonly coveredFen: number }[]
  readonly split: SplitParts
  readonly message: string
  readonly atMs: number
  readonly isStay: boolean
  readonly yearFrom: string
  /** Standing: not taken back, or reinstated since. */
  stands: boolean
}
export interface InsuredPerson {
  readonly insuredType: InsuredType
  readonly ageGroup: AgeGroup
  readonly yearFrom: string
  readonly year: YearAmounts
}
export interface YearAmounts {
  readonly currentAccountLeftFen: number
  readonly historyAccountLeftFen: number
  readonly deductiblePaidFen: number
  readonly fundPaidFen: number
}
/** In the order of the book. */
export type InsurerDeed = { readonly does: 'settle' | 'reverse'; readonly settlement: Settlement }

export interface Upload {
  readonly site: number
  readonly bill: string
  readonly lines: number
  readonly totalFen: number
  readonly coveredFen: number
  /** What the insurer wrote down of its lines when they came, by its own names. */
  readonly offences: readonly string[]
}

/** 清算申请 as the book left it: the last word of each. */
export interface ClearingApplication {
  readonly application: string
  readonly settlements: readonly string[]
  readonly appliedFen: number
  readonly questioned: readonly { readonly settlement: string; readonly rules: readonly string[]; readonly amountFen: number }[]
  /** Settlements of the appeal that are paid after all. */
  readonly upheld: readonly string[]
  readonly isWithdrawn: boolean
  readonly payouts: { readonly kind: string; readonly amountFen: number }[]
}

export interface InsurerFacts {
  readonly settlements: ReadonlyMap<string, Settlement>
  readonly persons: ReadonlyMap<number, InsuredPerson>
  readonly tierOf: ReadonlyMap<number, Tier>
  readonly deeds: readonly InsurerDeed[]
  /** Lines uploaded before a settlement: the last word of each bill, by site and bill. 五期 alone names them so. */
  readonly uploads: readonly Upload[]
  readonly applications: ReadonlyMap<string, ClearingApplication>
  /** Bills, or settlements taken back, whose message had more than one effect. */
  readonly repeated: readonly string[]
}

export function insurerFacts(entries: readonly Written[]): InsurerFacts {
  const settlements = new Map<string, Settlement>()
  const persons = new Map<number, InsuredPerson>()
  const tierOf = new Map<number, Tier>()
  const deeds: InsurerDeed[] = []
  const uploads = new Map<string, Upload>()
  const applications = new Map<string, ClearingApplication>()
  const messages = new Set<string>()
  const repeated: string[] = []

  function once(entry: Entry): void {
    const message = `${textOf(entry, 'does')} ${textOf(entry, 'message')}`
    if (textOf(entry, 'message') === '') return
    const [first] = listOf(entry, 'bills')
    if (messages.has(message)) repeated.push((first === undefined ? textOf(entry, 'original') : textOf(first, 'bill')) || message)
    messages.add(message)
  }
  function note(entry: Entry, atMs: number): void {
    switch (entry['does']) {
      case 'open-site':
        tierOf.set(numberOf(entry, 'site'), textOf(entry, 'tier') as Tier)
        return
      case 'open-person':
        persons.set(numberOf(entry, 'person'), {
          insuredType: textOf(entry, 'insuredType') as InsuredType,
          ageGroup: textOf(entry, 'ageGroup') as AgeGroup,
          yearFrom: textOf(entry, 'yearFrom'),
          year: yearOf(partOf(entry, 'yearSoFar')),
        })
        return
      case 'upload': {
        const bill = partOf(entry, 'bill')
        const { site, number } = { site: numberOf(entry, 'site'), number: textOf(bill, 'bill') }
        const amounts = { totalFen: numberOf(bill, 'totalFen'), coveredFen: numberOf(bill, 'coveredFen') }
        const offences = [...wordsOf(entry['rules']), ...(entry['forChildren'] === true ? ['outside-age'] : [])]
        uploads.set(`${site}\n${number}`, { site, bill: number, lines: numberOf(entry, 'lines'), ...amounts, offences })
        return
      }
      case 'put-application': {
        const application = partOf(entry, 'application')
        const number = textOf(application, 'application')
        applications.set(number, applicationOf(application, applications.get(number)?.payouts ?? []))
        return
      }
      case 'pay-out': {
        const payout = partOf(entry, 'payout')
        const paid = { kind: textOf(payout, 'kind'), amountFen: numberOf(payout, 'amountFen') }
        applications.get(textOf(payout, 'application'))?.payouts.push(paid)
        return
      }
      case 'settle': {
        once(entry)
        const settlement: Settlement = {
          settlement: textOf(entry, 'settlement'),
          site: numberOf(entry, 'site'),
          person: numberOf(entry, 'person'),
          bills: listOf(entry, 'bills').map((bill) => ({
            bill: textOf(bill, 'bill'),
            totalFen: numberOf(bill, 'totalFen'),
            coveredFen: numberOf(bill, 'coveredFen'),
          })),
          split: splitOf(partOf(entry, 'split')),
          message: textOf(entry, 'message'),
          atMs,
          isStay: entry['isStay'] === true,
          yearFrom: textOf(entry, 'yearFrom'),
          stands: true,
        }
        settlements.set(settlement.settlement, settlement)
        deeds.push({ does: 'settle', settlement })
        return
      }
      case 'reverse': {
        once(entry)
        const settlement = settlements.get(textOf(entry, 'original'))
        if (settlement === undefined) return
        settlement.stands = false
        deeds.push({ does: 'reverse', settlement })
        return
      }
      case 'reinstate': {
        const settlement = settlements.get(textOf(entry, 'settlement'))
        if (settlement === undefined) return
        settlement.stands = true
        deeds.push({ does: 'settle', settlement })
        return
      }
      default:
        // A message or an act of the national interface holds its effects inside.
        for (const effect of listOf(entry, 'effects')) note(effect, atMs)
    }
  }
  for (const { entry, atMs } of entries) note(entry, atMs)
  return { settlements, persons, tierOf, deeds, uploads: [...uploads.values()], applications, repeated }
}

function applicationOf(application: Entry, payouts: ClearingApplication['payouts']): ClearingApplication {
  return {
    application: textOf(application, 'application'),
    settlements: wordsOf(application['settlements']),
    appliedFen: numberOf(application, 'appliedFen'),
    questioned: listOf(application, 'questioned').map((one) => ({
      settlement: textOf(one, 'settlement'),
      rules: wordsOf(one['rules']),
      amountFen: numberOf(one, 'amountFen'),
    })),
    upheld: wordsOf(partOf(application, 'appeal')['upheld']),
    isWithdrawn: application['isWithdrawn'] === true,
    payouts,
  }
}

export const splitOf = (split: Entry): SplitParts => ({
  fundFen: numberOf(split, 'fundFen'),
  currentAccountFen: numberOf(split, 'currentAccountFen'),
  historyAccountFen: numberOf(split, 'historyAccountFen'),
  cashFen: numberOf(split, 'cashFen'),
})
const yearOf = (year: Entry): YearAmounts => ({
  currentAccountLeftFen: numberOf(year, 'currentAccountLeftFen'),
  historyAccountLeftFen: numberOf(year, 'historyAccountLeftFen'),
  deductiblePaidFen: numberOf(year, 'deductiblePaidFen'),
  fundPaidFen: numberOf(year, 'fundPaidFen'),
})

/** What the insurer pays of a split. */
export const insurerFenOf = (split: SplitParts): number => split.fundFen + split.currentAccountFen + split.historyAccountFen
