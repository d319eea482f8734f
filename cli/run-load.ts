/** `medpay load`: the virtual city cuts the trace, the wire plays it, the auditor judges, the report tells. */
import { createHash } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { writeRunFolder } from '../reports/write-run-folder.ts'
import type { Plan } from '../scenarios/plan.ts'
import { planHash } from '../scenarios/plan-hash.ts'
import type { WireOutcome } from '../simulators/measures/result-wire.ts'
import type { RunResult } from '../simulators/measures/run-result.ts'
import { traceProblems } from '../simulators/trace/check-trace.ts'
import { latencyProfileOf } from '../simulators/trace/latency-profile.ts'
import type { Trace } from '../simulators/trace/trace.ts'
import { cutTrace, NothingToCut } from '../simulators/virtual/cut-trace.ts'
import { runCity } from '../simulators/virtual/run-city.ts'
import type { AskedWindow } from '../simulators/virtual/window-day.ts'
import { auditRun } from '../simulators/wire/audit/audit-run.ts'
import { struckFault } from '../simulators/wire/faults/struck-fault.ts'
import type { FaultOnWire } from '../simulators/wire/faults/wire-fault.ts'
import { type Conducted, conduct } from '../simulators/wire/replay/conduct.ts'
import { TooManyOpen } from '../simulators/wire/replay/play-of-trace.ts'
import { faultsInWindow } from '../simulators/wire/replay/strikes.ts'
import { voidReasons, wireOutcome } from '../simulators/wire/replay/wire-outcome.ts'
import { ChildFailed, startProcesses } from '../simulators/wire/replay/wire-processes.ts'
import { actorNames, firstOfFreePorts } from '../simulators/wire/serve.ts'
import { freshSecret } from '../simulators/wire/signing/key-ring.ts'
import { fdatasyncMs } from '../tools/fdatasync.ts'
import type { RunningPostgres } from '../tools/postgres.ts'
import { K6Missing, k6Version, provideK6 } from '../tools/resolve-k6.ts'
import type { GivenFault, LoadWindow, LoadWords } from './commands/load.ts'
import type { Context } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure } from './failure.ts'
import { growProfile, profileSoFar } from './grow-profile.ts'
import { repositoryRoot } from './house.ts'
import { kernelOrNotice } from './kernel.ts'
import { reportLanguages, terminalLanguages } from './language.ts'
import { faultsNotPlayed } from './load-faults.ts'
import { type LoadLevel, loadLevels } from './load-levels.ts'
import { type StageLine, stageLine } from './load-progress.ts'
import { targetOf } from './load-target.ts'
import { planFrom } from './plan-from.ts'
import { replayCommand } from './replay.ts'
import { folderFor } from './run-folder.ts'
import { secretName } from './serve-city.ts'
import { wireLines } from './wire-lines.ts'

/** Whoever is slow at the first payments of a fresh process must not be measured for it. */
const warmUpVisits = 200

