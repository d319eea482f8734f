/** What a run does when a party does not do its part: told apart, and nothing that was measured is thrown away. No socket is opened here. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import type { FaultOnWire } from '../faults/wire-fault.ts'
import { openingHash } from '../server/control.ts'
import { type Conducted, conduct, OpeningBookDiffers } from './conduct.ts'
import { ActorGone } from './control-client.ts'
import { strikeInTime } from './strikes.ts'
import { madeTrace } from './testing/made-trace.ts'
import { layoutOf, type WireCity } from './wire-processes.ts'

const plan = planOf('small-town')
const trace = madeTrace(plan, 4, 4)

interface Odd {
  /** Holds something else than it was sent. */
  readonly otherBook?: string
  /** Its process has ended by the time the rows are over. */
  readonly dead?: string
  readonly unready?: string
  /** Ctrl-C once the rows are over. */
  readonly stopsInDrain?: true
  /** Payments the platform never ends. */
  readonly open?: number
  readonly heard?: (actor: string, path: string, body: unknown) => void
}

/** Actors that answer every control request and do nothing. */
function cityOfStandIns({ otherBook, dead, unready, open = 0, heard }: Odd): WireCity {
  const layout = layoutOf(plan.city, false)
  const isDead = (actor: string) => layout.some((actors) => actors.includes(actor) && actors.includes(dead ?? ''))
  const ended = Promise.resolve()
  return {
    layout,
    processes: layout.map((actors) => ({ actors, pid: process.pid, ended, hasEnded: () => actors.some(isDead) })),
    control: {
      async ask(actor, method, path, body) {
        heard?.(actor, path, body)
        if (path === '/control/opening') return { sha256: actor === otherBook ? 'another' : openingHash(body) }
        if (path === '/control/spans/take') return { spans: [] }
        if (method === 'GET' && isDead(actor)) throw new ActorGone(actor, path)
        return path === '/control/books' ? { actor, entries: [] } : {}
      },
      figures: async (actor) => new Map(actor === 'platform' ? [['medpay_payments_open', open]] : []),
      isReady: async (actor) => actor !== unready,
      saysUnready: async (actor) => actor === unready,
    },
    originOf: () => 'http://127.0.0.1:9',
    process: { begin: async () => undefined, end: async () => undefined },
    stop: async () => undefined,
  }
}

/** Stands in for k6: every row of the play was paid. */
const generator = `#!${process.execPath}
const { readFileSync, appendFileSync } = require('node:fs')
const folder = process.argv.find((word) => word.startsWith('MEDPAY_PLAY=')).slice('MEDPAY_PLAY='.length)
const log = process.argv.find((word) => word.startsWith('--log-output=file=')).slice('--log-output=file='.length)
const say = (line) => appendFileSync(log, JSON.stringify(line) + '\\n')
say({ beginMs: Date.now() })
for (const { rows } of JSON.parse(readFileSync(folder + '/play.json')))
  for (const { row, key } of rows)
    say({ row, dueMs: 0, heldMs: 0, sentMs: 0, endMs: 1, answers: [{ key, outcome: 'paid', by: 'main-entry', sentMs: 0, heardMs: 1, calls: [] }] })
`

