/** Where a city's books are kept. A folder belongs to one city and day: the books of another are left alone. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Plan } from '../scenarios/plan.ts'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure, outputFailure } from './failure.ts'
import { writeWhole } from './write-file.ts'

const cardFile = 'books.json'

/** What the books are of. Persons, sites and policy follow from it, so books of another would say wrong things about this city. */
interface Card {
  readonly format: 'medpay-books'
  readonly version: 1
  readonly scenario: string
  readonly city: string
  readonly seed: number
  readonly date: string
}

/** @param asked with --books; absent: a new temporary folder */
export function booksFolderOf(asked: string | undefined, { scenario, city }: Plan): string {
  const card: Card = {
    format: 'medpay-books',
    version: 1,
    scenario: scenario.name,
    city: city.name,
    seed: scenario.seed,
    date: scenario.date,
  }
  try {
    const folder = asked === undefined ? mkdtempSync(join(tmpdir(), 'medpay-books-')) : resolve(asked)
    mkdirSync(folder, { recursive: true })
    const names = readdirSync(folder)
    if (names.includes(cardFile)) refuseAnother(folder, card)
    else if (names.some((name) => name.endsWith('.sqlite'))) {
      throw new CommandFailure(
        exitCodes.outputProblem,
        `${folder} holds books that do not say of which city they are, and is left as it is; choose another --books`,
        `${folder} 中的账簿未注明属于哪座城市，保持不变；请另选 --books`,
      )
    } else writeWhole(join(folder, cardFile), `${JSON.stringify(card, null, 2)}\n`, true)
    return folder
  } catch (error) {
    if (error instanceof CommandFailure) throw error
    throw outputFailure(error, asked ?? tmpdir()) ?? error
  }
}

function refuseAnother(folder: string, card: Card): void {
  const held = readCard(join(folder, cardFile))
  const differing = (['scenario', 'city', 'seed', 'date'] as const).filter((name) => held[name] !== card[name])
  if (differing.length === 0) return
  const told = (of: Partial<Card>) => differing.map((name) => `${name} ${of[name] ?? '?'}`).join(', ')
  throw new CommandFailure(
    exitCodes.outputProblem,
    `${folder} holds the books of another city or day (${told(held)}, not ${told(card)}) and is left as it is; choose another --books`,
    `${folder} 中是另一城市或日期的账簿（${told(held)}，而非 ${told(card)}），保持不变；请另选 --books`,
  )
}

function readCard(path: string): Partial<Card> {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}
