/** The command as its users meet it: a process with arguments, two streams and an exit code. For the end-to-end tests. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { repositoryRoot } from '../house.ts'

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly out: string
  readonly err: string
}

export interface Started {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  /** Resolves with the first output that matches; rejects when the process ends without it. */
  readonly says: (pattern: RegExp) => Promise<string>
}

export interface How {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Through bin/medpay.mjs, as a user's shell does. */
  readonly launcher?: boolean
  /** Starts through a shell: `$medpay` stands for the command with its arguments as `"$@"`. */
  readonly shell?: string
}

const command = join(repositoryRoot, 'cli', 'medpay.ts')

export function startMedpay(words: readonly string[], { cwd, env, launcher, shell }: How = {}): Started {
  const file = launcher === true ? join(repositoryRoot, 'bin', 'medpay.mjs') : command
  const [program, args] =
    shell === undefined
      ? [process.execPath, [file, ...words]]
      : ['bash', ['-c', shell.replaceAll('$medpay', '"$NODE" "$MEDPAY" "$@"'), 'medpay', ...words]]
  const child = spawn(program, args, {
    cwd: cwd ?? repositoryRoot,
    env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: '', LC_MESSAGES: '', CI: 'true', NODE: process.execPath, MEDPAY: file, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // A test that fails must not leave its run behind.
  onTestFinished(() => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  })
  const heard = { out: '', err: '' }
  const listeners = new Set<() => void>()
  for (const [stream, name] of [
    [child.stdout, 'out'],
    [child.stderr, 'err'],
  ] as const) {
    stream.setEncoding('utf8')
    stream.on('data', (text: string) => {
      heard[name] += text
      for (const listen of listeners) listen()
    })
  }
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, ...heard }))
  })
  const says = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const listen = (): void => {
        const text = heard.out + heard.err
        if (!pattern.test(text)) return
        listeners.delete(listen)
        resolve(text)
      }
      listeners.add(listen)
      listen()
      void ended.then(({ code, out, err }) => reject(new Error(`ended with ${code} without saying ${pattern}:\n${out}\n${err}`)))
    })
  return { child, ended, says }
}

export async function medpay(words: readonly string[], how: How = {}): Promise<Ended> {
  return await startMedpay(words, how).ended
}

/** A folder of the test's own, gone when the test is done. */
export function ownFolder(name = 'medpay-'): string {
  const folder = mkdtempSync(join(tmpdir(), name))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Command lines of living processes that name this folder: orphans of a run that has ended. */
export const processesOf = (folder: string): readonly string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        return words.includes(folder) && readlinkSync(`/proc/${pid}/exe`) !== '' ? [words] : []
      } catch {
        return []
      }
    })

export const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? ''

/** Environment in which the city's runCity has this body instead: a mistake of ours, a world that will not stop. */
export function insteadOfTheCity(body: string): Readonly<Record<string, string>> {
  const city = `data:text/javascript,${encodeURIComponent(`export async function runCity() { ${body} }`)}`
  const hook = `import { registerHooks } from 'node:module'
registerHooks({ resolve: (name, context, next) => name.endsWith('/run-city.ts') ? { url: ${JSON.stringify(city)}, shortCircuit: true } : next(name, context) })`
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}` }
}
