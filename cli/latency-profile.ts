import { readFileSync } from 'node:fs'
import {
  isOfThisVersion,
  type LatencyProfile,
  latencyProfileProblems,
  type ProfileProblem,
  usableLevels,
} from '../simulators/trace/latency-profile.ts'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure } from './failure.ts'
import { profileFormProblems } from './latency-profile-schema.ts'

/** The profile in a file without its void levels; everything that is wrong with it is told at once, by place, with exit code 2. */
export function readProfile(path: string, anyway = false): LatencyProfile {
  const data = parsed(path)
  const problems = problemsOf(data, anyway)
  if (problems.length === 0) return { ...(data as LatencyProfile), levels: usableLevels(data as LatencyProfile, anyway) }
  const list = (language: 'en' | 'zh'): string => problems.map(({ place, what }) => `\n  ${path}: ${place} ${what[language]}`).join('')
  throw new CommandFailure(exitCodes.badInput, `the latency profile cannot be used:${list('en')}`, `时延档案不可用：${list('zh')}`)
}

/** What its numbers mean is asked of a file that has the form of a profile. */
function problemsOf(data: unknown, anyway: boolean): readonly ProfileProblem[] {
  if (!isOfThisVersion(data)) return latencyProfileProblems(data, anyway)
  const malformed = profileFormProblems(data)
  return malformed.length > 0 ? malformed : latencyProfileProblems(data, anyway)
}

function parsed(path: string): unknown {
  let text = ''
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    throw new CommandFailure(
      exitCodes.badInput,
      `${path} cannot be read (${code}); name a file that medpay load --profile wrote`,
      `无法读取 ${path}（${code}）；请给出 medpay load --profile 写出的文件`,
    )
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new CommandFailure(
      exitCodes.badInput,
      `${path} is not whole JSON: ${(error as Error).message}. Measure again with medpay load --profile.`,
      `${path} 不是完整的 JSON：${(error as Error).message}。请用 medpay load --profile 重新测量。`,
    )
  }
}
