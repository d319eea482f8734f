import { formatProblems, type Problem } from '../scenarios/problem.ts'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure } from './failure.ts'

/** All problems of some files as one failure: exit code 2, each with its place, in both languages. */
export function badInput(problems: readonly Problem[]): CommandFailure {
  const many = problems.length > 1
  return new CommandFailure(
    exitCodes.badInput,
    formatProblems(problems),
    many ? `${problems.length} problems · 共 ${problems.length} 处问题` : '1 problem · 共 1 处问题',
  )
}
