import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadPlan } from './load-plan.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'medpay-morning-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const assumed = (value: number): string => `{ value: ${value}, low: 0, high: 100000, assumption: Made up, group: town-size }`

/** A sound scenario of a morning in the small town; a test spoils it. */
const sound = `format: medpay-scenario
version: 1
title: { zh: 上线, en: Going live }
question: { zh: 能否一次上线？, en: May all go live at once? }
city: small-town
policy: shanghai-2020
date: 2020-12-14
seed: 1
primaryMeasure: visit-duration-minutes
minimumEffectThatMatters: 1
replication: { pilotDays: 2, batchDays: 2, maximumDays: 2, precision: 1 }
surge:
  departments: { paediatrics: ${assumed(2)} }
  emergency: ${assumed(1.5)}
serviceLevel: { settledShare: 0.9, withinSeconds: 8, backMinutes: 3 }
arms:
  - { name: ordinary, title: { zh: 平日, en: Ordinary }, reform: true, adoption: 0.1 }
  - { name: at-once, title: { zh: 一次, en: At once }, reform: true, adoption: 0.1, goLive: all-at-once }
  - { name: waves, title: { zh: 分批, en: Waves }, reform: true, adoption: 0.1, goLive: in-waves, alsoAgainst: [at-once] }
goLive:
  at: "08:00"
  readyBy: "08:30"
  startSpreadSeconds: ${assumed(60)}
  pauseSeconds: ${assumed(10)}
  directoryMegabytes: ${assumed(60)}
  fileDeskTransfers: ${assumed(4)}
  fileDeskMegabitsPerSecond: ${assumed(20)}
  fileDeskTimeoutSeconds: ${assumed(3600)}
  holdingSitesShare: { value: 0.5, low: 0, high: 1, assumption: Made up, group: town-size }
  hallSignUps: ${assumed(100)}
  waves:
    - { on: 2020-05-06, title: { zh: 一, en: First }, districts: [old-town], municipalInstitutions: 1 }
    - { on: 2020-08-25, title: { zh: 二, en: Second }, districts: [new-town] }
`

function load(edits: readonly (readonly [string, string])[]) {
  let text = sound
  for (const [from, to] of edits) {
    expect(text.split(from).length, `"${from}" stands once`).toBe(2)
    text = text.replace(from, () => to)
  }
  const path = join(folder, 'morning.yaml')
  writeFileSync(path, text)
  const loaded = loadPlan(path)
  if ('plan' in loaded) return { plan: loaded.plan, problems: [] }
  return {
    problems: loaded.problems.map(({ line, column, path, en, zh }) => {
      expect(zh).toMatch(/[\u4e00-\u9fff]/)
      const told = text.split('\n')[line - 1]!.slice(column - 1)
      return { at: told, path, en }
    }),
  }
}

/** Exactly these problems: where the text begins, in which part, and what is said. */
function refused(edits: readonly (readonly [string, string])[], expected: readonly (readonly [at: string, path: string, en: RegExp])[]) {
  const { problems } = load(edits)
  expect(problems.map(({ path }) => path)).toEqual(expected.map(([, path]) => path))
  for (const [index, [at, , en]] of expected.entries()) {
    expect(problems[index]!.at.startsWith(at), `${problems[index]!.at} begins with ${at}`).toBe(true)
    expect(problems[index]!.en).toMatch(en)
  }
}

test('an arm in waves becomes one arm a wave, and every number of the morning stands in the plan with its warrant', () => {
  const { plan } = load([])
  expect(plan?.scenario.arms.map(({ name, goLive }) => [name, goLive?.arm, goLive?.wave])).toEqual([
    ['ordinary', undefined, undefined],
    ['at-once', 'at-once', undefined],
    ['waves-1', 'waves', 0],
    ['waves-2', 'waves', 1],
  ])
  expect(plan?.scenario.goLive).toMatchObject({ switchSecond: 28_800, readyBySecond: 30_600, directoryMegabytes: 60 })
  expect(plan?.scenario.surge).toEqual({ departments: { paediatrics: 2 }, emergency: 1.5 })
  const paths = plan?.provenance.map(({ path }) => path) ?? []
  expect(paths.filter((path) => path.startsWith('scenario.'))).toHaveLength(10)
  // The scenario's own level takes the city's place and leaves no warrant for what is not played.
  expect(plan?.city.service).toMatchObject({ settledShare: 0.9, withinSeconds: 8, backMinutes: 3 })
  expect(paths.filter((path) => path.startsWith('city.service'))).toEqual([])
})

