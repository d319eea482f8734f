/** What a load run left in its folder: the play, what every patient saw, the books, the auditor's findings; whatever of it is there. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { WireAuditFinding } from '../simulators/measures/result-wire.ts'
import { readBooks } from '../simulators/wire/replay/rows-store.ts'
import type { ShownBooks } from '../simulators/wire/why/story-of-bill.ts'

const plannedRow = z.object({
  row: z.number(),
  errand: z.string(),
  site: z.number(),
  bill: z.string().nullable(),
  key: z.string(),
  startMs: z.number(),
})
const playedVisit = z.object({ person: z.object({ person: z.number() }), rows: z.array(plannedRow) })
const seenAnswer = z.object({
  outcome: z.string(),
  key: z.string().optional(),
  by: z.string().optional(),
  payment: z.string().optional(),
  reason: z.string().optional(),
  sentMs: z.number().optional(),
  heardMs: z.number().optional(),
})
const seenRow = z.object({ row: z.number(), notSent: z.string().optional(), answers: z.array(seenAnswer) })

export type PlannedOnWire = z.output<typeof plannedRow> & {
  /** −1: nobody's; a terminal's or a directory's. */
  readonly person: number
}
export type SeenOnWire = z.output<typeof seenRow>
export interface RunOnWire {
  /** As every actor showed them to the auditor; undefined where the run ended before it asked. */
  readonly books: readonly ShownBooks[] | undefined
  /** Where its processes kept theirs. */
  readonly booksFolder: string
  readonly planned: readonly PlannedOnWire[]
  readonly seen: ReadonlyMap<number, SeenOnWire>
  /** Undefined: nobody audited it. */
  readonly findings: readonly (WireAuditFinding & { readonly rule: string })[] | undefined
}

export function runOnWire(folder: string): RunOnWire {
  const work = playedIn(join(folder, 'wire'))
  const visits = z.array(playedVisit).safeParse(jsonOf(join(work, 'play.json')))
  const result = jsonOf(join(folder, 'run-result.json')) as { wire?: { audit?: { rules?: AuditRules } } } | undefined
  return {
    books: readBooks(work) as readonly ShownBooks[] | undefined,
    booksFolder: booksBeside(work),
    planned: visits.success ? visits.data.flatMap(({ person: { person }, rows }) => rows.map((row) => ({ ...row, person }))) : [],
    seen: new Map(seenIn(join(work, 'rows.log')).map((row) => [row.row, row])),
    findings: result?.wire?.audit?.rules?.flatMap(({ name, findings }) => findings.map((one) => ({ ...one, rule: name }))),
  }
}

const playFile = 'play.json'

/** A level that tries several rates on one city has a folder for each; what it tells is the one it played last. */
function playedIn(work: string): string {
  if (existsSync(join(work, playFile)) || !existsSync(work)) return work
  const tries = readdirSync(work).filter((name) => existsSync(join(work, name, playFile)))
  const began = (name: string) => statSync(join(work, name, playFile)).mtimeMs
  const last = tries.toSorted((one, other) => began(one) - began(other)).at(-1)
  return last === undefined ? work : join(work, last)
}

/** In the folder of the play, of the level it is a try of, or of the city that plays all levels of a profile. */
function booksBeside(work: string): string {
  const level = dirname(work)
  const places = [join(work, 'books'), join(level, 'books'), join(dirname(level), 'wire-city', 'books')]
  return places.find((place) => existsSync(place)) ?? (places[0] as string)
}
type AuditRules = readonly { readonly name: string; readonly findings: readonly WireAuditFinding[] }[]

/** The row an id is about: a bill's first, a row (`41`, `row 41`), a caller's key, a payment's number with whatever was made from it, or words with one of these among them. */
export function rowAbout(id: string, run: RunOnWire): PlannedOnWire | undefined {
  const whole = rowAboutWord(id, run)
  if (whole !== undefined || !id.includes(' ')) return whole
  return id.split(' ').reduce<PlannedOnWire | undefined>((row, word) => row ?? rowAboutWord(word, run), undefined)
}

function rowAboutWord(id: string, { planned, seen }: RunOnWire): PlannedOnWire | undefined {
  const number = /^(?:row )?(\d+)$/.exec(id)?.[1]
  const row = planned.find((one) => one.bill === id || one.key === id || (number !== undefined && one.row === Number(number)))
  if (row !== undefined) return row
  const isOfKey = (key: string | undefined) => key !== undefined && (id === key || id.startsWith(`${key}-`))
  const asked = [...seen.values()].find(({ answers }) => answers.some(({ payment, key }) => isOfKey(payment) || id === key))
  return planned.find((one) => one.row === asked?.row)
}

/** Lines that are whole; an interrupted run keeps what it has. */
function seenIn(path: string): readonly SeenOnWire[] {
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .flatMap((line) => {
      const read = seenRow.safeParse(parsed(line))
      return read.success ? [read.data] : []
    })
}

const jsonOf = (path: string): unknown => (existsSync(path) ? parsed(readFileSync(path, 'utf8')) : undefined)
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
