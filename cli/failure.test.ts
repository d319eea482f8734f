import { expect, test } from 'vitest'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure, outputFailure } from './failure.ts'

const systemError = (code: string): Error => Object.assign(new Error(`${code}: no luck`), { code })

test('a full disk is an output problem with a remedy in both languages', () => {
  const failure = outputFailure(systemError('ENOSPC'), 'reports/运行 1')
  expect(failure).toBeInstanceOf(CommandFailure)
  expect(failure?.exitCode).toBe(exitCodes.outputProblem)
  expect(failure?.message).toContain('cannot write reports/运行 1: the disk is full; free some space or choose another --out (ENOSPC)')
  expect(failure?.message).toContain('磁盘已满')
})

test('the system error is found under our own', () => {
  expect(outputFailure(new Error('while writing', { cause: systemError('EROFS') }), 'x')?.exitCode).toBe(exitCodes.outputProblem)
})

test('what is no fault of disk or path stays an error of our own', () => {
  expect(outputFailure(new TypeError('undefined is not a function'), 'x')).toBeUndefined()
  expect(outputFailure(systemError('ERR_ASSERTION'), 'x')).toBeUndefined()
  expect(outputFailure('text', 'x')).toBeUndefined()
})
