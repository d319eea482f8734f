/** `medpay why`: asks every actor of a running city for its books and tells one bill's story. */
import { readFileSync } from 'node:fs'
import { keyRing } from '../simulators/wire/signing/key-ring.ts'
import { askBooks } from '../simulators/wire/why/ask-books.ts'
import { storyOfBill } from '../simulators/wire/why/story-of-bill.ts'
import type { WhyOptions } from './commands/why.ts'
import type { Context } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure } from './failure.ts'
import { terminalLanguages } from './language.ts'
import { renderWhy } from './render-why.ts'
import { originsOfTargets } from './scrape-targets.ts'
import { secretName } from './serve-city.ts'

export async function whyBill(bill: string, { targets, lang }: WhyOptions, { terminal }: Context): Promise<void> {
  const origins = originsIn(targets)
  const secret = terminal.env[secretName]
  if (secret === undefined || secret.length < 16) {
    throw new CommandFailure(
      exitCodes.badInput,
      `the books are shown to whoever started the city: set ${secretName} as it was set for medpay serve`,
      `账簿只给启动者查看：请设置与 medpay serve 相同的 ${secretName}`,
    )
  }
  const { shown, unheard } = await askBooks(origins, keyRing(secret).controlToken)
  for (const { origin, why } of unheard) terminal.notice(`${origin}: ${why}`)
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
  for (const language of terminalLanguages(lang, terminal.env)) for (const line of renderWhy(story, language)) terminal.line(line)
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
