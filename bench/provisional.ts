/** How long a newcomer waits for the first, provisional answer of the demonstration, once everything is installed. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const patienceSeconds = 120

/** Wall seconds from the command to the first line marked provisional; the run is then ended as by Ctrl-C. */
export function secondsToProvisionalAnswer(): Promise<{ readonly seconds: number } | { readonly missing: string }> {
  const out = mkdtempSync(join(tmpdir(), 'medpay-bench-'))
  const began = performance.now()
  const child = spawn(process.execPath, [join(root, 'cli', 'medpay.ts'), 'run', 'shanghai-weekday', '--out', join(out, 'run')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return new Promise((resolve) => {
    let answer: { seconds: number } | { missing: string } | undefined
    let said = ''
    let complaint = ''
    const giveUp = setTimeout(() => end({ missing: `nothing provisional within ${patienceSeconds} s` }), patienceSeconds * 1000)
    const end = (reached: { seconds: number } | { missing: string }): void => {
      if (answer !== undefined) return
      answer = reached
      clearTimeout(giveUp)
      child.kill('SIGINT')
    }
    child.stdout.on('data', (text) => {
      said += text
      if (/provisional|暂行/i.test(said)) end({ seconds: (performance.now() - began) / 1000 })
    })
    child.stderr.on('data', (text) => {
      complaint += text
    })
    child.on('exit', (code) => {
      end({ missing: `the run ended with code ${code} before any provisional answer: ${complaint.trim().split('\n')[0] ?? ''}` })
      rmSync(out, { recursive: true, force: true })
      resolve(answer as { seconds: number } | { missing: string })
    })
  })
}
