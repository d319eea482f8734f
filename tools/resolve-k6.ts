/**
 * k6, the generator of the wire's load: the program named in K6_BIN, else one on the PATH, else the one this machine built before, else
 * built now from the project's own Go module (tools/k6: the version stands in go.mod, the checksums in go.sum). Any other version is
 * refused: start lateness and the form of the output were measured with this one. k6 stays a program of its own and is never a part of ours.
 */
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const k6Package = 'go.k6.io/k6/v2'
const moduleFolder = fileURLToPath(new URL('k6', import.meta.url))
/** What go.mod says in its `go` line; an older Go does not read it. */
const oldestGo = '1.25'
const programName = process.platform === 'win32' ? 'k6.exe' : 'k6'
/** Compiling may take as long as it likes, behind whatever else the machine does. */
const lowPriority = 10

/** The one place of k6's version is its line in go.mod. */
export const k6Version = (): string => {
  const text = readFileSync(join(moduleFolder, 'go.mod'), 'utf8')
  const found = /^\s*(?:require )?go\.k6\.io\/k6\/v2 v(\S+)/m.exec(text)
  if (found === null) throw new Error(`tools/k6/go.mod requires no ${k6Package}`)
  return found[1] as string
}

export type K6Found =
  | { readonly is: 'found'; readonly program: string; readonly from: 'K6_BIN' | 'PATH' | 'cache' }
  /** `isWrong`: somebody named a program that will not do, so that nothing else is tried in its place. */
  | { readonly is: 'missing'; readonly tried: readonly string[]; readonly isWrong: boolean }

/** Looks, and builds nothing. */
export function findK6(env: NodeJS.ProcessEnv = process.env): K6Found {
  const wanted = k6Version()
  const named = env['K6_BIN']
  if (named !== undefined && named !== '') {
    const said = versionOf(named)
    if (said === wanted) return { is: 'found', program: named, from: 'K6_BIN' }
    return { is: 'missing', isWrong: true, tried: [`K6_BIN=${named}: ${said === undefined ? 'no k6' : `k6 ${said}, not ${wanted}`}`] }
  }
  const tried: string[] = []
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    const program = join(folder, programName)
    if (folder === '' || !existsSync(program)) continue
    const said = versionOf(program)
    if (said === wanted) return { is: 'found', program, from: 'PATH' }
    tried.push(`${program}: ${said === undefined ? 'no k6' : `k6 ${said}, not ${wanted}`}`)
  }
  if (tried.length === 0) tried.push('PATH: none')
  const cached = cachedK6(env)
  if (versionOf(cached) === wanted) return { is: 'found', program: cached, from: 'cache' }
  tried.push(`${cached}: none`)
  return { is: 'missing', tried, isWrong: false }
}

/** Outside the checkout, by version, so that it is built once a machine. */
function cachedK6(env: NodeJS.ProcessEnv): string {
  const caches = env['XDG_CACHE_HOME'] || join(homedir(), '.cache')
  return join(caches, 'medpay-testbed', `k6-${k6Version()}-${process.platform}-${process.arch}`, programName)
}

/** `2.2.0`, or undefined where that is no k6. */
function versionOf(program: string): string | undefined {
  const { status, stdout } = spawnSync(program, ['version'], { encoding: 'utf8', timeout: 20_000, env: { ...process.env, ...quietK6 } })
  return status === 0 ? /^k6(?:\.exe)? v?(\d[^\s]*)/m.exec(stdout)?.[1] : undefined
}

/** k6 asks nobody for extensions and reports to nobody. */
export const quietK6 = { K6_AUTO_EXTENSION_RESOLUTION: 'false', K6_NO_USAGE_REPORT: 'true' } as const

export interface BuildProgress {
  readonly packagesDone: number
  readonly packages: number
}

/** k6 cannot be had on this machine; the message says what was tried and how to get it, in both languages. */
export class K6Missing extends Error {
  override readonly name = 'K6Missing'
  /** Where it was looked for, and what was found there. */
  readonly tried: readonly string[]

  constructor(tried: readonly string[]) {
    super(k6Missing(tried))
    this.tried = tried
  }
}

/**
 * A k6 of the right version, built if it must be.
 *
 * @param begins told before a build begins, which takes a minute or two
 * @param signal ends the build
 */
