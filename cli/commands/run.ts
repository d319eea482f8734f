import { availableParallelism } from 'node:os'
import { setFlagsFromString } from 'node:v8'
import type { Command } from 'commander'
import { Option } from 'commander'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { CommandFailure } from '../failure.ts'
import { reportLanguages, terminalLanguages } from '../language.ts'
import { type LanguageOption, languageOption, type PlanOptions, planOptions, workersOption } from '../options.ts'
import type { Running } from '../run-plan.ts'

interface RunOptions extends PlanOptions, LanguageOption {
  readonly workers?: number
  readonly out?: string
  readonly requirePrecision?: boolean
  readonly profile?: string
  readonly profileAnyway?: boolean
  readonly spotCheck?: boolean
}

export function addRun(program: Command, context: Context): void {
  const { terminal } = context
  const command = program
    .command('run')
    .argument('<scenario>', 'name or path · 情景名或路径')
    .description(
      'simulates a scenario and writes plan, result, measures and report into one folder\n运行情景，将计划、结果、指标与报告写入同一目录',
    )
  const outOption = new Option('--out <folder>', 'where to write (default: reports/runs/<scenario>-<seed>) · 输出目录')
  const strictOption = new Option(
    '--require-precision',
    `exit code ${exitCodes.precisionNotReached} when the precision is not reached · 未达到精度时以退出码 ${exitCodes.precisionNotReached} 结束`,
  )
  const profileOption = new Option(
    '--profile <file>',
    "run again with the platform's times as medpay load --profile measured them; queues as assumed and as measured side by side · 用实测的平台时延重算排队",
  )
  const anywayOption = new Option('--profile-anyway', 'take a profile that is sub-sampled, sped up or void · 强制采用不应回馈的档案')
  const spotOption = new Option(
    '--spot-check',
    'once the report is written: 30 s of the peak over HTTP with real k6, then one day again with the platform as measured there; where k6 cannot be had, that is said · 写出报告后：以真实 k6 回放高峰 30 秒，并用实测的平台时延重算一日',
  )
  const own = [workersOption(), outOption, strictOption, profileOption, anywayOption, spotOption, languageOption()]
  for (const option of [...planOptions(), ...own]) command.addOption(option)
  command.action(async (scenario: string, options: RunOptions) => {
    const { scale, seed, quick, replications, precision } = options
    keepNurseries('short')
    const { planFrom } = await import('../plan-from.ts')
    const { folderFor } = await import('../run-folder.ts')
    const scales = scale ?? [undefined]
    const isOneOfMany = scales.length > 1
    // Every plan is read and every folder is asked for before the first day runs: a mistake costs no waiting.
    const runs: Running[] = []
    for (const one of scales) {
      const shape = {
        ...(seed !== undefined && { seed }),
        ...(quick !== undefined && { quick }),
        ...(replications !== undefined && { replications }),
        ...(precision !== undefined && { precision }),
        ...(one !== undefined && { scale: one }),
      }
      const plan = await planFrom(scenario, shape)
      runs.push({
        plan,
        folder: folderFor(plan, { out: options.out, scale: one, isOneOfMany, quick: quick === true }, terminal),
        isOneOfMany,
        scenario,
        shape,
      })
    }
    const shared = {
      ...context,
      workers: options.workers ?? availableParallelism(),
      reportLanguages: reportLanguages(options.lang),
      languages: terminalLanguages(options.lang, terminal.env),
    } as const
    const { runOnePlan } = await import('../run-plan.ts')
    if (!runs.some(({ plan }) => plan.scenario.rollOut !== undefined)) keepNurseries('growing')
    const profile =
      options.profile === undefined
        ? undefined
        : (await import('../latency-profile.ts')).readProfile(options.profile, options.profileAnyway)
    if (profile !== undefined) for (const { plan } of runs) (await import('../run-measured.ts')).assertOneDay(plan)
    if (options.spotCheck === true) (await import('../run-spot-checked.ts')).assertOneRun(runs, profile !== undefined)
    const done = []
    for (const running of runs) {
      const assumed = await runOnePlan(running, shared)
      if (options.spotCheck === true) done.push(await (await import('../run-spot-checked.ts')).spotChecked(running, assumed, shared))
      else if (profile === undefined) done.push(assumed)
      else
        done.push(assumed, await (await import('../run-measured.ts')).runMeasured(running, assumed, profile, profileWords(options), shared))
    }
    if (scales.length > 1 && profile === undefined) {
      const { scaleTable } = await import('../scale-table.ts')
      const results = done.map(({ result }) => result)
      const { goLiveScaleTable } = await import('../go-live-scale-table.ts')
      for (const line of [...scaleTable(results, shared.languages), ...goLiveScaleTable(results, shared.languages)]) terminal.line(line)
    }
    for (const { reportPath } of done) terminal.line(reportPath)

    const broken = done.filter(({ result }) => !result.verdict.valid)
    if (broken.length > 0) {
      const reasons = (language: 'en' | 'zh'): string =>
        broken.flatMap(({ result }) => result.verdict.reasons.map((reason) => reason[language])).join('; ')
      throw new CommandFailure(exitCodes.runVoid, `the run is void: ${reasons('en')}`, `运行作废：${reasons('zh')}`)
    }
    const unsure = done.some(({ result }) => !result.replication.precisionReached)
    if (unsure && options.requirePrecision === true) {
      throw new CommandFailure(exitCodes.precisionNotReached, 'precision not reached within the days allowed', '在允许的天数内未达到精度')
    }
  })
}

const profileWords = ({ profile, profileAnyway }: RunOptions): readonly string[] => [
  ...(profile === undefined ? [] : ['--profile', profile]),
  ...(profileAnyway === true ? ['--profile-anyway'] : []),
]

/**
 * While it reads a plan and waits, V8 lets the nursery of the main thread's objects grow: 137 MB of heap for 38 MB of living ones. Short from
 * before anything large is read, and through a roll-out, whose memory is promised; other runs cost 2 to 3 % more time with it.
 */
function keepNurseries(size: 'short' | 'growing'): void {
  setFlagsFromString(`--semi-space-growth-factor=${size === 'short' ? 1 : V8_GROWTH_FACTOR}`)
}

/** What V8 has when nobody says anything. */
const V8_GROWTH_FACTOR = 2
