/** One run of the failover table: the trace of the day without the fault, its twin, the short fault on the wire and foretold, and the record of it. */
import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { planHash } from '../scenarios/plan-hash.ts'
import { type FailoverFiguresOfRun, type FailoverRecord, recordIn, writeRecord } from './failover-record.ts'
import { runName } from './failover-runs.ts'
import { type ForetellAsked, foretellFailover, momentsOf } from './foretell-failover.ts'
import { commitOfHouse } from './house.ts'
import type { StageLine } from './load-progress.ts'
import { type LevelAsked, type PlayedLevel, playLevel } from './play-level.ts'
import { type TwinAsked, twinOf } from './twin-of-load.ts'
import { onWireStage } from './wire-stage.ts'

export interface FailoverAsked extends ForetellAsked {
  /** Of the whole table: records and twins lie there. */
  readonly folder: string
  readonly k6: string
  readonly secret: string
  readonly replay: string
  readonly signal: AbortSignal
  readonly stage: StageLine
  readonly secondsNow: () => number
}

export async function playFailover(asked: FailoverAsked): Promise<FailoverRecord> {
  const { plan, key, folder, signal, stage, secondsNow } = asked
  const began = secondsNow()
  stage('cut', 0, 1)
  const { short, trace, foretold, figures } = foretellFailover(asked)
  const { fault, slower } = short
  signal.throwIfAborted()
  // Runs of other scenarios may be under way in the same folder.
  const here = join(resolve(folder), 'at-work', runName(key))
  const level = {
    ...{ plan, scenario: key.scenario, trace, target: undefined, ledger: 'sqlite', platformProcesses: 1 },
    level: { name: 'failover', title: { zh: '故障切换', en: 'Failover' }, leastPaymentsPerSecond: 0 },
    ...{ faults: [fault], foretold, slower, k6: { program: asked.k6, words: [] }, isForeign: false, firstPort: undefined },
    ...{ secret: asked.secret, folder: here, work: join(here, 'wire'), replay: asked.replay, signal, stage },
  } satisfies LevelAsked & TwinAsked
  const twin = await twinOf({ ...level, slower: undefined }, join(folder, 'twins'))
  const played = await onWireStage(level, (on) => playLevel(on, { ...level, twin: twin.run }))
  // What was stopped is played again from its beginning.
  signal.throwIfAborted()
  const run = recordOf(asked, played, figures, [...played.reasons, ...twin.reasons], secondsNow() - began)
  // Whoever wants to know why a run is void or broken finds its books and rows.
  if (run.verdict === 'valid') rmSync(here, { recursive: true, force: true })
  return writeRecord(recordIn(folder, key), run)
}

function recordOf(
  { plan, key }: FailoverAsked,
  { wire }: PlayedLevel,
  virtual: FailoverFiguresOfRun,
  reasons: PlayedLevel['reasons'],
  tookSeconds: number,
): Omit<FailoverRecord, 'format' | 'version'> {
  const [struck] = wire.faults
  const broken = wire.audit.rules.filter(({ standing }) => standing === 'broken').map(({ title }) => title)
  const { processor, cores, memoryGigabytes, fdatasyncMsP50 } = wire.machine
  const code = commitOfHouse()
  const ofCode = code === undefined ? {} : { playedWith: code, foretoldWith: code }
  const none = { payments: 0, broke: 0, notSaved: 0, toHospital: 0, atOtherEntries: 0 }
  return {
    ...key,
    planHash: planHash(plan),
    verdict: reasons.length > 0 ? 'void' : wire.audit.verdict === 'failed' ? 'broken' : 'valid',
    reasons: [...(reasons.length > 0 ? reasons : broken)],
    faultSeconds: struck === undefined ? 0 : struck.toSecond - struck.fromSecond,
    callsTouched: struck?.callsTouched ?? 0,
    wire: { ...(wire.failover?.wire ?? none), ...momentsOf(struck) },
    virtual,
    ...ofCode,
    backAfterSeconds: struck?.backAfterSeconds ?? null,
    afterHeal: struck?.afterHeal ?? null,
    closingBooks: { compared: wire.closingBooks.compared, equal: wire.closingBooks.equal },
    startLateMsP99: wire.generator.startLateMs?.p99 ?? null,
    machine: `${processor}, ${cores} CPU, ${memoryGigabytes} GB, fdatasync ${fdatasyncMsP50?.toFixed(2) ?? '–'} ms`,
    k6: wire.generator.version,
    tookSeconds: Math.round(tookSeconds),
    endedAt: new Date().toISOString(),
  }
}
