/**
 * The first thing that runs on a fresh clone: installs the locked packages if they are missing or out of date, then runs a
 * TypeScript file of this repository under the Node that package.json pins. `node tools/bootstrap.mjs <file.ts> [arguments…]`
 *
 * Plain JavaScript without packages, because it has to work before anything is installed and on a system Node from 20 on.
 * What is absent here: any knowledge of the simulation.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { constants, totalmem } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const onWindows = process.platform === 'win32'
const oldestNode = 24
/** Two copies of one Ctrl-C (the terminal's and npm's) arrive within milliseconds; a person's second press takes longer. */
const sameSignalMs = 250

/** The packages that package-lock.json names and node_modules lacks or holds in another version; npm keeps the list of what it installed. */
export function missingPackages(lock, installed) {
  return Object.entries(lock.packages ?? {})
    .filter(([path, entry]) => path !== '' && !entry.optional && !entry.devOptional)
    .filter(([path, entry]) => installed.packages?.[path]?.version !== entry.version)
    .map(([path]) => path.replace(/^.*node_modules\//, ''))
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return {}
  }
}

/** Installs from the lockfile when needed. Ends the process with npm's exit code, and says what to do, when npm fails. */
export function ensureInstalled() {
  const lockPath = join(root, 'package-lock.json')
  if (!existsSync(lockPath)) stop(`${lockPath} is missing; restore it from git · 缺少锁定文件，请从 git 恢复`)
  const missing = missingPackages(readJson(lockPath), readJson(join(root, 'node_modules', '.package-lock.json')))
  if (missing.length === 0 && existsSync(pinnedNode())) return
  say(`Installing the locked packages (once; about 750 MB on disk; ${missing.length} missing) …`)
  say(`正在安装锁定版本的依赖（仅首次；约占磁盘 750 MB；缺少 ${missing.length} 个）……`)
  const began = process.hrtime.bigint()
  // --include=dev: the checks and the kernel's compiler are development packages, and NODE_ENV=production would leave them out.
  const options = ['ci', '--include=dev', '--loglevel=error', '--no-audit', '--no-fund', ...(process.stderr.isTTY ? [] : ['--no-progress'])]
  const npmScript = process.env.npm_execpath
  const byScript = npmScript !== undefined && /npm-cli\.[cm]?js$/.test(npmScript)
  const { status, signal, error } = spawnSync(byScript ? process.execPath : 'npm', byScript ? [npmScript, ...options] : options, {
    cwd: root,
    // What npm prints is about the installation; standard output belongs to the command that follows.
    stdio: ['ignore', process.stderr.fd, process.stderr.fd],
    shell: onWindows && !byScript,
  })
  if (status !== 0) {
    say(error ? `npm could not be started: ${error.message}` : `npm ci ended with ${signal ?? `exit code ${status}`}.`)
    say('Check the network and the npm registry (`npm ping`), then repeat the command; nothing half-installed is used.')
    say('安装失败：请检查网络与 npm 源（npm ping），然后重新运行同一命令。')
    process.exit(signal ? 128 + constants.signals[signal] : (status ?? 1))
  }
  say(`Installed in ${Number((process.hrtime.bigint() - began) / 1_000_000_000n)} s. 安装完成。`)
}

function pinnedNode() {
  return join(root, 'node_modules', 'node', 'bin', onWindows ? 'node.exe' : 'node')
}

/** The pinned Node; the one that runs now if the pinned one is not there and this one is new enough. */
function nodeToUse() {
  if (existsSync(pinnedNode())) return pinnedNode()
  if (Number(process.versions.node.split('.')[0]) >= oldestNode) return process.execPath
  return stop(
    `Node ${oldestNode} or newer is needed and this is ${process.versions.node}. The npm package "node" brings its own, but its install script did not run:\n` +
      'allow install scripts (`npm config get ignore-scripts` should say false) and run `npm ci`, or use a newer Node.\n' +
      `需要 Node ${oldestNode} 或更新版本，当前为 ${process.versions.node}。请允许 npm 安装脚本后运行 npm ci，或升级 Node。`,
  )
}

/** Tells, signal by signal with its time in milliseconds, whether it is only another copy of the one before. */
export function repeatsOfOnePress() {
  let last = { signal: '', atMs: 0 }
  return (signal, atMs) => {
    if (signal === last.signal && atMs - last.atMs < sameSignalMs) return true
    last = { signal, atMs }
    return false
  }
}

/** For glibc: threads share their small blocks, and a large block that is given up goes back to the machine at once, not to a thread's store. */
const lessMemory = { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '1048576', MALLOC_TRIM_THRESHOLD_: '1048576' }

/**
 * Runs a TypeScript file of this repository and ends with its exit code (128 + number after a signal).
 * The child has a process group of its own, so that one Ctrl-C reaches it once: a terminal tells every process of the
 * launcher's group, and npm repeats what it hears. The launcher passes the first copy on and waits for the child to tidy up.
 */
export function runUnderPinnedNode(file, args) {
  const path = resolve(root, file)
  if (!existsSync(path)) stop(`${file} is not in this checkout · 找不到 ${file}`)
  const env = {
    // Types are stripped and scripts compiled once: a command starts sooner, and without the stripper's own memory.
    NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'node-compile'),
    ...(args[0] === 'run' ? lessMemory : {}),
    ...process.env,
    PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`,
  }
  // The books of a whole city's morning are more than Node takes by itself.
  const memory = args[0] === 'load' ? [`--max-old-space-size=${Math.max(4096, Math.floor(totalmem() / 2 ** 21))}`] : []
  const child = spawn(nodeToUse(), [...memory, path, ...args], { stdio: 'inherit', env, detached: !onWindows })
  const tell = (signal) => {
    try {
      if (onWindows) child.kill(signal)
      else process.kill(-child.pid, signal)
    } catch {
      // The child ended between the signal and this line; its exit code is on the way.
    }
  }
  const isRepeat = repeatsOfOnePress()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // On Windows the console itself tells every process of Ctrl-C.
      if (isRepeat(signal, Number(process.hrtime.bigint() / 1_000_000n)) || (onWindows && signal === 'SIGINT')) return
      tell(signal)
    })
  }
  if (!onWindows) {
    process.on('SIGTSTP', () => {
      tell('SIGSTOP')
      process.kill(process.pid, 'SIGSTOP')
    })
    process.on('SIGCONT', () => tell('SIGCONT'))
  }
  child.on('error', (error) => stop(`${file} could not be started: ${error.message}`))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
}

function say(text) {
  process.stderr.write(`${text}\n`)
}

function stop(text) {
  say(text)
  process.exit(1)
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [file, ...args] = process.argv.slice(2)
  if (file === undefined) stop('usage: node tools/bootstrap.mjs <file.ts> [arguments]')
  ensureInstalled()
  runUnderPinnedNode(file, args)
}
