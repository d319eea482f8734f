/** What this machine must have and may have, each looked at once; a remedy beside whatever is missing. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { loadPlan } from '../scenarios/load-plan.ts'
import type { Words } from '../scenarios/plan.ts'
import { runCity } from '../simulators/virtual/run-city.ts'
import { kernelBytes } from '../tools/build-kernel.ts'
import { prometheusNamed } from '../tools/prometheus.ts'
import { findK6, k6Version } from '../tools/resolve-k6.ts'
import { repositoryRoot, shownPath } from './house.ts'
import { kernelEntry } from './kernel.ts'

export interface Check {
  readonly name: Words
  /** `missing` of something needed makes the doctor's exit code; `optional` does not. */
  readonly state: 'ok' | 'missing' | 'optional' | 'note'
  readonly detail: string
  readonly remedy?: Words
}

const oldestNode = 24
const neededDiskMebibytes = 500
const neededMemoryMebibytes = 2000
const mebibyte = 2 ** 20
const probeSeed = 1

export async function doctorChecks(): Promise<Check[]> {
  return [
    nodeCheck(),
    await packagesCheck(),
    ...(await kernelChecks()),
    writeCheck(),
    diskCheck(),
    coresCheck(),
    localeCheck(),
    ...optionalTools(),
  ]
}

function nodeCheck(): Check {
  const isNewEnough = Number(process.versions.node.split('.')[0]) >= oldestNode
  return {
    name: { en: 'Node', zh: 'Node' },
    state: isNewEnough ? 'ok' : 'missing',
    detail: process.versions.node,
    remedy: {
      en: `Node ${oldestNode} or newer is needed: npm ci installs its own`,
      zh: `需要 Node ${oldestNode} 或更新版本：npm ci 会自带安装`,
    },
  }
}

async function packagesCheck(): Promise<Check> {
  const bootstrap = (await import(pathToFileURL(join(repositoryRoot, 'tools', 'bootstrap.mjs')).href)) as {
    missingPackages: (lock: object, installed: object) => string[]
  }
  const missing = bootstrap.missingPackages(json('package-lock.json'), json(join('node_modules', '.package-lock.json')))
  return {
    name: { en: 'packages as locked', zh: '依赖与锁定文件一致' },
    state: missing.length === 0 ? 'ok' : 'missing',
    detail: missing.length === 0 ? 'node_modules = package-lock.json' : missing.slice(0, 5).join(', '),
    remedy: { en: 'run npm ci', zh: '运行 npm ci' },
  }
}

function json(path: string): object {
  try {
    return JSON.parse(readFileSync(join(repositoryRoot, path), 'utf8')) as object
  } catch {
    return {}
  }
}