export async function provideK6(
  { begins, progress, signal }: { begins?: () => void; progress?: (done: BuildProgress) => void; signal?: AbortSignal } = {},
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const found = findK6(env)
  if (found.is === 'found') return found.program
  if (found.isWrong) throw new K6Missing(found.tried)
  const go = goVersion(env)
  if (go === undefined || olderThan(go, oldestGo))
    throw new K6Missing([...found.tried, go === undefined ? 'go: none' : `go ${go}: older than ${oldestGo}`])
  begins?.()
  const program = cachedK6(env)
  const failed = await build(program, env, progress, signal)
  signal?.throwIfAborted()
  if (failed !== undefined) throw new K6Missing([...found.tried, `go build: ${failed}`])
  const said = versionOf(program)
  if (said !== k6Version()) throw new K6Missing([...found.tried, `${program}: built, and says ${said ?? 'nothing'}`])
  return program
}

/** The last line of what the compiler said, or undefined when the program is there. */
async function build(
  program: string,
  env: NodeJS.ProcessEnv,
  progress: ((done: BuildProgress) => void) | undefined,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const folder = join(program, '..')
  // Renamed when whole: two builds at once do not spoil each other, and an interrupted one leaves no program.
  const staged = `${program}.${process.pid}`
  mkdirSync(folder, { recursive: true })
  // Without C there is no compiler to ask for, and the program runs on any Linux of its kind.
  const goEnv = { ...env, CGO_ENABLED: '0', GOFLAGS: `${env['GOFLAGS'] ?? ''} -mod=readonly`.trim() }
  const listed = spawnSync('go', ['list', '-deps', k6Package], { cwd: moduleFolder, env: goEnv, encoding: 'utf8', maxBuffer: 1 << 26 })
  if (listed.status !== 0) return lastLine(listed.stderr)
  const packages = listed.stdout.trim().split('\n').length
  const words = ['go', 'build', '-v', '-trimpath', '-buildvcs=false', '-ldflags=-s -w', '-o', staged, k6Package]
  const [first, ...rest] = process.platform === 'win32' ? words : ['nice', '-n', String(lowPriority), ...words]
  const child = spawn(first as string, rest, {
    cwd: moduleFolder,
    env: goEnv,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(signal && { signal }),
  })
  let packagesDone = 0
  let said = ''
  createInterface({ input: child.stderr }).on('line', (line) => {
    said = line
    packagesDone += 1
    progress?.({ packagesDone: Math.min(packagesDone, packages), packages })
  })
  const { promise, resolve } = Promise.withResolvers<number | null>()
  child.on('error', () => resolve(null))
  child.on('close', resolve)
  const status = await promise
  if (status === 0) {
    chmodSync(staged, 0o755)
    renameSync(staged, program)
    return undefined
  }
  rmSync(staged, { force: true })
  return said
}

function goVersion(env: NodeJS.ProcessEnv): string | undefined {
  const { status, stdout } = spawnSync('go', ['version'], { encoding: 'utf8', timeout: 20_000, cwd: moduleFolder, env })
  return status === 0 ? /\bgo(\d+\.\d+)/.exec(stdout)?.[1] : undefined
}

function olderThan(version: string, least: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [leastMajor = 0, leastMinor = 0] = least.split('.').map(Number)
  return major !== leastMajor ? major < leastMajor : minor < leastMinor
}

const lastLine = (text: string) => text.trim().split('\n').at(-1) ?? ''

/** @param tried where it was looked for, and what was found there */
export function k6Missing(tried: readonly string[]): string {
  const version = k6Version()
  return [
    `!! NOT RUN: no k6 ${version} on this machine, so nothing was sent over the wire. Looked at: ${tried.join('; ')}.`,
    `!! Install Go ${oldestGo} or newer and run  npm run k6  (it builds k6 once, in a minute or two), or name a k6 ${version} in K6_BIN`,
    `!! (its release page, or the image grafana/k6:${version}).`,
    `!! 未运行：本机没有 k6 ${version}，未向线上城市发送任何请求。已查找：${tried.join('；')}。`,
    `!! 请安装 Go ${oldestGo} 或更新版本并运行  npm run k6 （只编译一次，约一两分钟），或用 K6_BIN 指明 k6 ${version}`,
    `!! （见其发布页，或镜像 grafana/k6:${version}）。`,
  ].join('\n')
}