test('waves that leave sites out, name a district twice or one that does not exist are refused at each place', () => {
  refused(
    [
      ['districts: [old-town]', 'districts: [ol-town, new-town]'],
      ['municipalInstitutions: 1', 'municipalInstitutions: 3'],
      ['on: 2020-08-25', 'on: 2020-04-31'],
    ],
    [
      ['- { on', 'goLive.waves', /leave out old-town/],
      ['- { on', 'goLive.waves', /let 3 municipal institutions join, but the city has 1/],
      ['ol-town', 'goLive.waves[0].districts[0]', /no such district; did you mean "old-town"\?/],
      ['2020-04-31', 'goLive.waves[1].on', /does not exist/],
      ['2020-04-31', 'goLive.waves[1].on', /before the wave above/],
      ['new-town', 'goLive.waves[1].districts[0]', /joined in wave 1; name it once/],
    ],
  )
})

test('a morning that ends before it begins, or that no arm uses, is refused', () => {
  refused([['"08:30"', '"07:30"']], [['"07:30"', 'goLive.readyBy', /not after at 08:00/]])
  refused(
    [[`fileDeskTimeoutSeconds: ${assumed(3600)}`, `fileDeskTimeoutSeconds: ${assumed(20)}`]],
    [['{ value: 20', 'goLive.fileDeskTimeoutSeconds', /shorter than one transfer, 24 s/]],
  )
  refused([['"08:00"', '"25:00"']], [['"25:00"', 'goLive.at', /no time of a day/]])
  refused(
    [
      [', goLive: all-at-once', ''],
      [', goLive: in-waves, alsoAgainst: [at-once]', ''],
    ],
    [['goLive:', 'goLive', /used by no arm/]],
  )
})

test('an arm that goes live needs the morning, its waves and the reform', () => {
  refused(
    [[sound.slice(sound.indexOf('goLive:\n')), '']],
    [
      ['all-at-once', 'arms[1].goLive', /has no goLive/],
      ['in-waves', 'arms[2].goLive', /has no goLive/],
    ],
  )
  refused([[sound.slice(sound.indexOf('  waves:\n')), '']], [['in-waves', 'arms[2].goLive', /names no wave/]])
  refused(
    [['en: At once }, reform: true, adoption: 0.1', 'en: At once }, reform: false']],
    [['all-at-once', 'arms[1].goLive', /without the reform/]],
  )
})

test('an arm is compared further only with one that stands before it and after the first', () => {
  refused([['[at-once]', '[ordinary]']], [['ordinary', 'arms[2].alsoAgainst[0]', /the first arm, with which every arm is compared/]])
  refused([['[at-once]', '[at-onze]']], [['at-onze', 'arms[2].alsoAgainst[0]', /did you mean "at-once"/]])
  refused([['[at-once]', '[waves]']], [['waves', 'arms[2].alsoAgainst[0]', /no such arm before this one/]])
})

test('bare numbers, shares above all and departments the city has not are refused with what to write instead', () => {
  refused(
    [
      [`directoryMegabytes: ${assumed(60)}`, 'directoryMegabytes: 60'],
      ['value: 0.5, low: 0, high: 1,', 'value: 1.5, low: 0, high: 2,'],
      ['departments: { paediatrics:', 'departments: { pediatrics:'],
      ['settledShare: 0.9', 'settledShare: 90'],
    ],
    [
      ['pediatrics', 'surge.departments.pediatrics', /no such department; did you mean "paediatrics"/],
      ['90', 'serviceLevel.settledShare', /is 90; give 1 or less/],
      ['60', 'goLive.directoryMegabytes', /bare number 60; write \{ value: 60/],
      ['1.5', 'goLive.holdingSitesShare.value', /is 1.5; give 1 or less/],
    ],
  )
})
