/**
 * Completes package-lock.json after a dependency changed: `npm run lock`.
 *
 * Tools with native parts list one optional package for every platform. A registry that serves only some of them makes npm
 * leave the others out of the lockfile, and `npm ci` then refuses the lockfile everywhere. Their exact versions are known from
 * the tool that lists them, their platform from their name; the checksum alone is unknown, and npm goes without it there.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

interface LockEntry {
  version?: string
  integrity?: string
  dev?: boolean
  optional?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  optionalDependencies?: Record<string, string>
}

export interface Lockfile {
  packages: Record<string, LockEntry>
}

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

/** Adds the left-out packages of other platforms to the lockfile; gives their names. */
export function completeLockfile(lock: Lockfile): string[] {
  const added: string[] = []
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (isLocked(lock, path, name)) continue
      lock.packages[`node_modules/${name}`] = { version, ...platformOf(name), ...(entry.dev === true ? { dev: true } : {}), optional: true }
      added.push(name)
    }
  }
  // npm's own order, so that its next write moves nothing.
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')))
  return added
}

/** As Node looks a package up: in the node_modules of the one that asks, then of every folder above it. */
function isLocked(lock: Lockfile, path: string, name: string): boolean {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (lock.packages[folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`] !== undefined) return true
    if (folder === '' || !folder.includes('/node_modules/')) return lock.packages[`node_modules/${name}`] !== undefined
  }
}

function platformOf(name: string): LockEntry {
  const words = name.split(/[/-]/)
  const system = systems.find((word) => words.includes(word))
  const processor = processors.find((word) => words.includes(word))
  if (system === undefined || processor === undefined)
    throw new Error(`${name}: no system and processor in its name; add the entry by hand`)
  const libc = words.some((word) => word.startsWith('musl')) ? 'musl' : words.includes('gnu') ? 'glibc' : undefined
  return { os: [system], cpu: [processor], ...(system === 'linux' && libc !== undefined ? { libc: [libc] } : {}) }
}

if (import.meta.main) {
  const path = join(dirname(dirname(fileURLToPath(import.meta.url))), 'package-lock.json')
  const lock = JSON.parse(readFileSync(path, 'utf8')) as Lockfile
  const added = completeLockfile(lock)
  if (added.length > 0) writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
  process.stdout.write(added.length === 0 ? 'package-lock.json is complete\n' : `added ${added.length}: ${added.join(', ')}\n`)
}
