/** A short trace of the same kinds of errand with persons, sites and bills of its own, played before the first row and then forgotten. */
import { walletNames } from '../../../scenarios/plan-wallets.ts'
import type { Trace, TraceRow } from '../../trace/trace.ts'

/** Persons and sites of the warm-up stand beside the city's. */
const apart = 10_000_000
const apartSites = 50_000
/** Rows of a warm-up follow each other so close. */
const everyMs = 25

/** The first visits of the trace that pay and wait for nothing, as other people at other sites. */
export function warmUpTrace(trace: Trace, visits: number): Trace {
  const alone = trace.rows.filter(({ bill, after, insteadOf }) => bill !== null && after === null && insteadOf === null)
  // Whoever is first asked of a wallet makes its keys, which takes longer than a payment.
  const ofWallets = walletNames.flatMap((name) => alone.find(({ mode, wallet }) => mode === 'kiosk' && wallet === name) ?? [])
  const chosen = [...new Set([...ofWallets, ...alone])].slice(0, visits)
  const rows = chosen.map(
    (row, place): TraceRow => ({
      ...row,
      row: place,
      visit: place,
      person: row.person + apart,
      site: row.site + apartSites,
      startMs: place * everyMs,
      bill: `WARM${row.bill}`,
      key: `WARM${row.key}`,
    }),
  )
  const persons = new Set(rows.map(({ person }) => person))
  const visitOf = new Map(rows.map(({ bill, visit }) => [bill, visit]))
  const { opening, term: _, ...played } = trace
  const isIn = ({ person }: { readonly person: number }) => persons.has(person)
  const moved = <Of extends { readonly person: number }>(one: Of): Of => ({ ...one, person: one.person + apart })
  const wanted = new Set(rows.map(({ site }) => site))
  return {
    ...played,
    window: { ...trace.window, seconds: Math.ceil((rows.length * everyMs) / 1000) + 1 },
    visits: rows.map(({ visit, person, site }) => ({ visit, person, site, replication: 0, visitOfDay: 0, cityPerson: -1 })),
    rows,
    opening: {
      ...opening,
      sites: opening.sites.map((one) => ({ ...one, site: one.site + apartSites })).filter(({ site }) => wanted.has(site)),
      persons: opening.persons.map((one) => ({ ...moved(one), guardian: null })).filter(isIn),
      agreements: opening.agreements.map(moved).filter(isIn),
      bills: opening.bills
        // As a bill of the hospital's own, so that leaving finds it.
        .map(({ mergedFrom: _, ...one }) => ({ ...moved(one), site: one.site + apartSites, bill: `WARM${one.bill}`, raisedMs: -1 }))
        .flatMap((one) => {
          const visit = visitOf.get(one.bill)
          return visit === undefined ? [] : [{ ...one, visit }]
        }),
      signIns: [],
      applicants: [],
    },
  }
}