/** Compiles the kernel and lets both forms of it play one day of a small town: the results must be the same to the bit. */
async function kernelChecks(): Promise<Check[]> {
  const built: Words = { en: 'WebAssembly kernel', zh: 'WebAssembly 内核' }
  const equal: Words = { en: 'WebAssembly = TypeScript', zh: 'WebAssembly 与 TypeScript 一致' }
  let bytes: Uint8Array
  try {
    bytes = await kernelBytes(kernelEntry, 'release')
  } catch (error) {
    return [
      {
        name: built,
        state: 'optional',
        detail: (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '',
        remedy: {
          en: 'runs work without it, slower; npm ci --include=dev brings the compiler',
          zh: '没有也能运行，但较慢；npm ci --include=dev 可装上编译器',
        },
      },
    ]
  }
  const done: Check = { name: built, state: 'ok', detail: `${bytes.length} bytes` }
  const loaded = loadPlan('small-town', { seed: probeSeed, replications: 1 })
  if ('problems' in loaded) {
    return [
      done,
      { name: equal, state: 'missing', detail: 'small-town', remedy: { en: 'run medpay validate', zh: '运行 medpay validate' } },
    ]
  }
  const hashOf = async (kernel: Uint8Array | null): Promise<string> =>
    (await runCity(loaded.plan, { workers: 1, wallClock: () => new Date(), kernel: { bytes: kernel }, replay: 'npx medpay doctor' }))
      .resultHash
  const compiled = await hashOf(bytes)
  const plain = await hashOf(null)
  return [
    done,
    {
      name: equal,
      state: compiled === plain ? 'ok' : 'missing',
      detail: compiled === plain ? compiled.slice(0, 16) : `${compiled.slice(0, 16)} ≠ ${plain.slice(0, 16)}`,
      remedy: { en: 'the two kernels disagree on this machine: please report it', zh: '两种内核在本机结果不一致：请报告' },
    },
  ]
}

function writeCheck(): Check {
  const name: Words = { en: 'reports/runs can be written', zh: 'reports/runs 可写' }
  const folder = join(repositoryRoot, 'reports', 'runs')
  try {
    mkdirSync(folder, { recursive: true })
    const probe = mkdtempSync(join(folder, '.doctor-'))
    writeFileSync(join(probe, 'probe'), 'probe')
    rmSync(probe, { recursive: true })
    return { name, state: 'ok', detail: 'reports/runs' }
  } catch (error) {
    return {
      name,
      state: 'missing',
      detail: (error as NodeJS.ErrnoException).code ?? String(error),
      remedy: { en: 'give yourself permission, or run with --out elsewhere', zh: '请授予写权限，或用 --out 另选目录' },
    }
  }
}

function diskCheck(): Check {
  const { bavail, bsize } = statfsSync(repositoryRoot)
  const free = Math.floor((bavail * bsize) / mebibyte)
  return {
    name: { en: 'free disk', zh: '可用磁盘' },
    state: free >= neededDiskMebibytes ? 'ok' : 'missing',
    detail: `${free} MiB`,
    remedy: { en: `${neededDiskMebibytes} MiB are needed`, zh: `需要 ${neededDiskMebibytes} MiB` },
  }
}

function coresCheck(): Check {
  // A container's limit where there is one; without it the constrained figure is zero or beyond the machine.
  const limit = process.constrainedMemory()
  const bytes = limit > 0 ? Math.min(limit, totalmem()) : totalmem()
  const memory = Math.floor(bytes / mebibyte)
  return {
    name: { en: 'cores and memory', zh: '处理器与内存' },
    state: memory >= neededMemoryMebibytes ? 'ok' : 'note',
    detail: `${availableParallelism()} · ${memory} MiB`,
    remedy: {
      en: `below ${neededMemoryMebibytes} MiB: use --workers 1, and --scale below 1 if needed`,
      zh: `内存低于 ${neededMemoryMebibytes} MiB：请用 --workers 1，必要时 --scale 小于 1`,
    },
  }
}

function localeCheck(): Check {
  const { timeZone, locale } = Intl.DateTimeFormat().resolvedOptions()
  return {
    name: { en: 'locale and time zone', zh: '区域与时区' },
    state: 'note',
    detail: `${locale} · ${timeZone}`,
    remedy: { en: 'results do not depend on them', zh: '结果与其无关' },
  }
}

function optionalTools(): Check[] {
  const python = firstOf([['python3', '--version']])
  const simpy = python === undefined ? undefined : firstOf([['python3', '-c', 'import simpy; print("SimPy", simpy.__version__)']])
  const chromium = existsSync(join(repositoryRoot, 'node_modules', '@sparticuz', 'chromium'))
  const font = existsSync(join(repositoryRoot, 'node_modules', '@fontsource', 'noto-sans-sc'))
  const k6 = findK6()
  const tool = (name: Words, detail: string | undefined, remedy: Words): Check => ({
    name,
    state: detail === undefined ? 'optional' : 'ok',
    detail: detail ?? '',
    ...(detail === undefined && { remedy }),
  })
  return [
    tool(
      { en: 'C compiler (bench)', zh: 'C 编译器（性能对比）' },
      firstOf([
        ['gcc', '--version'],
        ['cc', '--version'],
      ]),
      {
        en: 'install gcc for the C reference of npm run bench',
        zh: '如需 npm run bench 的 C 参照，请安装 gcc',
      },
    ),
    tool({ en: 'Python (bench)', zh: 'Python（性能对比）' }, python, {
      en: 'install python3 for the SimPy side of npm run bench',
      zh: '如需 npm run bench 的 SimPy 对照，请安装 python3',
    }),
    tool({ en: 'SimPy (bench)', zh: 'SimPy（性能对比）' }, simpy, {
      en: 'npm run bench installs it for itself where pip works',
      zh: 'npm run bench 会在 pip 可用时自行安装',
    }),
    tool({ en: 'Chromium (pictures)', zh: 'Chromium（图片）' }, chromium ? '@sparticuz/chromium' : undefined, {
      en: 'npm ci --include=dev brings one, for pictures of the report',
      zh: 'npm ci --include=dev 会带来一份，用于报告图片',
    }),
    tool({ en: 'Chinese font (pictures)', zh: '中文字体（图片）' }, font ? '@fontsource/noto-sans-sc' : undefined, {
      en: 'npm ci --include=dev brings one, for pictures of the report',
      zh: 'npm ci --include=dev 会带来一份，用于报告图片',
    }),
    tool(
      { en: `k6 ${k6Version()} (load on the wire)`, zh: `k6 ${k6Version()}（线上压测）` },
      k6.is === 'found' ? `${k6.from}: ${shownPath(k6.program)}` : undefined,
      {
        en: 'npm run k6 builds it once where Go 1.25 or newer is, or name it in K6_BIN; without it nothing is sent over the wire',
        zh: '有 Go 1.25 或更新版本时，npm run k6 会编译一次；也可用 K6_BIN 指明。没有它则不会向线上发送请求',
      },
    ),
    tool({ en: 'Prometheus (tests of the dashboard)', zh: 'Prometheus（看板测试）' }, firstOf([[prometheusNamed(), '--version']]), {
      en: 'install prometheus, or name the program in MEDPAY_PROMETHEUS; without it those tests are not run',
      zh: '请安装 prometheus，或用 MEDPAY_PROMETHEUS 指明程序；没有它时相关测试不会运行',
    }),
  ]
}

/** First line that the first working command of a list says. */
function firstOf(commands: readonly (readonly [string, ...string[]])[]): string | undefined {
  for (const [program, ...words] of commands) {
    const { status, stdout } = spawnSync(program, words, { encoding: 'utf8', timeout: 20_000 })
    if (status === 0) return stdout.split('\n')[0]
  }
  return undefined
}
