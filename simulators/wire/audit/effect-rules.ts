/** Order, keys and ends of effects: nothing before its time, nothing twice, nothing left hanging. */
import type { AuditInput, ExportedLedger } from './audit-input.ts'
import { insurerFenOf } from './insurer-facts.ts'
import { isTills } from './own-journal.ts'
import { each, type Found, found, notApplicable, type Rule } from './rule.ts'

/** The hospital is told of a settlement the insurer has made by then. */
export const noticeAfterSettlement: Rule = {
  name: 'notice-after-settlement',
  about: 'money',
  check: ({ hospital, insurer, input: { clockToleranceMs } }) =>
    each(
      [...hospital.attempts.values()].filter(({ payment }) => payment !== undefined),
      ({ bill, payment }) => {
        if (payment === undefined) return undefined
        // Whoever shows no credential pays for themselves.
        if (payment.settlement === '' && insurerFenOf(payment.split) === 0) return undefined
        const settlement = insurer.settlements.get(payment.settlement)
        if (settlement === undefined) return found(bill, payment.settlement, '–')
        const earlyMs = settlement.atMs - payment.atMs
        return earlyMs > clockToleranceMs ? found(bill, `≤ ${clockToleranceMs} ms`, `${earlyMs} ms`) : undefined
      },
    ),
}

/** After the drain: no hold, no waiting order, no open attempt, no payment whose end nobody knows. */
export const nothingUnknown: Rule = {
  name: 'nothing-unknown-after-drain',
  about: 'money',
  check({ payers, hospital, journals, attemptOf }) {
    const payments = journals.flatMap((ledger) => ledger.payments)
    const open = [
      ...payers.holds.filter(({ isOver, isOfVisit }) => !isOver && !isOfVisit).map(({ key, payer }) => found(key, '–', payer)),
      ...payers.orders.filter(({ isOver, key }) => !isOver && attemptOf(key) !== undefined).map(({ key, payer }) => found(key, '–', payer)),
      ...[...hospital.attempts.values()]
        .filter((attempt) => attempt.payment === undefined && !attempt.isClosed)
        .map((attempt) => found(attempt.attempt, '–', isTills(attempt) ? attempt.by : 'his')),
      ...payments.filter(({ isOpen, state }) => isOpen || unknown.has(state)).map(({ number, state }) => found(number, '–', state)),
    ]
    const looked = payers.holds.length + payers.orders.length + hospital.attempts.size + payments.length
    return { standing: 'checked', looked, findings: open }
  },
}
const unknown = new Set(['under-way', 'in-doubt', 'refunding'])

/** A key stands for one effect at its receiver, an attempt for one payment, a caller's key for one payment of the target. */
export const oneEffectPerKey: Rule = {
  name: 'one-effect-per-key',
  about: 'money',
  check({ payers, insurer, target, journals, attemptOf, input }) {
    const asked = journals.flatMap((ledger) => ledger.payments)
    const twice = [...payers.odd, ...insurer.repeated].map((key) => found(key, 1, 2))
    const more = (keys: readonly string[]) => {
      const counts = new Map<string, number>()
      for (const key of keys) {
        const attempt = attemptOf(key)?.attempt
        if (attempt !== undefined) counts.set(attempt, (counts.get(attempt) ?? 0) + 1)
      }
      return [...counts].flatMap(([attempt, times]) => (times > 1 ? [found(attempt, 1, times)] : []))
    }
    const holds = more(payers.holds.map(({ key }) => key))
    const payments = more(payers.payments.map(({ key }) => key))
    const callers = new Map<string, number>()
    for (const { channel, idempotencyKey } of asked) {
      const key = `${channel} ${idempotencyKey}`
      callers.set(key, (callers.get(key) ?? 0) + 1)
    }
    const strangers = target?.ledger === undefined ? [] : strangersOf(asked, input)
    return {
      standing: 'checked',
      looked: payers.holds.length + payers.payments.length + callers.size,
      findings: [
        ...twice,
        ...holds,
        ...payments,
        ...[...callers].flatMap(([key, times]) => (times > 1 ? [found(key, 1, times)] : [])),
        ...strangers,
      ],
    }
  },
}

/**
 * Payments under another key than they were asked for, and payments nobody asked for. Whoever goes on another way, to the window or with
 * own money, asks there under another key, and each answer says under which.
 */
function strangersOf(asked: readonly ExportedLedger['payments'][number][], { planned, seen }: AuditInput): readonly Found[] {
  const rowKey = new Map(planned.map(({ row, key }) => [row, key]))
  const keyOf = new Map(asked.map(({ number, idempotencyKey }) => [number, idempotencyKey]))
  const sent = new Set(planned.map(({ key }) => key))
  // A refund speaks of a payment that was asked for before it; that it went back for its own bill is another rule's.
  const refunds = new Set(planned.flatMap(({ row, refunds }) => (refunds === undefined ? [] : [row])))
  const others: Found[] = []
  for (const { row, answers } of seen)
    for (const { key = rowKey.get(row) ?? '', payment } of answers) {
      sent.add(key)
      if (payment !== undefined && !refunds.has(row) && keyOf.get(payment) !== key)
        others.push(found(payment, key, keyOf.get(payment) ?? '–'))
    }
  const unasked = asked.filter(({ idempotencyKey }) => !sent.has(idempotencyKey))
  return [...others, ...unasked.map(({ number, idempotencyKey }) => found(number, '–', idempotencyKey))]
}

/** An entry that gave its address hears how each payment ended. */
export const toldHowItEnded: Rule = {
  name: 'told-how-it-ended',
  about: 'money',
  check({ target, notices }) {
    const owed = (target?.ledger?.payments ?? []).filter(
      ({ noticeUrl, isOpen, state }) => noticeUrl !== undefined && !isOpen && state !== 'under-way',
    )
    if (owed.length === 0) return notApplicable
    return each(owed, ({ number, state }) => (notices.has(`${number} ${state}`) ? undefined : found(number, state, '–')))
  },
}
