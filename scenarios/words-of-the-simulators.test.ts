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

// What the file desk takes follows from the size and the rate that the scenario gives.
test('every operation the errands send has a law in the city, but for those of the file desk', () => {
  const sent = new Set(errands.flatMap(({ messages }) => messages.flatMap(({ leg, operation }) => (leg === 'files' ? [] : [operation]))))
  expect([...sent].filter((operation) => !(operationNames as readonly string[]).includes(operation))).toEqual([])
})
