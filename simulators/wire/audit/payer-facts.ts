/** What the books of banks, wallets and cash drawers say: holds, payments and refunds of the patient's part, and whose money it was. */
import { numberOf, textOf, type Written } from './entry-words.ts'

export interface PayerPayment {
  readonly payer: string
  /** Capture or order; the key its caller gave. */
  readonly key: string
  readonly amountFen: number
  /** Undefined where the payer does not know: a wallet knows its own payers' names only. */
  readonly person: number | undefined
  /** Whether a line of credit, the patient's own account or a wallet was used; undefined where none was, or where the payer does not know. */
  readonly kind: 'credit' | 'account' | 'wallet' | undefined
  /** Undefined for a wallet, which knows merchants and no sites. */
  readonly site: number | undefined
  readonly atMs: number
  readonly refunds: { readonly key: string; readonly amountFen: number }[]
}
export interface Hold {
  readonly payer: string
  readonly key: string
  readonly amountFen: number
  /** Of a visit that is paid once on leaving: it may stand without any payment. */
  readonly isOfVisit: boolean
  isOver: boolean
}
export interface WalletOrder {
  readonly payer: string
  readonly key: string
  isOver: boolean
}

export interface PayerFacts {
  readonly payments: readonly PayerPayment[]
  readonly holds: readonly Hold[]
  readonly orders: readonly WalletOrder[]
  /** Keys that had a second effect, and refunds of what was never paid. */
  readonly odd: readonly string[]
}

/** @param collectors numbers under which is collected for bills; other merchants' orders are their own affair */
export function payerFacts(entries: readonly Written[], collectors: ReadonlySet<string>): PayerFacts {
  const personOf = new Map<string, number>()
  const kindOf = new Map<string, PayerPayment['kind']>()
  const payments = new Map<string, PayerPayment>()
  const holds = new Map<string, Hold>()
  const orders = new Map<string, WalletOrder & { readonly amountFen: number }>()
  const keys = new Set<string>()
  const odd: string[] = []
  for (const { actor, entry, atMs } of entries) {
    const at = (key: string) => `${actor}\n${key}`
    const key = textOf(entry, 'key')
    const amountFen = numberOf(entry, 'amountFen')
    const once = (of: string) => {
      if (keys.has(at(of))) odd.push(of)
      keys.add(at(of))
    }
    const endHold = (hold: string) => {
      const held = holds.get(at(hold))
      if (held !== undefined) held.isOver = true
    }
    /** @param from agreement or hold */
    const pay = (site: number | undefined, from: string | undefined, of: string, paidFen: number, how?: 'wallet') => {
      const [person, kind = how] = from === undefined ? [] : [personOf.get(at(from)), kindOf.get(at(from))]
      payments.set(at(of), { payer: actor, key: of, amountFen: paidFen, person, kind, site, atMs, refunds: [] })
    }
    const giveBack = (of: string, refund: string, backFen: number) => {
      const payment = payments.get(at(of))
      if (payment === undefined) odd.push(refund)
      else payment.refunds.push({ key: refund, amountFen: backFen })
    }
    switch (entry['does']) {
      case 'open-agreement':
      case 'sign':
        personOf.set(at(textOf(entry, 'agreement')), numberOf(entry, 'person'))
        // Only lines of credit are signed for.
        kindOf.set(at(textOf(entry, 'agreement')), entry['kind'] === 'account' ? 'account' : 'credit')
        break
      case 'authorize': {
        once(key)
        holds.set(at(key), { payer: actor, key, amountFen, isOfVisit: entry['visit'] !== undefined, isOver: false })
        // Whose hold it is stands here; the capture names the hold.
        const person = personOf.get(at(textOf(entry, 'agreement')))
        if (person !== undefined) personOf.set(at(key), person)
        kindOf.set(at(key), kindOf.get(at(textOf(entry, 'agreement'))))
        personOf.set(`${at(key)}\nsite`, numberOf(entry, 'site'))
        break
      }
      case 'capture': {
        once(key)
        const hold = textOf(entry, 'hold')
        endHold(hold)
        pay(personOf.get(`${at(hold)}\nsite`), hold, key, amountFen)
        break
      }
      case 'settle-visit':
        once(key)
        for (const hold of (entry['holds'] as readonly string[] | undefined) ?? []) endHold(hold)
        pay(numberOf(entry, 'site'), textOf(entry, 'agreement'), key, amountFen)
        break
      case 'debit':
        once(key)
        pay(numberOf(entry, 'site'), textOf(entry, 'agreement'), key, amountFen)
        break
      case 'release':
      case 'lapse':
        endHold(textOf(entry, 'hold'))
        break
      case 'cash-in':
        pay(numberOf(entry, 'site'), undefined, textOf(entry, 'attempt'), amountFen)
        break
      case 'cash-out':
        // Of nothing where nothing was put in.
        if (amountFen > 0) giveBack(textOf(entry, 'attempt'), `${textOf(entry, 'attempt')} out`, amountFen)
        break
      case 'reverse':
        giveBack(textOf(entry, 'payment'), `${textOf(entry, 'payment')} reversed`, amountFen)
        break
      case 'order': {
        if (!collectors.has(textOf(entry, 'merchant'))) break
        const order = textOf(entry, 'order')
        once(order)
        orders.set(at(order), { payer: actor, key: order, isOver: false, amountFen })
        break
      }
      case 'pay': {
        const order = orders.get(at(textOf(entry, 'order')))
        if (order === undefined) break
        if (payments.has(at(order.key))) odd.push(order.key)
        order.isOver = true
        pay(undefined, undefined, order.key, order.amountFen, 'wallet')
        break
      }
      case 'end': {
        const order = orders.get(at(textOf(entry, 'order')))
        if (order !== undefined) order.isOver = true
        break
      }
      case 'refund': {
        // The hospital's consent to a refund moves no money.
        if (entry['capture'] === undefined && entry['order'] === undefined) break
        const ofOrder = textOf(entry, 'order')
        if (ofOrder !== '' && !collectors.has(textOf(entry, 'merchant'))) break
        const refund = ofOrder === '' ? key : textOf(entry, 'refund')
        once(`refund ${refund}`)
        giveBack(ofOrder === '' ? textOf(entry, 'capture') : ofOrder, refund, amountFen)
        break
      }
      default:
    }
  }
  return { payments: [...payments.values()], holds: [...holds.values()], orders: [...orders.values()], odd }
}

export const backFenOf = ({ refunds }: PayerPayment): number => refunds.reduce((sum, { amountFen }) => sum + amountFen, 0)
export const netFenOf = (payment: PayerPayment): number => payment.amountFen - backFenOf(payment)
