/**
 * The auditor is tested before it tests: sound runs give it nothing to find, and each deliberate defect of platform or testbed is caught
 * by the rule that was named beforehand. Real sockets, actors emptied between slices. One slice alone:
 * MEDPAY_SLICE=seed:rows:defect npx vitest run tested-tester
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { planOf } from '../../scenarios/testing/plan-of.ts'
import type { WireAudit } from '../measures/result-wire.ts'
import type { AuditInput } from './audit/audit-input.ts'
import { auditRules, auditRun } from './audit/audit-run.ts'
import type { RuleName } from './audit/rule-words.ts'
import { allDefects } from './testing/defects/all-defects.ts'
import type { Defect } from './testing/defects/defect.ts'
import { noop } from './testing/defects/noop.ts'
import { type Caught, testedTesterPage } from './testing/defects/tested-tester-page.ts'
import { forgeries } from './testing/slice/forgeries.ts'
import { type SliceRow, sliceOf } from './testing/slice/slice.ts'
import { type SliceCity, sliceCity } from './testing/slice/slice-city.ts'
import { serveSmallWire } from './testing/small-wire.ts'

const cleanSeeds = [11, 12, 13]
const rowsEach = 32
const defectSeed = 7
/** Of what chance alone decides: enough that one row in a hundred is met by every seed's dice. */
const rowsByChance = 160
const sizes = [1, 2, 3, 4, 6, 8, 12, 16]

let city: SliceCity
beforeAll(async () => {
  city = await sliceCity(planOf('small-town'))
})
afterAll(() => city.stop())

const soundToTheEnd = { name: noop.name, make: () => ({ endsTheDay: true as const }) }

const broken = ({ rules }: WireAudit) => rules.filter(({ standing }) => standing === 'broken').map(({ name }) => name)
/** What a failing run prints: the findings, and the one command that plays it again. */
const told = (audit: WireAudit) =>
  [...audit.rules.flatMap(({ name, findings }) => findings.map(({ words }) => `${name}: ${words.en}`)), audit.replay].join('\n')

const [seed, rows, defectName] = (process.env['MEDPAY_SLICE'] ?? '').split(':')
if (rows === undefined) testTheTester()
else
  test(`the slice ${seed}:${rows} with the defect ${defectName}`, async () => {
    const defect = allDefects.find(({ name }) => name === defectName) ?? soundToTheEnd
    const audit = auditRun(await city.play(sliceOf(Number(seed), Number(rows)), defect))
    expect(audit.verdict, told(audit)).toBe('passed')
  })

