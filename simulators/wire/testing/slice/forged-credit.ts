/** Advances in the days after the visit, which a slice itself does not play: what phones are said to have been told, beside its books. */
import type { SeenTerm } from '../../audit/audit-input.ts'
import { bank } from '../small-wire.ts'
import { added, type Forgeries, type Forgery, firstOf, together } from './forging.ts'

const seenTerm =
  (term: Partial<SeenTerm>): Forgery =>
  (input) => ({ ...input, term: { repayments: [], statements: [], ...term } })
const statement = (agreement: string) => ({ bank, agreement, usedFen: 0, overpaidFen: 0 })
const repaid = { bank, key: 'HK1', amountFen: 1, outcome: 'repaid' }
const repay = (wallet: string) => added(bank, { does: 'repay', key: 'HK1', agreement: 'XY1', wallet, amountFen: 1, parts: [] })
const order = `HK${'0'.repeat(30)}`

export const forgedCredit: Forgeries<'advances-add-up' | 'repaid-as-paid' | 'overdue-is-noted' | 'after-term-as-virtual'> = {
  'advances-add-up': {
    'no statement of a line that was drawn on': seenTerm({}),
    'a statement of a line that no bank has': seenTerm({ statements: [{ ...statement('XY-none'), usedFen: 1 }] }),
  },
  'repaid-as-paid': {
    'told to the patient and not booked': seenTerm({ repayments: [repaid] }),
    'booked and asked for by nobody': together(seenTerm({}), repay('unionpay')),
    'booked and paid at no wallet': together(seenTerm({ repayments: [repaid] }), repay('wechat')),
    'paid at a wallet and not booked': together(
      seenTerm({}),
      added('wechat', { does: 'order', order, merchant: '19', amountFen: 1 }, { does: 'pay', order }),
    ),
  },
  'overdue-is-noted': {
    'owed and not overdue': (input) =>
      seenTerm({ statements: [statement(String(firstOf(input, bank, 'open-agreement')['agreement']))] })(input),
  },
  'after-term-as-virtual': {
    'somebody owes otherwise': (input) => ({
      ...input,
      compared: { term: { looked: 1, findings: [{ id: 'XY1', expected: '110 + 0', found: '0 + 110' }] } },
    }),
  },
}
