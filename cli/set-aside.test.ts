import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sampleRunResult } from '../reports/testing/sample-run-result.ts'
import { writeRunFolder } from '../reports/write-run-folder.ts'
import type { Plan } from '../scenarios/plan.ts'
import { asideFolder, dropAside, setAside } from './set-aside.ts'
import { ownFolder } from './testing/medpay-process.ts'

const put = (folder: string, name: string, text: string) => writeFileSync(join(folder, name), text)
const aside = (folder: string, name: string) => readFileSync(join(folder, asideFolder, name), 'utf8')

test('whatever an earlier run wrote is set aside when its folder is played into anew, and what is not of a run stays', () => {
  const folder = join(ownFolder(), 'run')
  const sample = sampleRunResult()
  const result = { ...sample, measures: sample.measures.slice(0, 1), differences: [], series: [], faults: [] }
  const plan = { format: 'medpay-plan', version: 1, scenario: result.scenario, provenance: [] } as unknown as Plan
  writeRunFolder(folder, { plan, result }, { languages: [] })
  const written = readdirSync(folder).sort()
  mkdirSync(join(folder, 'wire'))
  put(folder, 'notes.txt', 'mine')
  expect(setAside(folder)).toBe(true)
  expect(readdirSync(folder).sort()).toEqual([asideFolder, 'notes.txt', 'wire'])
  expect(readdirSync(join(folder, asideFolder)).sort()).toEqual(written)
  dropAside(folder)
  expect(readdirSync(folder).sort()).toEqual(['notes.txt', 'wire'])
})

test('play after play killed, the last run that was told stays aside', () => {
  const folder = ownFolder()
  expect(setAside(folder)).toBe(false)
  put(folder, 'run-result.json', 'first')
  put(folder, 'report.html', 'of the first')
  setAside(folder)
  expect(setAside(folder)).toBe(false)
  expect(aside(folder, 'run-result.json')).toBe('first')
  // Killed while it set aside: what is left belongs to the result that is gone from its place.
  put(folder, 'measures.csv', 'of the first')
  setAside(folder)
  expect(readdirSync(join(folder, asideFolder)).sort()).toEqual(['measures.csv', 'report.html', 'run-result.json'])
  put(folder, 'run-result.json', 'second')
  setAside(folder)
  expect(aside(folder, 'run-result.json')).toBe('second')
  expect(readdirSync(join(folder, asideFolder))).toEqual(['run-result.json'])
})

test('what somebody keeps in a folder of that name is left there', () => {
  const folder = ownFolder()
  mkdirSync(join(folder, asideFolder))
  put(join(folder, asideFolder), 'notes.txt', 'mine')
  put(folder, 'run-result.json', 'first')
  setAside(folder)
  dropAside(folder)
  expect(readdirSync(join(folder, asideFolder))).toEqual(['notes.txt'])
  expect(existsSync(join(folder, 'run-result.json'))).toBe(false)
})
