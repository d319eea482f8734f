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

describe('who waits for the bureau', () => {
  const { rules, row } = decisionTable[0] as (typeof decisionTable)[number]
  const back = (progress: Parameters<typeof nextStep>[2], outcome: TryOutcome) =>
    nextStep(rules, { ...row, deadlineMs: 1e6 }, progress, outcome, 0)

  it('pays anew where the end is known or the window keeps another book, and under the same key where nobody knows', () => {
    const refused: TryOutcome = { is: 'refused', failedAt: 'bureau' }
    const first = firstProgress(row)
    expect(back(first, refused)).toMatchObject({ progress: { mode: 'window', key: `${row.key}-again-1` } })
    const atWindow = { ...first, mode: 'window', key: 'K', entries: [], tries: rules.attempts } as const
    expect(back(atWindow, refused)).toMatchObject({ progress: { key: `${row.key}-again-1` } })
    expect(back(atWindow, { is: 'failed', at: 'hospital', mayHaveArrived: true })).toMatchObject({ progress: { key: 'K' } })
  })

  it('asks of what is under way until no message can be under way any more, and of what is in doubt a few times', () => {
    const asked = (outcome: TryOutcome) => {
      let count = 0
      let atMs = 0
      let step: NextStep = { does: 'send', atMs, progress: firstProgress(row) }
      while (step.does === 'send') {
        step = nextStep(rules, { ...row, startMs: 0, deadlineMs: 1e6 }, step.progress, outcome, step.atMs)
        if (step.does === 'send') {
          count += 1
          atMs = step.atMs
        }
      }
      return { count, atMs }
    }
    expect(asked({ is: 'in-doubt' }).count).toBe(rules.attempts)
    const { attempts, timeoutMs } = rules
    expect(asked({ is: 'under-way' }).atMs).toBeGreaterThan(0.8 * attempts * timeoutMs.bureau)
    expect(asked({ is: 'under-way' }).atMs).toBeLessThan(1.5 * attempts * timeoutMs.bureau)
  })

  it('does not ask for more credit where the bank never answered', () => {
    const onCredit = { ...row, mode: 'credit', raisesLimit: true, hasOwnMoney: true } as const
    const no = (isForWantOfReply: boolean) =>
      nextStep(rules, onCredit, firstProgress(onCredit), { is: 'refused', failedAt: 'bank', isForWantOfReply }, row.startMs)
    expect(no(false)).toMatchObject({ progress: { sends: 'raise' } })
    expect(no(true)).toMatchObject({ progress: { sends: 'errand', mode: 'phone', key: `${row.key}-own` } })
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
          const { mode, key, entries, tries, sends } = step.progress
          // Of what is under way is asked for as long as it may be.
          if (sends !== 'question') expect(tries).toBeLessThanOrEqual(rules.attempts)
          expect(new Set(entries).size).toBe(entries.length)
          // Another way of paying has another key.
          expect(keyOf.get(key) ?? mode).toBe(mode)
          keyOf.set(key, mode)
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
