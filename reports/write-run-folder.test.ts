import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Plan } from '../scenarios/plan.ts'
import { readRunResult } from './read-run-result.ts'
import { readStoredResult } from './read-stored-result.ts'
import { sampleRunResult } from './testing/sample-run-result.ts'
import { type Disk, realDisk, writeReportFiles, writeRunFolder } from './write-run-folder.ts'

const sample = sampleRunResult()
// What is inside is tested elsewhere; without it a page is made in no time.
const result = { ...sample, measures: sample.measures.slice(0, 3), differences: sample.differences.slice(0, 3), series: [], faults: [] }
// Only its being written whole matters here.
const plan = { format: 'medpay-plan', version: 1, scenario: result.scenario, provenance: [] } as unknown as Plan
const languages = ['en'] as const

let place = ''
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'run folder 运行 '))
})
afterEach(() => rmSync(place, { recursive: true, force: true }))

/** Everything below the place, so that a left-over of any name is seen. */
const everything = (): readonly string[] => readdirSync(place, { recursive: true }).map(String).sort()

/** A disk that is full from the n-th write on; the write that fails leaves half of its text behind, as a real one does. */
function fullAfter(writes: number): Disk {
  let count = 0
  return {
    ...realDisk,
    write(path, text) {
      count += 1
      if (count <= writes) return realDisk.write(path, text)
      realDisk.write(path, text.slice(0, text.length / 2))
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
    },
  }
}

test('a run leaves one folder with plan, result, table and report, also under spaces and Chinese characters', () => {
  const folder = join(place, '上海 工作日', 'run 1')
  const written = writeRunFolder(folder, { plan, result }, { languages })
  expect(written).toEqual({ ok: true, reportPath: join(folder, 'report.html') })
  expect(readdirSync(folder).sort()).toEqual(['measures.csv', 'plan.json', 'report.html', 'run-result.json'])
  expect(readStoredResult(join(folder, 'run-result.json'))).toEqual({ ok: true, result })
  expect(JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8'))).toEqual(plan)
})

test('a run of the same plan replaces the files and leaves what else is in the folder', () => {
  const folder = join(place, 'run')
  writeRunFolder(folder, { plan, result }, { languages })
  writeFileSync(join(folder, 'notes.txt'), 'mine')
  const later = { ...result, provenance: { ...result.provenance, wallSeconds: 99 } }
  expect(writeRunFolder(folder, { plan, result: later }, { languages }).ok).toBe(true)
  expect(readdirSync(folder).sort()).toEqual(['measures.csv', 'notes.txt', 'plan.json', 'report.html', 'run-result.json'])
  expect(readFileSync(join(folder, 'run-result.json'), 'utf8')).toContain('"wallSeconds":99')
})

test('a folder that holds another plan is left as it is, and both hashes are named', () => {
  const folder = join(place, 'run')
  writeRunFolder(folder, { plan, result: { ...result, planHash: 'aaaa' } }, { languages })
  const before = readFileSync(join(folder, 'run-result.json'), 'utf8')
  const written = writeRunFolder(folder, { plan, result: { ...result, planHash: 'bbbb' } }, { languages })
  expect(written).toMatchObject({ ok: false, why: 'other-plan' })
  if (!written.ok) for (const text of [written.problem.en, written.problem.zh]) expect(text).toMatch(/aaaa.*bbbb/)
  expect(readFileSync(join(folder, 'run-result.json'), 'utf8')).toBe(before)
})

test('a folder whose result cannot be read is not taken for ours', () => {
  mkdirSync(join(place, 'run'))
  writeFileSync(join(place, 'run', 'run-result.json'), '{ cut off')
  expect(writeRunFolder(join(place, 'run'), { plan, result }, { languages })).toMatchObject({ ok: false, why: 'other-plan' })
  expect(everything()).toEqual(['run', 'run/run-result.json'])
})

test.each([0, 1, 2, 3])('a disk full after %i files leaves nothing behind where there was nothing', (writes) => {
  const written = writeRunFolder(join(place, 'deep', 'run'), { plan, result }, { languages, disk: fullAfter(writes) })
  expect(written).toMatchObject({ ok: false, why: 'disk-full' })
  if (!written.ok) expect([written.problem.en, written.problem.zh].join()).toMatch(/full.*磁盘已满/s)
  expect(everything()).toEqual([])
})

test.each([0, 1, 2, 3])('a disk full after %i files leaves an earlier run as it was', (writes) => {
  const folder = join(place, 'run')
  writeRunFolder(folder, { plan, result }, { languages })
  const before = everything().map((name) => [name, name === 'run' ? '' : readFileSync(join(place, name), 'utf8')])
  const later = { ...result, provenance: { ...result.provenance, wallSeconds: 99 } }
  expect(writeRunFolder(folder, { plan, result: later }, { languages, disk: fullAfter(writes) }).ok).toBe(false)
  expect(everything().map((name) => [name, name === 'run' ? '' : readFileSync(join(place, name), 'utf8')])).toEqual(before)
})

test('a path through a file is a clear refusal', () => {
  writeFileSync(join(place, 'file'), '')
  const written = writeRunFolder(join(place, 'file', 'run'), { plan, result }, { languages })
  expect(written).toMatchObject({ ok: false, why: 'cannot-write' })
  expect(everything()).toEqual(['file'])
})

test('a mistake of our own is not dressed up as a full disk', () => {
  const broken: Disk = {
    ...realDisk,
    write: () => {
      throw new TypeError('a fault of ours')
    },
  }
  expect(() => writeRunFolder(join(place, 'run'), { plan, result }, { languages, disk: broken })).toThrow('a fault of ours')
})

test('pages, tables and copies are made from a stored result alone', () => {
  const folder = join(place, 'again')
  const written = writeReportFiles(folder, result, { formats: ['html', 'csv', 'json'], languages })
  expect(written).toEqual({ ok: true, paths: ['report.html', 'measures.csv', 'run-result.json'].map((name) => join(folder, name)) })
  expect(readRunResult(readFileSync(join(folder, 'run-result.json'), 'utf8'), 'x').ok).toBe(true)
})

test('a file that is not there is told, not thrown', () => {
  expect(readStoredResult(join(place, 'absent.json'))).toMatchObject({ ok: false, problem: { en: expect.stringContaining('ENOENT') } })
})
