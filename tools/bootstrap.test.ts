import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
// @ts-expect-error plain JavaScript, because it runs before anything is installed
import { missingPackages, repeatsOfOnePress } from './bootstrap.mjs'

const bootstrap = new URL('./bootstrap.mjs', import.meta.url).href
/** Only the running half of the bootstrap: a test never installs anything into the checkout that it stands in. */
const run = `import { runUnderPinnedNode } from '${bootstrap}'; const [file, ...words] = process.argv.slice(1); runUnderPinnedNode(file, words)`
const pinned = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).dependencies.node
/** A folder with a space and Chinese characters, as a user's may have. */
const folder = mkdtempSync(join(tmpdir(), 'medpay 医保 '))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Launches a small program as every npm script does once all is installed; `during` talks to the launcher once the program says "ready". */
async function launch(program: string, during: (launcher: { kill(signal: NodeJS.Signals): void }) => void = () => {}) {
  const path = join(folder, 'program.ts')
  writeFileSync(path, program)
  const launcher = spawn(process.execPath, ['--input-type=module', '--eval', run, path, 'one two', '三'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  launcher.stdout.setEncoding('utf8').on('data', (part: string) => {
    if (!said.includes('ready') && (said + part).includes('ready')) during(launcher)
    said += part
  })
  const [code] = await once(launcher, 'close')
  return { code, said }
}

describe('the launcher', () => {
  test('passes words on, runs the pinned Node and hands the exit code back', async () => {
    const { code, said } = await launch('console.log(process.argv.slice(2).join("|"), process.versions.node); process.exitCode = 7')
    expect(said).toBe(`one two|三 ${pinned}\n`)
    expect(code).toBe(7)
  })
  test('passes an interruption on and waits until the program has tidied up', async () => {
    const { code, said } = await launch(
      `const life = setInterval(() => {}, 1000)
       process.on('SIGINT', () => { clearInterval(life); setImmediate(() => { console.log('tidied'); process.exitCode = 130 }) })
       console.log('ready')`,
      (launcher) => launcher.kill('SIGINT'),
    )
    expect(said).toBe('ready\ntidied\n')
    expect(code).toBe(130)
  })
  test('reports a program that a signal ended as 128 and the number of the signal', async () => {
    const { code } = await launch("setInterval(() => {}, 1000); console.log('ready')", (launcher) => launcher.kill('SIGTERM'))
    expect(code).toBe(143)
  })
  test('takes copies of one Ctrl-C as one, and a second press as a second', () => {
    const isRepeat = repeatsOfOnePress()
    expect([isRepeat('SIGINT', 1000), isRepeat('SIGINT', 1002), isRepeat('SIGINT', 2000)]).toEqual([false, true, false])
    expect([isRepeat('SIGTERM', 2001), isRepeat('SIGTERM', 2002)]).toEqual([false, true])
  })
})

describe('what is missing before an installation', () => {
  const lock = {
    packages: {
      '': {},
      'node_modules/a': { version: '1.0.0' },
      'node_modules/a/node_modules/@scope/b': { version: '2.0.0' },
      'node_modules/other-platform': { version: '1.0.0', optional: true },
    },
  }
  test('everything, when nothing is installed, save what belongs to other platforms', () => {
    expect(missingPackages(lock, {})).toEqual(['a', '@scope/b'])
  })
  test('nothing, when every version agrees', () => {
    expect(missingPackages(lock, { packages: lock.packages })).toEqual([])
  })
  test('a package whose version moved in the lockfile', () => {
    const installed = { packages: { ...lock.packages, 'node_modules/a': { version: '0.9.0' } } }
    expect(missingPackages(lock, installed)).toEqual(['a'])
  })
})
