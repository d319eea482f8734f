/**
 * 对明细账 files: one tab-separated text in a zip (OH). Column order of the result as OH reads it (likely); that of the upload is unverified
 * and is the result's without its verdict.
 */
import { strFromU8, unzipSync, zipSync } from 'fflate'
import { type Fen, fenOfYuan, yuanOf } from '../../../money/fen.ts'
import { isYuan } from '../field.ts'

export interface DetailRow {
  readonly personNumber: string
  readonly visit: string
  readonly settlement: string
  readonly message: string
  readonly isReversed: boolean
  readonly totalFen: Fen
  readonly fundFen: Fen
  readonly accountFen: Fen
}

/** 0 equal, 1 amounts differ, 2 only at the institution, 3 only at the centre. The codes are unverified. */
export interface ResultRow extends DetailRow {
  readonly verdict: '0' | '1' | '2' | '3'
  readonly memo: string
}

/** Uncompressed bytes a file may have, so that a small zip cannot fill the memory. */
const mostBytes = 4 << 20

/** Undefined: not such a file. */
export function readDetails(base64: string): readonly DetailRow[] | undefined {
  try {
    const files = unzipSync(Buffer.from(base64, 'base64'), {
      filter: ({ name, originalSize }) => name.endsWith('.txt') && originalSize <= mostBytes,
    })
    const [bytes, ...others] = Object.values(files)
    if (bytes === undefined || others.length > 0) return undefined
    const rows = strFromU8(bytes)
      .split(/\r?\n/)
      .filter((line) => line !== '')
      .map(rowOf)
    return rows.includes(undefined) ? undefined : (rows as DetailRow[])
  } catch {
    return undefined
  }
}

function rowOf(line: string): DetailRow | undefined {
  const [personNumber, visit, settlement, message, flag, total, fund, account, ...more] = line.split('\t')
  if (personNumber === undefined || visit === undefined || settlement === undefined || message === undefined || more.length > 0)
    return undefined
  if (!isYuan(total) || !isYuan(fund) || !isYuan(account)) return undefined
  return {
    personNumber,
    visit,
    settlement,
    message,
    isReversed: flag === '1',
    totalFen: fenOfYuan(total as string),
    fundFen: fenOfYuan(fund as string),
    accountFen: fenOfYuan(account as string),
  }
}

const amounts = ({ totalFen, fundFen, accountFen }: DetailRow) => [totalFen, fundFen, accountFen].map(yuanOf)
const zipped = (name: string, lines: readonly string[]) =>
  Buffer.from(zipSync({ [name]: new TextEncoder().encode(lines.join('\n')) }, { mtime: '2020-01-01T00:00:00' })).toString('base64')

export const writeDetails = (rows: readonly DetailRow[]): string =>
  zipped(
    'detail.txt',
    rows.map((row) => [row.personNumber, row.visit, row.settlement, row.message, row.isReversed ? '1' : '0', ...amounts(row)].join('\t')),
  )

export const writeResults = (rows: readonly ResultRow[]): string =>
  zipped(
    'result.txt',
    rows.map((row) =>
      [row.personNumber, row.visit, row.settlement, row.message, row.verdict, row.isReversed ? '1' : '0', row.memo, ...amounts(row)].join(
        '\t',
      ),
    ),
  )
