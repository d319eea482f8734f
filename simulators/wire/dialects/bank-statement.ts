/**
 * 日对账单: a bank's statement of one accounting day as CSV, one record a line, its kind first. The form is the testbed's own, since
 * no public document has the gateway's.
 *
 * ```
 * H,bank,accountingDate
 * D,sequence,moment,kind,site,key,payment,amountYuan     one a movement, in the bank's order
 * T,kind,count,amountYuan                                one a kind, those without movements too
 * N,count,netYuan                                        to the sites: advances and debits less refunds and reversals
 * ```
 */
import { createHash } from 'node:crypto'
import { type Fen, fenOf, fenOfYuan, yuanOf, yuanPattern } from '../../money/fen.ts'
import { momentMs, secondOf } from '../desks/business-time.ts'

export const statementKinds = ['advance', 'debit', 'refund', 'reversal'] as const
export type StatementKind = (typeof statementKinds)[number]

export interface StatementLine {
  /** Business moment. */
  readonly atMs: number
  readonly kind: StatementKind
  readonly site: number
  readonly key: string
  /** The payment it undoes; its own key for a payment. */
  readonly payment: string
  readonly amountFen: Fen
}
export interface BankStatement {
  readonly bank: string
  /** Accounting day, yyyy-MM-dd. */
  readonly date: string
  readonly lines: readonly StatementLine[]
}

export function writeStatement({ bank, date, lines }: BankStatement): { readonly csv: string; readonly sha256: string } {
  const records = [
    ['H', bank, date],
    ...lines.map(({ atMs, kind, site, key, payment, amountFen }, index) => [
      'D',
      index + 1,
      secondOf(atMs),
      kind,
      site,
      textOf(key),
      textOf(payment),
      yuanOf(amountFen),
    ]),
    ...totalsOf(lines).map(({ kind, count, amountFen }) => ['T', kind, count, yuanOf(amountFen)]),
    ['N', lines.length, signedYuan(netOf(lines))],
  ]
  const csv = `${records.map((record) => record.join(',')).join('\n')}\n`
  return { csv, sha256: createHash('sha256').update(csv).digest('hex') }
}

/** The statement, or everything that is wrong with the file: a line out of form, a lost line, totals that do not hold. */
export function readStatement(csv: string): BankStatement | { readonly mistakes: readonly string[] } {
  const mistakes: string[] = []
  const records = csv.split('\n').map((line) => line.split(','))
  if (records.pop()?.join() !== '') mistakes.push('the file does not end with a line end')
  const [, bank = '', date = ''] = records[0]?.[0] === 'H' && records[0].length === 3 ? records[0] : []
  if (momentMs(date) === undefined) mistakes.push('line 1 is no header of a day')
  const lines: StatementLine[] = []
  const told: string[] = []
  for (const [index, record] of records.entries()) {
    if (record[0] === 'D') {
      const line = lineOf(record, lines.length + 1)
      if (typeof line === 'string') mistakes.push(`line ${index + 1}: ${line}`)
      else lines.push(line)
    } else if (index > 0) told.push(record.join(','))
  }
  const wanted = [
    ...totalsOf(lines).map(({ kind, count, amountFen }) => `T,${kind},${count},${yuanOf(amountFen)}`),
    `N,${lines.length},${signedYuan(netOf(lines))}`,
  ]
  for (const [index, total] of wanted.entries()) {
    if (told[index] !== total) mistakes.push(`the lines add up to ${total}, the file says ${told[index] ?? 'nothing'}`)
  }
  if (told.length > wanted.length) mistakes.push('there is something after the control totals')
  return mistakes.length > 0 ? { mistakes } : { bank, date, lines }
}

function lineOf(record: readonly string[], sequence: number): StatementLine | string {
  const [, number = '', moment = '', kind = '', site = '', key = '', payment = '', yuan = ''] = record
  const atMs = momentMs(moment)
  if (record.length !== 8) return `a line has 8 fields, not ${record.length}`
  if (number !== String(sequence)) return `line number ${number} stands where ${sequence} should`
  if (atMs === undefined || !/^\d{1,9}$/.test(site) || !yuanPattern.test(yuan)) return 'no such moment, site or amount'
  if (!statementKinds.includes(kind as StatementKind)) return `unknown kind ${kind}`
  return { atMs, kind: kind as StatementKind, site: Number(site), key: keyOf(key), payment: keyOf(payment), amountFen: fenOfYuan(yuan) }
}

function totalsOf(lines: readonly StatementLine[]) {
  return statementKinds.map((kind) => {
    const ofKind = lines.filter((line) => line.kind === kind)
    return { kind, count: ofKind.length, amountFen: fenOf(ofKind.reduce((sum, { amountFen }) => sum + amountFen, 0)) }
  })
}

const netOf = (lines: readonly StatementLine[]): number =>
  lines.reduce((sum, { kind, amountFen }) => sum + (kind === 'advance' || kind === 'debit' ? amountFen : -amountFen), 0)
const signedYuan = (fen: number): string => (fen < 0 ? `-${yuanOf(fenOf(-fen))}` : yuanOf(fenOf(fen)))

/** Keys are callers' words without blanks; a comma or percent sign in one is escaped. */
const textOf = (key: string): string => key.replaceAll('%', '%25').replaceAll(',', '%2C')
const keyOf = (text: string): string => text.replaceAll('%2C', ',').replaceAll('%25', '%')
