import { isScalar, parseDocument } from 'yaml'
import type { CityFile } from './city-schema.ts'
import { fittedNumbers } from './fitted-numbers.ts'

/** A city file's text with other factors and the numbers they move, every other character as it was. */
export function fittedText(text: string, { parameters }: NonNullable<CityFile['calibration']>, factors: readonly number[]): string {
  const document = parseDocument(text)
  const changes = [
    ...parameters.map((_, index) => ({ path: ['calibration', 'parameters', index, 'fitted'], value: factors[index]! })),
    ...fittedNumbers(parameters, factors),
  ].map(({ path, value }) => {
    const node = document.getIn(path, true)
    if (!isScalar(node) || node.range === undefined || node.range === null) throw new Error(`no number stands at ${path.join('.')}`)
    return { from: node.range[0], to: node.range[1], value }
  })
  return changes
    .sort((a, b) => b.from - a.from)
    .reduce((whole, { from, to, value }) => whole.slice(0, from) + String(value) + whole.slice(to), text)
}
