import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findK6, K6Missing, k6Version, provideK6 } from './resolve-k6.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'medpay-k6-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A program that says it is a k6 of this version; the last line of a real one's first word. */
function programSaying(place: string, version: string): string {
  const path = join(folder, place)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `#!/bin/sh\necho 'k6 v${version} (go1.25.12, linux/amd64)'\n`)
  chmodSync(path, 0o755)
  return path
}
const place = (env: NodeJS.ProcessEnv) => {
  const found = findK6({ XDG_CACHE_HOME: join(folder, 'no-cache'), PATH: '', ...env })
  return found.is === 'found' ? `${found.from} ${found.program}` : found.tried.join('\n')
}

test('the version has one home, the line in go.mod', () => {
  expect(k6Version()).toMatch(/^2\.\d+\.\d+$/)
})

test('K6_BIN comes before the PATH, the PATH before the cache', () => {
  const named = programSaying('named/k6', k6Version())
  const onPath = programSaying('path/k6', k6Version())
  const cached = programSaying(`cache/medpay-testbed/k6-${k6Version()}-${process.platform}-${process.arch}/k6`, k6Version())
  const all = { K6_BIN: named, PATH: `/nowhere:${join(folder, 'path')}`, XDG_CACHE_HOME: join(folder, 'cache') }
  expect(place(all)).toBe(`K6_BIN ${named}`)
  expect(place({ ...all, K6_BIN: '' })).toBe(`PATH ${onPath}`)
  expect(place({ ...all, K6_BIN: '', PATH: '/nowhere' })).toBe(`cache ${cached}`)
})

test('another version on the PATH is passed by, and said', () => {
  const old = programSaying('old/k6', '0.49.0')
  expect(place({ PATH: join(folder, 'old') })).toContain(`${old}: k6 0.49.0, not ${k6Version()}`)
})

test('a program named in K6_BIN that will not do is an error, whatever else is there', async () => {
  const old = programSaying('named-old/k6', '1.4.0')
  const env = { K6_BIN: old, PATH: join(folder, 'path'), XDG_CACHE_HOME: join(folder, 'cache') }
  expect(place(env)).toBe(`K6_BIN=${old}: k6 1.4.0, not ${k6Version()}`)
  await expect(provideK6({}, env)).rejects.toThrow(/NOT RUN[\s\S]*1\.4\.0[\s\S]*未运行/)
})

test('without k6 and without Go it is said not to run, with both ways to get it, in both languages', async () => {
  const asked = provideK6({}, { PATH: '', XDG_CACHE_HOME: join(folder, 'no-cache') })
  await expect(asked).rejects.toThrow(K6Missing)
  await expect(asked).rejects.toThrow(/NOT RUN[\s\S]*go: none[\s\S]*npm run k6[\s\S]*K6_BIN[\s\S]*未运行/)
})

test('a Go too old to read the module is named before anything is built', async () => {
  const go = join(folder, 'old-go', 'go')
  mkdirSync(dirname(go), { recursive: true })
  writeFileSync(go, '#!/bin/sh\necho "go version go1.22.3 linux/amd64"\n')
  chmodSync(go, 0o755)
  const begins = () => expect.unreachable('nothing is built')
  await expect(provideK6({ begins }, { PATH: dirname(go), XDG_CACHE_HOME: join(folder, 'no-cache') })).rejects.toThrow(
    /go 1\.22: older than 1\.25/,
  )
})
