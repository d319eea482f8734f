/** The words of the command that plays a load again; what stands at its usual value is left out. */
import type { Plan } from '../scenarios/plan.ts'
import { clockOfSecond } from '../simulators/engine/time.ts'
import type { LoadWords } from './commands/load.ts'
import { usualTargetWait } from './load-words.ts'

export function wordsAgain(
  { scenario }: Plan,
  {
    window,
    level,
    goal,
    arm,
    scale,
    target,
    adapter,
    port,
    counterparties,
    targetWait,
    ledger,
    platformProcesses,
    profile,
    oneLevel,
    fault,
  }: LoadWords,
): readonly string[] {
  const from = window?.fromSecond
  return [
    '--seed',
    String(scenario.seed),
    ...(window === undefined ? [] : ['--window', `${from === undefined ? '' : `${clockOfSecond(from)}+`}${window.seconds}s`]),
    ...(level === undefined ? [] : ['--level', level]),
    ...(goal === undefined ? [] : ['--goal', String(goal)]),
    ...(arm === undefined ? [] : ['--arm', arm]),
    ...(scale === undefined ? [] : ['--scale', String(scale)]),
    ...(target === undefined ? [] : ['--target', target]),
    ...(adapter === undefined ? [] : ['--adapter', adapter]),
    ...(port === undefined ? [] : ['--port', String(port)]),
    ...(counterparties === undefined ? [] : ['--counterparties', counterparties]),
    ...(targetWait === usualTargetWait ? [] : ['--target-wait', String(targetWait)]),
    ...(ledger === 'sqlite' ? [] : ['--ledger', ledger]),
    ...(platformProcesses === 1 ? [] : ['--platform-processes', String(platformProcesses)]),
    ...(profile === undefined ? [] : ['--profile', profile, ...(oneLevel === true ? ['--one-level'] : [])]),
    ...fault.flatMap(({ kind, target: party, fromSecond, seconds, share, amount }) => [
      '--fault',
      `${kind}@${party}:${fromSecond}+${seconds}${share === undefined ? '' : `,share=${share}`}${amount === undefined ? '' : `,amount=${amount}`}`,
    ]),
  ]
}
