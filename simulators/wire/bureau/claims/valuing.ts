/** 费用明细 → the four parts of its money, by the bureau's own directory. The parts make the total; 先行自付 loses the fraction of a fen. */

import { assertBooks, basisPointsOf, fenOf, shareFen } from '../../../money/fen.ts'
import type { FeeLine, FeeRequest } from '../../desks/claim-desk.ts'
import { itemOf } from '../../desks/directory-item.ts'

/** Ten-thousandths of a thing times millionths of a yuan: 10^8 of these are a fen. */
const perFen = 100_000_000n

export function valued({ line, code, batch, totalFen, countE4, priceE6 }: FeeRequest): FeeLine {
  const item = itemOf(code)
  const parts = (ownPayFen: number, overLimitFen: number, preSelfPayFen: number): FeeLine => {
    const inScopeFen = totalFen - ownPayFen - overLimitFen - preSelfPayFen
    assertBooks(inScopeFen >= 0, `the parts of line ${line} are more than the line`)
    return {
      line,
      code,
      batch,
      totalFen,
      ownPayFen: fenOf(ownPayFen),
      overLimitFen: fenOf(overLimitFen),
      preSelfPayFen: fenOf(preSelfPayFen),
      inScopeFen: fenOf(inScopeFen),
      count: digitsOf(countE4, 4),
      price: digitsOf(priceE6, 6),
    }
  }
  if (item === undefined || item.level === '03') return parts(totalFen, 0, 0)
  const overE6 = item.limitFen === undefined ? 0n : priceE6 - BigInt(item.limitFen) * 10_000n
  const overLimitFen = overE6 <= 0n ? 0 : Math.min(totalFen, Number((overE6 * countE4) / perFen))
  return parts(0, overLimitFen, shareFen(fenOf(totalFen - overLimitFen), basisPointsOf(item.selfPayBasisPoints)))
}

/** 15000n with four decimals → "1.5". */
function digitsOf(smallest: bigint, decimals: number): string {
  const digits = String(smallest).padStart(decimals + 1, '0')
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`.replace(/\.?0+$/, '')
}

/** Number times price is the total, whichever way the last fen was rounded. */
export function multiplies({ totalFen, countE4, priceE6 }: FeeRequest): boolean {
  const product = countE4 * priceE6
  const total = BigInt(totalFen) * perFen
  const difference = product > total ? product - total : total - product
  return difference < perFen
}
