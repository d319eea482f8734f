/** Who gave way at a rate that was not held, by what was measured of everybody there. */
import type { Words } from '../../../scenarios/plan.ts'
import type { WireOutcome, WireProcessFigures } from '../../measures/result-wire.ts'

export interface GaveWay {
  readonly who: 'platform' | 'another-actor' | 'machine' | 'generator' | 'nobody-known'
  readonly words: Words
}

export interface Evidence {
  /** Calls answered with 429. */
  readonly refusedBusy: number
  /** Of one core: what the platform's processes may use together; absent: as much as anybody. */
  readonly heldCores?: number | undefined
}

/** Of what a thread or a machine may have: ASSUMPTION, above it work waits for the processor. */
const nearlyFull = 0.85
/** ASSUMPTION: at a rate it cannot hold, a target falls behind by a second within ten. Tried 0.5–2 s. */
export const mostOwnMsP95 = 1000
/** Later than this at the 99th percentile, the generator and not the target was measured. */
export const latestStartMsP99 = 20

export const isOfPlatform = ({ actors }: Pick<WireProcessFigures, 'actors'>): boolean =>
  actors.some((actor) => actor.startsWith('platform'))

export function gaveWay(wire: WireOutcome, { refusedBusy, heldCores }: Evidence): GaveWay {
  return fullProcess(wire, heldCores) ?? fullMachine(wire) ?? lateGenerator(wire) ?? busyPlatform(wire, refusedBusy) ?? nobodyKnown(wire)
}

/**
 * Starts that came late while the platform's own process had room: the limit of the machine, whose cores the generator shares with all
 * parties, and not of the platform.
 */
export const isMachinesLimit = ({ generator }: Pick<WireOutcome, 'generator'>, { who }: Pick<GaveWay, 'who'>): boolean =>
  (generator.startLateMs?.p99 ?? 0) > latestStartMsP99 && who !== 'platform'

const share = (cores: number | null | undefined): string => (cores ?? 0).toFixed(2)
const coresOfRun = ({ generator, processes = [] }: WireOutcome): number =>
  processes.reduce((sum, { cores }) => sum + (cores ?? 0), generator.cpuShare ?? 0)

/** The one that is fullest of what it may use. */
function fullProcess({ processes = [] }: WireOutcome, heldCores: number | undefined): GaveWay | undefined {
  const platforms = processes.filter(isOfPlatform).length
  const mayUse = (one: WireProcessFigures) => (heldCores !== undefined && isOfPlatform(one) ? Math.min(1, heldCores / platforms) : 1)
  const fullness = (one: WireProcessFigures) => (one.cores ?? 0) / mayUse(one)
  const [fullest] = processes.toSorted((a, b) => fullness(b) - fullness(a))
  if (fullest === undefined || fullness(fullest) < nearlyFull) return undefined
  const [name] = fullest.actors
  const may = mayUse(fullest)
  const [ofEn, ofZh] = may === 1 ? ['one core', '1 核'] : [`the ${share(may)} of a core it may use`, `限用的 ${share(may)} 核`]
  const lateMs = Math.round(fullest.loopDelayMsP99 ?? 0)
  return {
    who: isOfPlatform(fullest) ? 'platform' : 'another-actor',
    words: {
      en: `the process of ${name}: ${share(fullest.cores)} of ${ofEn}, loop late by ${lateMs} ms at p99`,
      zh: `${name} 进程：${ofZh}中已用 ${share(fullest.cores)} 核，事件循环延迟 P99 ${lateMs} 毫秒`,
    },
  }
}

function fullMachine(wire: WireOutcome): GaveWay | undefined {
  const { generator, processes = [], machine } = wire
  const all = coresOfRun(wire)
  if (all < nearlyFull * machine.cores) return undefined
  const most = processes.toSorted((a, b) => (b.cores ?? 0) - (a.cores ?? 0)).slice(0, 3)
  const named = (between: string) => most.map(({ actors, cores }) => `${actors[0]} ${share(cores)}`).join(between)
  return {
    who: 'machine',
    words: {
      en: `the machine: ${share(all)} of ${machine.cores} cores, most by ${named(', ')}; k6 ${share(generator.cpuShare)}`,
      zh: `机器：共 ${machine.cores} 核，已用 ${share(all)} 核，最多的是 ${named('、')}；k6 ${share(generator.cpuShare)}`,
    },
  }
}

function lateGenerator(wire: WireOutcome): GaveWay | undefined {
  const { generator, machine } = wire
  if (generator.isHealthy) return undefined
  const late = Math.round(generator.startLateMs?.p99 ?? 0)
  const all = share(coresOfRun(wire))
  return {
    who: 'generator',
    words: {
      en: `the generator: starts late by ${late} ms at p99 with ${all} of ${machine.cores} cores in use by the run`,
      zh: `发生器：起始延迟 P99 ${late} 毫秒，本次运行共占用 ${machine.cores} 核中的 ${all} 核`,
    },
  }
}

/** It says so itself, or is late where nobody else is. */
function busyPlatform({ legs }: WireOutcome, refusedBusy: number): GaveWay | undefined {
  if (refusedBusy > 0)
    return {
      who: 'platform',
      words: { en: `the platform: it refused ${refusedBusy} calls with 429`, zh: `平台：以 429 拒绝 ${refusedBusy} 次调用` },
    }
  const own = legs.find(({ leg }) => leg === 'platform')?.ownMs?.p95
  if (own === undefined || own <= mostOwnMsP95) return undefined
  return {
    who: 'platform',
    words: { en: `the platform: its own time was ${Math.round(own)} ms at p95`, zh: `平台：自身用时 P95 ${Math.round(own)} 毫秒` },
  }
}

function nobodyKnown({ processes = [] }: WireOutcome): GaveWay {
  const [latest] = processes.toSorted((a, b) => (b.loopDelayMsP99 ?? 0) - (a.loopDelayMsP99 ?? 0))
  const lateMs = Math.round(latest?.loopDelayMsP99 ?? 0)
  return {
    who: 'nobody-known',
    words: {
      en: `nobody was seen to be full; the latest event loop was that of ${latest?.actors[0] ?? 'nobody'}, ${lateMs} ms at p99`,
      zh: `未见任何一方饱和；事件循环延迟最大的是 ${latest?.actors[0] ?? '无'}，P99 ${lateMs} 毫秒`,
    },
  }
}
