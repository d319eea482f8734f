/** Words of `medpay load` that would be passed by in silence, or would have k6 play something else: told before anything starts. */
import type { LoadWords } from './commands/load.ts'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure } from './failure.ts'

type Given = Pick<LoadWords, 'goal' | 'level' | 'target' | 'counterparties' | 'targetWait' | 'ledger' | 'profile' | 'oneLevel'>

export const usualTargetWait = 60

/** All of them at once. */
export function assertNoneIdle({ goal, level, target, counterparties, targetWait, ledger, profile, oneLevel }: Given): void {
  const idle = [
    ...(goal === undefined || level === 'stress' ? [] : [['--goal', '--level stress']]),
    ...(oneLevel !== true || profile !== undefined ? [] : [['--one-level', '--profile']]),
    ...(counterparties === undefined || target !== undefined ? [] : [['--counterparties', '--target']]),
    ...(targetWait === usualTargetWait || target !== undefined ? [] : [['--target-wait', '--target']]),
  ]
  const en = idle.map(([one, other]) => `${one} goes with ${other}`)
  const zh = idle.map(([one, other]) => `${one} 须与 ${other} 同用`)
  if (ledger !== 'sqlite' && target !== undefined) {
    en.push('--ledger is of our platform, which does not start with --target')
    zh.push('--ledger 针对本平台，而使用 --target 时不启动本平台')
  }
  if (en.length > 0) throw new CommandFailure(exitCodes.badInput, en.join('; '), zh.join('；'))
}

/** What k6 plays and where it writes its rows is the run's; everything else of k6 is the user's. */
const ofTheRun = [
  ...['--vus', '-u', '--duration', '-d', '--iterations', '-i', '--stage', '-s', '--paused', '-p'],
  ...['--execution-segment', '--execution-segment-sequence', '--log-output', '--log-format'],
]

export function assertK6Words(words: readonly string[]): void {
  const taken = words.filter((word) => ofTheRun.some((name) => word === name || word.startsWith(`${name}=`)))
  if (taken.length === 0) return
  throw new CommandFailure(
    exitCodes.badInput,
    `${taken.join(', ')}: users, moments and the rows' file are the run's own; leave it out. Outputs, thresholds, tags and the dashboard are yours`,
    `${taken.join('、')}：虚拟用户、时刻与记录文件由本次运行决定，请去掉；输出、阈值、标签与看板均可自定`,
  )
}
