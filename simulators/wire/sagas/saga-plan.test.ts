import { expect, test } from 'vitest'
import { errands, walletErrands } from '../../platform/errands.ts'
import { platformModes } from '../desks/payment-desk.ts'
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
