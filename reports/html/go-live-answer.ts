/** What a morning of going live comes to, in a few words: when sites were ready, what the shared parties bore, who left the line. */

import { partyKinds } from '../../scenarios/plan-parties.ts'
import type { GoLiveOutcome } from '../../simulators/measures/result-go-live.ts'
import { formatClock, formatNumber, formatValue } from '../format.ts'
import { subjectTitle } from '../lookup.ts'
import { leftTheLine } from './left-the-line.ts'
import type { Page } from './page.ts'

export type Morning = GoLiveOutcome['mornings'][number]

/** Undefined for an arm in which no site switches. */
export function goLiveAnswer(page: Page, arm: string): string | undefined {
  const { result, words, language, look } = page
  const mornings = result.goLive.flatMap((outcome) => outcome.mornings)
  const morning = mornings.find(({ name }) => name === arm)
  if (morning === undefined || morning.sitesSwitching === 0 || morning.lastSiteReadySecond === null) return undefined
  const text = words.sections.goLive
  const whole = (value: number): string => formatNumber(value, language, 0)
  const left = leftTheLine(page, arm)
  const calls = callsPerActor(page, morning, mornings[0])
  const busiest = look.measure('utilization-peak-minute/bureau', arm)
  const strained = look
    .subjects('minutes-above-90-percent')
    .flatMap((party) => {
      const row = look.measure(`minutes-above-90-percent/${party}`, arm)
      return row === undefined || row.value === 0 ? [] : [{ party, minutes: row.value }]
    })
    .sort((one, other) => other.minutes - one.minutes)[0]
  return [
    text.ready(formatClock(morning.lastSiteReadySecond), whole(morning.sitesNotReadyBy0830), whole(morning.sitesSwitching)),
    ...(calls.length === 0 ? [] : [text.callsPerActor(calls)]),
    ...(busiest === undefined ? [] : [text.bureauHolds(formatValue(busiest.value, '1', language))]),
    strained === undefined
      ? text.nobodyStrained
      : text.strained(subjectTitle(strained.party, result, words), formatValue(strained.minutes, 'min', language)),
    text.signUpsLost(whole(morning.signUpsLost), whole(morning.signUpsAttempted)),
    ...(left === undefined ? [] : [text.leftTheLine(whole(Math.abs(left)), left < 0 ? 'fewer' : 'more')]),
  ].join(language === 'zh' ? '' : ' ')
}

/** Calls in the busiest second, beside the ordinary morning's: of every kind of actor the one that gets the most. */
function callsPerActor(page: Page, morning: Morning, ordinary: Morning | undefined): readonly string[] {
  const { result, words, language } = page
  const say = (calls: number | undefined): string => (calls === undefined ? '–' : formatNumber(calls, language, calls < 10 ? 1 : 0))
  return partyKinds.flatMap((kind) => {
    const ofKind = new Set(result.city.parties.filter((party) => party.kind === kind).map(({ name }) => name))
    const most = morning.peakCallsPerSecond.filter(({ party }) => ofKind.has(party)).sort((one, other) => other.calls - one.calls)[0]
    if (most === undefined) return []
    const usually = ordinary?.peakCallsPerSecond.find(({ party }) => party === most.party)?.calls
    return [words.sections.goLive.callsOf(subjectTitle(most.party, result, words), say(most.calls), say(usually))]
  })
}
