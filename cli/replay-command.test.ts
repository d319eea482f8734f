import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { replayCommand, shellWord } from './replay-command.ts'

test('a command is printed so that it can be pasted', () => {
  expect(replayCommand(['run', 'shanghai-weekday', '--seed', '7'])).toBe('npx medpay run shanghai-weekday --seed 7')
  expect(replayCommand(['run', '我的 城市.yaml'])).toBe("npx medpay run '我的 城市.yaml'")
})

test('a shell reads back the very word, whatever it holds', () => {
  const word = fc.string({
    minLength: 1,
    maxLength: 12,
    unit: fc.constantFrom('a', ' ', "'", '"', '$', '`', '\\', '市', '*', '!', ';', '-'),
  })
  fc.assert(
    fc.property(word, (text) => {
      expect(execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' })).toBe(text)
    }),
    { numRuns: 40 },
  )
})
