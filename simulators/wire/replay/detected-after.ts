/**
 * When the scenario's health rule (channels/health.ts) would have marked the struck part down, from the calls it had on the wire: the
 * wire's own moment to stand beside the virtual city's.
 */
import type { HealthPlan } from '../../../scenarios/plan-parties.ts'
import { heardOfEntry, heldForDown, type SeenRow } from '../../trace/seen-row.ts'
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
    rows.flatMap(({ answers }) =>
      answers.flatMap((answer) => {
        const heard = heardOfEntry(answer)
        const held = { endMs: answer.heardMs, isFailed: undefined }
        return (heard.length === 0 ? [held] : heard).flatMap((one) => (one.endMs < 0 ? [] : [{ ...one, by: answer.by }]))
      }),
    ),
    ({ by }) => by,
  )
  return channels.reduce((latest, channel) => {
    let nowMs = 0
    let upMs = 0
    const party = partyHealth(health, () => nowMs)
    for (const { endMs, isFailed } of (asked.get(channel) ?? []).toSorted((a, b) => a.endMs - b.endMs)) {
      nowMs = endMs
      if (party.isDown) upMs = nowMs
      if (isFailed !== undefined) party.note(isFailed)
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

/** Requests to the bureau that belong to another one's message (platform/errands.ts): answered well they are no call of their own. */
const besides: readonly string[] = ['bureau/credential', 'bureau/account', 'bureau/upload']

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
        if (entry !== undefined) return by === entry ? heardOfEntry(answer) : []
        return by === 'hospital' || reason === heldForDown ? [] : [{ endMs: heardMs, isFailed: outcome === 'no-answer' }]
      }),
    )
  }
  const timeoutMs = rules.timeoutMs[rules.banks.includes(target) ? 'bank' : target === 'his' ? 'his' : 'bureau']
  const served = spans.flatMap(({ actor, operation, arrivedMs, endedMs, isError = false }) => {
    const isLate = endedMs - arrivedMs > timeoutMs
    const isFailed = isError || isLate
    if (actor !== target || (besides.includes(operation) && !isFailed)) return []
    return [{ endMs: (isLate ? arrivedMs + timeoutMs : endedMs) - beginMs, isFailed }]
  })
  // What is answered with an error is served, so that it stands among the spans.
  const met = kind === 'black-hole' || kind === 'outage' || kind === 'connection-reset' || kind === 'quota-full'
  const silentMs = kind === 'black-hole' ? timeoutMs : 0
  return [...served, ...(met ? metAtMs.map((atMs) => ({ endMs: atMs + silentMs - beginMs, isFailed: true })) : [])]
}
