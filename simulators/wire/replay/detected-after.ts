/**
 * When the scenario's health rule (channels/health.ts) would have marked the struck part down, from the calls it had on the wire: the
 * wire's own moment to stand beside the virtual city's.
 */
import type { HealthPlan } from '../../../scenarios/plan.ts'
import { heldForDown, isAtEntry, type SeenRow } from '../../trace/seen-row.ts'
import type { TraceRules } from '../../trace/trace.ts'
import { partyHealth } from '../channels/party-health.ts'
import type { FaultOnWire } from '../faults/wire-fault.ts'
import type { ServiceSpan } from '../server/service-line.ts'

/** A call as its caller saw it end. Milliseconds from the window's begin. */
export interface EndedCall {
  readonly endMs: number
  readonly isFailed: boolean
}

/** @returns seconds from the fault's begin; null: never while it lasted and its calls were ending */
export function detectedAfterSeconds(
  health: HealthPlan,
  { fromSecond }: Pick<FaultOnWire, 'fromSecond'>,
  calls: readonly EndedCall[],
): number | null {
  let nowMs = 0
  const party = partyHealth(health, () => nowMs)
  for (const { endMs, isFailed } of calls.toSorted((a, b) => a.endMs - b.endMs)) {
    // What ended before the window's begin has no place in the rule's sixths.
    if (endMs < 0) continue
    nowMs = endMs
    party.note(isFailed)
    if (party.isDown && endMs >= fromSecond * 1000) return (endMs - fromSecond * 1000) / 1000
  }
  return null
}

/**
 * When the last entry that counted as down was up again, by the patients' own rule: in a cascade others than the struck one go down under its
 * load, and come back later than it heals. One that never came back was last asked for then, and met nobody later. 0: none was down.
 */
export function entriesUpAgainMs(health: HealthPlan, channels: readonly string[], rows: readonly SeenRow[]): number {
  const asked = Map.groupBy(
    rows.flatMap(({ answers }) => answers.filter(({ heardMs }) => heardMs >= 0)),
    ({ by }) => by,
  )
  return channels.reduce((latest, channel) => {
    let nowMs = 0
    let upMs = 0
    const party = partyHealth(health, () => nowMs)
    for (const answer of (asked.get(channel) ?? []).toSorted((a, b) => a.heardMs - b.heardMs)) {
      nowMs = answer.heardMs
      if (party.isDown) upMs = nowMs
      // What was held back is no call.
      if (answer.reason !== heldForDown) party.note(isAtEntry(answer))
    }
    return Math.max(latest, upMs)
  }, 0)
}

export interface CallsSeen {
  readonly rules: Pick<TraceRules, 'timeoutMs' | 'banks'>
  readonly rows: readonly SeenRow[]
  readonly spans: readonly (ServiceSpan & { readonly actor: string })[]
  /** Of the protocol clock. */
  readonly beginMs: number
  /** Moments at which the fault met a request, of the protocol clock. */
  readonly metAtMs: readonly number[]
}

/**
 * Calls of the part a fault strikes. Of an entry and of the platform, what patients heard from them; of whoever stands behind, what its own
 * log served in time and what the fault met.
 */
export function callsOf({ target, kind }: FaultOnWire, { rules, rows, spans, beginMs, metAtMs }: CallsSeen): readonly EndedCall[] {
  const entry = /^channel-(.*)/.exec(target)?.[1]
  if (entry !== undefined || target === 'platform') {
    return rows.flatMap(({ answers }) =>
      answers.flatMap((answer) => {
        const { by, heardMs, outcome, reason } = answer
        // What was held back is no call.
        if (reason === heldForDown) return []
        if (entry === undefined) return by === 'hospital' ? [] : [{ endMs: heardMs, isFailed: outcome === 'no-answer' }]
        return by === entry ? [{ endMs: heardMs, isFailed: isAtEntry(answer) }] : []
      }),
    )
  }
  const timeoutMs = rules.timeoutMs[rules.banks.includes(target) ? 'bank' : target === 'his' ? 'his' : 'bureau']
  const served = spans.flatMap(({ actor, arrivedMs, endedMs }) => {
    if (actor !== target) return []
    const isFailed = endedMs - arrivedMs > timeoutMs
    return [{ endMs: (isFailed ? arrivedMs + timeoutMs : endedMs) - beginMs, isFailed }]
  })
  const met = kind === 'black-hole' || kind === 'outage' || kind === 'error-burst' || kind === 'connection-reset' || kind === 'quota-full'
  const silentMs = kind === 'black-hole' ? timeoutMs : 0
  return [...served, ...(met ? metAtMs.map((atMs) => ({ endMs: atMs + silentMs - beginMs, isFailed: true })) : [])]
}
