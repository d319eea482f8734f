/** The opening book of a bank: what it thinks of its customers, their agreements, and what is still owed from before. */
import { Type } from 'typebox'
import { type Fen, noMoney, sumFen } from '../../money/fen.ts'
import { momentMs } from '../desks/business-time.ts'
import { day, key, person, strict } from '../dialects/plain-fields.ts'
import { WireFailure } from '../server/failures.ts'
import { choice, fenSchema } from '../server/opening-schema.ts'
import type { Decision } from '../stores/kept-book.ts'
import type { BankEntry } from './bank-entry.ts'
import type { AgreementKind, BankState } from './bank-state.ts'
import { dayOf } from './day-of.ts'

export interface BankOpening {
  /** Who may apply for credit here; anybody else is unknown to the bank. */
  readonly customers?: readonly {
    readonly person: number
    /** What the bank would grant by its own judgement, before any score; 0: it refuses. */
    readonly assessedFen: Fen
    /** The limit after a raise; absent: none is given. */
    readonly raisedFen?: Fen
    /** The limit of a digital card; absent: none is issued. */
    readonly cardFen?: Fen
  }[]
  readonly agreements: readonly {
    readonly agreement: string
    readonly person: number
    /** Absent: credit. */
    readonly kind?: AgreementKind
    /** 授信额度; of a patient's own account: what stands in it. */
    readonly limitFen: Fen
    /** Uses not yet repaid when the book opens. */
    readonly usedFen: Fen
    /** The same one by one; absent: one use on the day the book opens. */
    readonly uses?: readonly { readonly payment: string; readonly amountFen: Fen; readonly usedOn: string }[]
  }[]
}

export function decideOpen(state: BankState, opening: BankOpening, nowMs: number): Decision<BankEntry, undefined> {
  const known = opening.agreements.find(({ agreement }) => state.agreements.has(agreement))
  if (known !== undefined) throw new WireFailure('conflict', { en: 'an agreement is known', zh: '协议已存在' })
  if (new Set(opening.agreements.map(({ agreement }) => agreement)).size < opening.agreements.length) {
    throw new WireFailure('bad-request', { en: 'an agreement is opened twice', zh: '同一协议重复开启' })
  }
  const customers = (opening.customers ?? []).map(
    ({ person: who, assessedFen, raisedFen = noMoney, cardFen = noMoney }): BankEntry => ({
      does: 'open-customer',
      person: who,
      assessedFen,
      raisedFen,
      cardFen,
    }),
  )
  return { entries: [...customers, ...opening.agreements.flatMap((agreement) => openAgreement(agreement, nowMs))], reply: undefined }
}

function openAgreement(
  { agreement, person: who, kind = 'credit', limitFen, usedFen, uses }: BankOpening['agreements'][number],
  nowMs: number,
): readonly BankEntry[] {
  const opened: BankEntry = { does: 'open-agreement', agreement, person: who, kind, line: { limitFen, usedFen, heldFen: noMoney } }
  if (kind === 'account' || usedFen === 0) return [opened]
  const debts =
    uses?.map(({ payment, amountFen, usedOn }) => ({ key: payment, amountFen, usedOnDay: dayOf(momentOf(usedOn)) })) ??
    ([{ key: `opening-${agreement}`, amountFen: usedFen, usedOnDay: dayOf(nowMs) }] as const)
  assertOpening(sumFen(...debts.map(({ amountFen }) => amountFen)) === usedFen, agreement)
  return [
    opened,
    ...debts.toSorted((a, b) => a.usedOnDay - b.usedOnDay).map((debt): BankEntry => ({ does: 'open-debt', agreement, ...debt })),
  ]
}

function momentOf(date: string): number {
  const ms = momentMs(date)
  if (ms === undefined) throw new WireFailure('bad-request', { en: `no such day: ${date}`, zh: `没有这一天：${date}` })
  return ms
}

function assertOpening(holds: boolean, agreement: string): void {
  if (holds) return
  throw new WireFailure('bad-request', {
    en: `the uses of ${agreement} do not add up to usedFen`,
    zh: `协议 ${agreement} 各笔用款之和不等于 usedFen`,
  })
}

export const openingSchema = Type.Object(
  {
    customers: Type.Optional(
      Type.Array(
        Type.Object(
          { person: person(), assessedFen: fenSchema, raisedFen: Type.Optional(fenSchema), cardFen: Type.Optional(fenSchema) },
          strict,
        ),
      ),
    ),
    agreements: Type.Array(
      Type.Object(
        {
          agreement: key('协议号'),
          person: person(),
          kind: Type.Optional(choice(['credit', 'account'])),
          limitFen: fenSchema,
          usedFen: fenSchema,
          uses: Type.Optional(Type.Array(Type.Object({ payment: key('完成键'), amountFen: fenSchema, usedOn: day('用款日') }, strict))),
        },
        strict,
      ),
    ),
  },
  strict,
)
