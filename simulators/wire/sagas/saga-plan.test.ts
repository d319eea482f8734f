import { expect, test } from 'vitest'
import { errands, walletErrands } from '../../platform/errands.ts'
import { cashierModes, platformModes } from '../desks/payment-desk.ts'
import { errandOf, sagaPlan } from './saga-plan.ts'

test.each(platformModes)(
  'mode %s sends what the table of errands says, in its order, and lets the patient go at the same message',
  (mode) => {
    const errand = [...errands, ...walletErrands].find(({ name }) => name === errandOf[mode])
    const { steps, released } = sagaPlan(mode)
    const after = errand?.messages.filter(({ leg }) => leg !== 'entry').map(({ operation }) => operation)
    expect(steps.map(({ operation }) => operation)).toEqual(after)
    expect(steps[released - 1]?.operation).toBe(errand?.messages[errand.released - 1]?.operation)
  },
)

test.each(cashierModes)('mode %s sends what the table of errands says, in its order; the rest stays inside the hospital', (mode) => {
  const errand = errands.find(({ name }) => name === errandOf[mode])
  const { steps, released } = sagaPlan(mode)
  const within = ['his/lock', 'till/collect', 'his/post', 'his/invoice']
  const sent = steps.map(({ operation }) => operation).filter((operation) => !within.includes(operation))
  expect(sent).toEqual(errand?.messages.map(({ operation }) => operation))
  expect(steps[0]?.operation).toBe('his/lock')
  expect(steps[released - 1]?.operation).toBe('his/notice')
})
