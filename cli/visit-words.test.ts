import { expect, test } from 'vitest'
import { loadPlan } from '../scenarios/load-plan.ts'
import { cityPlayer } from '../simulators/virtual/city-player.ts'
import { tellVisit } from '../simulators/virtual/stories/visit-story.ts'
import { titlesOf } from './plan-titles.ts'
import { renderVisit } from './render-visit.ts'
import { modeOfStep, visitWords } from './visit-words.ts'

const loaded = loadPlan('small-town', { seed: 5 })
if ('problems' in loaded) throw new Error('small-town does not load')
const { plan } = loaded

test('every pathway and every errand has its words', () => {
  const { rowNames, errandIndex } = cityPlayer(plan, null).pathways
  const names = [...new Set(rowNames.map((row) => row.split('/')[0] ?? '')), ...errandIndex.keys()]
  expect(names.length).toBeGreaterThan(15)
  expect(names.filter((name) => visitWords(name) === undefined)).toEqual([])
})

test('a step that a failed payment falls back to is told as its way of paying', () => {
  expect(
    [
      'pay-drugs-walk',
      'pay-examination-window',
      'pay-kiosk-walk',
      'pay-drugs-kiosk-alone',
      'pay-examination-phone-handling',
      'register-window',
    ].map(modeOfStep),
  ).toEqual(['window', 'window', 'kiosk', 'kiosk', 'phone', 'window'])
  expect(['laboratory', 'pharmacy-window', 'phone', 'consult'].map(modeOfStep)).toEqual([undefined, undefined, undefined, undefined])
})

test('visits all over the day are told without a single internal name', () => {
  for (const visit of [5, 150, 400, 700, 1000, 1250]) {
    const text = renderVisit(tellVisit(plan, { day: 0, visit }), 'zh', 160, titlesOf(plan)).join('\n')
    expect(text.match(/[a-z]+(?:-[a-z]+)+|done|entry|bureau/g), text).toBeNull()
  }
})
