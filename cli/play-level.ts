/** One load on the wire from its trace to its verdict: conducted, audited and put into the form of a result. */
import { join } from 'node:path'
import type { Plan, Words } from '../scenarios/plan.ts'
import { planHash } from '../scenarios/plan-hash.ts'
import type { LedgerKind, WireOutcome } from '../simulators/measures/result-wire.ts'
import { plantedWrongdoing } from '../simulators/trace/planted-wrongdoing.ts'
import type { Trace } from '../simulators/trace/trace.ts'
import type { Foretold } from '../simulators/virtual/cut/foretell.ts'
import { auditRun } from '../simulators/wire/audit/audit-run.ts'
import { struckFault } from '../simulators/wire/faults/struck-fault.ts'
import type { FaultOnWire } from '../simulators/wire/faults/wire-fault.ts'
import type { TwinRun } from '../simulators/wire/replay/beside-twin.ts'
import { type Checkpoint, keepCheckpoint } from '../simulators/wire/replay/checkpoint-store.ts'
import { comparisons } from '../simulators/wire/replay/comparisons.ts'
import { type Conducted, type ConductOptions, conduct, OpeningBookDiffers } from '../simulators/wire/replay/conduct.ts'
import { TooManyOpen } from '../simulators/wire/replay/play-of-trace.ts'
import { voidReasons, wireOutcome } from '../simulators/wire/replay/wire-outcome.ts'
import { k6Version } from '../tools/resolve-k6.ts'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure } from './failure.ts'
import { repositoryRoot } from './house.ts'
import type { StageLine } from './load-progress.ts'
import type { AskedTarget } from './load-target.ts'
import { shellWord } from './replay-command.ts'
import type { WireStage } from './wire-stage.ts'

/** Whoever is slow at the first payments of a fresh process must not be measured for it. */
const usualWarmUpVisits = 200

export interface LevelAsked {
  readonly plan: Plan
  readonly trace: Trace
  readonly level: { readonly name: string; readonly title: Words; readonly leastPaymentsPerSecond: number }
  readonly target: AskedTarget | undefined
  readonly ledger: LedgerKind
  readonly platformProcesses: number
  readonly faults: readonly FaultOnWire[]
  /** The same rows as played without any fault; absent: none was played. */
  readonly twin?: TwinRun | undefined
  /** Of the same faults on the same cut, by the virtual city. */
  readonly foretold?: Foretold | undefined
  readonly slower?: ConductOptions['slower']
  readonly k6: { readonly program: string; readonly words: readonly string[] }
  /** Absent: as many as a fresh process needs. */
  readonly warmUpVisits?: number
  readonly hold?: () => { release(): void }
  /** The run's, and within it where play, rows and books of this level lie. */
  readonly folder: string
  readonly work: string
  /** The command that plays this again. */
  readonly replay: string
  readonly signal: AbortSignal
  readonly stage: StageLine
  /** The run leaves checkpoints, and goes on from this one where there is one. */
  readonly resumes?: { readonly from: Checkpoint | undefined }
}

export interface PlayedLevel {
  readonly trace: Trace
  readonly conducted: Conducted
  readonly wire: WireOutcome
  /** Why it may not be quoted; empty where it may. */
  readonly reasons: readonly Words[]
}

export async function playLevel(on: WireStage, asked: LevelAsked): Promise<PlayedLevel> {
  const { plan, trace, target, faults, foretold, slower, k6, work, replay, signal, stage, resumes } = asked
  const { layout } = on.wire
  const fdatasyncMsP50 = resumes?.from?.fdatasyncMsP50 ?? on.fdatasyncMsP50
  const units = resumes?.from === undefined ? on.units : resumes.from.units
  const keep: ConductOptions['keep'] = (reached, played, told) => {
    const reconciliation = told ?? null
    keepCheckpoint(work, { run: replay, planHash: planHash(plan), stage: reached, played, reconciliation, layout, fdatasyncMsP50, units })
  }
  const conducted = await conduct({
    city: plan.city,
    trace,
    wire: on.wire,
    secret: on.secret,
    folder: work,
    k6: { ...k6, script: join(repositoryRoot, 'load', 'replay.ts') },
    ...(target === undefined ? {} : { target }),
    warmUpVisits: asked.warmUpVisits ?? usualWarmUpVisits,
    faults,
    ...(foretold === undefined ? {} : { foretoldOpen: foretold.openAtOnce }),
    ...(slower === undefined ? {} : { slower }),
    ...(resumes === undefined ? {} : { keep, resume: resumes.from }),
    ...(asked.hold === undefined ? {} : { hold: asked.hold }),
    signal,
    tell: (name, { done, of }) => stage(name, done, of),
  }).catch((error: unknown) => {
    throw error instanceof TooManyOpen ? tooManyOpen(error) : error instanceof OpeningBookDiffers ? openingBookDiffers(error) : error
  })
  return judgeLevel({ layout, fdatasyncMsP50, units }, asked, conducted)
}

