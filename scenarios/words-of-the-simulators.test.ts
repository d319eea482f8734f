import { expect, test } from 'vitest'
import { catalogue } from '../simulators/measures/catalogue.ts'
import { errands } from '../simulators/platform/errands.ts'
import { cityMeasures, slicedMeasures } from './measure-names.ts'
import { operationNames } from './operations.ts'

test('the measures a scenario may ask about are those of the catalogue of which less or more is better', () => {
  const judged = catalogue.filter(({ better }) => better !== 'neither')
  expect([...slicedMeasures]).toEqual(judged.filter(({ sliced }) => sliced).map(({ name }) => name))
  expect([...cityMeasures]).toEqual(judged.filter(({ sliced }) => !sliced).map(({ name }) => name))
})

test('every operation the errands send has a law in the city', () => {
  const sent = new Set(errands.flatMap(({ messages }) => messages.map(({ operation }) => operation)))
  expect([...sent].filter((operation) => !(operationNames as readonly string[]).includes(operation))).toEqual([])
})
