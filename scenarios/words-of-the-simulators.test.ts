import { expect, test } from 'vitest'
import { catalogue } from '../simulators/measures/catalogue.ts'
import { errands } from '../simulators/platform/errands.ts'
import { cityMeasures, slicedMeasures } from './measure-names.ts'
import { operationNames } from './operations.ts'
import { planOf } from './testing/plan-of.ts'

test('the measures a scenario may ask about are those of the catalogue of which less or more is better', () => {
  const judged = catalogue.filter(({ better }) => better !== 'neither')
  expect([...slicedMeasures]).toEqual(judged.filter(({ sliced }) => sliced).map(({ name }) => name))
  expect([...cityMeasures]).toEqual(judged.filter(({ sliced }) => !sliced).map(({ name }) => name))
})

// What the file desk takes follows from the size and the rate that the scenario gives; wallets have their laws beside them, where a city has any.
test('every operation the errands send has a law in the city, but for those of the file desk, and those of wallets one of their own', () => {
  const messages = errands.flatMap((errand) => errand.messages)
  const sent = new Set(messages.flatMap(({ leg, operation, atWallet }) => (leg === 'files' || atWallet === true ? [] : [operation])))
  expect([...sent].filter((operation) => !(operationNames as readonly string[]).includes(operation))).toEqual([])
  const atWallets = new Set(messages.flatMap(({ operation, atWallet }) => (atWallet === true ? [operation] : [])))
  expect(Object.keys(planOf('small-town').city.parties.wallets?.operations ?? {}).toSorted()).toEqual([...atWallets].toSorted())
})
