/** Cash drawers of the hospitals' terminals: what lies in each, attempt by attempt, and what each day came to. Part of the HIS's one book. */
import { type Fen, noMoney } from '../../money/fen.ts'
import type { CashDrawerDesk, OfDrawer } from '../desks/cash-drawer-desk.ts'
import type { DrawerDay } from '../desks/terminal-desk.ts'
import type { Decision } from '../stores/kept-book.ts'

export type DrawerEntry =
  | ({ readonly does: 'cash-in'; readonly amountFen: Fen } & OfDrawer)
  /** Of nothing where nothing was put in: should the cash come later, it is refused. */
  | ({ readonly does: 'cash-out'; readonly amountFen: Fen } & OfDrawer)

export interface DrawerState {
  /** By attempt: its cash, and whether it was given back. */
  readonly cash: Map<string, { readonly amountFen: Fen; readonly isBack?: true }>
  /** Site and day → what went in and out, by terminal. */
  readonly days: Map<string, Map<string, DrawerDay>>
}
export const noDrawers = (): DrawerState => ({ cash: new Map(), days: new Map() })
const dayKey = (site: number, date: string) => `${site} ${date}`

export const isDrawerEntry = <Entry extends { readonly does: string }>(entry: Entry | DrawerEntry): entry is DrawerEntry =>
  entry.does === 'cash-in' || entry.does === 'cash-out'

export function applyDrawer({ cash, days }: DrawerState, entry: DrawerEntry, date: string): void {
  const { does, site, terminal, attempt, amountFen } = entry
  cash.set(attempt, does === 'cash-in' ? { amountFen } : { amountFen, isBack: true })
  const day = days.get(dayKey(site, date)) ?? new Map<string, DrawerDay>()
  days.set(dayKey(site, date), day)
  const { inFen, outFen } = day.get(terminal) ?? { inFen: 0, outFen: 0 }
  day.set(terminal, {
    terminal,
    inFen: inFen + (does === 'cash-in' ? amountFen : 0),
    outFen: outFen + (does === 'cash-out' ? amountFen : 0),
  })
}

/** 日结: what each terminal's drawer took and gave on a day, in the order of first use. */
export const drawersOf = ({ days }: DrawerState, site: number, date: string): readonly DrawerDay[] => [
  ...(days.get(dayKey(site, date))?.values() ?? []),
]

type Reply<Does extends keyof CashDrawerDesk> = Awaited<ReturnType<CashDrawerDesk[Does]>>

export function decidePutIn(
  { cash }: DrawerState,
  { site, terminal, attempt, amountFen }: OfDrawer & { readonly amountFen: Fen },
): Decision<DrawerEntry, Reply<'putIn'>> {
  const known = cash.get(attempt)
  if (known?.isBack) return { entries: [], reply: { outcome: 'refused', reason: 'cash-was-given-back' } }
  if (known !== undefined && known.amountFen !== amountFen)
    return { entries: [], reply: { outcome: 'refused', reason: 'known-with-other-amount' } }
  return {
    entries: known === undefined ? [{ does: 'cash-in', site, terminal, attempt, amountFen }] : [],
    reply: { outcome: 'in-drawer' },
  }
}

export function decideTakeOut({ cash }: DrawerState, { site, terminal, attempt }: OfDrawer): Decision<DrawerEntry, Reply<'takeOut'>> {
  const { amountFen, isBack } = cash.get(attempt) ?? { amountFen: noMoney }
  return {
    entries: isBack ? [] : [{ does: 'cash-out', site, terminal, attempt, amountFen }],
    reply: { outcome: 'taken-out', amountFen },
  }
}
