/** The insurer's review of bills, and what it pays hospitals in the month. */
import { asEntry, type Entry } from '../../audit/entry-words.ts'
import { added, type Forgeries, type Forgery, first, firstOf, together } from './forging.ts'

const insurerFen = ({ split }: Entry): number =>
  ['fundFen', 'currentAccountFen', 'historyAccountFen'].reduce((sum, part) => sum + Number(asEntry(split)[part]), 0)
/** A hospital applies for the settlement that was taken back first: of the slice's, one of which the insurer paid a part. */
const applied =
  (change: (settled: Entry) => object): Forgery =>
  (input) => {
    const { original } = firstOf(input, 'bureau', 'reverse')
    const settled = input.books
      .flatMap(({ entries }) => entries.map(({ entry }) => asEntry(entry)))
      .find((entry) => entry['does'] === 'settle' && entry['settlement'] === original)
    if (settled === undefined || insurerFen(settled) === 0)
      throw new Error('the slice takes back no settlement of which the insurer paid a part')
    const usual = { application: 'QS1', settlements: [original], appliedFen: insurerFen(settled), questioned: [], isWithdrawn: false }
    return added('bureau', { does: 'message', effects: [{ does: 'put-application', application: { ...usual, ...change(settled) } }] })(
      input,
    )
  }
const monthCleared: Forgery = (input) => ({ ...input, monthCleared: true })
const plannedToOffend: Forgery = (input) => {
  const { site, bill } = firstOf(input, 'bureau', 'upload')
  return { ...input, wrongdoing: [{ site: Number(site), bill: String(asEntry(bill)['bill']), kind: 'repeated-item' }] }
}

export const forgedReview: Forgeries<'wrongdoing-is-found' | 'review-adds-up'> = {
  'wrongdoing-is-found': {
    'where none was planned': first('bureau', 'upload', (entry) => ({ ...entry, rules: ['repeated-item'] })),
    'not, where it was planned': plannedToOffend,
    'and money is held back, where none was planned': applied(({ settlement }) => ({
      questioned: [{ settlement, rules: ['repeated-item'], amountFen: 1 }],
    })),
    'in nothing, since nobody applied for the month': monthCleared,
  },
  'review-adds-up': {
    'applied for more than is owed': applied((settled) => ({ appliedFen: insurerFen(settled) + 1 })),
    'owed, and the month brought nothing': together(
      applied(() => ({})),
      monthCleared,
    ),
  },
}
