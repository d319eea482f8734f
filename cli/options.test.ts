import { expect, test } from 'vitest'
import { positiveNumber, scales, wholeNumber } from './options.ts'

test('a seed is a whole number within 32 bits', () => {
  const seed = wholeNumber(0, 4294967295)
  expect(seed('0')).toBe(0)
  expect(seed('4294967295')).toBe(4294967295)
  for (const text of ['4294967296', '-1', '1.5', '1e3', '0x10', '', ' ', 'seven', 'NaN'])
    expect(() => seed(text), text).toThrow('whole number')
})

test('a precision is a number above zero', () => {
  expect(positiveNumber('0.25')).toBe(0.25)
  for (const text of ['0', '-1', 'Infinity', 'NaN', '', '1,5', '1e9999']) expect(() => positiveNumber(text), text).toThrow('above 0')
})

test('several scales are several runs, each once, in the order given', () => {
  expect(scales('1,2,0.1')).toEqual([1, 2, 0.1])
  expect(scales('2,2,1')).toEqual([2, 1])
  expect(scales('1，10')).toEqual([1, 10])
})

test('a scale of zero, below zero, beyond a thousand or missing is refused', () => {
  for (const text of ['0', '-1', '1001', '1,', ',', 'x', '1,,2']) expect(() => scales(text), text).toThrow('above 0')
})
