/**
 * What a run says of each fault: whom it met, when patients felt it, when the part counted as down, when patients were routed away and were
 * back, and what it did beside its twin. Where no twin was played, its least effect is the calls it met.
 */
import type { WireFault } from '../../measures/result-wire.ts'
import { heldForDown, isAtEntry, isForWantOfReply, isUnanswered, lastTries, type SeenAnswer } from '../../trace/seen-row.ts'
import type { Trace } from '../../trace/trace.ts'
import type { ReconciliationReport } from '../desks/reconciliation-desk.ts'
import { allWireFaults } from '../faults/all-wire-faults.ts'
import type { Toll } from '../faults/strike.ts'
import { struckFault } from '../faults/struck-fault.ts'
import type { FaultOnWire } from '../faults/wire-fault.ts'
import { effectBesideTwin, equalAfterHeal, type StruckParties, type TwinRun } from './beside-twin.ts'
import type { Conducted } from './conduct.ts'
import { callsOf, detectedAfterSeconds, entriesUpAgainMs } from './detected-after.ts'

/** A fault's moments in the virtual city, by its name. */
export type Foretold = { readonly name: string } & NonNullable<WireFault['foretold']>

export function faultOutcomes(
  trace: Pick<Trace, 'rows' | 'rules' | 'scale'>,
  { struck, log, spans, reconciliation }: Pick<Conducted, 'struck' | 'log' | 'spans' | 'reconciliation'>,
  parties: StruckParties,
  twin: TwinRun | undefined,
  foretold: readonly Foretold[],
): readonly WireFault[] {
  const { rows, beginMs = 0 } = log
  const upAgainMs = entriesUpAgainMs(parties.health, trace.rules.channels, rows)
  const healed = twin === undefined ? undefined : equalAfterHeal(trace.rows, struck, rows, twin.rows, upAgainMs)
  return struck.map((one) => {
    const { fault, toll, waitedFor } = one
    const { title, leastEffect } = allWireFaults[fault.kind]
    const leastCalls = leastEffect.meets === 'nobody' ? 0 : 1
    const { callsTouched, metAtMs } = toll
    const from = fault.fromSecond * 1000
    const until = fault.toSecond * 1000
    // A fault of one entry is felt there; one of any other party is felt by whoever comes, by whichever entry.
    const entry = /^channel-(.*)/.exec(fault.target)?.[1]
    const isThere = (by: string) => entry === undefined || by === entry
    // As in the virtual city: a patient fails who gives a way up, not a try; what ends within a window of the rule after the fault is its doing.
    const ends = (ms: number) => ms >= from && ms <= until + parties.health.windowSeconds * 1000
    const failures = rows.flatMap(({ answers }) =>
      lastTries(answers).filter((one) => ends(one.heardMs) && isThere(one.by) && (entry === undefined ? isGivenUp(one) : isAtEntry(one))),
    )
    const away = rows.flatMap(({ answers }) =>
      answers.filter(({ by, reason, sentMs }) => reason === heldForDown && isThere(by) && ends(sentMs)),
    )
    const back = rows.flatMap(({ answers }) => answers.filter((one) => one.outcome === 'paid' && isThere(one.by) && one.sentMs >= until))
    return {
      name: fault.name,
      kind: fault.kind,
      title,
      target: fault.target,
      fromSecond: fault.fromSecond,
      toSecond: fault.toSecond,
      callsTouched,
      ...(twin === undefined
        ? {
            effect: { measure: 'calls-met', twin: 0, found: callsTouched, leastDifference: leastCalls },
            isToothless: callsTouched < leastCalls,
          }
        : effectBesideTwin(trace, one, rows, twin, parties)),
      afterHeal: healed === undefined ? null : { fromSecond: healed.fromMs / 1000, compared: healed.compared, equal: healed.equal },
      detectedAfterSeconds: detectedAfterSeconds(
        parties.health,
        fault,
        callsOf(fault, { rules: trace.rules, rows, spans, beginMs, metAtMs }),
      ),
      firstPatientFailureAfterSeconds: after(
        from,
        failures.map(({ heardMs }) => heardMs),
      ),
      firstRoutedAwayAfterSeconds: after(
        from,
        away.map(({ sentMs }) => sentMs),
      ),
      foretold: momentsOf(foretold.find(({ name }) => name === fault.name)),
      backAfterSeconds: after(
        until,
        back.map(({ heardMs }) => heardMs),
      ),
      ...plantedAndFound(fault, toll, waitedFor, reconciliation?.differences ?? []),
    }
  })
}

/** Neither paid nor refused by a party that answered. */
const isGivenUp = (answer: SeenAnswer): boolean => isUnanswered(answer) || (answer.outcome === 'refused' && isForWantOfReply(answer.reason))

const after = (fromMs: number, moments: readonly number[]): number | null =>
  moments.length === 0 ? null : (moments.reduce((first, one) => Math.min(first, one)) - fromMs) / 1000

/** A wrong amount or a lost row is found as a difference; a file that is not whole by the word that it is waited for, and no difference. */
function plantedAndFound(
  fault: FaultOnWire,
  toll: Toll,
  waitedFor: boolean | undefined,
  differences: ReconciliationReport['differences'],
): Pick<WireFault, 'planted' | 'found'> {
  if (waitedFor !== undefined && allWireFaults[fault.kind].plants === undefined) return { planted: 1, found: waitedFor ? 1 : 0 }
  const { plantedDifferences } = struckFault(fault, toll)
  // A difference's number begins with its party and day, which the plan of a fault does not know.
  const found = new Set(differences.map(({ difference }) => difference.replace(/^(\S+) \S+ /, '$1 ')))
  return { planted: plantedDifferences.length, found: plantedDifferences.filter((one) => found.has(one)).length }
}

function momentsOf(told: Foretold | undefined): WireFault['foretold'] {
  if (told === undefined) return null
  const { detectedAfterSeconds: detected, firstPatientFailureAfterSeconds: failure, firstRoutedAwayAfterSeconds: routed } = told
  return { detectedAfterSeconds: detected, firstPatientFailureAfterSeconds: failure, firstRoutedAwayAfterSeconds: routed }
}
