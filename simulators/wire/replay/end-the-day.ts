/** The next morning: statements are there, everything is matched, payers pay out. Faults of the day's files strike here, and once they are over all is asked again. */
import { signedSender } from '../client/signed-sender.ts'
import { httpTransport } from '../client/transport.ts'
import type { ReconciliationOperatorDesk, ReconciliationReport } from '../desks/reconciliation-desk.ts'
import { plainPort } from '../dialects/plain.ts'
import { reconciliationOperatorOperations } from '../dialects/reconciliation.ts'
import { striking } from '../faults/strike.ts'
import type { FaultOnWire } from '../faults/wire-fault.ts'
import { keyRing } from '../signing/key-ring.ts'
import type { StrikeReport } from './strikes.ts'
import type { WireCity } from './wire-processes.ts'

export interface DayEnded {
  readonly reconciliation: ReconciliationReport
  readonly struck: readonly StrikeReport[]
}

/** @param morning has the next morning come; faults begin before it, since the platform may ask for the files by itself the moment they are there */
export async function endTheDay(
  wire: WireCity,
  secret: string,
  faults: readonly FaultOnWire[],
  morning: () => Promise<void>,
): Promise<DayEnded> {
  const transport = httpTransport({ origin: wire.originOf('platform'), timeoutMs: 300_000 })
  try {
    const send = signedSender({ transport, caller: 'operator', key: keyRing(secret).between('operator', 'platform'), nowMs: Date.now })
    const desk = plainPort<ReconciliationOperatorDesk>(reconciliationOperatorOperations, send)
    const reconcile = async (): Promise<ReconciliationReport> => {
      const heard = await desk.reconcile({})
      if (heard.outcome !== 'report') throw new Error(`reconciliation: ${JSON.stringify(heard)}`)
      return heard
    }
    const strikes = faults.map((fault) => ({
      fault,
      strike: striking(fault, {
        control: (actor, method, path, body) => wire.control.ask(actor, method, path, body),
        process: wire.process,
      }),
    }))
    for (const { strike } of strikes) await strike.begin()
    await morning()
    const first = await reconcile()
    if (strikes.length === 0) return { reconciliation: first, struck: [] }
    const struck: StrikeReport[] = []
    for (const { fault, strike } of strikes)
      struck.push({ fault, toll: await strike.end(), waitedFor: first.waiting.some(({ of }) => of === fault.target) })
    return { reconciliation: await reconcile(), struck }
  } finally {
    await transport.close()
  }
}
