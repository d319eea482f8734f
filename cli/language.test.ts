import { expect, test } from 'vitest'
import { say, terminalLanguages } from './language.ts'

test('what is asked for wins over the locale', () => {
  expect(terminalLanguages('en', { LANG: 'zh_CN.UTF-8' })).toEqual(['en'])
  expect(terminalLanguages('both', {})).toEqual(['zh', 'en'])
})

test('without a wish the locale decides, LC_ALL before LANG, and an empty one counts as unset', () => {
  expect(terminalLanguages(undefined, { LANG: 'zh_CN.UTF-8' })).toEqual(['zh'])
  expect(terminalLanguages(undefined, { LANG: 'zh_CN.UTF-8', LC_ALL: 'C.UTF-8' })).toEqual(['en'])
  expect(terminalLanguages(undefined, { LANG: 'zh_CN.UTF-8', LC_ALL: '' })).toEqual(['zh'])
  expect(terminalLanguages(undefined, {})).toEqual(['en'])
})

test('two languages stand side by side', () => {
  expect(say({ zh: '排队', en: 'queue' }, ['zh', 'en'])).toBe('排队 · queue')
})
