/**
 * 银行卡号 that no bank can have issued: the first digit is 0, which ISO/IEC 7812-1 keeps for its own technical committee and for
 * later use, so no issuer has a number that begins with it. Length (19) and check digit are those of a debit card.
 */
import { createHash } from 'node:crypto'
import { luhnDigit } from './luhn.ts'

/** One card a bank and person. */
export function bankCardNumber(bank: string, person: number): string {
  const issuer = createHash('sha256').update(bank).digest().readUInt32BE(0) % 100_000
  const body = `0${String(issuer).padStart(5, '0')}${String(person).padStart(12, '0')}`
  return body + luhnDigit(body)
}
