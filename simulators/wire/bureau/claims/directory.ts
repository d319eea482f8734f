/**
 * 目录下载 by version. ASSUMPTION: a version is a month, yyyyMM; "0" asks for everything. A list begins with 200 entries in 2020-01 and grows by
 * ten a month, so that what is new since a version is known from the two months alone.
 */
import { zipSync } from 'fflate'
import { compactDateOf } from '../../desks/business-time.ts'
import type { FileReply } from '../../desks/claim-desk.ts'
import { type DirectoryName, itemOf } from '../../desks/directory-item.ts'
import { type ClaimContext, done, type Outcome, refuse } from './claim-context.ts'
import { lastDayOf } from './last-day.ts'

const firstCount = 200
const perMonth = 10

export function decideLoadDirectory(
  { nowMs }: ClaimContext,
  { directory, since }: { readonly directory: DirectoryName; readonly since: string },
): Outcome<FileReply & { readonly count: number }> {
  const version = compactDateOf(nowMs).slice(0, 6)
  const from = since === '0' ? 0 : countAt(since)
  if (from === undefined || from > (countAt(version) ?? 0)) return refuse('unknown-version')
  const file = `ML-${directory}-${since}-${version}`
  const made = directoryFile(file)
  if (made === undefined) return refuse('unknown-version')
  return done({ file, name: made.name, lastDay: lastDayOf(nowMs), count: made.count })
}

/** The file of a number given out before; undefined: no such number. */
export function directoryFile(file: string): { readonly name: string; readonly bytes: Uint8Array; readonly count: number } | undefined {
  const [, directory, since = '', version = ''] = /^ML-(\d{3}|diagnosis|operation|chronic-disease)-(0|\d{6})-(\d{6})$/.exec(file) ?? []
  const from = since === '0' ? 0 : countAt(since)
  const until = countAt(version)
  if (directory === undefined || from === undefined || until === undefined) return undefined
  const rows = Array.from({ length: Math.max(0, until - from) }, (_, index) => rowOf(directory as DirectoryName, from + index, version))
  const name = `${directory}_${version}.txt`
  // A fixed time, so that the bytes depend on nothing but the number.
  const bytes = zipSync({ [name]: new TextEncoder().encode(rows.join('\n')) }, { mtime: '2020-01-01T00:00:00' })
  return { name: `${name}.zip`, bytes, count: rows.length }
}

function countAt(version: string): number | undefined {
  const [, year, month] = /^(20[2-9]\d)(0[1-9]|1[0-2])$/.exec(version) ?? []
  return year === undefined ? undefined : firstCount + perMonth * ((Number(year) - 2020) * 12 + Number(month) - 1)
}

/** Tab-separated: code, name, level, share paid first, price limit in yuan, version, valid. */
function rowOf(directory: DirectoryName, serial: number, version: string): string {
  const digits = String(serial).padStart(6, '0')
  const item = itemOf(`T${directory}${digits}`)
  if (item === undefined) return [`T-${directory}-${digits}`, `示例${digits}`, version, '1'].join('\t')
  const limit = item.limitFen === undefined ? '' : (item.limitFen / 100).toFixed(2)
  return [item.code, item.name, item.level, (item.selfPayBasisPoints / 10_000).toFixed(4), limit, version, '1'].join('\t')
}
