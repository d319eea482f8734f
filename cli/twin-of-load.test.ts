import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { loadPlan } from '../scenarios/load-plan.ts'
import type { Trace } from '../simulators/trace/trace.ts'
import { codeOfPlay, type TwinKeyParts, tooManyUnanswered, twinIn, twinKey, twinText } from './twin-of-load.ts'

const loaded = loadPlan('small-town')
if (!('plan' in loaded)) throw new Error('the small town is unsound')
const { plan } = loaded
const { parties } = plan.city

const folder = mkdtempSync(join(tmpdir(), 'medpay-twin-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('a twin that was kept is found by its key and not played again, whatever else its answers tell of a split', () => {
  const path = join(folder, 'twin.json')
  const compared = { fundFen: 900, currentAccountFen: 0, historyAccountFen: 50, cashFen: 50 }
  const split = { ...compared, uncoveredFen: 40, deductibleFen: 10 }
  const row = { row: 3, dueMs: 1.5, sentMs: 2, endMs: 90, answers: [{ key: 'K3', outcome: 'paid', by: 'hospital', split }] }
  const traffic = [{ actor: 'bureau', operation: 'bureau/settle', second: 3, calls: 2 }]
  writeFileSync(path, twinText('k', { rows: [row, { row: 4, notSent: 'no-door', dueMs: 7, answers: [] }], traffic }))
  expect(twinIn(path, 'k')).toEqual({
    rows: [
      { ...row, answers: [{ key: 'K3', outcome: 'paid', by: 'hospital', split: compared }] },
      { row: 4, notSent: 'no-door', dueMs: 7, answers: [] },
    ],
    traffic,
  })
  expect(twinIn(path, 'another')).toBeUndefined()
  writeFileSync(path, twinText('k', { rows: [row], traffic }).slice(0, 40))
  expect(twinIn(path, 'k')).toBeUndefined()
  expect(twinIn(join(folder, 'none.json'), 'k')).toBeUndefined()
})

test('a twin may leave one of a hundred without an answer and no more; a refusal is an answer', () => {
  const ended = (outcome: string, count: number) =>
    Array.from({ length: count }, (_, row) => ({ row, dueMs: 1, sentMs: 2, endMs: 3, answers: [{ key: 'K', outcome, by: 'wechat' }] }))
  expect(tooManyUnanswered([...ended('paid', 190), ...ended('refused', 8), ...ended('no-answer', 1), ...ended('in-doubt', 1)])).toEqual([])
  const [reason] = tooManyUnanswered([...ended('paid', 197), ...ended('no-answer', 3)])
  expect(reason?.en).toMatch(/^3 of 200 /)
})

describe('the key of a twin', () => {
  const adapter = join(folder, 'adapter.ts')
  writeFileSync(adapter, 'one')
  const trace = {
    ...{ planHash: 'p', arm: 'a', window: { fromSecond: 36_000, seconds: 60 }, scale: { asked: 1 }, visits: [], opening: {} },
    ...{ rules: { attempts: 3, timeoutMs: { bank: 10_000 } }, rows: [{ row: 0, startMs: 5 }] },
  } as unknown as Trace
  const base: TwinKeyParts = {
    ...{
      trace,
      plan,
      scenario: 'small-town',
      target: undefined,
      ledger: 'sqlite',
      platformProcesses: 1,
      isForeign: false,
      slower: undefined,
    },
    k6: { program: 'k6', words: [] },
  }
  const withTrace = (more: object): Partial<TwinKeyParts> => ({ trace: { ...trace, ...more } })
  const withParties = (more: Partial<typeof parties>): Partial<TwinKeyParts> => ({
    plan: { ...plan, city: { ...plan.city, parties: { ...parties, ...more } } },
  })
  const target = { origin: 'http://127.0.0.1:9', adapter, name: 'others', readyPath: undefined }
  const keyOf = (more: Partial<TwinKeyParts>, code = 'code') => twinKey({ ...base, ...more }, code)

  test('is the same for the same play, whatever faults the run beside it has', () => {
    expect(keyOf({})).toBe(keyOf({ trace: structuredClone(trace) }))
    // A search path of k6 changes nothing of how rows end.
    expect(keyOf({ k6: { program: '/elsewhere/k6', words: [] } })).toBe(keyOf({}))
  })

  const changes: readonly (readonly [string, Partial<TwinKeyParts>])[] = [
    ['nothing', {}],
    ['tries of a message', withParties({ retry: { ...parties.retry, attempts: 2 } })],
    ['a time limit', withParties({ retry: { ...parties.retry, timeoutSeconds: { ...parties.retry.timeoutSeconds, bank: 11 } } })],
    ['a pause', withParties({ retry: { ...parties.retry, backoffSeconds: 9 } })],
    ['the health rule', withParties({ health: { ...parties.health, probeSeconds: 9 } })],
    ['a party’s servers', withParties({ bureau: { servers: parties.bureau.servers + 1 } })],
    ['the rules patients go by', withTrace({ rules: { attempts: 2, timeoutMs: { bank: 10_000 } } })],
    ['the plan its trace was cut from', withTrace({ planHash: 'q' })],
    ['the arm', withTrace({ arm: 'b' })],
    ['the window', withTrace({ window: { fromSecond: 36_000, seconds: 61 } })],
    ['where the window begins', withTrace({ window: { fromSecond: 36_001, seconds: 60 } })],
    ['the scale', withTrace({ scale: { asked: 2 } })],
    ['a row', withTrace({ rows: [{ row: 0, startMs: 6 }] })],
    ['the scenario its processes serve', { scenario: 'shanghai-weekday' }],
    ['the ledger', { ledger: 'postgres' }],
    ['processes of the platform', { platformProcesses: 2 }],
    ['a platform of others', { isForeign: true }],
    ['its adapter', { target }],
    ['parties that are slower', { slower: new Map([['channel-a', 3]]) }],
    ['how much slower', { slower: new Map([['channel-a', 4]]) }],
    ['words of k6', { k6: { program: 'k6', words: ['--rps', '5'] } }],
  ]
  test('is another with each thing that changes how rows end', () => {
    const alike = Map.groupBy(changes, ([, more]) => keyOf(more))
    expect([...alike.values()].filter(({ length }) => length > 1).map((some) => some.map(([name]) => name))).toEqual([])
    expect(alike.size).toBe(changes.length)
  })

  test('is another with other code, and with another text of the adapter under the same name', () => {
    expect(keyOf({}, 'other')).not.toBe(keyOf({}))
    const before = keyOf({ target })
    writeFileSync(adapter, 'two')
    expect(keyOf({ target })).not.toBe(before)
  })
})

test('the code of a play is that of its sources, tests apart', () => {
  const root = join(folder, 'root')
  for (const room of ['load', 'simulators/wire']) mkdirSync(join(root, room), { recursive: true })
  writeFileSync(join(root, 'load', 'replay.ts'), 'a')
  writeFileSync(join(root, 'simulators', 'wire', 'saga.ts'), 'b')
  const before = codeOfPlay(root)
  writeFileSync(join(root, 'load', 'replay.test.ts'), 'c')
  expect(codeOfPlay(root)).toBe(before)
  writeFileSync(join(root, 'simulators', 'wire', 'saga.ts'), 'b2')
  expect(codeOfPlay(root)).not.toBe(before)
  expect(codeOfPlay()).toMatch(/^[0-9a-f]{64}$/)
})
