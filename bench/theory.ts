/** Prints the kernel beside queueing theory as a table for docs/trust.md: `npx node bench/theory.ts`. */
import { openKernel } from '../simulators/virtual/kernel-host.ts'
import { limitStandardErrors, theoryRows } from '../simulators/virtual/testing/theory-models.ts'
import { kernelBytes } from '../tools/build-kernel.ts'

const kernel = openKernel(await kernelBytes('simulators/virtual/kernel/kernel.ts', 'release'))
console.log('| model | what | theory | kernel | standard error | off, in standard errors |\n|---|---|---|---|---|---|')
for (const { model, claim, truth, measured, standardError, offStandardErrors } of theoryRows(kernel, 1)) {
  console.log(
    `| ${model} | ${claim} | ${truth.toPrecision(5)} | ${measured.toPrecision(5)} | ${standardError.toPrecision(2)} | ${offStandardErrors.toFixed(2)} |`,
  )
}
console.log(`\nRefused beyond ${limitStandardErrors.toFixed(2)} standard errors (1 % over the whole family).`)
