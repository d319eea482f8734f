import { accountNames } from './accounts.ts'
import { assertBooks } from './fen.ts'
import { advances, width } from './ledger-columns.ts'

/** Proves the books of a closed day: each site's row sums to zero, and advances kept by site equal advances kept by bank. */
export function proveBooks(balancesFen: Float64Array, advancesByBankFen: Float64Array): void {
  for (let row = 0; row < balancesFen.length; row += width) {
    const site = row / width
    let restFen = 0
    for (let at = row; at < row + width; at++) {
      const fen = balancesFen[at]!
      if (!Number.isSafeInteger(fen)) assertBooks(false, `site ${site}: a balance is outside the exact range: ${fen} fen`)
      restFen += fen
    }
    if (restFen !== 0) assertBooks(false, `site ${site}: the book does not sum to zero, ${restFen} fen are left over`)
  }
  const byBankFen = advancesByBankFen.reduce((sum, fen) => sum + fen, 0)
  const bySiteFen = columnFen(balancesFen, advances)
  assertBooks(byBankFen === bySiteFen, `banks advanced ${byBankFen} fen, hospitals received ${bySiteFen}`)
}

/** One account over all sites. */
export function columnFen(balancesFen: Float64Array, column: number): number {
  let fen = 0
  for (let at = column; at < balancesFen.length; at += width) fen += balancesFen[at]!
  assertBooks(Number.isSafeInteger(fen), `account ${accountNames[column]} is outside the exact range: ${fen} fen`)
  return fen
}
