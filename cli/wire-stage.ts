/** The wire city of a run while it runs: its processes, the disk their books lie on, and the end of all of them whatever happens. */
import { mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { unitCosts } from '../bench/wire/unit-costs.ts'
import type { Plan } from '../scenarios/plan.ts'
import type { LedgerKind } from '../simulators/measures/result-wire.ts'
import type { UnitCosts } from '../simulators/wire/replay/platform-efficiency.ts'
import { ChildFailed, startProcesses, type WireCity } from '../simulators/wire/replay/wire-processes.ts'
import { fdatasyncMs } from '../tools/fdatasync.ts'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure, outputFailure } from './failure.ts'
import { holdFolder } from './hold-folder.ts'
import { repositoryRoot } from './house.ts'
import type { StageLine } from './load-progress.ts'
import { runLedger } from './run-ledger.ts'
import { secretName } from './serve-city.ts'

export interface WireStage {
  readonly wire: WireCity
  readonly secret: string
  /** Of single calls on the books' disk, before anything runs. */
  readonly fdatasyncMsP50: number
  /** Of the parts of a payment, likewise; absent where the platform is another's, or its ledger a PostgreSQL, whose processor is not its own. */
  readonly units: UnitCosts | undefined
}

export interface StageAsked {
  readonly plan: Plan
  /** As the user named it. */
  readonly scenario: string
  /** Emptied first, unless the run goes on with what stands there: what an earlier run left is of another run. */
  readonly work: string
  readonly goesOn?: boolean
  readonly ledger: LedgerKind
  readonly platformProcesses: number
  /** False where nobody reads what the parts of a payment cost by themselves, which takes seconds to measure. */
  readonly pricesParts?: boolean
  /** The platform is somebody else's, so ours does not start. */
  readonly isForeign: boolean
  /** Of the first actor; undefined: free ports. */
  readonly firstPort: number | undefined
  /** Root of the run's keys. */
  readonly secret: string
  readonly signal: AbortSignal
  readonly stage: StageLine
}

/** ASSUMPTION: with 1.5 of 2 cores in use, starts are late by 20–40 ms at p99 where all stand alike (tried 0 and 5). */
const behindTheGenerator = 5
/** Writes of a credit payment between its first and the one that posts its money. */
const usualSteps = 5

export async function onWireStage<Of>(asked: StageAsked, play: (on: WireStage) => Promise<Of>): Promise<Of> {
  try {
    return await staged(asked, play)
  } catch (error) {
    // A disk that is full, whoever met it first; rows and books that were written by then stay where they are.
    throw outputFailure(error, asked.work) ?? error
  }
}

async function staged<Of>(asked: StageAsked, play: (on: WireStage) => Promise<Of>): Promise<Of> {
  const { plan, scenario, work, ledger, platformProcesses, isForeign, firstPort, secret, signal, stage } = asked
  holdFolder(dirname(work))
  if (asked.goesOn !== true) rmSync(work, { recursive: true, force: true })
  mkdirSync(join(work, 'books'), { recursive: true })
  const fdatasyncMsP50 = fdatasyncMs(work).p50
  const isPriced = asked.pricesParts !== false && !isForeign && ledger === 'sqlite' && asked.goesOn !== true
  const units = isPriced ? await unitCosts(work, usualSteps) : undefined
  const postgres = ledger === 'postgres' ? await runLedger(process.env['MEDPAY_POSTGRES_URL']) : undefined
  try {
    stage('start', 0, 1)
    const wire = await startProcesses({
      city: plan.city,
      serve: [process.execPath, ...process.execArgv, join(repositoryRoot, 'cli', 'medpay.ts'), 'serve', scenario],
      secretName,
      secret,
      booksFolder: join(work, 'books'),
      platformProcesses,
      niceness: behindTheGenerator,
      platformWords: postgres === undefined ? [] : ['--ledger', postgres.url],
      restartDatabase: postgres?.restart,
      isForeign,
      ...(firstPort === undefined ? {} : { firstPort }),
      signal,
    }).catch((error: unknown) => {
      throw error instanceof ChildFailed ? didNotStart(error) : error
    })
    try {
      return await play({ wire, secret, fdatasyncMsP50, units })
    } finally {
      stage('stop', 0, 1)
      await wire.stop()
    }
  } finally {
    await postgres?.stop()
  }
}

const didNotStart = (error: ChildFailed): CommandFailure =>
  new CommandFailure(
    exitCodes.outputProblem,
    `a process of the wire city did not start: ${error.message}`,
    `线上城市有进程未能启动：${error.message}`,
  )
