/**
 * `medpay load --profile`: the five levels of a latency profile on one wire city, lowest first, each audited like any load. What a level
 * measured is in the file before the next begins, so that a command that was stopped goes on where it ended.
 */
import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { writeRunFolder } from '../reports/write-run-folder.ts'
import type { Plan, Words } from '../scenarios/plan.ts'
import { planHash } from '../scenarios/plan-hash.ts'
import type { LevelFigures } from '../simulators/measures/result-wire.ts'
import { type LatencyProfile, latencyProfileOf, type ProfileLevel } from '../simulators/trace/latency-profile.ts'
import type { TraceWindow } from '../simulators/trace/trace.ts'
import { windowsOfLoad } from '../simulators/virtual/cut/cut-trace.ts'
import { forgetAll } from '../simulators/wire/replay/conduct.ts'
import { levelFigures } from '../simulators/wire/replay/level-figures.ts'
import { profileLevel } from '../simulators/wire/replay/profile-level.ts'
import type { LoadWords } from './commands/load.ts'
import type { Context } from './context.ts'
import { cut, cutOrTell } from './cut-load.ts'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure } from './failure.ts'
import { growProfile, profileOf, profileSoFar } from './grow-profile.ts'
import { holdFolder } from './hold-folder.ts'
import { repositoryRoot } from './house.ts'
import { kernelOrNotice } from './kernel.ts'
import { reportLanguages, terminalLanguages } from './language.ts'
import { levelsSoFar } from './levels-so-far.ts'
import { stageLine } from './load-progress.ts'
import { assertK6Words, assertNoneIdle } from './load-words.ts'
import { planFrom } from './plan-from.ts'
import { assertGood, type LevelAsked, type PlayedLevel, playLevel } from './play-level.ts'
import { levelSeconds, type MeasuredLevel, measuredLevels } from './profile-levels.ts'
import { profileLines } from './profile-lines.ts'
import { replayCommand } from './replay-command.ts'
import { folderFor } from './run-folder.ts'
import { assertShared, k6OrNotRun, quickVirtual, wireResult } from './run-load.ts'
import { secretName, secretOf } from './serve-city.ts'
import { dropAside, setAside } from './set-aside.ts'
import { wireLines } from './wire-lines.ts'
import { onWireStage, type StageAsked, type WireStage } from './wire-stage.ts'
import { wordsAgain } from './words-again.ts'

export async function runProfile(scenario: string, words: LoadWords, path: string, k6Words: readonly string[], context: Context) {
  const { terminal, interruption, secondsNow } = context
  assertAllLevels(words)
  assertNoneIdle(words)
  assertK6Words(k6Words)
  if (words.platformProcesses > 1) assertShared(words)
  const plan = await planFrom(scenario, words.seed === undefined ? {} : { seed: words.seed })
  profileSoFar(path, planHash(plan))
  const folder = words.out ?? defaultFolder(plan)
  const folderOf = ({ name }: MeasuredLevel) =>
    folderFor(plan, { out: join(folder, name), scale: undefined, isOneOfMany: false, quick: false }, terminal)
  for (const level of measuredLevels) folderOf(level)
  const replay = replayCommand(['load', scenario, ...wordsAgain(plan, words), ...(k6Words.length === 0 ? [] : ['--', ...k6Words])])
  const stage = stageLine(terminal, plan.scenario.name, secondsNow)
  const program = await k6OrNotRun(context, stage)
  const kernel = await kernelOrNotice(terminal)
  const scale = words.scale ?? 1
  const seconds = words.window?.seconds ?? levelSeconds

  stage('cut', 0, 1)
  const shares = measuredLevels.map(({ share }) => share)
  const windows = cutOrTell(() => windowsOfLoad(plan, { arm: words.arm, seconds, shares, scale, kernelBytes: kernel.bytes }))
  const windowOf = ({ share }: MeasuredLevel) => windows.get(share) as TraceWindow
  const isDone = (level: MeasuredLevel): boolean =>
    (profileSoFar(path, planHash(plan))?.levels ?? []).some(
      (known) =>
        known.isValid &&
        known.name === level.name &&
        known.fromSecond === windowOf(level).fromSecond &&
        known.seconds === seconds &&
        known.scale === scale * level.copies,
    )
  const left = measuredLevels.filter((level) => !isDone(level))
  for (const level of measuredLevels) if (!left.includes(level)) tellLevel(context, words, level, alreadyMeasured)
  if (left.length > 0) {
    holdFolder(resolve(folder))
    const virtual = await quickVirtual(plan, kernel, replay, context, stage)
    const playOne = async (on: WireStage, level: MeasuredLevel): Promise<void> => {
      const { fromSecond } = windowOf(level)
      stage('cut', 0, 1)
      const trace = cut(plan, { ...words, window: { fromSecond, seconds }, scale: scale * level.copies }, kernel.bytes)
      interruption.throwIfAborted()
      const own = folderOf(level)
      const asked: LevelAsked = {
        plan,
        trace,
        level: { ...level, leastPaymentsPerSecond: 0 },
        target: undefined,
        ledger: words.ledger,
        platformProcesses: words.platformProcesses,
        faults: [],
        k6: { program, words: k6Words },
        folder: own,
        work: join(resolve(own), 'wire'),
        replay,
        signal: interruption,
        stage,
      }
      setAside(resolve(own))
      // The generator's lines are added to a file that is there; those of an earlier try are of another run.
      rmSync(asked.work, { recursive: true, force: true })
      const played = await playLevel(on, asked)
      interruption.throwIfAborted()
      const figures: LevelFigures = { ...levelFigures(level.title, played), divergence: played.wire.divergence ?? [] }
      const known = profileSoFar(path, planHash(plan))?.levels ?? []
      const wire = { ...played.wire, levels: levelsSoFar(known, figures, (name) => join(folder, name)) }
      const written = writeRunFolder(
        own,
        { plan, result: wireResult(virtual, wire, played.reasons) },
        { languages: reportLanguages(words.lang) },
      )
      if (!written.ok) throw new CommandFailure(exitCodes.outputProblem, written.problem.en, written.problem.zh)
      dropAside(resolve(own))
      terminal.status?.('')
      tellLevel(context, words, level, { en: '', zh: '' })
      for (const language of terminalLanguages(words.lang, terminal.env))
        for (const line of wireLines(played.wire, played.conducted, language)) terminal.line(`  ${line}`)
      terminal.line(`  ${written.reportPath}`)
      keep(path, plan, played)
    }
    const city: StageAsked = {
      plan,
      scenario,
      work: join(resolve(folder), 'wire-city'),
      ledger: words.ledger,
      platformProcesses: words.platformProcesses,
      isForeign: false,
      firstPort: words.port,
      secret: secretOf(terminal.env[secretName]),
      signal: interruption,
      stage,
    }
    await onWireStage(city, async (on) => {
      for (const level of left) {
        if (level !== left[0]) await forgetAll(on.wire)
        await playOne(on, level)
      }
    })
  }
  const profile = profileSoFar(path, planHash(plan)) as LatencyProfile
  for (const language of terminalLanguages(words.lang, terminal.env))
    for (const line of profileLines(profile, language)) terminal.line(line)
  terminal.line(path)
  assertValid(profile.levels)
}

