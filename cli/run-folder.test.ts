import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { planHash } from '../scenarios/plan-hash.ts'
import { planOf } from '../scenarios/testing/plan-of.ts'
import { folderOfPlan } from './run-folder.ts'
import { asideFolder, setAside } from './set-aside.ts'
import { ownFolder } from './testing/medpay-process.ts'

test('a folder chosen for a plan is another’s no more than its own: who holds another plan’s run keeps it', () => {
  const plan = planOf('small-town')
  const folder = ownFolder()
  const told: string[] = []
  const terminal = { notice: (text: string) => told.push(text) }
  expect(folderOfPlan(folder, plan, terminal)).toBe(folder)
  const path = join(folder, 'run-result.json')
  writeFileSync(path, JSON.stringify({ planHash: planHash(plan) }))
  expect(folderOfPlan(folder, plan, terminal)).toBe(folder)
  expect(told).toEqual([])
  writeFileSync(path, JSON.stringify({ planHash: 'another' }))
  expect(folderOfPlan(folder, plan, terminal)).toBe(`${folder}-${planHash(plan).slice(0, 8)}`)
  expect(told.join('\n')).toMatch(/holds the run of another plan[\s\S]*另一计划/)
  expect(readFileSync(path, 'utf8')).toContain('another')
})

test('a run that waits aside for a play that was cut short keeps its folder from other plans, too', () => {
  const plan = planOf('small-town')
  const folder = ownFolder()
  const terminal = { notice: () => undefined }
  writeFileSync(join(folder, 'run-result.json'), JSON.stringify({ planHash: planHash(plan) }))
  setAside(folder)
  expect(folderOfPlan(folder, plan, terminal)).toBe(folder)
  writeFileSync(join(folder, asideFolder, 'run-result.json'), JSON.stringify({ planHash: 'another' }))
  expect(folderOfPlan(folder, plan, terminal)).not.toBe(folder)
})
