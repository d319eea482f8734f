/** `medpay load`: the virtual city cuts the trace, the wire plays it, the auditor judges, the report tells. */

import { join, resolve } from 'node:path'
import type { Plan, Words } from '../scenarios/plan.ts'
import { planHash } from '../scenarios/plan-hash.ts'
import type { WireOutcome } from '../simulators/measures/result-wire.ts'
import type { RunResult } from '../simulators/measures/run-result.ts'
import { latencyProfileOf } from '../simulators/trace/latency-profile.ts'
import type { Trace } from '../simulators/trace/trace.ts'
import { type Foretold, foretell } from '../simulators/virtual/cut/foretell.ts'
import { resultHashOf } from '../simulators/virtual/result-hash.ts'
import { type KernelProvider, runCity } from '../simulators/virtual/run-city.ts'
import { asForetold, asRoutedOnWire } from '../simulators/wire/faults/as-foretold.ts'
import type { FaultOnWire } from '../simulators/wire/faults/wire-fault.ts'
import { checkpointOf, conductedIn, dropCheckpoint } from '../simulators/wire/replay/checkpoint-store.ts'
import { goLiveOnWire } from '../simulators/wire/replay/go-live-on-wire.ts'
import { cityPeakVerdicts } from '../simulators/wire/replay/level-verdicts.ts'
import { profileLevel } from '../simulators/wire/replay/profile-level.ts'
import { layoutOf, portsFrom } from '../simulators/wire/replay/wire-processes.ts'
import { assertPortsFree } from '../simulators/wire/serve.ts'
import { K6Missing, provideK6 } from '../tools/resolve-k6.ts'
import type { LoadWords } from './commands/load.ts'
import type { Context } from './context.ts'
import { atItsGoal, cutWithFaults } from './cut-load.ts'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure } from './failure.ts'
import { growProfile, profileOf, profileSoFar } from './grow-profile.ts'
import { holdFolder } from './hold-folder.ts'
import { repositoryRoot } from './house.ts'
import { kernelOrNotice } from './kernel.ts'
import { reportLanguages, terminalLanguages } from './language.ts'
import { assertPlayable, faultGround } from './load-faults.ts'
import { type LoadLevel, levelPlayed, loadLevels } from './load-levels.ts'
import { type StageLine, stageLine } from './load-progress.ts'
import { meetTarget, targetOf } from './load-target.ts'
import { assertK6Words, assertNoneIdle } from './load-words.ts'
import { planFrom } from './plan-from.ts'
import { assertGood, assertReached, judgeLevel, type LevelAsked, type PlayedLevel, playLevel } from './play-level.ts'
import { playOverload } from './play-overload.ts'
import { playStress } from './play-stress.ts'
import { replayCommand } from './replay-command.ts'
import { folderFor } from './run-folder.ts'
import { secretName, secretOf } from './serve-city.ts'
import { whyNotServed } from './serve-or-tell.ts'
import { asideFolder, dropAside, setAside } from './set-aside.ts'
import { type TwinAsked, twinOf } from './twin-of-load.ts'
import { onWireStage, type StageAsked, type WireStage } from './wire-stage.ts'
import { wordsAgain } from './words-again.ts'

