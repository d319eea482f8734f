/** Runs k6 on a play, at its own moments, and ends it when the run is interrupted. */
import { spawn } from 'node:child_process'
import { cpuSecondsOf } from '../../../tools/cpu-of.ts'
import { nicenessOf } from '../../../tools/niceness-of.ts'
import { quietK6 } from '../../../tools/resolve-k6.ts'
import { rowsFile, summaryFile } from './rows-store.ts'

export interface RunOfK6 {
  /** 0, or 99 where a threshold was crossed; anything else is a failure of the generator. */
  readonly status: number
  /** Last lines it printed. */
  readonly said: string
  /** Of one core, over its whole life; null where the system does not tell. */
  readonly cpuSeconds: number | null
  /** Null where the system does not tell. */
  readonly niceness: number | null
}

export interface K6Options {
  readonly program: string
  /** Path of load/replay.ts. */
  readonly script: string
  readonly folder: string
  /** Of the play, errands. */
  readonly rows: number
  /** Path of a file that exports `adapter`; absent: ours. */
  readonly adapter: string | undefined
  /** The user's own words for `k6 run`: outputs, thresholds, dashboard. */
  readonly words: readonly string[]
  readonly signal: AbortSignal
  /** k6's own page of figures, as it prints it. */
  readonly show?: (text: string) => void
}

/** k6's word for crossed thresholds. */
export const thresholdsCrossed = 99
const sampleEveryMs = 500

/**
 * Collecting garbage is a fifth of what a row costs the generator. A play that is small beside the machine's memory lets its heap grow to
 * five times what lives (usually to twice), so that it is done a quarter as often; a long one keeps to Go's own measure.
 */
const collectingRarely = (rows: number): NodeJS.ProcessEnv => (rows > mostRowsOfSmallPlay ? {} : { GOGC: '400' })
/** ASSUMPTION: of what 146,000 rows held (2.9 GB, docs/replay.md) so many are some gigabyte at five times what lives; tried with 6,000. */
const mostRowsOfSmallPlay = 20_000

export async function runK6({ program, script, folder, rows, adapter, words, signal, show }: K6Options): Promise<RunOfK6> {
  const given = ['-e', `MEDPAY_PLAY=${folder}`, ...(adapter === undefined ? [] : ['-e', `MEDPAY_ADAPTER=${adapter}`])]
  const log = ['--log-format=raw', `--log-output=file=${rowsFile(folder)}`]
  const child = spawn(
    'sh',
    [
      '-c',
      endsWithItsParent,
      program,
      'run',
      '--quiet',
      '--no-color',
      ...log,
      `--summary-export=${summaryFile(folder)}`,
      ...given,
      ...words,
      script,
    ],
    {
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
      env: { ...collectingRarely(rows), ...withoutOtherPlay(process.env), ...quietK6 },
    },
  )
  // A watcher that is gone already says so here.
  child.stdin.on('error', () => undefined)
  let said = ''
  const keep = (text: Buffer) => {
    said = (said + text.toString()).slice(-20_000)
    show?.(text.toString())
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const niceness = child.pid === undefined ? null : nicenessOf(child.pid)
  let cpuSeconds: number | null = null
  const sampling = setInterval(() => {
    cpuSeconds = (child.pid === undefined ? null : cpuSecondsOf(child.pid)) ?? cpuSeconds
  }, sampleEveryMs)
  // The first signal ends k6 in good order: what it measured is written.
  const interrupt = () => child.kill('SIGINT')
  if (signal.aborted) interrupt()
  signal.addEventListener('abort', interrupt, { once: true })
  const { promise, resolve } = Promise.withResolvers<number>()
  child.on('error', (error) => {
    said += error.message
    resolve(-1)
  })
  child.on('close', (code) => resolve(code ?? -1))
  const status = await promise
  clearInterval(sampling)
  signal.removeEventListener('abort', interrupt)
  return { status, said, cpuSeconds, niceness }
}

/** Settings that a shell keeps for other scripts and k6 puts before this one's own: users, moments and where the rows go are the run's. */
const otherPlay = [
  ...['K6_VUS', 'K6_DURATION', 'K6_ITERATIONS', 'K6_STAGES', 'K6_PAUSED'],
  ...['K6_EXECUTION_SEGMENT', 'K6_EXECUTION_SEGMENT_SEQUENCE', 'K6_LOG_OUTPUT', 'K6_LOG_FORMAT'],
]
const withoutOtherPlay = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !otherPlay.includes(name)))

/**
 * k6 in this very process, and beside it in its group a watcher that ends the group in good order once its standard input ends: as the
 * run does, even by kill -9, when nobody is left to send a signal. The number of a group is nobody else's while the watcher is in it.
 */
const endsWithItsParent = 'exec 3<&0; (cat <&3; kill -s INT -- -$$) >/dev/null 2>&1 & exec "$0" "$@" 3<&- </dev/null'
