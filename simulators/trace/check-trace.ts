/** Whether a trace holds together: read before anything is provisioned from it, so that a broken one stops nothing half-way. */
import type { Words } from '../../scenarios/plan.ts'
import { errands, refundErrands } from '../platform/errands.ts'
import { type Trace, type TraceRow, traceFormat, traceVersion } from './trace.ts'

export interface TraceProblem {
  /** As in `rows[3].after`. */
  readonly place: string
  readonly what: Words
}

/** Every mistake, in order of place; none where the trace is sound. A file of another format or version has that one mistake only. */
export function traceProblems(trace: Trace): readonly TraceProblem[] {
  if (trace.format !== traceFormat || trace.version !== traceVersion) {
    const en = `is ${trace.format} of version ${trace.version}; this medpay plays ${traceFormat} of version ${traceVersion}. Cut it again.`
    const zh = `为 ${trace.format} 第 ${trace.version} 版；本程序回放 ${traceFormat} 第 ${traceVersion} 版。请重新截取。`
    return [{ place: 'format', what: { en, zh } }]
  }
  const problems: TraceProblem[] = []
  const say = (place: string, en: string, zh: string): void => {
    problems.push({ place, what: { en, zh } })
  }
  const bills = new Map(trace.opening.bills.map((bill) => [bill.bill, bill]))
  const sites = new Set(trace.opening.sites.map(({ site }) => site))
  const persons = new Set(trace.opening.persons.map(({ person }) => person))
  const keys = new Set<string>()
  for (const [at, row] of trace.rows.entries()) {
    const place = `rows[${at}]`
    if (row.row !== at) say(`${place}.row`, `is ${row.row}, and rows are numbered from 0 in order`, `为 ${row.row}；行号应从 0 起依次编号`)
    if (at > 0 && row.startMs < (trace.rows[at - 1] as TraceRow).startMs)
      say(`${place}.startMs`, 'is earlier than the row before it', '早于前一行')
    if (row.startMs < 0 || row.startMs >= trace.window.seconds * 1000) say(`${place}.startMs`, 'lies outside the window', '不在时间窗内')
    if (!errandNames.has(row.errand)) say(`${place}.errand`, `${row.errand} is no errand`, `没有 ${row.errand} 这种业务`)
    if (row.site >= 0 && !sites.has(row.site)) say(`${place}.site`, `${row.site} is not in the opening book`, `${row.site} 不在期初账簿中`)
    if (row.person >= 0 && !persons.has(row.person))
      say(`${place}.person`, `${row.person} is not in the opening book`, `${row.person} 不在期初账簿中`)
    if (keys.has(row.key)) say(`${place}.key`, `${row.key} is another row's`, `${row.key} 已用于其他行`)
    keys.add(row.key)
    for (const link of ['after', 'insteadOf'] as const) {
      const to = row[link]
      if (to === null) continue
      if (to < 0 || to >= at || trace.rows[to]?.visit !== row.visit)
        say(`${place}.${link}`, `${to} is no earlier row of the same visit`, `${to} 不是同一就诊中更早的行`)
    }
    const bill = row.bill === null ? undefined : bills.get(row.bill)
    if (row.bill !== null && bill === undefined)
      say(`${place}.bill`, `${row.bill} is not in the opening book`, `${row.bill} 不在期初账簿中`)
    if (
      bill !== undefined &&
      (bill.totalFen !== row.totalFen || bill.site !== row.site || bill.person !== row.person || bill.visit !== row.visit)
    )
      say(
        `${place}.bill`,
        `${row.bill} is of another amount, site, person or visit in the opening book`,
        `${row.bill} 在期初账簿中的金额、执业点、人员或就诊不同`,
      )
    if ((row.expected === null) !== (row.bill === null))
      say(`${place}.expected`, 'a row has a split if and only if it pays a bill', '付账单的行才有分割，且必有分割')
    if (row.expected !== null && partsFen(row.expected) !== row.totalFen)
      say(
        `${place}.expected`,
        `adds up to ${partsFen(row.expected)} fen, and the bill is ${row.totalFen}`,
        `合计 ${partsFen(row.expected)} 分，而账单为 ${row.totalFen} 分`,
      )
  }
  return problems
}

const errandNames = new Set([...errands, ...refundErrands].map(({ name }) => name))

const partsFen = (split: NonNullable<TraceRow['expected']>): number =>
  split.fundFen + split.currentAccountFen + split.historyAccountFen + split.creditFen + split.cashFen
