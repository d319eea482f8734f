/** A wire city over real sockets on which slices are played one after another: emptied by its control endpoints, never started again. */
import type { Plan } from '../../../../scenarios/plan.ts'
import type { AuditInput, NumberedBook, SeenAnswer, SeenRow } from '../../audit/audit-input.ts'
import { striking } from '../../faults/strike.ts'
import { struckFault } from '../../faults/struck-fault.ts'
import type { FaultOnWire } from '../../faults/wire-fault.ts'
import type { PlatformSeams } from '../../platform/platform-actor.ts'
import type { Served } from '../../serve.ts'
import { phone } from '../../wallets/testing/phone.ts'
import type { Defect, DefectParts } from '../defects/defect.ts'
import { bank, channel, control, keys, serveSmallWire } from '../small-wire.ts'
import { payerOf, type Slice, type SliceRow } from './slice.ts'

export const sliceActors = ['bureau', 'his', bank, 'wechat', 'platform', channel] as const

export interface SliceCity {
  /**
   * Plays a slice on empty books, waits until nothing is under way, and collects what the auditor is given.
   * @param defect switched on for this slice alone
   * @param fault strikes before the first row and heals after the last answer
   */
  play(slice: Slice, defect: Pick<Defect, 'name' | 'make'>, fault?: FaultOnWire): Promise<AuditInput>
  stop(): Promise<void>
}

const drainMostMs = 20_000

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
    async play(slice, defect, fault) {
      parts = {}
      for (const actor of sliceActors) {
        await control(served, actor, 'POST', '/control/reset')
        await control(served, actor, 'POST', '/control/opening', slice.openings[actor])
      }
      parts = defect.make()
      const { plays = () => true, handed = (input: AuditInput) => input } = parts
      const strike = fault === undefined ? undefined : striking(fault, { control: (...asked) => control(served, ...asked) })
      await strike?.begin()
      const seen: SeenRow[] = []
      const moments = new Set(slice.rows.map(({ moment }) => moment))
      for (const moment of moments) {
        seen.push(
          ...(await Promise.all(slice.rows.filter((row) => row.moment === moment && plays(row)).map((row) => playRow(served, row)))),
        )
      }
      const faults = fault === undefined || strike === undefined ? [] : [struckFault(fault, await strike.end())]
      await drained(served, parts.entriesNeverHear !== true)
      return handed({
        planned: slice.rows,
        seen,
        books: await Promise.all(sliceActors.map(async (actor) => (await control(served, actor, 'GET', '/control/books')) as NumberedBook)),
        mustHaveMoved: ['bureau', 'his', 'platform'],
        policy: plan.policy,
        faults,
        clockToleranceMs: 0,
        replay: `MEDPAY_SLICE=${slice.seed}:${slice.rows.length}:${defect.name} npx vitest run tested-tester`,
        folder: 'reports/runs/slice',
      })
    },
    stop: () => served.stop(),
  }
}

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
  policy: switched(plan.policy, () => {
    const { deductibleLessFen = 0 } = parts()
    if (deductibleLessFen === 0) return undefined
    return { benefits: plan.policy.benefits.map((row) => ({ ...row, deductibleFen: row.deductibleFen - deductibleLessFen })) }
  }),
})

async function playRow(served: Served, row: SliceRow): Promise<SeenRow> {
  const answers: SeenAnswer[] = []
  const payCode =
    row.mode === 'scan'
      ? (
          (await phone(served.originOf('wechat'), keys.between('phone', 'wechat'), '/phone/codes', { payer: payerOf(row.person) })) as {
            readonly code: string
          }
        ).code
      : undefined
  const { site, bill, mode, qr, key } = row
  const pay = async () => {
    const answer = await ask(served, row, '/entry/v1/payments', {
      idempotencyKey: key,
      site,
      bill,
      mode,
      qr,
      ...(payCode === undefined ? {} : { payCode }),
    })
    answers.push(answer)
    return answer
  }
  const first = await pay()
  if (row.asksAgain) await pay()
  if (row.wantsRefund && first.outcome === 'paid' && first.payment !== undefined) {
    // The invoice is issued after the patient has gone; until then a refund is told to wait.
    for (let tries = 0; tries < 40; tries += 1) {
      const answer = await ask(served, row, `/entry/v1/payments/${first.payment}/refunds`, { idempotencyKey: `${key}-R` })
      if (answer.reason !== 'under-way') {
        answers.push(answer)
        break
      }
      await new Promise((resolve) => setTimeout(resolve, 15))
    }
  }
  return { row: row.row, answers }
}

async function ask(served: Served, { token }: SliceRow, path: string, body: object): Promise<SeenAnswer> {
  const answer = await fetch(`${served.originOf(channel)}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  })
  if (!answer.ok) return { outcome: 'no-answer', reason: String(answer.status) }
  const said = (await answer.json()) as {
    readonly outcome: string
    readonly reason?: string
    readonly payment?: { readonly payment: string; readonly state: string; readonly reason?: string; readonly split?: SeenAnswer['split'] }
  }
  if (said.payment === undefined) return { outcome: said.outcome, reason: said.reason }
  const { payment, state, reason, split } = said.payment
  return { outcome: state, payment, reason, split }
}

/** Until no payment is open and every entry has been told, or for as long as a drain may take. */
async function drained(served: Served, mustHear: boolean): Promise<void> {
  const isQuiet = async () => {
    const [{ ledger }, told] = (await Promise.all([
      control(served, 'platform', 'GET', '/control/books'),
      control(served, channel, 'GET', '/control/books'),
    ])) as [NumberedBook, NumberedBook]
    const heard = new Set(told.entries.map(({ entry }) => (entry as { readonly payment?: string }).payment))
    return ledger?.payments.every(({ isOpen, number }) => !isOpen && (!mustHear || heard.has(number))) === true
  }
  const untilMs = Date.now() + drainMostMs
  while (!(await isQuiet()) && Date.now() < untilMs) await new Promise((resolve) => setTimeout(resolve, 15))
}