/** Audit and outcome of what was conducted; nothing of it needs the city any more. */
export function judgeLevel(
  { layout, fdatasyncMsP50, units }: Pick<Checkpoint, 'layout' | 'fdatasyncMsP50' | 'units'>,
  asked: LevelAsked,
  conducted: Conducted,
): PlayedLevel {
  const { plan, trace, level, target, ledger, platformProcesses, twin, foretold, folder, replay, stage } = asked
  stage('audit', 0, 1)
  const audit = auditRun({
    planned: trace.rows,
    seen: conducted.log.rows,
    books: conducted.books,
    mustHaveMoved: mustHaveMoved(trace, target !== undefined),
    policy: plan.policy,
    faults: conducted.struck.map(({ fault, toll }) => struckFault(fault, toll)),
    dayEnded: conducted.reconciliation !== undefined,
    wrongdoing: plantedWrongdoing(trace),
    monthCleared: conducted.reconciliation !== undefined && plantedWrongdoing(trace).length > 0,
    ...(conducted.term === undefined ? {} : { term: conducted.term }),
    compared: comparisons(trace, conducted, twin?.rows, target === undefined, plan.city.parties.health),
    clockToleranceMs: 50,
    replay,
    folder: shellWord(folder),
  })
  const wire = wireOutcome({
    trace,
    conducted,
    audit,
    level: { name: level.name, title: level.title },
    target: {
      name: target === undefined ? 'medpay' : target.name,
      isOurs: target === undefined,
      ledger: target === undefined ? ledger : 'its-own',
      processes: target === undefined ? platformProcesses : 1,
      layout,
    },
    k6Version: k6Version(),
    fdatasyncMsP50,
    units,
    parties: plan.city.parties,
    twin,
    foretold,
  })
  return { trace, conducted, wire, reasons: voidReasons(wire, conducted, level.leastPaymentsPerSecond) }
}

/**
 * Ends the command where the run is void or money is broken, with the one command that plays it again. Money that is broken is told of a void
 * run too: its latencies say nothing, a bill that was paid twice was.
 */
export function assertGood({ audit, verdicts = [] }: WireOutcome, reasons: readonly Words[], replay: string): void {
  const broken = [
    ...(audit.verdict === 'failed' ? audit.rules.filter(({ standing }) => standing === 'broken') : []),
    // What broke at a rate that was only tried stands in no audit of what is told; the notes name rate and rule.
    ...verdicts
      .filter(({ name, standing }) => audit.verdict === 'passed' && name === 'audit-findings' && standing === 'short')
      .map(({ name, title, measured }) => ({ name, title, broken: measured ?? 0, findings: [] })),
  ]
  if (reasons.length === 0 && broken.length === 0) return
  const told = (language: 'en' | 'zh', isVoid: string, isBroken: string) => [
    ...(reasons.length === 0 ? [] : [isVoid + reasons.map((reason) => reason[language]).join('; ')]),
    ...(broken.length === 0 ? [] : [isBroken + broken.map(({ title, broken: count }) => `${title[language]} (${count})`).join('; ')]),
  ]
  // The report has every finding; here stands the first of each rule, and how to look at its bill.
  const looks = broken.flatMap(({ name, findings: [first] }) => (first === undefined ? [] : [`  ${name}: ${first.why}`]))
  throw new CommandFailure(
    reasons.length > 0 ? exitCodes.runVoid : exitCodes.moneyBroken,
    told('en', 'the run is void: ', 'rules of money are broken: ').join('\n'),
    [...told('zh', '运行作废：', '资金规则被破坏：'), ...looks, `replay · 重现: ${replay}`].join('\n'),
  )
}

/** Ends the command where a level that must pass is short of a goal: its figures stand, and a script that runs it must not go on. */
export function assertReached({ verdicts = [], level }: Pick<WireOutcome, 'verdicts' | 'level'>, replay: string): void {
  const short = verdicts.filter(({ standing }) => standing === 'short')
  if (short.length === 0) return
  const told = (language: 'en' | 'zh') =>
    short.map(
      ({ title, measured, is, goal, unit }) => `${title[language]} ${measured ?? '–'} (${is === 'at-least' ? '≥' : '≤'} ${goal} ${unit})`,
    )
  throw new CommandFailure(
    exitCodes.levelShort,
    `the level ${level.name} is short of: ${told('en').join('; ')}`,
    [`${level.title.zh}未达到：${told('zh').join('；')}`, `replay · 重现: ${replay}`].join('\n'),
  )
}

/** Actors without which nothing can be said: those the trace calls. */
function mustHaveMoved({ rows }: Trace, isForeign: boolean): readonly string[] {
  const paysByPlatform = rows.some(({ bill, mode }) => bill !== null && mode !== 'window' && mode !== 'kiosk')
  return ['bureau', 'his', ...(paysByPlatform && !isForeign ? ['platform'] : [])]
}

const tooManyOpen = ({ openAtOnce, longestLeg }: TooManyOpen): CommandFailure =>
  new CommandFailure(
    exitCodes.badInput,
    `${openAtOnce} requests would be open at once, more than one generator holds (2,000); shorten parties.retry.timeoutSeconds.${longestLeg}, or the scale`,
    `将有 ${openAtOnce} 个请求同时未决，超过单个发生器的上限（2,000）；请缩短 parties.retry.timeoutSeconds.${longestLeg}，或减小规模`,
  )

const openingBookDiffers = ({ actor }: OpeningBookDiffers): CommandFailure =>
  new CommandFailure(
    exitCodes.runVoid,
    `the run is void: ${actor} holds another opening book than it was sent; nothing was played. Is an older version or another run answering at its port?`,
    `运行作废：${actor} 的期初账簿与所送不同，未作回放。其端口上应答的是否为旧版本或另一次运行？`,
  )