export async function runLoad(scenario: string, words: LoadWords, k6Words: readonly string[], context: Context): Promise<void> {
  const { terminal, interruption, secondsNow } = context
  if (words.platformProcesses > 1) assertShared(words)
  assertOwnPlatform(words)
  assertNoneIdle(words)
  assertK6Words(k6Words)
  const target = await targetOf(words)
  const plan = await planFrom(scenario, { ...(words.seed === undefined ? {} : { seed: words.seed }) })
  const profile = words.profile === undefined ? undefined : { path: words.profile, soFar: profileSoFar(words.profile, planHash(plan)) }
  const parties = layoutOf(plan.city, target !== undefined).flat()
  const stranger = words.fault.find(({ target: party }) => !parties.includes(party))
  if (stranger !== undefined) throw noSuchParty(stranger.target, parties)
  if (words.port !== undefined) await assertFree(portsFrom(words.port, plan.city, target !== undefined, words.platformProcesses))
  if (words.fault.length > 0) assertPlayable(words.fault, faultGround(words.ledger, plan.city))
  const folder = folderFor(plan, { out: words.out ?? defaultFolder(plan), scale: undefined, isOneOfMany: false, quick: false }, terminal)
  const stage = stageLine(terminal, plan.scenario.name, secondsNow)
  const program = await k6OrNotRun(context, stage)

  const kernel = await kernelOrNotice(terminal)
  // What cannot be cut is told before the city is played for the report's virtual pages.
  stage('cut', 0, 1)
  const { trace, faults } = cutWithFaults(plan, atItsGoal(plan, words, kernel.bytes), kernel.bytes)
  const absent = faults.find(({ target: party }) => !parties.includes(party))
  if (absent !== undefined) throw noSuchParty(absent.target, parties)
  const levelName = levelPlayed(
    words,
    trace,
    plan.scenario.arms.find(({ name }) => name === trace.arm),
  )
  const level: LoadLevel = loadLevels[levelName]
  const again = wordsAgain(plan, levelName === 'as-asked' ? words : { ...words, level: levelName })
  const replay = replayCommand(['load', scenario, ...again, ...(k6Words.length === 0 ? [] : ['--', ...k6Words])])
  holdFolder(resolve(folder))
  const virtual = await quickVirtual(plan, kernel, replay, context, stage)
  interruption.throwIfAborted()

  const asked = {
    plan,
    scenario,
    trace,
    level: {
      name: levelName,
      title: level.title,
      leastPaymentsPerSecond: Math.min(level.leastPaymentsPerSecond, (words.goal ?? Number.POSITIVE_INFINITY) / 4),
    },
    target,
    ledger: words.ledger,
    platformProcesses: words.platformProcesses,
    faults,
    foretold: faults.length === 0 ? undefined : foretoldOf(plan, trace, faults, kernel.bytes),
    k6: { program, words: k6Words },
    isForeign: target !== undefined,
    firstPort: words.port,
    secret: secretOf(terminal.env[secretName]),
    folder,
    work: join(resolve(folder), 'wire'),
    replay,
    signal: interruption,
    stage,
  } satisfies LevelAsked & TwinAsked
  if (setAside(resolve(folder)))
    terminal.notice(
      `the earlier result in ${folder} waits in ${asideFolder}/ until this one is written · ${folder} 中原有结果移至 ${asideFolder}/，待本次结果写出后清除`,
    )
  // A platform of others keeps what a twin would leave behind, so none is played against it.
  const twin = faults.length === 0 || target !== undefined ? undefined : await twinOf(asked, join(resolve(folder), 'twin'))
  const meet = async (on: WireStage) => {
    if (target !== undefined) await meetTarget(target, on, asked, words, terminal)
  }
  const search = levelName === 'stress' ? playStress : levelName === 'overload' ? playOverload : undefined
  const tell = ({ en, zh }: Words) => terminal.notice(`${en} · ${zh}`)
  const played =
    search === undefined
      ? await playedOrTakenUp({ ...asked, twin: twin?.run }, context, meet)
      : await onWireStage({ ...asked, goesOn: false }, async (on) => {
          await meet(on)
          return search(on, asked, tell, words.goal)
        })
  const goLive = goLiveOnWire(trace, played.conducted)
  const wire = {
    ...played.wire,
    ...(levelName === 'city-peak' ? { verdicts: cityPeakVerdicts(played.wire) } : {}),
    ...(goLive === undefined ? {} : { goLive }),
  }
  const { conducted } = played
  const reasons = [...played.reasons, ...(twin?.reasons ?? [])]
  const result = wireResult(virtual, wire, reasons)
  terminal.status?.('')
  // A report is loaded once there is one to write, so that whoever asks for what cannot be played hears so sooner.
  const { writeRunFolder } = await import('../reports/write-run-folder.ts')
  const { wireLines } = await import('./wire-lines.ts')
  const written = writeRunFolder(folder, { plan, result }, { languages: reportLanguages(words.lang) })
  if (!written.ok) throw new CommandFailure(exitCodes.outputProblem, written.problem.en, written.problem.zh)
  dropCheckpoint(asked.work)
  dropAside(resolve(folder))
  for (const language of terminalLanguages(words.lang, terminal.env))
    for (const line of wireLines(wire, conducted, language)) terminal.line(line)
  terminal.line(written.reportPath)
  interruption.throwIfAborted()
  assertGood(wire, reasons, replay)
  if (profile !== undefined) {
    // A void level or one of broken books measures nothing, so it never comes this far.
    growProfile(profile.path, profile.soFar, latencyProfileOf(profileOf(plan, wire), [profileLevel(played.trace, conducted, wire, [])]))
    terminal.line(profile.path)
  }
  if (level.mustPass) assertReached(wire, replay)
}

const stagesDone = {
  drained: { en: 'played; the day end comes next', zh: '已回放，接着做日终' },
  'day-ended': { en: 'played, its day ended; the books come next', zh: '已回放并完成日终，接着取账簿' },
  booked: { en: 'played, its books taken; the audit comes next', zh: '已回放并取得账簿，接着审计' },
} as const