function testTheTester(): void {
  describe('a sound run', () => {
    test.each(cleanSeeds)('of seed %d has no finding, and every rule that can look has looked', async (clean) => {
      const audit = auditRun(await city.play(sliceOf(clean, rowsEach), soundToTheEnd))
      expect(audit.verdict, told(audit)).toBe('passed')
      const idle = audit.rules.filter(({ standing, checked }) => standing === 'not-applicable' || checked === 0).map(({ name }) => name)
      // No fault struck, every row is about a bill that is paid unseen, no difference was planted, nobody played the days in which advances are
      // repaid, and the slice was played nowhere else.
      expect(idle).toEqual([
        'faults-took-effect',
        'said-done-is-done',
        'bill-is-shown-as-billed',
        'differences-are-the-planted',
        'review-adds-up',
        'advances-add-up',
        'repaid-as-paid',
        'overdue-is-noted',
        'closing-books-as-virtual',
        'after-term-as-virtual',
        'after-heal-as-twin',
        'planted-is-found',
      ])
    })
  })

  describe('one forged line', () => {
    let sound: AuditInput
    beforeAll(async () => {
      sound = await city.play(sliceOf(defectSeed, rowsEach), noop)
    })
    const all = Object.entries(forgeries).flatMap(([name, ofRule]) =>
      Object.entries(ofRule).map(([what, forge]) => ({ name: name as RuleName, what, forge })),
    )
    test('is one of books in which nothing is broken', () => {
      expect(broken(auditRun(sound))).toEqual([])
    })
    test.each(all)('breaks the rule $name: $what', ({ name, forge }) => {
      const audit = auditRun(forge(sound))
      expect(broken(audit)).toContain(name)
      const { about } = auditRules.find((rule) => rule.name === name) ?? {}
      expect(audit.verdict).toBe(about === 'validity' ? 'void' : 'failed')
      const rule = audit.rules.find((one) => one.name === name)
      expect(rule?.findings[0]?.words.zh).toMatch(/\p{Script=Han}/u)
      expect(rule?.findings[0]?.why).toMatch(/^npx medpay why |^MEDPAY_SLICE=/)
    })

    test('where the target shows no journal, what would need it is not applicable, never passed', () => {
      const without = { ...sound, books: sound.books.map(({ ledger: _, reconciliation: __, ...book }) => book) }
      const audit = auditRun({ ...without, mustHaveMoved: ['bureau', 'his'] })
      expect(audit.verdict).toBe('passed')
      const idle = audit.rules.filter(({ standing }) => standing === 'not-applicable').map(({ name }) => name)
      expect(idle).toEqual(expect.arrayContaining(['ledger-zero', 'journal-rows-match', 'saga-ran-once', 'told-how-it-ended']))
    })
  })

  describe('a deliberate defect', () => {
    const caught: Caught[] = []
    const note = (defect: Defect, needed: readonly number[], audit: WireAudit) => {
      const alsoBroken = broken(audit).filter((name) => name !== defect.caughtBy)
      caught.push({ defect, needed, verdict: audit.verdict, alsoBroken })
    }
    /**
     * One long slice, from which the generator leaves out what each seed's dice say. A shorter one is its beginning, so what the generator says
     * of that tells how many payments it needed.
     */
    async function caughtByChance(defect: Defect, seeds: readonly number[]): Promise<void> {
      const needed: number[] = []
      let last: WireAudit | undefined
      const { plays = () => true, ...parts } = defect.make()
      const slice = sliceOf(defectSeed, rowsByChance)
      const played = await city.play(slice, { name: defect.name, make: () => parts })
      for (const one of seeds) {
        const whole = { ...played, seen: played.seen.filter(({ row }) => plays(slice.rows[row] as SliceRow, one)) }
        last = auditRun(whole)
        expect(broken(last), last.replay).toContain(defect.caughtBy)
        const isCaughtBy = (count: number) => {
          const beginning = { planned: whole.planned.slice(0, count), seen: whole.seen.filter(({ row }) => row < count) }
          return broken(auditRun({ ...whole, ...beginning })).includes(defect.caughtBy)
        }
        let [sound, caughtAt] = [0, rowsByChance]
        while (caughtAt - sound > 1) {
          const middle = (sound + caughtAt) >> 1
          if (isCaughtBy(middle)) caughtAt = middle
          else sound = middle
        }
        needed.push(caughtAt)
      }
      if (last !== undefined) note(defect, needed, last)
    }
    test.each(allDefects)('$name is caught by $caughtBy', async (defect) => {
      if (defect.seeds !== undefined) return caughtByChance(defect, defect.seeds)
      for (const size of sizes) {
        const audit = auditRun(await city.play(sliceOf(defectSeed, size), defect))
        if (!broken(audit).includes(defect.caughtBy)) continue
        note(defect, [size], audit)
        break
      }
      expect(caught.at(-1)?.defect.name).toBe(defect.name)
    })
    test('stands in the table with its rule and the payments it took', async () => {
      await expect(testedTesterPage(caught, cleanSeeds, rowsEach)).toMatchFileSnapshot('../../docs/tested-tester.md')
    })
    test('cannot be switched on by a start that is no test', async () => {
      await expect(serveSmallWire(planOf('small-town'), { version: '1.0.0', only: ['platform'], platform: { seams: {} } })).rejects.toThrow(
        /for tests of the auditor/,
      )
    })
  })
}
