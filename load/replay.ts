/**
 * The script k6 runs: plays a dressed trace at its intended moments. `medpay load` writes the play and calls it; it runs alone too:
 *   k6 run -e MEDPAY_PLAY=<folder> load/replay.ts
 *
 * Every virtual user plays a fixed share of the visits, all at once: timers wait, `http.asyncRequest` sends, so that a visit that waits
 * holds no user up, and all rows of a visit share one memory. What follows an outcome is decided by simulators/trace/next-step.ts; how a
 * request looks is the adapter's business. Nothing else is decided here.
 */

import { SharedArray } from 'k6/data'
import exec from 'k6/execution'
import { Counter, Trend } from 'k6/metrics'
import type { Options } from 'k6/options'
import { healthBoard } from '../simulators/trace/health-board.ts'
import type { PlaySettings, VisitToPlay } from '../simulators/trace/play.ts'
import type { Adapter } from './adapter.ts'
import { conversation } from './conversation.ts'
import { playRow } from './play-row.ts'
import { sleepUntil } from './sleep.ts'

const folder = __ENV['MEDPAY_PLAY']
if (folder === undefined) throw new Error('MEDPAY_PLAY names the folder with play.json and settings.json')
const settings = JSON.parse(open(`${folder}/settings.json`)) as PlaySettings
const visits = new SharedArray('visits', () => JSON.parse(open(`${folder}/play.json`)) as VisitToPlay[])
const { adapter } = require(__ENV['MEDPAY_ADAPTER'] ?? './adapters/medpay.ts') as { adapter: Adapter }

/** How late a row was sent after it was due: the generator's own health. */
const startLate = new Trend('start_late', true)
const rowTime = new Trend('row_duration', true)
const rowsSent = new Counter('rows_sent')
const rowsNotSent = new Counter('rows_not_sent')

export const options: Options = {
  scenarios: {
    replay: {
      executor: 'per-vu-iterations',
      vus: settings.vus,
      iterations: 1,
      maxDuration: `${Math.ceil((settings.leadMs + settings.windowSeconds * 1000 + settings.graceMs) / 1000) + 5}s`,
      gracefulStop: '5s',
    },
  },
  // Requests of one user run side by side, each to wherever its visit asks.
  batchPerHost: Math.max(64, Math.ceil(512 / settings.vus)),
  // Connections that a user keeps open; one user alone has everybody's.
  batch: Math.max(20, Math.ceil(1280 / settings.vus)),
  noCookiesReset: true,
  discardResponseBodies: false,
  summaryTrendStats: ['min', 'med', 'p(90)', 'p(95)', 'p(99)', 'max', 'count'],
  thresholds: { start_late: ['p(99)<=20'] },
}

export default async function replay(): Promise<void> {
  const beginMs = exec.scenario.startTime + settings.leadMs
  const user = exec.vu.idInTest - 1
  if (user === 0) console.log(JSON.stringify({ beginMs }))
  const talk = conversation(settings, adapter, beginMs)
  const { health, rules } = settings
  // What ended before the window's begin has no place in the rule's sixths.
  const sinceBeginMs = () => Math.max(0, Date.now() - beginMs)
  const board = health === undefined ? undefined : healthBoard(health, rules.channels.length, sinceBeginMs)
  const playing: Promise<void>[] = []
  for (let at = user; at < visits.length; at += settings.vus) {
    const visit = visits[at] as VisitToPlay
    await sleepUntil(beginMs + (visit.rows[0]?.startMs ?? 0) - 50)
    playing.push(playVisit(visit))
  }
  await Promise.all(playing)

  async function playVisit(visit: VisitToPlay): Promise<void> {
    const ended = new Map<number, Promise<Awaited<ReturnType<typeof playRow>>>>()
    for (const row of visit.rows) {
      const before = row.after === null ? undefined : ended.get(row.after)
      const instead = row.insteadOf === null ? undefined : ended.get(row.insteadOf)
      const hasHeir = visit.rows.some(({ insteadOf }) => insteadOf === row.row)
      const seen = playRow({ settings, talk, board, beginMs, visit, row, before, instead, hasHeir })
      ended.set(row.row, seen)
    }
    for (const seen of await Promise.all(ended.values())) {
      const tags = { errand: visit.rows.find(({ row }) => row === seen.row)?.errand ?? '' }
      if (seen.sentMs === undefined) rowsNotSent.add(1, tags)
      else {
        rowsSent.add(1, tags)
        startLate.add(Math.max(0, seen.sentMs - seen.dueMs), tags)
        if (seen.endMs !== undefined) rowTime.add(seen.endMs - seen.dueMs, tags)
      }
    }
  }
}
