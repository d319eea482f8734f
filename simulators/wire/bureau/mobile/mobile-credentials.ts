/**
 * What the mobile chain is shown and gives out. An authorization (payAuthNo) lives in memory for ten minutes of the protocol clock, belongs
 * to the first order it is shown for and ends with that order's payment; a restart ends all of them. An order's token and its reversal
 * right follow from its number, so nothing of them lies on the disk.
 */
import { createHmac, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto'

/** Practice is five to ten minutes (WS). */
export const authorizationSeconds = 600

interface Authorization {
  readonly person: number
  readonly untilMs: number
  readonly order?: string
}

export class MobileCredentials {
  readonly #key: KeyObject
  /** Protocol clock. */
  readonly #nowMs: () => number
  readonly #authorizations = new Map<string, Authorization>()

  constructor(key: KeyObject, nowMs: () => number) {
    this.#key = key
    this.#nowMs = nowMs
  }

  authorize(person: number): string {
    const nowMs = this.#nowMs()
    // The oldest stand first.
    for (const [word, { untilMs }] of this.#authorizations) {
      if (untilMs > nowMs) break
      this.#authorizations.delete(word)
    }
    const authorization = `AUTH${randomBytes(16).toString('hex').toUpperCase()}`
    this.#authorizations.set(authorization, { person, untilMs: nowMs + authorizationSeconds * 1000 })
    return authorization
  }

  /** Who authorized, for this order; undefined: nobody, or no longer. */
  authorized(authorization: string, order: string | undefined): { readonly person: number } | 'authorization-of-another-order' | undefined {
    const known = this.#authorizations.get(authorization)
    if (known === undefined || known.untilMs <= this.#nowMs()) return undefined
    return known.order === undefined || known.order === order ? known : 'authorization-of-another-order'
  }

  bind(authorization: string, order: string): void {
    const known = this.#authorizations.get(authorization)
    if (known !== undefined) this.#authorizations.set(authorization, { ...known, order })
  }

  spend(authorization: string): void {
    this.#authorizations.delete(authorization)
  }

  tokenOf(order: string): string {
    return this.#word(`pay ${order}`)
  }
  reversalTokenOf(order: string): string {
    return this.#word(`take back ${order}`)
  }
  isToken(order: string, token: string): boolean {
    return isSame(this.tokenOf(order), token)
  }
  isReversalToken(order: string, token: string): boolean {
    return isSame(this.reversalTokenOf(order), token)
  }

  #word(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('hex').slice(0, 40)
  }
}

const isSame = (one: string, other: string): boolean =>
  one.length === Buffer.byteLength(other) && timingSafeEqual(Buffer.from(one), Buffer.from(other))