/** Broken money ends the command: its latencies are of no use. A void level is kept as void, and the command goes on. */
function keep(path: string, plan: Plan, { trace, conducted, wire, reasons }: PlayedLevel): void {
  assertGood(wire, [], wire.audit.replay)
  const level = profileLevel(trace, conducted, wire, reasons)
  growProfile(path, profileSoFar(path, planHash(plan)), latencyProfileOf(profileOf(plan, wire), [level]))
}

function assertValid(levels: readonly ProfileLevel[]): void {
  const broken = levels.filter(({ isValid }) => !isValid)
  if (broken.length === 0) return
  const told = (language: 'en' | 'zh') =>
    broken.map(({ title, reasons }) => `\n  ${title[language]}: ${reasons.map((reason) => reason[language]).join('; ')}`).join('')
  throw new CommandFailure(
    exitCodes.runVoid,
    `these levels are void and are not fed back; the same command measures them again:${told('en')}`,
    `以下各级作废，不予回馈；再次运行同一命令即重新测量：${told('zh')}`,
  )
}

/** The levels set window and scale themselves. A platform of others cannot be made to forget one level before the next. */
function assertAllLevels({ window, level, scale, target, fault }: LoadWords): void {
  const wrong = [
    ...(window?.fromSecond === undefined ? [] : ['--window HH:MM+…']),
    ...(level === undefined || level === 'as-asked' ? [] : [`--level ${level}`]),
    ...(scale === undefined || scale <= 1 ? [] : [`--scale ${scale}`]),
    ...(target === undefined ? [] : ['--target']),
    ...(fault.length === 0 ? [] : ['--fault']),
  ]
  if (wrong.length === 0) return
  throw new CommandFailure(
    exitCodes.badInput,
    `--profile measures five levels and sets their moments and loads itself; ${wrong.join(', ')} goes with --one-level`,
    `--profile 依次测量五级，时段与负载由其自定；${wrong.join('、')} 须与 --one-level 同用`,
  )
}

const alreadyMeasured: Words = { zh: '：此前已测，不再重复', en: ': measured before, and not again' }

function tellLevel({ terminal }: Context, words: LoadWords, { title }: MeasuredLevel, what: Words): void {
  const told = terminalLanguages(words.lang, terminal.env).map((language) => `${title[language]}${what[language]}`)
  terminal.line(`── ${told.join(' · ')}`)
}

const defaultFolder = ({ scenario: { name, seed } }: Plan): string =>
  join(repositoryRoot, 'reports', 'runs', `${name}-${seed}-wire-profile`)
