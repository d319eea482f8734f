/**
 * 目录下载 and 目录查询 by version. ASSUMPTION: a version is a month, yyyyMM; "0" asks for everything. A list begins with 200 entries in 2020-01
 * and grows by ten a month, so that what is new since a version is known from the two months alone. Every entry is matched with itself,
 * and every institution has it under the same number: there is no 3301 here.
 */
import { zipSync } from 'fflate'
import { compactDateOf, dateOf } from '../../desks/business-time.ts'
import type { DirectoryPage, DirectoryQuery, FileReply } from '../../desks/claim-desk.ts'
import {
  type DirectoryItem,
  type DirectoryName,
  directoryCode,
  itemOf,
  type ListType,
  listTypes,
  plainListTitles,
} from '../../desks/directory-item.ts'
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
  const [, directory = '', since = '', version = ''] = /^ML-([a-z0-9-]+)-(0|\d{6})-(\d{6})$/.exec(file) ?? []
  const from = since === '0' ? 0 : countAt(since)
  const until = countAt(version)
  if (!isDirectory(directory) || from === undefined || until === undefined) return undefined
  const rows = Array.from({ length: Math.max(0, until - from) }, (_, index) => rowOf(directory, from + index, version))
  const name = `${directory}_${version}.txt`
  // A fixed time, so that the bytes depend on nothing but the number.
  const bytes = zipSync({ [name]: new TextEncoder().encode(rows.join('\n')) }, { mtime: '2020-01-01T00:00:00' })
  return { name: `${name}.zip`, bytes, count: rows.length }
}

/** One page of the entries that were there on a day and changed since another, in order of their codes. */
export function decideQueryDirectory({ nowMs }: ClaimContext, query: DirectoryQuery): Outcome<DirectoryPage> {
  const { about, code, type, level, updatedSince, isValid, page, pageSize } = query
  const on = query.on === '' ? dateOf(nowMs) : query.on
  const types = (Object.keys(listTypes) as ListType[]).filter((one) => type === '' || one === type)
  // The directory takes nothing back, so no entry is invalid.
  const found = isValid
    ? types
        .flatMap((one) => entriesOf(one, on))
        .filter(
          (item) =>
            (code === '' || item.code === code) &&
            (level === '' || item.level === level) &&
            item.from >= updatedSince &&
            (about !== 'price-limits' || item.limitFen !== undefined),
        )
    : []
  return done({ page, pageSize, total: found.length, items: found.slice((page - 1) * pageSize, page * pageSize) })
}

function entriesOf(type: ListType, on: string): (DirectoryItem & { readonly from: string })[] {
  const count = countAt(on.replaceAll('-', '').slice(0, 6)) ?? 0
  return Array.from({ length: count }, (_, serial) => ({ item: itemOf(directoryCode(type, serial)), from: dayOf(serial) })).flatMap(
    ({ item, from }) => (item === undefined ? [] : [{ ...item, from }]),
  )
}

const isDirectory = (name: string): name is DirectoryName => name in listTypes || name in plainListTitles

function countAt(version: string): number | undefined {
  const [, year, month] = /^(20[2-9]\d)(0[1-9]|1[0-2])$/.exec(version) ?? []
  return year === undefined ? undefined : firstCount + perMonth * ((Number(year) - 2020) * 12 + Number(month) - 1)
}

/** yyyy-MM-01 of the month in which an entry came. */
function dayOf(serial: number): string {
  const months = serial < firstCount ? 0 : 1 + Math.floor((serial - firstCount) / perMonth)
  return `${2020 + Math.floor(months / 12)}-${String(1 + (months % 12)).padStart(2, '0')}-01`
}

/** Tab-separated: code, name, level, share paid first, price limit in yuan, version, valid. */
function rowOf(directory: DirectoryName, serial: number, version: string): string {
  const code = directoryCode(directory, serial)
  const item = itemOf(code)
  if (item === undefined) {
    const title = plainListTitles[directory as keyof typeof plainListTitles] ?? ''
    return [code, `示例${title}${String(serial).padStart(6, '0')}`, version, '1'].join('\t')
  }
  const limit = item.limitFen === undefined ? '' : (item.limitFen / 100).toFixed(2)
  return [item.code, item.name, item.level, (item.selfPayBasisPoints / 10_000).toFixed(4), limit, version, '1'].join('\t')
}
