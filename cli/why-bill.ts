/** `medpay why`: the story of one bill, or of one errand about none, from the books that every actor of a running city shows, or from the files of a stopped one. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { keyRing } from '../simulators/wire/signing/key-ring.ts'
import { readStoppedBooks } from '../simulators/wire/stores/stopped-books.ts'
import { askBooks } from '../simulators/wire/why/ask-books.ts'
import { type ShownBooks, storyOfBill } from '../simulators/wire/why/story-of-bill.ts'
import { storyOfErrand } from '../simulators/wire/why/story-of-errand.ts'
import type { WhyOptions } from './commands/why.ts'
import type { Context } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure } from './failure.ts'
import { terminalLanguages } from './language.ts'
import { renderErrand } from './render-errand.ts'
import { auditLines, seenLines } from './render-run-row.ts'
import { renderWhy } from './render-why.ts'
import { type RunOnWire, rowAbout, runOnWire } from './run-on-wire.ts'
import { originsOfTargets } from './scrape-targets.ts'
import { secretName } from './serve-city.ts'

export async function whyBill(id: string, options: WhyOptions, { terminal }: Context): Promise<void> {
  const run = options.run === undefined ? undefined : runOnWire(options.run)
  const row = run === undefined ? undefined : rowAbout(id, run)
  const bill = row?.bill ?? id
  const isRunAlone = options.targets === undefined && options.books === undefined
  const { shown, unheard } = run !== undefined && isRunAlone ? booksOfRun(run) : await booksOf(options, terminal.env)
  for (const { from, why } of unheard) terminal.notice(`${from}: ${why}`)
  if (run !== undefined && row?.bill === null) {
    const found = storyOfErrand(row, shown)
    for (const language of terminalLanguages(options.lang, terminal.env))
      for (const line of renderErrand(row, found, run, language)) terminal.line(line)
    return
  }
  const story = storyOfBill(bill, shown)
  if (story === undefined) {
    const [en, zh] =
      unheard.length === 0
        ? [`no book of the city knows the bill ${bill}`, `各方账簿中都没有账单 ${bill}`]
        : [
            `none of the ${shown.length} books that could be read knows the bill ${bill}; ${unheard.length} could not be read`,
            `已读到的 ${shown.length} 本账簿中没有账单 ${bill}；另有 ${unheard.length} 本未能读取`,
          ]
    throw new CommandFailure(exitCodes.badInput, en, zh)
  }
  const numbers = story.payments.map(({ number }) => number)
  for (const language of terminalLanguages(options.lang, terminal.env)) {
    const [head = '', ...rows] = renderWhy(story, language)
    const planned = run?.planned.filter((one) => one.bill === bill) ?? []
    const seen = run === undefined ? [] : seenLines(planned, run, language)
    const about = [bill, id, ...planned.map((one) => `row ${one.row}`)]
    const found = run === undefined ? [] : auditLines(about, [...numbers, ...planned.map(({ key }) => key)], run, language)
    for (const line of [head, ...seen, ...rows, ...found]) terminal.line(line)
  }
}

interface FoundBooks {
  readonly shown: readonly ShownBooks[]
  readonly unheard: readonly { readonly from: string; readonly why: string }[]
}

/** What the auditor was shown, a ledger in PostgreSQL among it; of a run that ended before that, the files. */
const booksOfRun = ({ books, booksFolder }: RunOnWire): FoundBooks =>
  books === undefined ? filedBooks(booksFolder) : { shown: books, unheard: [] }

async function booksOf({ targets, books, run }: WhyOptions, env: Context['terminal']['env']): Promise<FoundBooks> {
  if (targets !== undefined && books === undefined && run === undefined) return askedBooks(originsIn(targets), env)
  if (books !== undefined && targets === undefined && run === undefined) return filedBooks(books)
  throw new CommandFailure(
    exitCodes.badInput,
    'say where the books are: --targets FILE of a running city, --books FOLDER of a stopped one, or --run FOLDER of a load run',
    '请指明账簿所在：运行中的城市用 --targets 文件，已停止的城市用 --books 目录，线上重放用 --run 目录',
  )
}

/** Books of one process, or of several with a folder each. */
function filedBooks(folder: string): FoundBooks {
  const inside = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()) : []
  const found = [folder, ...inside.map(({ name }) => join(folder, name))].flatMap((one) => readStoppedBooks(one) ?? [])
  if (found.length > 0)
    return {
      shown: found.flatMap(({ shown }) => shown),
      unheard: found.flatMap(({ unread }) => unread.map(({ path, why }) => ({ from: path, why }))),
    }
  throw new CommandFailure(
    exitCodes.badInput,
    `${folder} holds no books; name the folder that medpay serve --books kept them in`,
    `${folder} 中没有账簿；请给出 medpay serve --books 所用的目录`,
  )
}

async function askedBooks(origins: readonly string[], env: Context['terminal']['env']): Promise<FoundBooks> {
  const secret = env[secretName]
  if (secret === undefined || secret.length < 16) {
    throw new CommandFailure(
      exitCodes.badInput,
      `the books are shown to whoever started the city: set ${secretName} as it was set for medpay serve`,
      `账簿只给启动者查看：请设置与 medpay serve 相同的 ${secretName}`,
    )
  }
  const { shown, unheard } = await askBooks(origins, keyRing(secret).controlToken)
  return { shown, unheard: unheard.map(({ origin, why }) => ({ from: origin, why })) }
}

function originsIn(path: string): readonly string[] {
  let origins: readonly string[] | undefined
  try {
    origins = originsOfTargets(readFileSync(path, 'utf8'))
  } catch {
    origins = undefined
  }
  if (origins !== undefined && origins.length > 0) return origins
  throw new CommandFailure(
    exitCodes.badInput,
    `${path} is no list of actors; start the city with medpay serve --targets ${path}`,
    `${path} 不是角色地址列表；请用 medpay serve --targets ${path} 启动城市`,
  )
}
