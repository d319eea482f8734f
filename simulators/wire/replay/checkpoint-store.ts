/**
 * What a run has behind it, kept beside its files after every stage that follows the play, so that a run stopped in its day end, its books,
 * its audit or its report goes on there. The play itself is of real time and is never taken up again.
 */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Conducted } from './conduct.ts'
import type { UnitCosts } from './platform-efficiency.ts'
import { readEvidence, readRows, readTerm } from './rows-store.ts'

export interface Checkpoint {
  /** What was asked, as the command that plays it again; another one takes nothing up. */
  readonly run: string
  readonly planHash: string
  readonly stage: 'drained' | 'day-ended' | 'booked'
  readonly played: Played
  readonly reconciliation: Conducted['reconciliation'] | null
  readonly layout: readonly (readonly string[])[]
  readonly fdatasyncMsP50: number
  /** Absent: not measured. */
  readonly units?: UnitCosts | undefined
}

/** What stands in files of its own is not repeated. */
export type Played = Omit<Conducted, 'log' | 'spans' | 'books' | 'reconciliation' | 'term'>

const fileIn = (folder: string): string => join(folder, 'checkpoint.json')

/** Undefined: there is none of this run. */
export function checkpointOf(folder: string, { run, planHash }: Pick<Checkpoint, 'run' | 'planHash'>): Checkpoint | undefined {
  if (!existsSync(fileIn(folder))) return undefined
  const found = JSON.parse(readFileSync(fileIn(folder), 'utf8')) as Checkpoint
  return found.run === run && found.planHash === planHash ? found : undefined
}

/** Whole or not at all: the machine may stop at any moment. */
export function keepCheckpoint(folder: string, checkpoint: Checkpoint): void {
  writeFileSync(`${fileIn(folder)}.new`, JSON.stringify(checkpoint))
  renameSync(`${fileIn(folder)}.new`, fileIn(folder))
}

/** The run is told: the same command plays anew. */
export const dropCheckpoint = (folder: string): void => rmSync(fileIn(folder), { force: true })

/** A run whose books are taken, read again from its files. */
export function conductedIn(folder: string, { played, reconciliation }: Checkpoint): Conducted {
  return { ...played, log: readRows(folder), ...readEvidence(folder), reconciliation: reconciliation ?? undefined, term: readTerm(folder) }
}