export async function runLoad(scenario: string, words: LoadWords, k6Words: readonly string[], context: Context): Promise<void> {
  const { terminal, interruption, secondsNow } = context
  const level: LoadLevel = loadLevels[words.level]
  const target = await targetOf(words)
  const plan = await planFrom(scenario, { ...(words.seed === undefined ? {} : { seed: words.seed }) })
  const profile = words.profile === undefined ? undefined : { path: words.profile, soFar: profileSoFar(words.profile, planHash(plan)) }
  const parties = actorNames(plan.city)
  const stranger = words.fault.find(({ target: party }) => !parties.includes(party))
  if (stranger !== undefined) throw noSuchParty(stranger.target, parties)
  const unplayed = words.fault.filter(({ kind }) => faultsNotPlayed[kind] !== undefined)
  if (unplayed.length > 0) throw notPlayed(unplayed)
  const folder = folderFor(plan, { out: words.out ?? defaultFolder(plan), scale: undefined, isOneOfMany: false, quick: false }, terminal)
  const replay = replayCommand(['load', scenario, ...wordsAgain(plan, words), ...(k6Words.length === 0 ? [] : ['--', ...k6Words])])
  const stage = stageLine(terminal, plan.scenario.name, secondsNow)
  const program = await k6OrNotRun(context, stage)

  const kernel = await kernelOrNotice(terminal)
  stage('virtual', 0, 1)
  const virtual = await runCity(plan, {
    workers: 2,
    kernel,
    wallClock: () => new Date(),
    signal: interruption,
    replay,
    // The load's own answer is the wire's; the city's headline is looked up in its own run.
    quick: true,
    onProgress: ({ daysDone, daysPlanned }) => stage('virtual', daysDone, daysPlanned),
  })
  stage('cut', 0, 1)
  const trace = cut(plan, words, kernel.bytes)
  interruption.throwIfAborted()

  const work = join(resolve(folder), 'wire')
  rmSync(work, { recursive: true, force: true })
  mkdirSync(join(work, 'books'), { recursive: true })
  const disk = fdatasyncMs(work)
  const secret = freshSecret()
  const postgres = words.ledger === 'postgres' ? await ownPostgres() : undefined
  let conducted: Conducted
  let layout: WireOutcome['target']['layout']
  try {
    stage('start', 0, 1)
    const wire = await startProcesses({
      city: plan.city,
      serve: [process.execPath, join(repositoryRoot, 'cli', 'medpay.ts'), 'serve', scenario],
      secretName,
      secret,
      booksFolder: join(work, 'books'),
      platformWords: postgres === undefined ? [] : ['--ledger', postgres.url],
      signal: interruption,
    }).catch((error: unknown) => {
      throw error instanceof ChildFailed ? didNotStart(error) : error
    })
    layout = wire.layout
    try {
      conducted = await conduct({
        city: plan.city,
        trace,
        wire,
        secret,
        folder: work,
        k6: { program, script: join(repositoryRoot, 'load', 'replay.ts'), words: k6Words },
        ...(target === undefined ? {} : { target }),
        warmUpVisits,
        faults: [...faultsOf(plan, trace), ...words.fault.map((one, index) => asked(one, index, plan.scenario.seed))],
        signal: interruption,
        tell: (name, { done, of }) => stage(name, done, of),
      }).catch((error: unknown) => {
        throw error instanceof TooManyOpen ? tooManyOpen(error) : error
      })
    } finally {
      stage('stop', 0, 1)
      await wire.stop()
    }
  } finally {
    await postgres?.stop()
  }
  stage('audit', 0, 1)
  const audit = auditRun({
    planned: trace.rows,
    seen: conducted.log.rows,
    books: conducted.books,
    mustHaveMoved: mustHaveMoved(trace, target !== undefined),
    policy: plan.policy,
    faults: conducted.struck.map(({ fault, toll }) => struckFault(fault, toll)),
    clockToleranceMs: 50,
    replay,
    folder,
  })
  const wire = wireOutcome({
    trace,
    conducted,
    audit,
    level: { name: words.level, title: level.title },
    target: {
      name: target === undefined ? 'medpay' : target.name,
      isOurs: target === undefined,
      ledger: target === undefined ? words.ledger : 'its-own',
      processes: 1,
      layout,
    },
    k6Version: k6Version(),
    fdatasyncMsP50: disk.p50,
  })
  const reasons = [...voidReasons(wire, conducted, level.leastPaymentsPerSecond), ...audit.voidReasons]
  const result = wireResult(virtual, wire, reasons)
  terminal.status?.('')
  const written = writeRunFolder(folder, { plan, result }, { languages: reportLanguages(words.lang) })
  if (!written.ok) throw new CommandFailure(exitCodes.outputProblem, written.problem.en, written.problem.zh)
  for (const language of terminalLanguages(words.lang, terminal.env))
    for (const line of wireLines(wire, conducted, language)) terminal.line(line)
  terminal.line(written.reportPath)
  interruption.throwIfAborted()
  if (reasons.length > 0) {
    const told = (language: 'en' | 'zh') => reasons.map((reason) => reason[language]).join('; ')
    throw new CommandFailure(exitCodes.runVoid, `the run is void: ${told('en')}`, `运行作废：${told('zh')}`)
  }
  if (audit.verdict === 'failed') {
    const broken = audit.rules.filter(({ standing }) => standing === 'broken')
    const told = (language: 'en' | 'zh') => broken.map(({ title, broken: count }) => `${title[language]} (${count})`).join('; ')
    throw new CommandFailure(exitCodes.moneyBroken, `rules of money are broken: ${told('en')}\n${replay}`, `资金规则被破坏：${told('zh')}`)
  }
  if (profile === undefined) return
  // A void level or one of broken books measures nothing, so it never comes this far.
  growProfile(
    profile.path,
    profile.soFar,
    latencyProfileOf({ planHash: planHash(plan), scenario: plan.scenario.name }, [{ wire, isValid: true }]),
  )
  terminal.line(profile.path)
}

/** Read only here: the package that brings PostgreSQL takes Ctrl-C and the exit code into its own hands as soon as it is read. */
async function ownPostgres(): Promise<RunningPostgres> {
  const { startPostgres } = await import('../tools/postgres.ts')
  return startPostgres(await firstOfFreePorts(1, '127.0.0.1'))
}

const defaultFolder = ({ scenario: { name, seed } }: Plan): string => join(repositoryRoot, 'reports', 'runs', `${name}-${seed}-wire`)

