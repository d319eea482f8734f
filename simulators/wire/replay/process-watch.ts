/**
 * What the processes of a run did while the generator played: how much processor time each took, how late its loop ran its timers, and
 * what the payments cost the platform in messages, commits and signatures. Read from the system and from the actors' own metrics, twice.
 */
import { cpuSecondsOf } from '../../../tools/cpu-of.ts'
import { nicenessOf } from '../../../tools/niceness-of.ts'
import type { WireSignatures } from '../../measures/result-wire.ts'
import { signatureKinds } from '../signing/signature-kinds.ts'
import type { WorkCounts } from './platform-efficiency.ts'
import type { WireCity } from './wire-processes.ts'

export interface ProcessFigures {
  readonly actors: readonly string[]
  /** Of one core; null where the system does not tell, or where another process stands in for the one that began. */
  readonly seconds: number | null
  /** Null where it did not answer. */
  readonly loopDelayMsP99: number | null
  /** Null where the system does not tell. */
  readonly niceness: number | null
}

/** Of all processes of the platform together, everything they did counted: payments, notices, matching as they go. */
export interface PlatformWork {
  /** Requests it answered and requests it sent. */
  readonly messages: number
  readonly commits: number
  readonly signatures: number
  readonly verifications: number
  /** The same by what each costs. */
  readonly counts: WorkCounts
  /** Null where the system does not tell. */
  readonly cpuMicros: number | null
}

export interface Watched {
  readonly cpu: readonly ProcessFigures[]
  /** Null where there is no platform of ours, or where it was started again meanwhile. */
  readonly work: PlatformWork | null
  /** Made and checked by the processes that lived through the window, the generator's own not among them; those of no use left out. */
  readonly signatures: readonly WireSignatures[]
}

/** Begins to count; what it hands back ends it. */
export async function watchProcesses(wire: WireCity): Promise<() => Promise<Watched>> {
  const before = await Promise.all(wire.processes.map(async (one) => ({ ...one, ...(await looked(wire, one)) })))
  return async () => {
    const after = await Promise.all(
      wire.processes.map(async (one, index) => {
        const first = before[index]
        const isSame = first?.pid === one.pid
        return { actors: one.actors, niceness: nicenessOf(one.pid), isSame, first, ...(await looked(wire, one)) }
      }),
    )
    const cpu = after.map(({ actors, niceness, isSame, first, seconds, figures }) => ({
      actors,
      seconds: isSame && seconds !== undefined && first?.seconds !== undefined ? seconds - first.seconds : null,
      loopDelayMsP99: figures === undefined ? null : (figures.get(loopDelay) ?? 0) * 1000,
      niceness,
    }))
    const grownIn =
      (processes: typeof after) =>
      (...names: readonly string[]) =>
        processes.reduce(
          (sum, { figures, first }) =>
            sum + names.reduce((all, name) => all + (figures?.get(name) ?? 0) - (first?.figures?.get(name) ?? 0), 0),
          0,
        )
    const isCounted = ({ isSame, first, figures }: (typeof after)[number]) =>
      isSame && first?.figures !== undefined && figures !== undefined
    const inAll = grownIn(after.filter(isCounted))
    const signatures = signatureKinds
      .map((kind) => ({ kind, made: inAll(`${signaturesMade} ${kind}`), checked: inAll(`${signaturesChecked} ${kind}`) }))
      .filter(({ made, checked }) => made + checked > 0)
    const platforms = after.filter(({ actors }) => actors.some(isPlatform))
    if (platforms.length === 0 || !platforms.every(isCounted)) return { cpu, work: null, signatures }
    const grown = grownIn(platforms)
    const platformCpu = cpu.filter(({ actors }) => actors.some(isPlatform)).map(({ seconds }) => seconds)
    const work: PlatformWork = {
      messages: grown('medpay_answers_total', 'medpay_process_messages_sent_total'),
      commits: grown('medpay_book_commits_total'),
      signatures: grown(signaturesMade),
      verifications: grown(signaturesChecked),
      counts: {
        sent: grown('medpay_process_messages_sent_total'),
        answered: grown('medpay_answers_total'),
        command: grown('medpay_book_entries_total'),
        commit: grown('medpay_book_commits_total'),
        hmacChecked: grown(`${signaturesChecked} hmac`),
        rsaMade: grown(`${signaturesMade} rsa`),
        rsaChecked: grown(`${signaturesChecked} rsa`),
      },
      cpuMicros: platformCpu.includes(null) ? null : platformCpu.reduce((sum: number, seconds) => sum + 1e6 * (seconds ?? 0), 0),
    }
    return { cpu, work, signatures }
  }
}

const signaturesMade = 'medpay_process_signatures_made_total'
const signaturesChecked = 'medpay_process_signatures_checked_total'
const loopDelay = 'medpay_event_loop_delay_p99_seconds'

/** The platform's first process is called `platform`, the others `platform-2`, `platform-3`. */
export const isPlatform = (actor: string): boolean => /^platform(-\d+)?$/.test(actor)

/** Any actor of a process tells of all of it. */
async function looked({ control }: WireCity, { actors, pid }: WireCity['processes'][number]) {
  const figures = await control.figures(actors[0] as string).catch(() => undefined)
  return { seconds: cpuSecondsOf(pid), figures }
}
