/** Lines of an honest bill as a hospital charges them that offends against a rule: the first covered line is changed, and no sum moves by a fen. */

import type { Wrongdoing } from '../../../scenarios/plan-bills.ts'
import { assertBooks, type Fen, fenOf } from '../../money/fen.ts'
import type { BillLine } from '../desks/bureau-desk.ts'
import { firstForChildren, itemOf } from '../desks/directory-item.ts'

export function offendingLines(lines: readonly BillLine[], wrongdoing: Wrongdoing): readonly BillLine[] {
  const at = lines.findIndex(({ coveredFen }) => coveredFen > 1)
  const honest = lines[at]
  assertBooks(honest !== undefined, 'a bill that offends has a covered line')
  return lines.toSpliced(at, 1, ...offending[wrongdoing](honest)).map((line, index) => ({ ...line, number: index + 1 }))
}

const offending: Readonly<Record<Wrongdoing, (line: BillLine) => readonly BillLine[]>> = {
  /** Charged twice at half of what the line came to; an odd fen stands on the first. */
  'repeated-item': (line) => {
    const half = fenOf(Math.floor(line.totalFen / 2))
    return [withAmount(line, fenOf(line.totalFen - half)), withAmount(line, half)]
  },
  /** 丙类: of ten codes the last. */
  'outside-directory': (line) => [withCode(line, `${line.code.slice(0, -1)}9`)],
  'outside-age': (line) => {
    const [list, serial] = [line.code.slice(0, 4), Number(line.code.slice(4))]
    return [withCode(line, `${list}${firstForChildren + (serial % (1_000_000 - firstForChildren))}`)]
  },
}

/** Wholly in scope, as the honest line is. */
const withAmount = (line: BillLine, fen: Fen): BillLine => ({ ...line, priceFen: fen, totalFen: fen, coveredFen: fen })
const withCode = (line: BillLine, code: string): BillLine => ({ ...line, code, name: itemOf(code)?.name ?? code })
