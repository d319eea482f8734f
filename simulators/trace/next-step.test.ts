import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decided, decisionTable } from './decision-table.ts'
import { firstProgress, type NextStep, nextStep, type TryOutcome } from './next-step.ts'

describe('what a patient does next', () => {
  it('is decided in more than 200 situations, each told apart, as the page says', async () => {
    expect(decisionTable.length).toBeGreaterThan(200)
    expect(new Set(decisionTable.map(({ says }) => says)).size).toBe(decisionTable.length)
    await expect(`${decided(decisionTable).join('\n')}\n`).toMatchFileSnapshot('testing/decisions.txt')
  })

  it('is the same for the table as JSON, which is how k6 gets it', () => {
    expect(decided(JSON.parse(JSON.stringify(decisionTable)))).toEqual(decided(decisionTable))
  })
})

const anOutcome: fc.Arbitrary<TryOutcome> = fc.constantFrom(...decisionTable.map(({ outcome }) => outcome))
const aSituation = fc.constantFrom(...decisionTable)

describe('a terminal of a site that switches', () => {
  it('tries again after the plan’s pause, until its deadline', () => {
    const { rules, row } = decisionTable[0] as (typeof decisionTable)[number]
    const terminal = { ...row, mode: 'none', entry: -1, takesWindow: false, startMs: 0, deadlineMs: 40_000 } as const
    const last = { ...firstProgress(terminal), tries: rules.attempts }
    const silent: TryOutcome = { is: 'failed', at: 'hospital', mayHaveArrived: false }
    const ofMorning = { ...rules, switchPauseMs: 30_000 }
    expect(nextStep(ofMorning, terminal, last, silent, 5000)).toMatchObject({ does: 'send', atMs: 35_000, progress: { tries: 1 } })
    expect(nextStep(ofMorning, terminal, last, silent, 15_000)).toEqual({ does: 'stop', as: 'gave-up' })
    expect(nextStep(rules, terminal, last, silent, 5000)).toEqual({ does: 'stop', as: 'gave-up' })
  })
})

describe('whatever the answers are', () => {
  it('a patient comes to an end, never sends after the deadline, and never pays twice under one way of paying', () => {
    fc.assert(
      fc.property(aSituation, fc.array(anOutcome, { minLength: 200, maxLength: 200 }), ({ rules, row }, answers) => {
        let step: NextStep = { does: 'send', atMs: row.startMs, progress: firstProgress(row) }
        const keyOf = new Map<string, string>()
        for (const answer of answers) {
          if (step.does !== 'send') break
          expect(step.atMs).toBeLessThanOrEqual(row.startMs + row.deadlineMs)
          const { mode, key, entries, tries } = step.progress
          expect(tries).toBeLessThanOrEqual(rules.attempts)
          expect(new Set(entries).size).toBe(entries.length)
          // Another way of paying by phone has another key; the window asks by the same bill.
          if (mode !== 'window') expect(keyOf.get(key) ?? mode).toBe(mode)
          keyOf.set(key, mode === 'window' ? (keyOf.get(key) ?? mode) : mode)
          step = nextStep(rules, row, step.progress, answer, step.atMs + 1)
        }
        expect(step.does).not.toBe('send')
      }),
      { seed: 6, numRuns: 300 },
    )
  })

  it('a patient who heard nothing certain never goes on without saying so', () => {
    fc.assert(
      fc.property(aSituation, ({ rules, row }) => {
        const silent: TryOutcome = { is: 'failed', at: 'entry', mayHaveArrived: true }
        let step: NextStep = { does: 'send', atMs: row.startMs, progress: firstProgress(row) }
        while (step.does === 'send') step = nextStep(rules, row, step.progress, silent, step.atMs)
        if (row.mode !== 'none') expect(step.does === 'go-on' ? step.inDoubt : step.as === 'in-doubt').toBe(true)
      }),
      { seed: 7, numRuns: 100 },
    )
  })
})
