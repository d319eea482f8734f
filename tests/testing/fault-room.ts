/** A wire city of processes on which the rows of one trace are played again and again by real k6, with other faults each time. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plan } from '../../scenarios/plan.ts'
import type { Trace } from '../../simulators/trace/trace.ts'
import type { AuditInput } from '../../simulators/wire/audit/audit-input.ts'
import { auditRun } from '../../simulators/wire/audit/audit-run.ts'
import { struckFault } from '../../simulators/wire/faults/struck-fault.ts'
import type { FaultOnWire } from '../../simulators/wire/faults/wire-fault.ts'
import type { TwinRun } from '../../simulators/wire/replay/beside-twin.ts'
import { type Conducted, conduct, forgetAll } from '../../simulators/wire/replay/conduct.ts'
import { trafficOf } from '../../simulators/wire/replay/traffic.ts'
import { type StartOptions, startProcesses } from '../../simulators/wire/replay/wire-processes.ts'
import { findK6 } from '../../tools/resolve-k6.ts'

const secret = 'the secret of a test'
/** A hundred rows are read in no time. */
export const leadMsOfSlice = 1500
const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** A run without faults, as those with faults are held against it. */
export const twinRun = ({ log, spans }: Conducted): TwinRun => ({ rows: log.rows, traffic: trafficOf(spans, log.beginMs ?? 0) })

export interface FaultRoom {
  play(faults: readonly FaultOnWire[]): Promise<Conducted>
  /** What the auditor is given of a run. */
  inputOf(run: Conducted): AuditInput
  audited(run: Conducted): ReturnType<typeof auditRun>
  /** What the auditor found, each with its rule. */
  findings(run: Conducted): readonly string[]
  stop(): Promise<void>
}

/**
 * @param folder where books and rows lie; its `books` is there already
 * @param replay how a finding is seen again
 */
export async function faultRoom(
  plan: Plan,
  trace: Trace,
  folder: string,
  replay: string,
  more: Partial<Pick<StartOptions, 'platformWords' | 'restartDatabase'>> = {},
): Promise<FaultRoom> {
  const { signal } = new AbortController()
  const serve = [process.execPath, at('cli/medpay.ts'), 'serve', 'small-town']
  const wire = await startProcesses({
    ...{ city: plan.city, serve, secretName: 'MEDPAY_WIRE_SECRET', secret, booksFolder: join(folder, 'books'), platformWords: [], signal },
    ...more,
  })
  let plays = 0
  const inputOf = ({ log, books, struck }: Conducted): AuditInput => ({
    ...{ planned: trace.rows, seen: log.rows, books, mustHaveMoved: ['bureau', 'his', 'platform'], policy: plan.policy },
    faults: struck.map((one) => struckFault(one.fault, one.toll)),
    ...{ clockToleranceMs: 50, replay, folder },
  })
  const audited = (run: Conducted) => auditRun(inputOf(run))
  return {
    inputOf,
    audited,
    findings: (run) => audited(run).rules.flatMap(({ name, findings }) => findings.map(({ words }) => `${name}: ${words.en}`)),
    async play(faults) {
      const k6 = findK6()
      if (k6.is === 'missing') throw new Error(k6.tried.join('; '))
      await forgetAll(wire)
      return conduct({
        ...{ city: plan.city, trace, wire, secret, folder: join(folder, `play-${plays++}`), warmUpVisits: 0, faults, signal },
        leadMs: leadMsOfSlice,
        ...{ tell: () => undefined, k6: { program: k6.program, script: at('load/replay.ts'), words: [] } },
      })
    },
    stop: () => wire.stop(),
  }
}
