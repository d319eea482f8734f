/** A wire city with as many patients as a test wants, each with one bill of 120 yuan, a line of credit and an account. */
import { type Fen, fenOf } from '../../money/fen.ts'
import { identityOf } from '../people/identity.ts'
import { bank, seed, site } from './small-wire.ts'

export interface ManyBills {
  readonly bureau: object
  readonly his: object
  readonly bank: object
  readonly platform: object
  readonly persons: readonly { readonly person: number; readonly bill: string; readonly qr: string }[]
}

const fen = (amount: number): Fen => fenOf(amount)

/** The patient's own account at the same bank; what stands in it is its limit. */
const ownAccount = (person: number): string => `ZH${person}`

/** @param codeOf the item of the one line of a bill */
export function manyBills(count: number, codeOf: (index: number) => string = () => 'Y00001'): ManyBills {
  const persons = Array.from({ length: count }, (_, index) => {
    const person = 1000 + index
    const { qr, agreement } = identityOf({ seed, year: 2020 }, person, 'young-adult')
    return { person, bill: `MX${person}`, qr, agreement }
  })
  const line = { number: 1, prescription: 'RX1', name: '示例药品', priceFen: fen(12_000), count: 1 }
  return {
    persons,
    bureau: {
      seed,
      year: 2020,
      sites: [{ site, tier: 'municipal-tertiary' }],
      persons: persons.map(({ person }) => ({
        person,
        insuredType: 'employee',
        ageGroup: 'young-adult',
        yearSoFar: { currentAccountLeftFen: 0, historyAccountLeftFen: 3000, deductiblePaidFen: 146_000, fundPaidFen: 0 },
      })),
    },
    his: {
      bills: persons.map(({ person, bill }, index) => ({
        site,
        bill,
        visit: `JZ${person}`,
        person,
        totalFen: 12_000,
        coveredFen: 10_000,
        lines: [{ ...line, code: codeOf(index), totalFen: fen(12_000), coveredFen: fen(10_000) }],
      })),
    },
    bank: {
      agreements: persons.flatMap(({ person, agreement }) => [
        { agreement, person, limitFen: 100_000, usedFen: 0 },
        { agreement: ownAccount(person), person, limitFen: 50_000, usedFen: 0 },
      ]),
    },
    platform: {
      agreements: persons.flatMap(({ person, agreement }) => [
        { person, mode: 'credit', bank, agreement },
        { person, mode: 'phone', bank, agreement: ownAccount(person) },
      ]),
    },
  }
}
