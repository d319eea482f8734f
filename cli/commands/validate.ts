import type { Command } from 'commander'
import { formatProblem, type Problem } from '../../scenarios/problem.ts'
import { badInput } from '../bad-input.ts'
import type { Context } from '../context.ts'

export function addValidate(program: Command, { terminal }: Context): void {
  program
    .command('validate')
    .argument(
      '[files...]',
      'scenario, city and policy files; all that ship, if none is named · 情景、城市、政策文件；省略则检查全部内置文件',
    )
    .description('checks files and tells every mistake with its place and remedy\n检查文件，一次列出全部问题、位置与改法')
    .action(async (files: string[]) => {
      const { checkFile, shippedFiles } = await import('../check-file.ts')
      // A city that two scenarios use would otherwise tell its mistakes twice.
      const problems = new Map<string, Problem>()
      for (const file of files.length > 0 ? files : shippedFiles()) {
        const found = checkFile(file)
        for (const problem of found) problems.set(formatProblem(problem, 'en'), problem)
        if (found.length === 0) terminal.line(`ok  ${file}`)
      }
      if (problems.size > 0) throw badInput([...problems.values()])
    })
}
