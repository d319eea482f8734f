/** What must be true of the run before anything may be concluded from it: where one of these is broken the run is void. */
import { billKey } from './hospital-facts.ts'
import { each, found, notApplicable, type Rule } from './rule.ts'

export const booksWithoutGap: Rule = {
  name: 'book-numbers-without-gap',
  about: 'validity',
  check: ({ input: { books }, journals }) => {
    const gaps = each(books, ({ actor, entries, written }) => {
      const gap = entries.findIndex(({ number }, index) => number !== index + 1)
      if (gap >= 0) return found(actor, gap + 1, entries[gap]?.number ?? '–')
      // Whoever keeps a book says how much is in it: nothing else tells that its end is missing.
      if (written === undefined) return entries.length === 0 ? undefined : found(actor, '≥ 1', '–')
      return written > entries.length ? found(actor, written, entries.length) : undefined
    })
    const last = new Map<string, number>()
    const jumps = each(
      journals.flatMap((ledger) => ledger.events),
      ({ payment, number }) => {
        const expected = (last.get(payment) ?? 0) + 1
        last.set(payment, number)
        return number === expected ? undefined : found(payment, expected, number)
      },
    )
    if (gaps.standing !== 'checked' || jumps.standing !== 'checked') return gaps
    return { standing: 'checked', looked: gaps.looked + jumps.looked, findings: [...gaps.findings, ...jumps.findings] }
  },
}

/** Whoever must have taken part has a book with more in it than its opening. */
export const booksAreNotEmpty: Rule = {
  name: 'books-are-not-empty',
  about: 'validity',
  check: ({ input: { books, mustHaveMoved } }) =>
    each(mustHaveMoved, (name) => {
      const book = books.find(({ actor }) => actor === name)
      const moved =
        book?.entries.filter(({ entry }) => !/^open-(?!attempt)|^settings$/.test(String((entry as { does?: unknown } | null)?.does)))
          .length ?? 0
      return moved + (book?.ledger?.payments.length ?? 0) > 0 ? undefined : found(name, '> 0', 0)
    }),
}

/** planned = sent + not sent, row by row, and the hospital's bill is the plan's. */
export const plannedEqualsAccounted: Rule = {
  name: 'planned-equals-accounted',
  about: 'validity',
  check({ input: { planned, seen }, bills }) {
    const times = new Map<number, number>()
    for (const { row } of seen) times.set(row, (times.get(row) ?? 0) + 1)
    const plannedRows = new Set(planned.map(({ row }) => row))
    const accounted = each(planned, ({ row, bill, site, totalFen }) => {
      const count = times.get(row) ?? 0
      if (count !== 1) return found(`row ${row}`, 1, count)
      const opened = bill === null ? undefined : bills.get(billKey(site, bill))?.bill
      if (bill !== null && opened === undefined) return found(bill, totalFen, '–')
      return opened !== undefined && opened.totalFen !== totalFen ? found(opened.bill, totalFen, opened.totalFen) : undefined
    })
    if (accounted.standing !== 'checked') return accounted
    const unplanned = [...times.keys()].filter((row) => !plannedRows.has(row)).map((row) => found(`row ${row}`, 0, 1))
    // A row that says it was sent has at least one answer, silence being one.
    const wordless = seen
      .filter(({ notSent, answers }) => notSent === undefined && answers.length === 0)
      .map(({ row }) => found(`row ${row}`, '> 0', 0))
    return { ...accounted, findings: [...accounted.findings, ...unplanned, ...wordless] }
  },
}

export const thereAreSamples: Rule = {
  name: 'there-are-samples',
  about: 'validity',
  check: ({ input: { seen } }) => {
    const sent = seen.filter(({ notSent }) => notSent === undefined).length
    return { standing: 'checked', looked: seen.length, findings: sent > 0 ? [] : [found('rows', '> 0', 0)] }
  },
}

export const faultsTookEffect: Rule = {
  name: 'faults-took-effect',
  about: 'validity',
  check: ({ input: { faults } }) =>
    faults.length === 0
      ? notApplicable
      : each(faults, ({ name, callsTouched, leastCallsTouched }) =>
          callsTouched < leastCallsTouched ? found(name, `≥ ${leastCallsTouched}`, callsTouched) : undefined,
        ),
}
