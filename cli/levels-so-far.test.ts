import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sampleOfTheWire, sampleWire } from '../reports/testing/sample-wire.ts'
import type { LevelFigures } from '../simulators/measures/result-wire.ts'
import { levelsSoFar } from './levels-so-far.ts'
import { ownFolder } from './testing/medpay-process.ts'

const figures = (name: string, platformPaymentsPerSecond: number): LevelFigures => ({
  ...(sampleWire.levels[0] as LevelFigures),
  name,
  platformPaymentsPerSecond,
})
const known = (name: string) => ({ name, fromSecond: sampleWire.window.fromSecond, seconds: 120, scale: 1 })

test('earlier levels are told by their own folders, lowest rate first; one that is gone, of another moment or scale is left out', () => {
  const folder = ownFolder()
  const folderOf = (name: string) => join(folder, name)
  for (const [name, rate] of [
    ['half', 20],
    ['quarter', 10],
    ['peak', 41],
    ['shifted', 1],
    ['doubled', 2],
  ] as const) {
    mkdirSync(folderOf(name))
    // What a result says of other levels is theirs to say.
    const wire = { ...sampleWire, levels: [figures('another', 3), figures(name, rate)] }
    writeFileSync(join(folderOf(name), 'run-result.json'), JSON.stringify({ ...sampleOfTheWire(), wire }))
  }
  const file = [
    ...['half', 'quarter', 'peak', 'gone'].map(known),
    { ...known('shifted'), fromSecond: 1 },
    { ...known('doubled'), scale: 2 },
  ]
  const told = levelsSoFar(file, figures('peak', 40), folderOf)
  expect(told.map(({ name, platformPaymentsPerSecond }) => [name, platformPaymentsPerSecond])).toEqual([
    ['quarter', 10],
    ['half', 20],
    ['peak', 40],
  ])
})
