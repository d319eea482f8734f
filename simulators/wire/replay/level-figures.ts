/** What one rate showed: whether the target held it, and who gave way first where it did not. */
import type { Words } from '../../../scenarios/plan.ts'
import type { LevelFigures, WireOutcome } from '../../measures/result-wire.ts'
import type { SeenRow } from '../../trace/seen-row.ts'
import type { Trace, TraceRow } from '../../trace/trace.ts'
import type { Conducted } from './conduct.ts'

export interface PlayedRate {
  readonly trace: Trace
  readonly conducted: Conducted
  readonly wire: WireOutcome
  readonly reasons: readonly Words[]
}

/** ASSUMPTION: at a rate it cannot hold, a target falls behind by a second within ten. Tried 0.5–2 s. */
const mostOwnMsP95 = 1000
/** As the service level has it (docs/load-levels.md): of what settled in the virtual city. */
export const leastSettledShare = 0.99
const nearlyACore = 0.85

/** @param title of the level, of a probe or of the whole */
export function levelFigures(title: Words, { trace, conducted, wire, reasons }: PlayedRate): LevelFigures {
  const { legs, level, rows } = wire
  const platform = legs.find(({ leg }) => leg === 'platform')
  return {
    ...level,
    title,
    valid: isHeld({ trace, conducted, wire, reasons }),
    sent: rows.sent,
    settledShare: settledShare(trace, conducted.log.rows),
    refusedBusy: callsWith(conducted.log.rows, (status) => status === 429),
    ownMsP99: platform?.ownMs?.p99 ?? platform?.ownMs?.p95 ?? null,
    totalMsP95: platform?.totalMs?.p95 ?? null,
  }
}

/** The run may be quoted, its money is right, and the target kept up. */
export function isHeld({ trace, conducted, wire, reasons }: PlayedRate): boolean {
  const own = wire.legs.find(({ leg }) => leg === 'platform')?.ownMs?.p95 ?? Number.POSITIVE_INFINITY
  return (
    reasons.length === 0 &&
    wire.audit.verdict === 'passed' &&
    own <= mostOwnMsP95 &&
    settledShare(trace, conducted.log.rows) >= leastSettledShare
  )
}

export const paysByPlatform = ({ bill, mode }: Pick<TraceRow, 'bill' | 'mode'>): boolean =>
  bill !== null && mode !== 'none' && mode !== 'window' && mode !== 'kiosk'

export const isPaidByPlatform = ({ answers }: SeenRow): boolean => answers.at(-1)?.outcome === 'paid' && answers.at(-1)?.by !== 'hospital'

/** Platform payments a second that the trace asks for. */
export const ratePlanned = ({ rows, window }: Trace): number => rows.filter(paysByPlatform).length / window.seconds

/** Of the platform's payments that were sent and that the virtual city settled: paid through it. */
function settledShare({ rows }: Trace, seen: readonly SeenRow[]): number {
  const asked = seen.filter(({ row, notSent }) => {
    const planned = rows[row]
    return notSent === undefined && planned !== undefined && paysByPlatform(planned) && planned.virtual.outcome === 'settled'
  })
  return asked.length === 0 ? 0 : asked.filter(isPaidByPlatform).length / asked.length
}

export const callsWith = (rows: readonly SeenRow[], is: (status: number) => boolean): number =>
  rows.reduce((sum, { answers }) => sum + answers.reduce((all, { calls }) => all + calls.filter(({ status }) => is(status)).length, 0), 0)

/** By processor time, start lateness and the delay of event loops. */
export function firstToSaturate({ generator, processes = [], machine }: WireOutcome): Words {
  const byCores = processes.toSorted((a, b) => (b.cores ?? 0) - (a.cores ?? 0))
  const [busiest] = byCores
  const share = (cores: number | null | undefined) => (cores ?? 0).toFixed(2)
  const all = processes.reduce((sum, { cores }) => sum + (cores ?? 0), generator.cpuShare ?? 0)
  if (busiest !== undefined && (busiest.cores ?? 0) >= nearlyACore)
    return {
      en: `the process of ${busiest.actors[0]}: ${share(busiest.cores)} of one core, loop late by ${Math.round(busiest.loopDelayMsP99 ?? 0)} ms at p99`,
      zh: `${busiest.actors[0]} 进程：占用 ${share(busiest.cores)} 核，事件循环延迟 P99 ${Math.round(busiest.loopDelayMsP99 ?? 0)} 毫秒`,
    }
  if (all >= nearlyACore * machine.cores)
    return {
      en: `the machine: ${share(all)} of ${machine.cores} cores, most by ${byCores
        .slice(0, 3)
        .map(({ actors, cores }) => `${actors[0]} ${share(cores)}`)
        .join(', ')}; k6 ${share(generator.cpuShare)}`,
      zh: `机器：共 ${machine.cores} 核，已用 ${share(all)} 核，最多的是 ${byCores
        .slice(0, 3)
        .map(({ actors, cores }) => `${actors[0]} ${share(cores)}`)
        .join('、')}；k6 ${share(generator.cpuShare)}`,
    }
  const late = generator.startLateMs?.p99 ?? 0
  if (!generator.isHealthy)
    return {
      en: `the generator: starts late by ${Math.round(late)} ms at p99 with ${share(all)} of ${machine.cores} cores in use by the run`,
      zh: `发生器：起始延迟 P99 ${Math.round(late)} 毫秒，本次运行共占用 ${machine.cores} 核中的 ${share(all)} 核`,
    }
  const [latest] = processes.toSorted((a, b) => (b.loopDelayMsP99 ?? 0) - (a.loopDelayMsP99 ?? 0))
  return {
    en: `${latest?.actors[0] ?? 'nobody'}, whose loop was late by ${Math.round(latest?.loopDelayMsP99 ?? 0)} ms at p99`,
    zh: `${latest?.actors[0] ?? '无'}：事件循环延迟 P99 ${Math.round(latest?.loopDelayMsP99 ?? 0)} 毫秒`,
  }
}