/** The half hour of a city is played once: a run that was stopped after it goes on where it stood. */
async function playedOrTakenUp(
  asked: LevelAsked & StageAsked,
  { terminal }: Context,
  meet: (on: WireStage) => Promise<void>,
): Promise<PlayedLevel> {
  const { plan, work, replay, ledger, target, faults } = asked
  // A ledger of the run's own PostgreSQL is gone with it, and what faults touched is compared with a twin played beside it.
  const canGoOn = target === undefined && faults.length === 0 && ledger === 'sqlite'
  const from = canGoOn ? checkpointOf(work, { run: replay, planHash: planHash(plan) }) : undefined
  if (from !== undefined) {
    const { en, zh } = stagesDone[from.stage]
    terminal.notice(`going on with the run in ${work}: ${en} · 继续上次运行：${zh}`)
  }
  if (from?.stage === 'booked') return judgeLevel(from, asked, conductedIn(work, from))
  try {
    return await onWireStage({ ...asked, goesOn: from !== undefined }, async (on) => {
      await meet(on)
      return playLevel(on, canGoOn ? { ...asked, resumes: { from } } : asked)
    })
  } catch (error) {
    if (asked.signal.aborted && canGoOn && checkpointOf(work, { run: replay, planHash: planHash(plan) }) !== undefined)
      terminal.notice(
        `what was played stands in ${work}; the same command goes on with it · 已回放部分保存在 ${work}，再次运行同一命令即可继续`,
      )
    throw error
  }
}

/** The virtual part of a result of the wire: a first look, as `medpay run --quick` has it. */
export async function quickVirtual(
  plan: Plan,
  kernel: KernelProvider,
  replay: string,
  { interruption }: Context,
  stage: StageLine,
): Promise<RunResult> {
  stage('virtual', 0, 1)
  return runCity(plan, {
    workers: 2,
    kernel,
    wallClock: () => new Date(),
    signal: interruption,
    replay,
    // The load's own answer is the wire's; the city's headline is looked up in its own run.
    quick: true,
    onProgress: ({ daysDone, daysPlanned }) => stage('virtual', daysDone, daysPlanned),
  })
}

const defaultFolder = ({ scenario: { name, seed } }: Plan): string => join(repositoryRoot, 'reports', 'runs', `${name}-${seed}-wire`)

export async function k6OrNotRun({ terminal, interruption }: Context, stage: StageLine): Promise<string> {
  try {
    return await provideK6({
      begins: () => terminal.notice('building k6, once a machine; a minute or two · 正在编译 k6，每台机器仅一次，约一两分钟'),
      progress: ({ packagesDone, packages }) => stage('k6', packagesDone, packages),
      signal: interruption,
    })
  } catch (error) {
    if (!(error instanceof K6Missing)) throw error
    const [en = '', zh = ''] = error.message.split(/\n(?=!! 未运行)/)
    throw new CommandFailure(exitCodes.wireNotRun, en, zh)
  }
}

const foretoldOf = (plan: Plan, { arm, window, scale }: Trace, faults: readonly FaultOnWire[], kernelBytes: Uint8Array | null): Foretold =>
  foretell(asRoutedOnWire(plan, faults), {
    ...{ arm, window, scale: scale.asked, kernelBytes },
    faults: asForetold(faults, plan.city.parties, window.fromSecond),
  })

function assertOwnPlatform({ level, target }: LoadWords): void {
  if (level !== 'overload' || target === undefined) return
  throw new CommandFailure(
    exitCodes.badInput,
    '--level overload holds our own platform to a share of a core; it cannot hold one that it did not start',
    '--level overload 需限制本平台的处理器份额，无法限制并非由其启动的平台',
  )
}

export function assertShared({ platformProcesses: processes, ledger, target }: LoadWords): void {
  if (target !== undefined)
    throw new CommandFailure(
      exitCodes.badInput,
      'with --target our platform does not start; leave out --platform-processes',
      '使用 --target 时不启动本平台；请去掉 --platform-processes',
    )
  if (ledger === 'sqlite')
    throw new CommandFailure(
      exitCodes.badInput,
      `${processes} platform processes share one ledger, and SQLite belongs to one process; add --ledger postgres`,
      `${processes} 个平台进程须共用一个账簿，而 SQLite 只属于一个进程；请加 --ledger postgres`,
    )
}

const assertFree = (ports: ReadonlyMap<string, number>): Promise<void> =>
  assertPortsFree(ports, '127.0.0.1').catch((error: unknown) => {
    throw whyNotServed(error) ?? error
  })

const noSuchParty = (party: string, parties: readonly string[]): CommandFailure =>
  new CommandFailure(
    exitCodes.badInput,
    `there is no ${party} to strike in this run; there are ${parties.join(', ')}`,
    `本次运行中没有可施加故障的一方 ${party}；可选：${parties.join('、')}`,
  )

export function wireResult(virtual: RunResult, wire: WireOutcome, reasons: RunResult['verdict']['reasons']): RunResult {
  const { resultHash: _, provenance, ...rest } = virtual
  const said = { ...rest, world: 'wire' as const, verdict: { valid: reasons.length === 0, reasons }, wire }
  return { ...said, resultHash: resultHashOf(said), provenance }
}
