/**
 * Compiles the kernel's portable TypeScript to WebAssembly, once per content: the result is cached by the hash of its sources.
 * The sources stay as they are: in a staged copy `portable.ts` is exchanged for its AssemblyScript side, and words that
 * AssemblyScript has built in are taken out of the import lists.
 */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const cacheFolder = join(root, 'node_modules', '.cache', 'medpay-kernel')
const portable = join(root, 'simulators', 'engine', 'portable.ts')
const builtIn = new Set(['i32', 'u32', 'f64', 'clz'])

/** `release` is what runs; `checked` keeps array bounds checks, for the test that both give the same bits. */
export type KernelBuild = 'release' | 'checked'

/** The bytes of the compiled kernel, built now if its sources changed. Throws if AssemblyScript is missing or refuses the source. */
export async function kernelBytes(entry: string, build: KernelBuild): Promise<Uint8Array> {
  const sources = portableSources(resolve(root, entry))
  const hash = createHash('sha256').update(build)
  for (const [path, text] of sources) hash.update(relative(root, path)).update(text)
  const name = `${hash.digest('hex').slice(0, 24)}.wasm`
  const cached = join(cacheFolder, name)
  if (!existsSync(cached)) await compileApart(entry, build, cached)
  return readFileSync(cached)
}

/** The entry file and every file it reaches, in AssemblyScript's spelling: one kind of import, no `!`, no built-in words. */
function portableSources(entry: string): Map<string, string> {
  const found = new Map<string, string>()
  const waiting = [entry]
  while (waiting.length > 0) {
    const path = waiting.pop() as string
    if (found.has(path)) continue
    if (path === portable) {
      found.set(path, readFileSync(join(root, 'tools', 'portable.assembly.ts.txt'), 'utf8'))
      continue
    }
    const text = readFileSync(path, 'utf8')
      .replace(/^(import|export) (?:type )?\{([^}]*)\} from '([^']+)'$/gm, (whole, verb: string, names: string, from: string) => {
        waiting.push(resolve(dirname(path), from))
        const kept = names
          .split(',')
          .map((name) => name.trim().replace(/^type /, ''))
          .filter((name) => name !== '' && !builtIn.has(name))
        const lines = '\n'.repeat(whole.split('\n').length - 1)
        return (kept.length === 0 ? '' : `${verb} { ${kept.join(', ')} } from '${from.replace(/\.ts$/, '')}'`) + lines
      })
      .replace(/([\])])!/g, '$1')
    found.set(path, text)
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** In a process of its own: the compiler's 170 MB would stay with a run for all its days. */
async function compileApart(entry: string, build: KernelBuild, target: string): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, [fileURLToPath(import.meta.url), entry, build, target])
  } catch (error) {
    const { stderr } = error as { stderr?: string }
    throw stderr === undefined || stderr === '' ? error : new Error(stderr.trim())
  }
}

async function compile(entry: string, sources: Map<string, string>, build: KernelBuild, target: string): Promise<void> {
  // A literal import would make the type checker follow the compiler's own sources.
  const compilerName = 'assemblyscript/asc'
  const asc = (await import(compilerName)) as {
    main(args: string[], io: object): Promise<{ error: Error | null; stderr: { toString(): string } }>
  }
  const staging = join(cacheFolder, `staging-${process.pid}`)
  mkdirSync(staging, { recursive: true })
  try {
    for (const [path, text] of sources) {
      const staged = join(staging, relative(root, path))
      mkdirSync(dirname(staged), { recursive: true })
      writeFileSync(staged, text)
    }
    const outFile = join(staging, 'kernel.wasm')
    const checks = build === 'release' ? ['--noAssert', '--uncheckedBehavior', 'always'] : []
    const { error, stderr } = await asc.main(
      [relative(root, entry), '--baseDir', staging, '-O3', '--runtime', 'stub', '--bindings', 'none', ...checks, '--outFile', outFile],
      {},
    )
    if (error !== null) throw new Error(`the kernel does not compile to WebAssembly: ${error.message}\n${stderr.toString()}`)
    renameSync(outFile, target)
  } finally {
    rmSync(staging, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [entry = '', build, target = ''] = process.argv.slice(2)
  try {
    await compile(resolve(root, entry), portableSources(resolve(root, entry)), build as KernelBuild, target)
  } catch (error) {
    process.stderr.write(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
