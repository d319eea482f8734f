/** The run beside what it repeats: the virtual city's books, and its own twin without any fault. Whoever compared hands in what differs. */
import type { Comparison } from './audit-input.ts'
import { type Checked, notApplicable, type Rule } from './rule.ts'

/** Without a fault, a bill that was settled in its turn and in its way is split as the virtual city split it. */
export const closingBooksAsVirtual: Rule = {
  name: 'closing-books-as-virtual',
  about: 'money',
  check: ({ input: { compared } }) => checkedOf(compared?.virtual),
}

/** After the credit term every person whose bills went as in the virtual city owes what they owe there. */
export const afterTermAsVirtual: Rule = {
  name: 'after-term-as-virtual',
  about: 'money',
  check: ({ input: { compared } }) => checkedOf(compared?.term),
}

/** Whoever comes after the last fault is healed, and was not disturbed, ends as without it. */
export const afterHealAsTwin: Rule = {
  name: 'after-heal-as-twin',
  about: 'money',
  check: ({ input: { compared } }) => checkedOf(compared?.twin),
}

const checkedOf = (comparison: Comparison | undefined): Checked =>
  comparison === undefined ? notApplicable : { standing: 'checked', ...comparison }
