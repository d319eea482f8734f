/** The credit term as it was played, beside the virtual city's same people; person by person for the auditor, in sums for the result. */
import type { Words } from '../../../scenarios/plan.ts'
import { repaymentWallets } from '../../../scenarios/plan-credit.ts'
import type { WireCreditTerm } from '../../measures/result-credit-term.ts'
import type { WireAudit } from '../../measures/result-wire.ts'
import { type CreditAfterTerm, creditAfterTerm } from '../../trace/credit-after-term.ts'
import type { Trace } from '../../trace/trace.ts'
import type { Comparison } from '../audit/audit-input.ts'
import { creditKey, owedFenOf } from '../audit/credit-facts.ts'
import { type Facts, kindsOf } from '../audit/facts.ts'
import { netFenOf } from '../audit/payer-facts.ts'
import { found } from '../audit/rule.ts'
import { comparedRows } from './closing-books.ts'
import type { Conducted } from './conduct.ts'
import type { SeenStatement, TermPlayed } from './play-term.ts'

type Looked = Pick<Facts, 'bills' | 'credit' | 'payers'>
type Played = Pick<Conducted, 'log'> & { readonly term: TermPlayed }

export interface ComparedPerson {
  readonly virtual: CreditAfterTerm
  readonly statement: SeenStatement | undefined
  readonly repaidFen: number
  /** Undefined: repaid and owed as in the virtual city, to the fen. */
  readonly why: 'other-way' | 'no-statement' | 'differs' | undefined
}

/** Everybody who owes something in either world. */
export function comparedPersons(
  trace: Pick<Trace, 'rows' | 'opening' | 'term'>,
  { log, term }: Played,
  facts: Pick<Facts, 'bills'>,
): readonly ComparedPerson[] {
  const otherWay = new Set(
    comparedRows(trace.rows, log.rows, kindsOf(facts)).flatMap(({ row, why }) => (why === undefined ? [] : [row.person])),
  )
  const seenOf = new Map(log.rows.map((row) => [row.row, row]))
  for (const { row, person, refunds } of trace.rows)
    if (refunds !== undefined && seenOf.get(row)?.answers.at(-1)?.outcome !== 'done') otherWay.add(person)
  const statements = new Map(term.statements.map((one) => [one.person, one]))
  const repaid = new Map<number, number>()
  for (const { person, outcome, amountFen } of term.repayments)
    if (outcome === 'repaid') repaid.set(person, (repaid.get(person) ?? 0) + amountFen)
  return [...creditAfterTerm(trace).values()].flatMap((virtual): readonly ComparedPerson[] => {
    const { person } = virtual
    const statement = statements.get(person)
    const repaidFen = repaid.get(person) ?? 0
    const owes = virtual.openingFen + virtual.advancedFen + repaidFen + (statement?.usedFen ?? 0) > 0
    if (!owes) return []
    const isEqual = statement !== undefined && owedIn(statement) === virtual.owedFen && repaidFen === virtual.repaidFen
    const why = isEqual ? undefined : otherWay.has(person) ? 'other-way' : statement === undefined ? 'no-statement' : 'differs'
    return [{ virtual, statement, repaidFen, why }]
  })
}

const owedIn = ({ usedFen, overpaidFen }: SeenStatement): number => usedFen - overpaidFen

/** For the auditor: whose bills went as in the virtual city, and who ends otherwise all the same. */
export function termComparison(persons: readonly ComparedPerson[]): Comparison {
  return {
    looked: persons.length,
    findings: persons.flatMap(({ virtual, statement, repaidFen, why }) =>
      why === 'differs' || why === 'no-statement'
        ? [
            found(
              statement?.agreement ?? `person ${virtual.person}`,
              `${virtual.repaidFen} + ${virtual.owedFen}`,
              statement === undefined ? '–' : `${repaidFen} + ${owedIn(statement)}`,
            ),
          ]
        : [],
    ),
  }
}

const titles: Readonly<Record<NonNullable<ComparedPerson['why']>, Words>> = {
  'other-way': { zh: '其账单未照虚拟城市支付或退回', en: 'a bill of theirs went another way than in the virtual city' },
  'no-statement': { zh: '未读到账单', en: 'no statement was heard' },
  differs: { zh: '还款或所欠不同', en: 'repaid or owed otherwise' },
}
const mostExamples = 5

/** Undefined where no term was played. */
export function creditTermOf(
  trace: Trace,
  { log, term }: Pick<Conducted, 'log' | 'term'>,
  facts: Looked,
  audit: WireAudit,
): WireCreditTerm | undefined {
  if (term === undefined || trace.term === undefined) return undefined
  const persons = comparedPersons(trace, { log, term }, facts)
  const known = new Set(term.statements.map(({ bank, agreement }) => creditKey(bank, agreement)))
  const lines = [...facts.credit.agreements].flatMap(([at, line]) => (known.has(at) ? [line] : []))
  const sum = <Of>(all: readonly Of[], fen: (one: Of) => number) => all.reduce((total, one) => total + fen(one), 0)
  const owing = term.statements.filter((one) => owedIn(one) > 0)
  const virtual = persons.map((one) => one.virtual)
  const overdue = virtual.filter(({ owedFen }) => owedFen > 0)
  const advances = facts.payers.payments.filter(({ kind }) => kind === 'credit')
  const isPaidOut = audit.rules.some(({ name, standing }) => name === 'paid-out-to-the-fen' && standing === 'kept')
  const reasons = Map.groupBy(
    persons.filter(({ why }) => why !== undefined),
    ({ why }) => why as NonNullable<ComparedPerson['why']>,
  )
  return {
    days: trace.term.days,
    played: term.days,
    persons: persons.length,
    openingFen: sum(lines, ({ openingFen }) => openingFen),
    advancedFen: sum(lines, ({ advancedFen }) => advancedFen),
    givenBackFen: sum(lines, ({ backFen }) => backFen),
    repaidFen: sum(lines, ({ repaidFen, paidBackFen }) => repaidFen - paidBackFen),
    owedFen: sum(lines, owedFenOf),
    paidOutFen: isPaidOut ? sum(advances, netFenOf) : null,
    wallets: repaymentWallets.map((wallet) => {
      const through = term.repayments.filter((one) => one.wallet === wallet && one.outcome === 'repaid')
      return { wallet, persons: through.length, amountFen: sum(through, ({ amountFen }) => amountFen) }
    }),
    overdue: { persons: owing.length, amountFen: sum(owing, owedIn) },
    virtual: {
      persons: virtual.filter(({ openingFen, advancedFen }) => openingFen + advancedFen > 0).length,
      repaidFen: sum(virtual, ({ repaidFen }) => repaidFen),
      overdue: { persons: overdue.length, amountFen: sum(overdue, ({ owedFen }) => owedFen) },
    },
    reportedOverdue: facts.credit.overdueReports?.size ?? null,
    closingBooks: {
      compared: persons.length,
      equal: persons.filter(({ why }) => why === undefined).length,
      rest: [...reasons].map(([reason, all]) => ({
        reason,
        title: titles[reason],
        rows: all.length,
        examples: all.slice(0, mostExamples).map(({ virtual: { person } }) => `person ${person}`),
      })),
    },
    seconds: term.seconds,
  }
}