function wordsAgain(
  { scenario }: Plan,
  { window, level, arm, scale, target, adapter, ledger, profile, fault }: LoadWords,
): readonly string[] {
  const from = window?.fromSecond
  const clock = (second: number) =>
    [second / 3600, (second / 60) % 60, second % 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':')
  return [
    '--seed',
    String(scenario.seed),
    ...(window === undefined ? [] : ['--window', `${from === undefined ? '' : `${clock(from)}+`}${window.seconds}s`]),
    ...(level === 'as-asked' ? [] : ['--level', level]),
    ...(arm === undefined ? [] : ['--arm', arm]),
    ...(scale === undefined ? [] : ['--scale', String(scale)]),
    ...(target === undefined ? [] : ['--target', target]),
    ...(adapter === undefined ? [] : ['--adapter', adapter]),
    ...(ledger === 'sqlite' ? [] : ['--ledger', ledger]),
    ...(profile === undefined ? [] : ['--profile', profile]),
    ...fault.flatMap(({ kind, target: party, fromSecond, seconds }) => ['--fault', `${kind}@${party}:${fromSecond}+${seconds}`]),
  ]
}

async function k6OrNotRun({ terminal, interruption }: Context, stage: StageLine): Promise<string> {
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

function cut(plan: Plan, { window, arm, scale, level }: LoadWords, kernelBytes: Uint8Array | null): Trace {
  try {
    const trace = cutTrace(plan, {
      kernelBytes,
      ...(arm === undefined ? {} : { arm }),
      scale: scale ?? loadLevels[level].scale,
      window: windowAsked(window ?? { seconds: loadLevels[level].seconds }),
    })
    const problems = traceProblems(trace)
    if (problems.length > 0) throw new Error(`a broken trace was cut: ${problems[0]?.place} ${problems[0]?.what.en}`)
    return trace
  } catch (error) {
    if (!(error instanceof NothingToCut)) throw error
    throw new CommandFailure(exitCodes.badInput, error.message, `没有可回放的内容：${error.message}`)
  }
}

const windowAsked = ({ fromSecond, seconds }: LoadWindow): AskedWindow =>
  fromSecond === undefined ? { fromSecond: 'busiest', seconds } : { fromSecond, seconds }

const didNotStart = (error: ChildFailed): CommandFailure =>
  new CommandFailure(
    exitCodes.outputProblem,
    `a process of the wire city did not start: ${error.message}`,
    `线上城市有进程未能启动：${error.message}`,
  )

const tooManyOpen = ({ openAtOnce, longestLeg }: TooManyOpen): CommandFailure =>
  new CommandFailure(
    exitCodes.badInput,
    `${openAtOnce} requests would be open at once, more than one generator holds (2,000); shorten parties.retry.timeoutSeconds.${longestLeg}, or the scale`,
    `将有 ${openAtOnce} 个请求同时未决，超过单个发生器的上限（2,000）；请缩短 parties.retry.timeoutSeconds.${longestLeg}，或减小规模`,
  )

const faultsOf = ({ scenario }: Plan, { arm, window }: Trace): readonly FaultOnWire[] =>
  faultsInWindow(scenario.arms.find(({ name }) => name === arm) ?? { faults: [] }, scenario.faults, window, scenario.seed)

const asked = ({ kind, target, fromSecond, seconds }: GivenFault, index: number, seed: number): FaultOnWire => ({
  name: `${kind}-of-${target}${index === 0 ? '' : `-${index + 1}`}`,
  kind,
  target,
  fromSecond,
  toSecond: fromSecond + seconds,
  share: 1,
  seed,
})

const noSuchParty = (party: string, parties: readonly string[]): CommandFailure =>
  new CommandFailure(
    exitCodes.badInput,
    `the city has no party ${party} to strike; it has ${parties.join(', ')}`,
    `城市中没有可施加故障的一方 ${party}；可选：${parties.join('、')}`,
  )

function notPlayed(faults: readonly GivenFault[]): CommandFailure {
  const told = (language: 'en' | 'zh') => faults.map(({ kind }) => `\n  ${kind}: ${faultsNotPlayed[kind]?.[language]}`).join('')
  return new CommandFailure(exitCodes.badInput, `medpay load does not play:${told('en')}`, `medpay load 不支持：${told('zh')}`)
}

/** Actors without which nothing can be said: those the trace calls. */
function mustHaveMoved({ rows }: Trace, isForeign: boolean): readonly string[] {
  const paysByPlatform = rows.some(({ bill, mode }) => bill !== null && mode !== 'window' && mode !== 'kiosk')
  return ['bureau', 'his', ...(paysByPlatform && !isForeign ? ['platform'] : [])]
}

function wireResult(virtual: RunResult, wire: WireOutcome, reasons: RunResult['verdict']['reasons']): RunResult {
  const { resultHash: _, provenance, ...rest } = virtual
  const said = { ...rest, world: 'wire' as const, verdict: { valid: reasons.length === 0, reasons }, wire }
  return { ...said, resultHash: createHash('sha256').update(JSON.stringify(said)).digest('hex'), provenance }
}
