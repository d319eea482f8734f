/**
 * A real Prometheus for the tests: the one named in MEDPAY_PROMETHEUS, or the one on the PATH. Where there is none the tests that
 * need it are reported as not run: vitest.config.ts leaves them out and says so.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const prometheusNamed = (): string => process.env['MEDPAY_PROMETHEUS'] ?? 'prometheus'

/** The program, or undefined where this machine has none. */
export function prometheusProgram(): string | undefined {
  const program = prometheusNamed()
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0 ? program : undefined
}

export const prometheusMissing = [
  '!! NOT RUN: no Prometheus on this machine, so nothing scraped the actors and no query of the dashboard was proven.',
  '!! On Debian and Ubuntu: apt-get install prometheus; or name the program in MEDPAY_PROMETHEUS.',
  '!! 未运行：本机没有 Prometheus，未抓取任何角色，看板查询也未经验证。',
  '!! Debian 与 Ubuntu 上可用 apt-get install prometheus 安装，或用 MEDPAY_PROMETHEUS 指明程序。',
].join('\n')

export interface RunningPrometheus {
  readonly origin: string
  /** Series of an instant query, now. Throws Prometheus' own words where the query is wrong. */
  query(expr: string): Promise<readonly { readonly metric: Readonly<Record<string, string>>; readonly value: readonly [number, string] }[]>
  stop(): Promise<void>
}

/**
 * @param config path of a configuration file
 * @param port a free one
 */
export async function startPrometheus(program: string, config: string, port: number): Promise<RunningPrometheus> {
  const folder = mkdtempSync(join(tmpdir(), 'medpay-prometheus-'))
  const origin = `http://127.0.0.1:${port}`
  const child = spawn(
    program,
    [`--config.file=${config}`, `--storage.tsdb.path=${folder}`, `--web.listen-address=127.0.0.1:${port}`, '--log.level=error'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let said = ''
  child.stderr.on('data', (text: Buffer) => {
    said += text.toString()
  })
  const ended = once(child, 'exit')
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  const isReady = async () => (await fetch(`${origin}/-/ready`).catch(() => undefined))?.ok === true
  while (!(await isReady())) {
    if (child.exitCode !== null) throw new Error(`Prometheus ended: ${said}`)
    // It says no word when it is ready, so it is asked.
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    origin,
    async query(expr) {
      const answer = await fetch(`${origin}/api/v1/query`, { method: 'POST', body: new URLSearchParams({ query: expr }) })
      const body = (await answer.json()) as { status: string; error?: string; data: { result: [] } }
      if (body.status !== 'success') throw new Error(`${expr}: ${body.error}`)
      return body.data.result
    },
    stop,
  }
}
