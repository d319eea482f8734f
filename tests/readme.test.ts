/** The README's commands are run as they stand, in order, in a folder of their own; a command that no longer works fails here. */
import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { repositoryRoot } from '../cli/house.ts'
import { medpay, ownFolder } from '../cli/testing/medpay-process.ts'

interface Block {
  readonly mark: string
  readonly lines: readonly string[]
}

function shellBlocks(text: string): Block[] {
  return [...text.matchAll(/^```sh(.*)\n([\s\S]*?)^```$/gm)].map(([, mark = '', body = '']) => ({
    mark: mark.trim(),
    lines: body.split('\n').filter((line) => line !== ''),
  }))
}

for (const file of ['README.md', 'README.zh.md']) {
  const blocks = shellBlocks(readFileSync(join(repositoryRoot, file), 'utf8'))

  test(`every command marked for the tests in ${file} works`, { timeout: 240_000 }, async () => {
    const lines = blocks.filter(({ mark }) => mark === 'test').flatMap(({ lines }) => lines)
    expect(lines.length).toBeGreaterThanOrEqual(5)
    const folder = ownFolder()
    // The reader stands in the repository; here only what they read stands beside what they write.
    symlinkSync(join(repositoryRoot, 'scenarios'), join(folder, 'scenarios'))
    for (const line of lines) {
      expect(line).toMatch(/^npx medpay /)
      const { code, out, err } = await medpay([], { cwd: folder, shell: line.replace(/^npx medpay /, '$medpay ') })
      expect(code, `${line}\n${err}`).toBe(0)
      expect(out, line).not.toBe('')
    }
  })

  test(`every other command in ${file} is one that exists`, async () => {
    const scripts = Object.keys((JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as { scripts: object }).scripts)
    for (const { mark, lines } of blocks) {
      if (mark === 'test') continue
      expect(['', 'long']).toContain(mark)
      for (const line of lines) {
        const [program = '', word = '', name = ''] = line.split(' ')
        if (program === 'export') expect(word).toMatch(/^MEDPAY_[A-Z_]+=/)
        else if (program === 'npm') expect(scripts).toContain(word === 'run' ? name : word)
        else expect([program, word, existsSync(join(repositoryRoot, 'cli', 'commands', `${name}.ts`))]).toEqual(['npx', 'medpay', true])
      }
    }
  })

  test(`every file that ${file} points to exists`, () => {
    const text = readFileSync(join(repositoryRoot, file), 'utf8')
    const targets = [...text.matchAll(/\]\(([^)#]+)\)/g)].map(([, target = '']) => target).filter((target) => !target.includes('://'))
    expect(targets.length).toBeGreaterThan(5)
    for (const target of targets) expect(existsSync(join(repositoryRoot, target)), target).toBe(true)
  })
}
