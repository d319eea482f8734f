import { expect, test } from 'vitest'
import { kernelBytes } from '../../tools/build-kernel.ts'
import { openKernel } from './kernel-host.ts'
import { limitStandardErrors, models, theoryRows } from './testing/theory-models.ts'

/** The claims of the textbooks that the kernel contradicts; service times may be falsified. */
async function refused(serviceFactor: number): Promise<{ readonly model: string; readonly claim: string }[]> {
  const kernel = openKernel(await kernelBytes('simulators/virtual/kernel/kernel.ts', 'release'))
  return theoryRows(kernel, serviceFactor).flatMap(({ model, claim, truth, measured, offStandardErrors }) =>
    Math.abs(offStandardErrors) <= limitStandardErrors
      ? []
      : [
          {
            model,
            claim: `${claim}: ${measured.toPrecision(4)}, not ${truth.toPrecision(4)}, off by ${offStandardErrors.toFixed(1)} standard errors`,
          },
        ],
  )
}

test(`lines wait, give up and overtake as the textbooks say: ${models.length} models, one test at 1 % over them all`, async () => {
  expect(await refused(1)).toEqual([])
})

test('the same test catches service times that are 3 % too long, in every model', async () => {
  const caught = new Set((await refused(1.03)).map(({ model }) => model))
  expect(models.map(({ name }) => name).filter((name) => !caught.has(name))).toEqual([])
})
