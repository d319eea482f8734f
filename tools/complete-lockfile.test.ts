import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { completeLockfile, type Lockfile } from './complete-lockfile.ts'

test('the lockfile of this repository names the packages of every platform, so npm ci accepts it', () => {
  const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as Lockfile
  expect(completeLockfile(lock)).toEqual([])
})

test('a left-out platform package is added with the version its tool asks for and the platform in its name', () => {
  const lock: Lockfile = {
    packages: {
      'node_modules/tool': {
        version: '1.2.3',
        dev: true,
        optionalDependencies: { '@tool/linux-x64-musl': '1.2.3', '@tool/darwin-arm64': '1.2.3', '@tool/linux-x64-gnu': '1.2.3' },
      },
      'node_modules/tool/node_modules/@tool/linux-x64-gnu': { version: '1.2.3' },
    },
  }
  expect(completeLockfile(lock)).toEqual(['@tool/linux-x64-musl', '@tool/darwin-arm64'])
  expect(lock.packages['node_modules/@tool/linux-x64-musl']).toEqual({
    version: '1.2.3',
    os: ['linux'],
    cpu: ['x64'],
    libc: ['musl'],
    dev: true,
    optional: true,
  })
  expect(lock.packages['node_modules/@tool/darwin-arm64']).toEqual({
    version: '1.2.3',
    os: ['darwin'],
    cpu: ['arm64'],
    dev: true,
    optional: true,
  })
  expect(completeLockfile(lock)).toEqual([])
})

test('a package whose name tells no platform is refused rather than guessed', () => {
  expect(() => completeLockfile({ packages: { 'node_modules/tool': { optionalDependencies: { fsevents: '2.3.3' } } } })).toThrow('by hand')
})