function run(odd: Odd, prepare: (folder: string) => void = () => undefined): { readonly folder: string; readonly ran: Promise<Conducted> } {
  const folder = mkdtempSync(join(tmpdir(), 'medpay-conduct-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  // A package.json of its own: the stand-in is CommonJS wherever the folder lies.
  writeFileSync(join(folder, 'package.json'), '{}')
  const program = join(folder, 'k6')
  writeFileSync(program, generator, { mode: 0o755 })
  prepare(folder)
  const stops = new AbortController()
  const ran = conduct({
    ...{ city: plan.city, trace, wire: cityOfStandIns(odd), secret: 'the secret of a test', folder, warmUpVisits: 0, faults: [] },
    k6: { program, script: 'replay.ts', words: [] },
    mostUnreadyMs: 1,
    signal: stops.signal,
    tell: (stage) => stage === 'drain' && odd.stopsInDrain === true && stops.abort(),
  })
  return { folder, ran }
}

test('an actor that holds another opening book than it was sent ends the run before anything is played, by name', async () => {
  const { folder, ran } = run({ otherBook: 'bank-b' })
  await expect(ran).rejects.toThrow(OpeningBookDiffers)
  await expect(ran).rejects.toMatchObject({ actor: 'bank-b' })
  expect(existsSync(join(folder, 'rows.log'))).toBe(false)
})

test('a process that ended in the middle is lost with its books; rows and the others’ books are kept, and the day does not end', async () => {
  const { lost, log, books, reconciliation } = await run({ dead: 'platform' }).ran
  expect(lost).toEqual(['platform'])
  expect(log.rows.length).toBe(trace.rows.length)
  expect(books.map(({ actor }) => actor)).toEqual(
    layoutOf(plan.city, false)
      .flat()
      .filter((actor) => actor !== 'platform'),
  )
  expect(reconciliation).toBeUndefined()
})

test('an actor whose book can no longer be written is told of, its book is taken all the same, and the day does not end', async () => {
  const { unready, lost, books, reconciliation } = await run({ unready: 'bureau' }).ran
  expect({ unready, lost }).toEqual({ unready: ['bureau'], lost: [] })
  expect(books.map(({ actor }) => actor)).toContain('bureau')
  expect(reconciliation).toBeUndefined()
})

test('a platform whose book can no longer be written is not waited for, though payments are open', async () => {
  const { isQuiet, unready } = await run({ open: 3, unready: 'platform' }).ran
  expect({ isQuiet, unready }).toEqual({ isQuiet: false, unready: ['platform'] })
})

test('a run that is stopped while money is not quiet waits no longer, and is told as stopped', async () => {
  const { isQuiet, wasInterrupted, reconciliation } = await run({ open: 3, stopsInDrain: true }).ran
  expect({ isQuiet, wasInterrupted, reconciliation }).toEqual({ isQuiet: false, wasInterrupted: true, reconciliation: undefined })
})

test('a fault whose target has ended before its moment is told as missed; whatever else goes wrong is told as it is', async () => {
  const gone: FaultOnWire = { name: 'late', kind: 'error-burst', target: 'bureau', fromSecond: 0, toSecond: 1, share: 1, seed: 1 }
  const strike = async (asked: () => never, signal = new AbortController().signal) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const ask = async () => {
      resolve()
      return asked()
    }
    const { over } = strikeInTime([gone], { ...cityOfStandIns({}), control: { ...cityOfStandIns({}).control, ask } }, Date.now(), signal)
    await promise
    return over()
  }
  const isGone = () => {
    throw new ActorGone('bureau', 'refused')
  }
  expect(await strike(isGone)).toMatchObject([{ fault: { name: 'late' }, missed: 'begin', toll: { callsTouched: 0 } }])
  const isOurs = () => {
    throw new Error('a mistake of ours')
  }
  await expect(strike(isOurs)).rejects.toThrow('a mistake of ours')
  expect(await strike(isOurs, AbortSignal.abort())).toMatchObject([{ missed: 'begin' }])
})

test('evidence that cannot be written is the system’s own error, and the rows stay where the generator wrote them', async () => {
  const { folder, ran } = run({ unready: 'bureau' }, (own) => mkdirSync(join(own, 'books.json')))
  await expect(ran).rejects.toMatchObject({ code: 'EISDIR' })
  expect(existsSync(join(folder, 'rows.log'))).toBe(true)
})

test('every opening book is written while its actor’s clock stands at the moment the window begins, and the clocks run when it does', async () => {
  const standing = new Map<string, { readonly now: string; readonly standsStill: boolean }>()
  const openedAt = new Set<string>()
  await run({
    unready: 'bureau',
    heard: (actor, path, body) => {
      if (path === '/control/clock') standing.set(actor, body as never)
      const clock = standing.get(actor)
      if (path === '/control/opening') openedAt.add(`${clock?.now}, ${clock?.standsStill === true ? 'standing' : 'running'}`)
    },
  }).ran
  expect(openedAt).toEqual(new Set([`${trace.opening.date} 09:00:00, standing`]))
  expect([...standing.values()].some(({ standsStill }) => standsStill)).toBe(false)
})
