/**
 * A run's folder on disk: plan.json, run-result.json, measures.csv, report.html. The only file of this room that writes any.
 *
 * WHOLE   A new folder is made beside its place and renamed into it; in a folder that is there, every file is written under
 *         another name first and renamed when all are written. Whatever fails, no half-written file stays behind.
 * OTHERS  A folder that holds the run of another plan is never written to.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { Plan, Words } from '../scenarios/plan.ts'
import type { RunResult } from '../simulators/measures/run-result.ts'
import { measuresCsv } from './csv.ts'
import { htmlReport } from './html/report.ts'
import type { Language } from './words.ts'

export type OutputFailure = {
  readonly ok: false
  readonly why: 'other-plan' | 'disk-full' | 'no-permission' | 'cannot-write'
  readonly problem: Words
}
export type WrittenFolder = { readonly ok: true; readonly reportPath: string } | OutputFailure
export type WrittenFiles = { readonly ok: true; readonly paths: readonly string[] } | OutputFailure

export type ReportFormat = 'html' | 'json' | 'csv' | 'pdf'

/** The few things asked of a disk; a test puts a full one in its place. */
export interface Disk {
  readonly exists: (path: string) => boolean
  readonly read: (path: string) => string
  readonly write: (path: string, content: string | Uint8Array) => void
  readonly rename: (from: string, to: string) => void
  readonly remove: (path: string) => void
  /** Makes a folder and those above it; answers the first that was new. */
  readonly makeFolder: (path: string) => string | undefined
}

export const realDisk: Disk = {
  exists: existsSync,
  read: (path) => readFileSync(path, 'utf8'),
  write: (path, content) => writeFileSync(path, content, { flush: true }),
  rename: renameSync,
  remove: (path) => rmSync(path, { recursive: true, force: true }),
  makeFolder: (path) => mkdirSync(path, { recursive: true }),
}

export function writeRunFolder(
  folder: string,
  { plan, result }: { readonly plan: Plan; readonly result: RunResult },
  { languages, disk = realDisk }: { readonly languages: readonly Language[]; readonly disk?: Disk },
): WrittenFolder {
  const refused = refusal(folder, result.planHash, disk)
  if (refused !== undefined) return refused
  const written = writeTogether(
    folder,
    [
      ['plan.json', linesOfJson(plan)],
      ['measures.csv', measuresCsv(result)],
      ['report.html', htmlReport(result, { languages })],
      // Last, since its presence says that the folder holds a run.
      ['run-result.json', linesOfJson(result)],
    ],
    disk,
  )
  return written.ok ? { ok: true, reportPath: join(folder, 'report.html') } : written
}

/** Pages, tables or a copy from a stored result; files of the same names are replaced. */
export function writeReportFiles(
  folder: string,
  result: RunResult,
  {
    formats,
    languages,
    pdf,
    disk = realDisk,
  }: {
    readonly formats: readonly ReportFormat[]
    readonly languages: readonly Language[]
    /** Printed beforehand (pdf.ts), since a browser takes its time; needed for that format. */
    readonly pdf?: Uint8Array
    readonly disk?: Disk
  },
): WrittenFiles {
  const refused = refusal(folder, result.planHash, disk)
  if (refused !== undefined) return refused
  return writeTogether(
    folder,
    formats.map((format) => fileOf[format](result, languages, pdf)),
    disk,
  )
}

const fileOf: Readonly<
  Record<ReportFormat, (result: RunResult, languages: readonly Language[], pdf: Uint8Array | undefined) => NamedContent>
> = {
  html: (result, languages) => ['report.html', htmlReport(result, { languages })],
  json: (result) => ['run-result.json', linesOfJson(result)],
  csv: (result) => ['measures.csv', measuresCsv(result)],
  pdf: (_result, _languages, pdf) => {
    if (pdf === undefined) throw new Error('a PDF is printed before its folder is written')
    return ['report.pdf', pdf]
  },
}

type NamedContent = readonly [name: string, content: string | Uint8Array]

function refusal(folder: string, planHash: string, disk: Disk): OutputFailure | undefined {
  const path = join(folder, 'run-result.json')
  if (!disk.exists(path)) return undefined
  const there = storedPlanHash(path, disk)
  if (there === planHash) return undefined
  return {
    ok: false,
    why: 'other-plan',
    problem: {
      en: `${folder} holds the run of another plan (${there ?? 'its run-result.json cannot be read'}) and is left as it is; this run’s plan is ${planHash}. Choose another --out.`,
      zh: `${folder} 中是另一计划的结果（${there ?? '其 run-result.json 无法读取'}），保持不变；本次计划为 ${planHash}。请另选 --out。`,
    },
  }
}

