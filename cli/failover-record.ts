/** The record of one run of the failover table: written whole when the run is over, so that a table that was stopped goes on with the next. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { shortForms } from '../scenarios/plan-short-form.ts'
import { exitCodes } from './exit-codes.ts'
import { type FailoverKey, runName } from './failover-runs.ts'
import { CommandFailure } from './failure.ts'
import { writeWhole } from './write-file.ts'

const words = z.strictObject({ zh: z.string(), en: z.string() })
const seconds = z.number().nullable()
const figures = z.strictObject({
  payments: z.number(),
  broke: z.number(),
  notSaved: z.number(),
  toHospital: z.number(),
  atOtherEntries: z.number(),
  detectedAfterSeconds: seconds,
  firstPatientFailureAfterSeconds: seconds,
})
export type FailoverFiguresOfRun = z.infer<typeof figures>

const format = 'medpay-failover-run'
const record = z.strictObject({
  format: z.literal(format),
  version: z.literal(1),
  scenario: z.string(),
  form: z.enum(shortForms),
  isLimited: z.boolean(),
  seed: z.number(),
  scale: z.number(),
  windowSeconds: z.number(),
  planHash: z.string(),
  /** Void: it may not be quoted. Broken: rules of money were. */
  verdict: z.enum(['valid', 'void', 'broken']),
  reasons: z.array(words),
  faultSeconds: z.number(),
  callsTouched: z.number(),
  wire: figures,
  virtual: figures,
  /** First payment through the struck part after its healing; null: none in the run. */
  backAfterSeconds: seconds,
  afterHeal: z.strictObject({ fromSecond: z.number().exactOptional(), compared: z.number(), equal: z.number() }).nullable(),
  closingBooks: z.strictObject({ compared: z.number(), equal: z.number() }),
  startLateMsP99: seconds,
  machine: z.string(),
  k6: z.string(),
  tookSeconds: z.number(),
  endedAt: z.string(),
  /** Commits of the code that played the wire's side and foretold the virtual one; absent: not recorded. */
  playedWith: z.string().exactOptional(),
  foretoldWith: z.string().exactOptional(),
})
export type FailoverRecord = z.infer<typeof record>

export const recordIn = (folder: string, key: FailoverKey): string => join(folder, `${runName(key)}.json`)

/** Undefined: not played yet. A file that is no record is not overwritten. */
export function readRecord(path: string): FailoverRecord | undefined {
  if (!existsSync(path)) return undefined
  const read = record.safeParse(parsed(readFileSync(path, 'utf8')))
  if (read.success) return read.data
  throw new CommandFailure(
    exitCodes.badInput,
    `${path} is no record of a failover run (${read.error.issues[0]?.path.join('.') ?? ''}); move it away to have the run played again`,
    `${path} 不是故障切换的运行记录（${read.error.issues[0]?.path.join('.') ?? ''}）；移走后该次运行会重做`,
  )
}

export function writeRecord(path: string, run: Omit<FailoverRecord, 'format' | 'version'>): FailoverRecord {
  const whole: FailoverRecord = { format, version: 1, ...run }
  writeWhole(path, `${JSON.stringify(whole, null, 2)}\n`, true)
  return whole
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
