import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { stepsOf } from './verify-steps.ts'

const titles = (what: string, words: string[], hasDieharder: boolean) => stepsOf(what, words, () => hasDieharder).map(({ title }) => title)

test('the long tests end with the generator battery, unless tests are named', () => {
  const [, battery, ...more] = stepsOf('long', [], () => true)
  expect(more).toEqual([])
  expect(battery?.command).toEqual(['bench/battery.ts'])
  expect(titles('long', ['coverage'], true)).toEqual(['long tests · 长时测试'])
})

test('a battery that cannot run is said not to have run, in both languages', () => {
  const [tests, battery] = stepsOf('long', [], () => false)
  expect(tests?.command).not.toBeNull()
  expect(battery?.command).toBeNull()
  expect(battery?.instead).toMatch(/NOT RUN.*dieharder[\s\S]*未运行.*dieharder/)
})

test('every step names a program that exists, and the words given choose tests', () => {
  for (const what of ['all', 'check', 'unit', 'long']) {
    const steps = stepsOf(what, [], () => true)
    for (const { command, title } of steps) expect([title, existsSync(command?.[0] ?? '')]).toEqual([title, true])
  }
  for (const what of ['all', 'unit', 'long'])
    expect(
      stepsOf(what, ['fen'], () => true)
        .at(-1)
        ?.command?.at(-1),
    ).toBe('fen')
  expect(() => stepsOf('some', [], () => true)).toThrow(/unknown word some/)
})
