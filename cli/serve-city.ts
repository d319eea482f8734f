/** `medpay serve`: one process with the actors asked for, until it is interrupted. */
import { rmSync } from 'node:fs'
import type { Plan } from '../scenarios/plan.ts'
import { suggestion } from '../scenarios/problem.ts'
import { actorNames, type Served, type ServeOptions } from '../simulators/wire/serve.ts'
import { freshSecret, keyRing } from '../simulators/wire/signing/key-ring.ts'
import { type SignatureKind, signatureKinds } from '../simulators/wire/signing/signature-kinds.ts'
import { badInput } from './bad-input.ts'
import { booksFolderOf } from './books-folder.ts'
import type { ServeWords } from './commands/serve.ts'
import type { Context } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure } from './failure.ts'
import { packageVersion } from './house.ts'
import { localAuthority } from './local-authority.ts'
import { scrapeTargets } from './scrape-targets.ts'
import { serveOrTell } from './serve-or-tell.ts'
import { writeWhole } from './write-file.ts'

/** Actors started apart agree on keys and control token by this word; it is never printed. */
export const secretName = 'MEDPAY_WIRE_SECRET'

export async function serveCity(scenario: string, words: ServeWords, { terminal, interruption }: Context): Promise<void> {
  const { loadPlan } = await import('../scenarios/load-plan.ts')
  const loaded = loadPlan(scenario)
  if ('problems' in loaded) throw badInput(loaded.problems)
  const { plan } = loaded
  const firstPort = portOf(words.port, actorNames(plan.city).length)
  const only = words.actor === undefined ? undefined : knownActors(words.actor, plan)
  const elsewhere = words.at === undefined ? undefined : addressesOf(words.at, plan)
  const leaseMs = leaseMsOf(words.lease)
  const nationalSites = words.national === undefined ? [] : sitesOf(words.national)
  const secret = secretOf(terminal.env[secretName], only === undefined)
  const authority = words.tls === undefined ? undefined : localAuthority(terminal.env, Date.now())
  const unsigned = words.unsigned === undefined ? [] : kindsOf(words.unsigned, words.host)
  const booksFolder = booksFolderOf(words.books, plan)
  const failedBooks: string[] = []
  const served = await serveOrTell({
    city: plan.city,
    policy: plan.policy,
    policyOn(day) {
      const then = loadPlan(scenario, { date: day })
      return 'plan' in then ? then.plan.policy : undefined
    },
    date: plan.scenario.date,
    version: packageVersion,
    keys: keyRing(secret, unsigned),
    booksFolder,
    host: words.host,
    firstPort,
    interruption,
    bookFailed(book, why) {
      failedBooks.push(book)
      terminal.notice(
        `the book of ${book} can no longer be written: ${why.message}; it confirms nothing from now on. Ctrl-C, make room, start again`,
      )
      terminal.notice(`${book} 的账簿无法继续写入：${why.message}；此后不再确认任何操作。请按 Ctrl-C，腾出空间后重新启动`)
    },
    ...(only === undefined ? {} : { only }),
    ...(elsewhere ?? {}),
    platform: { leaseMs, nationalSites },
    ...(words.ledger === undefined ? {} : { ledgerUrl: ledgerUrlOf(words.ledger) }),
    ...(authority === undefined ? {} : { tls: authority }),
    ...(words.log === undefined ? {} : { logStream: process.stderr }),
  })
  if (words.targets !== undefined) await writeTargets(words.targets, served)
  for (const { actor, origin } of served.actors) terminal.line(`${actor.name.padEnd(24)} ${origin}   ${origin}/docs/`)
  if (authority !== undefined) {
    terminal.notice(`clients that are to trust this city: NODE_EXTRA_CA_CERTS=${authority.path} (docs/tls.md)`)
    terminal.notice(`需信任本城的客户端：NODE_EXTRA_CA_CERTS=${authority.path}（docs/tls.md）`)
  }
  if (unsigned.length > 0) {
    terminal.notice(`no signatures of these kinds: ${unsigned.join(', ')}; whoever calls is believed, so this city is for measuring alone`)
    terminal.notice(`已停用签名：${unsigned.join('、')}；任何调用方均被采信，本城仅供测量`)
  }
  terminal.notice(`books in ${booksFolder}; Ctrl-C ends the city in good order`)
  terminal.notice(`账簿位于 ${booksFolder}；按 Ctrl-C 正常结束`)
  await new Promise<void>((stopped) => {
    if (interruption.aborted) stopped()
    else interruption.addEventListener('abort', () => stopped(), { once: true })
    if (words.untilInputEnds !== undefined) process.stdin.on('end', stopped).resume()
  })
  // A pipe that is read keeps the process alive.
  process.stdin.destroy()
  if (words.targets !== undefined) rmSync(words.targets, { force: true })
  await served.stop()
  if (failedBooks.length > 0) {
    throw new CommandFailure(
      exitCodes.outputProblem,
      `books in ${booksFolder} that could not be written to the end: ${failedBooks.join(', ')}; what was confirmed stands in them`,
      `${booksFolder} 中未能写完的账簿：${failedBooks.join('、')}；已确认的内容均在其中`,
    )
  }
}

/** A list of targets as Prometheus reads them from a file; a city that cannot be watched as asked does not run. */
async function writeTargets(path: string, served: Served): Promise<void> {
  try {
    writeWhole(path, `${JSON.stringify(scrapeTargets(served.actors), null, 2)}\n`, true)
  } catch (error) {
    await served.stop()
    throw error
  }
}

