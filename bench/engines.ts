/**
 * The engines of the benchmark as commands: made ready once, run one day in a process of its own, answer in one JSON line per day.
 * Every engine reports the CPU seconds (user and system) of its whole process, start-up included, as its operating system counts them.
 */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CityDay } from './city-day-v1/ours.ts'

const here = dirname(fileURLToPath(import.meta.url))
const cache = join(dirname(here), 'node_modules', '.cache', 'medpay-bench')
/** The version that is measured against. */
export const simpyVersion = '4.1.2'

export interface Cost {
  readonly cpuSeconds: number
  /** Drawing the city and laying the tables; playing the day. Known of the engines that draw the same numbers. */
  readonly setupCpuSeconds: number
  readonly runCpuSeconds: number
  readonly peakMegabytes: number
}
export type OwnDay = CityDay & Cost
export interface SimpyDay extends Pick<Cost, 'cpuSeconds' | 'peakMegabytes'> {
  readonly visits: number
  readonly balks: number
  readonly reneges: number
  readonly meanWaitSeconds: readonly number[]
  readonly settlements: number
  readonly meanSettlementSeconds: number
  readonly withLines: readonly number[]
}

export interface CitySize {
  readonly seed: number
  readonly sites: number
  readonly visits: number
  readonly days: number
}

/** Compiles the C reference; the reason if that cannot be done. */
export function buildReference(): { readonly program: string } | { readonly missing: string } {
  mkdirSync(cache, { recursive: true })
  const program = join(cache, process.platform === 'win32' ? 'city-day.exe' : 'city-day')
  const built = run('gcc', ['-O3', '-ffp-contract=off', '-o', program, join(here, 'reference', 'city-day.c'), '-lm'])
  if (built.error) return { missing: 'gcc is not installed' }
  return built.status === 0 ? { program } : { missing: `gcc: ${firstLine(built.stderr)}` }
}

/** Installs SimPy into a virtual environment of the cache, once; the reason if that cannot be done. */
export function installSimpy(): { readonly python: string } | { readonly missing: string } {
  const folder = join(cache, `simpy-${simpyVersion}`)
  const python = process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python')
  const works = (): boolean =>
    existsSync(python) && run(python, ['-c', `import simpy; assert simpy.__version__ == '${simpyVersion}'`]).status === 0
  if (works()) return { python }
  process.stderr.write(`Installing SimPy ${simpyVersion} for this benchmark only, into ${folder}\n`)
  const made = run('python3', ['-m', 'venv', '--clear', folder])
  if (made.error) return { missing: 'python3 is not installed' }
  if (made.status !== 0) return { missing: `python3 -m venv: ${firstLine(made.stderr) || firstLine(made.stdout)}` }
  const got = run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `simpy==${simpyVersion}`])
  return works() ? { python } : { missing: `pip install simpy==${simpyVersion}: ${firstLine(got.stderr)}` }
}

export const playReference = (program: string, size: CitySize): OwnDay[] => linesOf(run(program, optionsOf(size)))
export const playSimpy = (python: string, { seed, sites, visits }: Omit<CitySize, 'days'>): SimpyDay =>
  linesOf<SimpyDay>(run(python, [join(here, 'reference', 'city_day_simpy.py'), ...optionsOf({ seed, sites, visits })]))[0] as SimpyDay
export const playOurs = (build: 'webassembly' | 'typescript', size: CitySize): (OwnDay & { readonly calls: number })[] =>
  linesOf(run(process.execPath, [join(here, 'city-day-v1', 'ours.ts'), '--build', build, ...optionsOf(size)]))

export interface RichDay {
  readonly visits: number
  /** Hospital lines and jobs at back ends. */
  readonly joins: number
  readonly cpuSeconds: number
}
/** One day of one arm of shanghai-weekday, as bench/rich-city.ts tells it in one JSON line; null as long as there is no such file. */
export function playRichCity(): RichDay | null {
  const entry = join(here, 'rich-city.ts')
  return existsSync(entry) ? (linesOf<RichDay>(run(process.execPath, [entry]))[0] as RichDay) : null
}

/** The hash of the bits of the reference's exp, log, normal and draws. */
export const probeReference = (program: string): string => linesOf<{ probe: string }>(run(program, ['--probe']))[0]!.probe

const optionsOf = (size: Partial<CitySize>): string[] => Object.entries(size).flatMap(([name, value]) => [`--${name}`, String(value)])

function run(command: string, args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26 })
}

function linesOf<Line>({ status, error, stdout, stderr }: SpawnSyncReturns<string>): Line[] {
  if (status !== 0) throw new Error(`an engine of the benchmark failed: ${error?.message ?? (stderr.trim() || stdout)}`)
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
}

const firstLine = (text: string): string => text.trim().split('\n')[0] ?? ''
