/** A wire city over real sockets on which slices are played one after another: emptied by its control endpoints, never started again. */
import type { Plan } from '../../../../scenarios/plan.ts'
import type { AuditInput, SeenRow } from '../../audit/audit-input.ts'
import { striking } from '../../faults/strike.ts'
import { struckFault } from '../../faults/struck-fault.ts'
import type { FaultOnWire } from '../../faults/wire-fault.ts'
import type { PlatformSeams } from '../../platform/platform-actor.ts'
import type { Defect, DefectParts } from '../defects/defect.ts'
import { control, serveSmallWire } from '../small-wire.ts'
import { auditInputOf, drained, endSliceDay, openSlice, playRow, setSliceClocks, sliceActors, sliceDay } from './play-slice.ts'
import type { Slice } from './slice.ts'

export interface SliceCity {
  /**
   * Plays a slice on empty books, waits until nothing is under way, and collects what the auditor is given.
   * @param defect switched on for this slice alone
   * @param fault strikes before the first row and heals after the last answer
   */
  play(slice: Slice, defect: Pick<Defect, 'name' | 'make'>, fault?: FaultOnWire): Promise<AuditInput>
  stop(): Promise<void>
}

export async function sliceCity(plan: Plan): Promise<SliceCity> {
  let parts: DefectParts = {}
  const served = await serveSmallWire(
    withPolicyOf(plan, () => parts),
    {
      only: [...sliceActors],
      platform: { seams: seamsOf(() => parts), backoffMs: () => 1, payerPollMs: 50, noticeLadderMs: [20, 20, 20] },
      storeSeam: (book, store) => switched(store, () => parts.store?.(book, store)),
    },
  )
  return {
    async play(slice, defect, given) {
      parts = {}
      await openSlice(served, slice)
      parts = defect.make()
      const { plays = () => true, handed = (input: AuditInput) => input, fault = given, momentsAtOnce = 1, endsTheDay = false } = parts
      const strike = fault === undefined ? undefined : striking(fault, { control: (...asked) => control(served, ...asked) })
      await strike?.begin()
      const seen: SeenRow[] = []
      const moments = Map.groupBy(slice.rows, ({ moment }) => Math.floor(moment / momentsAtOnce))
      for (const rows of moments.values()) {
        seen.push(...(await Promise.all(rows.filter((row) => plays(row, slice.seed)).map((row) => playRow(served, row)))))
      }
      const faults = fault === undefined || strike === undefined ? [] : [struckFault(fault, await strike.end())]
      await drained(served, parts.entriesNeverHear !== true)
      const replay = given === undefined ? replayOf(slice, defect) : `npx vitest run wire/faults -t ${given.name}`
      if (endsTheDay) await endSliceDay(served)
      const input = await auditInputOf(served, { planned: slice.rows, seen, policy: plan.policy, faults, replay })
      if (endsTheDay) await setSliceClocks(served, sliceDay)
      return handed({ ...input, dayEnded: endsTheDay })
    },
    stop: () => served.stop(),
  }
}

/** A fault is struck by a test of its own; everything else is one slice of the tested tester, played alone. */
const replayOf = ({ seed, rows }: Slice, { name }: Pick<Defect, 'name'>): string =>
  `MEDPAY_SLICE=${seed}:${rows.length}:${name} npx vitest run tested-tester.test`

/** What it is given, or what the defect of the moment puts in its place. */
const switched = <Whole extends object>(whole: Whole, now: () => Partial<Whole> | undefined): Whole =>
  new Proxy(whole, {
    get(_, name) {
      const changes = now()
      return changes !== undefined && name in changes ? Reflect.get(changes, name) : Reflect.get(whole, name)
    },
  })

const seamsOf = (parts: () => DefectParts): PlatformSeams => ({
  ports: (ports) => switched(ports, () => parts().ports?.(ports)),
  ledger: (ledger) => switched(ledger, () => parts().ledger?.(ledger)),
  notices:
    (send) =>
    (...told) =>
      (parts().notices?.(send) ?? send)(...told),
})

/** The bureau's policy may be off by a little; what the auditor is given is the plan's. */
const withPolicyOf = (plan: Plan, parts: () => DefectParts): Plan => ({
  ...plan,
  // A copy: of the plan itself, which is frozen, a proxy may tell nothing else.
  policy: switched({ ...plan.policy }, () => {
    const { deductibleLessFen = 0 } = parts()
    if (deductibleLessFen === 0) return undefined
    return { benefits: plan.policy.benefits.map((row) => ({ ...row, deductibleFen: row.deductibleFen - deductibleLessFen })) }
  }),
})
