/** What banks, wallets and the credit score say of advances: who owes what, who repaid it and by which order, what is overdue and who heard of it. */
import { listOf, numberOf, partOf, textOf, type Written } from './entry-words.ts'

export interface CreditAgreement {
  readonly bank: string
  readonly agreement: string
  /** Owed when the book opened. */
  openingFen: number
  advancedFen: number
  /** Refunds and reversals of what was advanced. */
  backFen: number
  repaidFen: number
  /** Of what was repaid, on its way back or back with the patient. */
  paidBackFen: number
}
export interface Advance {
  readonly bank: string
  readonly key: string
  readonly agreement: string
  readonly amountFen: number
  backFen: number
  repaidFen: number
  isOverdue: boolean
}
export interface BankRepayment {
  readonly bank: string
  readonly key: string
  readonly agreement: string
  readonly wallet: string
  readonly amountFen: number
}
export interface CreditFacts {
  /** By bank and number. */
  readonly agreements: ReadonlyMap<string, CreditAgreement>
  readonly advances: ReadonlyMap<string, Advance>
  readonly repayments: readonly BankRepayment[]
  /** Paid orders at the wallets whose numbers are those of repayments: wallet, number, amount. */
  readonly paidOrders: readonly { readonly wallet: string; readonly order: string; readonly amountFen: number }[]
  /** Reports the score has, by bank and the advance's key; undefined: no score is kept. */
  readonly overdueReports: ReadonlyMap<string, number> | undefined
}

export const creditKey = (bank: string, key: string): string => `${bank} ${key}`

/** Of every agreement: what is owed less what is owed to the patient. */
export const owedFenOf = ({ openingFen, advancedFen, backFen, repaidFen, paidBackFen }: CreditAgreement): number =>
  openingFen + advancedFen - backFen - repaidFen + paidBackFen

/** Numbers of a bank's repayment orders. */
const ofRepayment = /^HK[0-9a-f]{30}$/

export function creditFacts(entries: readonly Written[]): CreditFacts {
  const agreements = new Map<string, CreditAgreement>()
  const advances = new Map<string, Advance>()
  const holds = new Map<string, string>()
  const repayments: BankRepayment[] = []
  const paybacks = new Map<string, { readonly agreement: string; readonly amountFen: number }>()
  const ordered = new Map<string, number>()
  const paidOrders: CreditFacts['paidOrders'][number][] = []
  let reports: Map<string, number> | undefined
  for (const { actor, entry } of entries) {
    const at = (key: string) => creditKey(actor, key)
    const key = textOf(entry, 'key')
    const amountFen = numberOf(entry, 'amountFen')
    const agreement = textOf(entry, 'agreement')
    const open = (number: string, openingFen: number) => {
      const nothing = { advancedFen: 0, backFen: 0, repaidFen: 0, paidBackFen: 0 }
      agreements.set(at(number), { bank: actor, agreement: number, openingFen, ...nothing })
    }
    /** Own money is paid from an account, of which nothing is owed. */
    const advance = (of: string, number: string | undefined, isNew = true) => {
      const line = number === undefined ? undefined : agreements.get(at(number))
      if (line === undefined || number === undefined) return
      if (isNew) line.advancedFen += amountFen
      advances.set(at(of), { bank: actor, key: of, agreement: number, amountFen, backFen: 0, repaidFen: 0, isOverdue: false })
    }
    const back = (payment: string) => {
      const advanced = advances.get(at(payment))
      const line = advanced === undefined ? undefined : agreements.get(at(advanced.agreement))
      if (advanced === undefined || line === undefined) return
      advanced.backFen += amountFen
      line.backFen += amountFen
    }
    switch (entry['does']) {
      case 'open-agreement':
        if (entry['kind'] !== 'account') open(agreement, numberOf(partOf(entry, 'line'), 'usedFen'))
        break
      case 'sign':
        open(agreement, 0)
        break
      case 'open-debt':
        advance(key, agreement, false)
        break
      case 'authorize':
        holds.set(at(key), agreement)
        break
      case 'capture':
        advance(key, holds.get(at(textOf(entry, 'hold'))))
        break
      case 'settle-visit':
      case 'debit':
        advance(key, agreement)
        break
      case 'reverse':
        back(textOf(entry, 'payment'))
        break
      case 'repay': {
        const line = agreements.get(at(agreement))
        if (line !== undefined) line.repaidFen += amountFen
        repayments.push({ bank: actor, key, agreement, wallet: textOf(entry, 'wallet'), amountFen })
        for (const part of listOf(entry, 'parts')) {
          const advanced = advances.get(at(textOf(part, 'payment')))
          if (advanced !== undefined) advanced.repaidFen += numberOf(part, 'amountFen')
        }
        break
      }
      case 'ask-payback': {
        const line = agreements.get(at(agreement))
        if (line !== undefined) line.paidBackFen += amountFen
        paybacks.set(at(key), { agreement, amountFen })
        break
      }
      case 'fail-payback': {
        const asked = paybacks.get(at(key))
        const line = asked === undefined ? undefined : agreements.get(at(asked.agreement))
        if (asked !== undefined && line !== undefined) line.paidBackFen -= asked.amountFen
        break
      }
      case 'overdue': {
        const advanced = advances.get(at(textOf(entry, 'payment')))
        if (advanced !== undefined) advanced.isOverdue = true
        break
      }
      case 'order':
        if (ofRepayment.test(textOf(entry, 'order'))) ordered.set(at(textOf(entry, 'order')), amountFen)
        break
      case 'pay': {
        const order = textOf(entry, 'order')
        const orderFen = ordered.get(at(order))
        if (orderFen !== undefined) paidOrders.push({ wallet: actor, order, amountFen: orderFen })
        break
      }
      case 'refund':
        // The other parties' refunds name no capture.
        if (entry['capture'] !== undefined) back(textOf(entry, 'capture'))
        break
      case 'open-points':
        reports ??= new Map()
        break
      case 'report':
        // A bank's own note of what it is about to report has it inside.
        if (entry['asker'] === undefined) break
        if (entry['event'] === 'overdue') {
          reports ??= new Map()
          reports.set(creditKey(textOf(entry, 'asker'), key.replace(/^overdue-/, '')), amountFen)
        }
        break
      default:
    }
  }
  return { agreements, advances, repayments, paidOrders, overdueReports: reports }
}
