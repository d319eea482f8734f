/**
 * What a run says of each fault: whom it met, and from the rows alone when patients felt it, were routed away and were back. What it did
 * beside a run of the same rows without it takes that run; where there is none, its least effect is the calls it met.
 */
import type { WireFault } from '../../measures/result-wire.ts'
import type { SeenRow } from '../../trace/seen-row.ts'
import { allWireFaults } from '../faults/all-wire-faults.ts'
import type { Struck } from './strikes.ts'

export const faultOutcomes = (struck: readonly Struck[], rows: readonly SeenRow[]): readonly WireFault[] =>
  struck.map(({ fault, toll }) => {
    const { title, leastEffect } = allWireFaults[fault.kind]
    const from = fault.fromSecond * 1000
    const until = fault.toSecond * 1000
    // A fault of one entry is felt there; one of any other party is felt by whoever comes, by whichever entry.
    const entry = /^channel-(.*)/.exec(fault.target)?.[1]
    const isThere = (by: string) => entry === undefined || by === entry
    const during = rows.filter(({ sentMs }) => sentMs !== undefined && sentMs >= from && sentMs < until)
    const failures = during.flatMap(({ answers }) => answers.filter(({ outcome, by }) => outcome === 'no-answer' && isThere(by)))
    const away = during.filter(({ answers }) => answers.some(({ by }) => isThere(by)) && !isThere(answers.at(-1)?.by ?? ''))
    const back = rows.flatMap(({ answers }) => answers.filter((one) => one.outcome === 'paid' && isThere(one.by) && one.sentMs >= until))
    return {
      name: fault.name,
      kind: fault.kind,
      title,
      target: fault.target,
      fromSecond: fault.fromSecond,
      toSecond: fault.toSecond,
      callsTouched: toll.callsTouched,
      effect: { measure: 'calls-met', twin: 0, found: toll.callsTouched, leastDifference: leastEffect.calls },
      isToothless: toll.callsTouched < leastEffect.calls,
      detectedAfterSeconds: null,
      firstPatientFailureAfterSeconds: after(
        from,
        failures.map(({ heardMs }) => heardMs),
      ),
      firstRoutedAwayAfterSeconds: after(
        from,
        away.map(({ answers }) => answers.at(-1)?.sentMs ?? Number.NaN),
      ),
      backAfterSeconds: after(
        until,
        back.map(({ heardMs }) => heardMs),
      ),
      planted: 0,
      found: 0,
    }
  })

const after = (fromMs: number, moments: readonly number[]): number | null =>
  moments.length === 0 ? null : (moments.reduce((first, one) => Math.min(first, one)) - fromMs) / 1000