/** An actor named more than once runs in several processes; the first is the one that others than entries speak to. */
function addressesOf(words: readonly string[], { city }: Plan): Pick<ServeOptions, 'elsewhere' | 'furtherAt'> {
  const known = actorNames(city)
  const pairs = words.map((word) => [word.slice(0, Math.max(0, word.indexOf('='))), word.slice(word.indexOf('=') + 1)] as const)
  const wrong = pairs.find(([name, url]) => !known.includes(name) || !/^https?:\/\/[^/]+$/.test(url))
  if (wrong === undefined) {
    const elsewhere: Record<string, string> = {}
    const furtherAt: Record<string, string[]> = {}
    for (const [name, url] of pairs) {
      if (elsewhere[name] === undefined) elsewhere[name] = url
      else furtherAt[name] = [...(furtherAt[name] ?? []), url]
    }
    return { elsewhere, furtherAt }
  }
  throw new CommandFailure(
    exitCodes.badInput,
    `--at takes name=http://host:port of an actor, not ${wrong.join('=')}; ${suggestion(wrong[0], known).en}`,
    `--at 的写法为 角色=http://主机:端口，而不是 ${wrong.join('=')}；${suggestion(wrong[0], known).zh}`,
  )
}

function leaseMsOf(text: string): number {
  const seconds = Number(text)
  if (/^\d+(?:\.\d+)?$/.test(text) && seconds >= 1 && seconds <= 3600) return seconds * 1000
  throw new CommandFailure(
    exitCodes.badInput,
    `--lease is a number of seconds from 1 to 3600, not ${text}`,
    `--lease 应为 1 至 3600 的秒数，而不是 ${text}`,
  )
}

/** A city that believes whoever calls stays on this machine. */
function kindsOf(words: readonly string[], host: string): readonly SignatureKind[] {
  const kinds = signatureKinds.filter((kind) => words.includes(kind))
  const wrong = words.filter((word) => !signatureKinds.some((kind) => kind === word))
  if (wrong.length > 0) {
    throw new CommandFailure(
      exitCodes.badInput,
      `--unsigned takes ${signatureKinds.join(', ')}, not ${wrong.join(', ')}`,
      `--unsigned 只接受 ${signatureKinds.join('、')}，而不是 ${wrong.join('、')}`,
    )
  }
  if (['127.0.0.1', '::1', 'localhost'].includes(host)) return kinds
  throw new CommandFailure(
    exitCodes.badInput,
    `--unsigned is for this machine alone, not for --host ${host}: a city without signatures believes whoever calls`,
    `--unsigned 仅限本机，不可与 --host ${host} 同用：停用签名后任何调用方都会被采信`,
  )
}

function sitesOf(words: readonly string[]): readonly number[] {
  const wrong = words.filter((word) => !/^\d{1,5}$/.test(word))
  if (wrong.length === 0) return words.map(Number)
  throw new CommandFailure(
    exitCodes.badInput,
    `--national takes numbers of sites from 0 to 99999, not ${wrong.join(', ')}`,
    `--national 应为 0 至 99999 的执业点编号，而不是 ${wrong.join('、')}`,
  )
}

function ledgerUrlOf(text: string): string {
  if (/^postgres(?:ql)?:$/.test(URL.parse(text)?.protocol ?? '')) return text
  throw new CommandFailure(
    exitCodes.badInput,
    '--ledger is the address of a PostgreSQL database: postgres://user:password@host:port/database',
    '--ledger 应为 PostgreSQL 数据库地址：postgres://用户:密码@主机:端口/数据库',
  )
}

function portOf(text: string, actors: number): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && (port === 0 || (port >= 1 && port + actors <= 65_536))) return port
  throw new CommandFailure(
    exitCodes.badInput,
    `--port is 0 or a number from 1 to ${65_536 - actors}, so that ${actors} actors fit above it; not ${text}`,
    `--port 应为 0 或 1 至 ${65_536 - actors} 的整数（其后需容纳 ${actors} 个角色），而不是 ${text}`,
  )
}

function knownActors(asked: readonly string[], { city }: Plan): readonly string[] {
  const known = actorNames(city)
  const unknown = asked.filter((name) => !known.includes(name))
  if (unknown.length === 0) return known.filter((name) => asked.includes(name))
  const told = (lang: 'en' | 'zh', words: (name: string) => string) =>
    unknown.map((name) => `${words(name)} ${suggestion(name, known)[lang]}`).join('\n')
  throw new CommandFailure(
    exitCodes.badInput,
    told('en', (name) => `no actor is called ${name};`),
    told('zh', (name) => `没有名为 ${name} 的角色；`),
  )
}

/** @param mayBeFresh everybody who needs the secret is started, or told, by this very process */
export function secretOf(given: string | undefined, mayBeFresh = true): string {
  if (given !== undefined && given.length >= 16) return given
  if (given === undefined && mayBeFresh) return freshSecret()
  throw new CommandFailure(
    exitCodes.badInput,
    `actors started apart sign to each other with keys made from one secret: set ${secretName} to the same 16 or more characters for each`,
    `分别启动的角色以同一密钥派生签名密钥：请为每个进程设置相同的 ${secretName}（至少 16 个字符）`,
  )
}
