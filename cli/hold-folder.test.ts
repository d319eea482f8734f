import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { exitCodes } from './exit-codes.ts'
import { holderFile, holdFolder } from './hold-folder.ts'
import { ownFolder } from './testing/medpay-process.ts'

test('a folder that another process writes into is left to it, by its number, in both languages', () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' })
  onTestFinished(() => {
    other.kill('SIGKILL')
  })
  const folder = ownFolder()
  writeFileSync(join(folder, holderFile), `${other.pid}\n`)
  const holding = () => holdFolder(folder)
  expect(holding).toThrow(expect.objectContaining({ exitCode: exitCodes.outputProblem }))
  expect(holding).toThrow(new RegExp(`process ${other.pid}\\) is writing into [\\s\\S]*进程 ${other.pid}）正在写入`))
  expect(readFileSync(join(folder, holderFile), 'utf8')).toBe(`${other.pid}\n`)
})

test('what a killed process held is taken over, and whoever holds a folder may ask again', async () => {
  const gone = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' })
  await new Promise((resolve) => gone.once('exit', resolve))
  const folder = join(ownFolder(), 'out')
  mkdirSync(folder)
  writeFileSync(join(folder, holderFile), `${gone.pid}\n`)
  holdFolder(folder)
  holdFolder(folder)
  expect(readFileSync(join(folder, holderFile), 'utf8')).toBe(`${process.pid}\n`)
})

test('its holder’s end frees a folder, and takes one that nothing came into with it', async () => {
  const folder = join(ownFolder(), 'out')
  const words = `import(${JSON.stringify(new URL('hold-folder.ts', import.meta.url).href)}).then(({ holdFolder }) => holdFolder(process.argv[1]))`
  const holder = spawn(process.execPath, ['-e', words, folder], { stdio: 'inherit' })
  expect(await new Promise((resolve) => holder.once('exit', resolve))).toBe(0)
  expect(existsSync(folder)).toBe(false)
})
