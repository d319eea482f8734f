/**
 * A day that cannot be played to its end: patients still stand in lines, or try again and again, when the kernel's clock runs out.
 * Told with the day, the arm and the longest lines, so that whoever wrote the numbers knows which to mend.
 */
import { type CityPlan, stationKinds, type Words } from '../../scenarios/plan.ts'
import { FIXED_SLOTS, type Site } from '../hospitals/sites.ts'
import type { CompiledCity } from './compile-city.ts'

/** What is said where only the tables are known. */
export const dayTooLong = 'the day runs past the end of the clock, 59 h 39 min: its lines are too long to be emptied'

export class DayTooLong extends Error {
  // Own data, for an error from a worker thread comes back without its class.
  readonly told: Words | null
  /** By station, who still waits in its line. */
  readonly waiting: Int32Array

  constructor(waiting: Int32Array, told: Words | null = null) {
    super(told?.en ?? dayTooLong)
    this.name = 'DayTooLong'
    this.waiting = waiting
    this.told = told
  }
}

export const isDayTooLong = (error: unknown): error is DayTooLong => error instanceof Error && error.name === 'DayTooLong'

export interface DayPlayed {
  readonly city: CityPlan
  readonly compiled: Pick<CompiledCity, 'siteFirst' | 'parties'>
  readonly sites: readonly Site[]
  readonly date: string
  /** From 0. */
  readonly replication: number
  readonly arm: Words
}

/** The same refusal in the plan's words. */
export function inWords({ waiting }: DayTooLong, day: DayPlayed): DayTooLong {
  const lines = [...waiting.entries()].filter(([, count]) => count > 0).sort(([, one], [, other]) => other - one)
  const all = lines.reduce((sum, [, count]) => sum + count, 0)
  const longest = lines.slice(0, LINES_TOLD).map(([station, count]) => ({ ...placeOf(station, day), count }))
  const more = lines.length - longest.length
  const whichDay = {
    en: `day ${day.replication + 1} of ${day.date}, arm “${day.arm.en}”`,
    zh: `${day.date}的第${day.replication + 1}天，方案“${day.arm.zh}”`,
  }
  const still =
    all === 0
      ? {
          en: 'Nobody stands in a line, so somebody tries again and again: look at the timeouts, retries and pauses, and at what an outage leaves unanswered',
          zh: '没有人在排队，因此是有人反复重试：请检查超时、重试与停顿，以及故障期间无人应答的请求',
        }
      : {
          en: `${all} still wait in ${lines.length === 1 ? 'one line' : `${lines.length} lines`}: ${longest.map(({ en, count }) => `${en} ${count}`).join('; ')}${more > 0 ? `; and ${more} more` : ''}. Give these lines more servers or longer hours, shorten their service, send them fewer patients (surge, visits, windows cut), or let patients lose patience there (reneging: true)`,
          zh: `仍有${all}人在${lines.length}条队中：${longest.map(({ zh, count }) => `${zh} ${count}人`).join('；')}${more > 0 ? `；另有${more}条` : ''}。请给这些环节增加人手或延长时间、缩短服务时长、减少前来的患者（surge、就诊量、窗口裁减），或允许患者在此离队（reneging: true）`,
        }
  return new DayTooLong(waiting, {
    en: `${whichDay.en}, runs past the end of the clock, 59 h 39 min after midnight. ${still.en}.`,
    zh: `${whichDay.zh}：到时钟的尽头（零点后59小时39分）仍未结束。${still.zh}。`,
  })
}

const LINES_TOLD = 5

/** Site and line of a station, or the shared party it is. */
function placeOf(station: number, { city, compiled: { siteFirst, parties }, sites }: DayPlayed): Words {
  const firstParty = siteFirst.at(-1) as number
  const party = parties[station - firstParty]
  if (party !== undefined) return { en: party.name, zh: party.name }
  const at = siteFirst.findIndex((first, index) => first <= station && station < (siteFirst[index + 1] as number))
  const site = sites[at] as Site
  const slot = station - (siteFirst[at] as number)
  const kind = stationKinds[slot]
  const line = kind === undefined ? city.departments[site.departments[slot - FIXED_SLOTS] as number] : city.stations[kind]
  return { en: `${site.name}, ${line?.title.en}`, zh: `${site.name}${line?.title.zh}` }
}