function storedPlanHash(path: string, disk: Disk): string | undefined {
  try {
    const { planHash } = JSON.parse(disk.read(path)) as { planHash?: unknown }
    return typeof planHash === 'string' ? planHash : undefined
  } catch {
    return undefined
  }
}

function writeTogether(folder: string, files: readonly NamedContent[], disk: Disk): WrittenFiles {
  const place = resolve(folder)
  const drafts: string[] = []
  try {
    if (disk.exists(place)) writeInto(place, files, drafts, disk)
    else writeBeside(place, files, drafts, disk)
    return { ok: true, paths: files.map(([name]) => join(folder, name)) }
  } catch (error) {
    for (const draft of drafts) removeQuietly(draft, disk)
    const failure = failureOf(error, folder)
    if (failure === undefined) throw error
    return failure
  }
}

function writeBeside(place: string, files: readonly NamedContent[], drafts: string[], disk: Disk): void {
  const draft = join(dirname(place), `.${basename(place)}.${process.pid}.part`)
  const firstNew = disk.makeFolder(dirname(place))
  if (firstNew !== undefined) drafts.push(firstNew)
  drafts.push(draft)
  disk.remove(draft)
  disk.makeFolder(draft)
  for (const [name, text] of files) disk.write(join(draft, name), text)
  disk.rename(draft, place)
}

function writeInto(place: string, files: readonly NamedContent[], drafts: string[], disk: Disk): void {
  const moves = files.map(([name, text]) => ({ draft: join(place, `.${name}.${process.pid}.part`), target: join(place, name), text }))
  for (const { draft, text } of moves) {
    drafts.push(draft)
    disk.write(draft, text)
  }
  for (const { draft, target } of moves) disk.rename(draft, target)
}

/** Clearing up may fail for the reason the writing did; the first failure is the one to tell. */
function removeQuietly(path: string, disk: Disk): void {
  try {
    disk.remove(path)
  } catch {
    // Told already.
  }
}

const codeOf = (error: unknown): string | undefined => {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
  return typeof code === 'string' ? code : undefined
}

/** Errors of the system as words; anything else is a mistake of ours and goes on being thrown. */
function failureOf(error: unknown, folder: string): OutputFailure | undefined {
  const code = codeOf(error)
  if (code === undefined || !/^E[A-Z0-9]+$/.test(code)) return undefined
  const { why, en, zh } = reasons[code] ?? { why: 'cannot-write' as const, en: 'choose another --out', zh: '请另选 --out' }
  return {
    ok: false,
    why,
    problem: {
      en: `cannot write ${folder}: ${en} (${code}). Nothing half-written is left.`,
      zh: `无法写入 ${folder}：${zh}（${code}）。没有留下半成品。`,
    },
  }
}

const full = {
  why: 'disk-full',
  en: 'the disk is full; free some space or choose another --out',
  zh: '磁盘已满；请清理空间或另选 --out',
} as const
const forbidden = {
  why: 'no-permission',
  en: 'no permission to write there; choose another --out',
  zh: '没有写入权限；请另选 --out',
} as const
const reasons: Readonly<Record<string, { readonly why: OutputFailure['why']; readonly en: string; readonly zh: string }>> = {
  ENOSPC: full,
  EDQUOT: full,
  EACCES: forbidden,
  EPERM: forbidden,
  EROFS: { why: 'no-permission', en: 'that file system is read-only; choose another --out', zh: '文件系统只读；请另选 --out' },
  ENOTDIR: {
    why: 'cannot-write',
    en: 'a part of that path is a file, not a folder; choose another --out',
    zh: '路径中有一段是文件而非目录；请另选 --out',
  },
  ENAMETOOLONG: { why: 'cannot-write', en: 'that name is too long; choose a shorter --out', zh: '名称过长；请缩短 --out' },
}

/** JSON with one entry of each list per line: two results can be compared with ordinary tools. */
export function linesOfJson(value: object): string {
  const fields = Object.entries(value).map(([name, part]) => {
    const text =
      Array.isArray(part) && part.length > 0 ? `[\n${part.map((entry) => JSON.stringify(entry)).join(',\n')}\n]` : JSON.stringify(part)
    return text === undefined ? undefined : `${JSON.stringify(name)}: ${text}`
  })
  return `{\n${fields.filter((field) => field !== undefined).join(',\n')}\n}\n`
}
