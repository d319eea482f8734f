/** Terminals, sign-ins, visits, orders and consents of the hospitals: what stands before a bill. Part of the HIS's one book. */

import { Type } from 'typebox'
import type { BillLine } from '../desks/bureau-desk.ts'
import { dateOf } from '../desks/business-time.ts'
import { type TerminalKind, terminalKinds, type visitKinds } from '../desks/terminal-desk.ts'
import { key, site, strict } from '../dialects/plain-fields.ts'
import { choice } from '../server/opening-schema.ts'

export interface OpeningSite {
  readonly site: number
  readonly terminals: readonly {
    readonly terminal: string
    readonly kind: TerminalKind
    /** Who is signed in there when the book opens; absent: nobody. */
    readonly operator?: string
  }[]
}
interface OfVisit {
  readonly site: number
  readonly visit: string
}

export type CareEntry =
  | ({ readonly does: 'open-site' } & OpeningSite)
  | { readonly does: 'sign-in'; readonly site: number; readonly terminal: string; readonly operator: string; readonly signIn: string }
  | { readonly does: 'sign-out'; readonly site: number; readonly signIn: string }
  | ({ readonly does: 'register'; readonly person: number; readonly kind: (typeof visitKinds)[number]; readonly signIn: string } & OfVisit)
  | ({ readonly does: 'order'; readonly order: string; readonly lines: readonly BillLine[]; readonly signIn: string } & OfVisit)
  | { readonly does: 'cancel-order'; readonly site: number; readonly order: string; readonly signIn: string }
  | ({
      readonly does: 'consent'
      readonly orders: readonly string[]
      readonly by: 'patient' | 'guardian'
      readonly document: string
      readonly signIn: string
    } & OfVisit)
  | ({ readonly does: 'charge'; readonly bill: string; readonly orders: readonly string[]; readonly signIn: string } & OfVisit)

export interface KeptOrder {
  readonly visit: string
  readonly order: string
  readonly lines: readonly BillLine[]
  readonly agreed: boolean
  readonly bill?: string
  readonly isCancelled?: true
}
interface KeptSite {
  readonly terminals: Map<string, TerminalKind>
  readonly signIns: Map<string, { readonly terminal: string; readonly operator: string; readonly date: string; readonly isOver?: true }>
  readonly visits: Map<string, { readonly person: number; readonly kind: (typeof visitKinds)[number]; readonly orders: string[] }>
  readonly orders: Map<string, KeptOrder>
}
/** By site: whatever a terminal can name is looked for in its own site's tables alone. */
export type CareState = Map<number, KeptSite>

const careDeeds: ReadonlySet<string> = new Set([
  'open-site',
  'sign-in',
  'sign-out',
  'register',
  'order',
  'cancel-order',
  'consent',
  'charge',
] satisfies CareEntry['does'][])
export const isCareEntry = <Entry extends { readonly does: string }>(entry: Entry | CareEntry): entry is CareEntry =>
  careDeeds.has(entry.does)

export function applyCare(sites: CareState, entry: CareEntry, atMs: number): void {
  if (entry.does === 'open-site') {
    const terminals = new Map(entry.terminals.map(({ terminal, kind }) => [terminal, kind]))
    sites.set(entry.site, { terminals, signIns: new Map(), visits: new Map(), orders: new Map() })
    return
  }
  const site = sites.get(entry.site)
  if (site === undefined) return
  const changeOrder = (number: string, change: Partial<KeptOrder>) => {
    const order = site.orders.get(number)
    if (order !== undefined) site.orders.set(number, { ...order, ...change })
  }
  switch (entry.does) {
    case 'sign-in':
      site.signIns.set(entry.signIn, { terminal: entry.terminal, operator: entry.operator, date: dateOf(atMs) })
      return
    case 'sign-out': {
      const signIn = site.signIns.get(entry.signIn)
      if (signIn !== undefined) site.signIns.set(entry.signIn, { ...signIn, isOver: true })
      return
    }
    case 'register':
      site.visits.set(entry.visit, { person: entry.person, kind: entry.kind, orders: [] })
      return
    case 'order':
      site.orders.set(entry.order, { visit: entry.visit, order: entry.order, lines: entry.lines, agreed: false })
      site.visits.get(entry.visit)?.orders.push(entry.order)
      return
    case 'cancel-order':
      changeOrder(entry.order, { isCancelled: true })
      return
    case 'consent':
      for (const order of entry.orders) changeOrder(order, { agreed: true })
      return
    case 'charge':
      for (const order of entry.orders) changeOrder(order, { bill: entry.bill })
      return
    default:
      entry satisfies never
  }
}

export const terminalOpening = Type.Array(
  Type.Object(
    {
      site: site(),
      terminals: Type.Array(
        Type.Object({ terminal: key('终端'), kind: choice(terminalKinds), operator: Type.Optional(key('操作员')) }, strict),
        { minItems: 1 },
      ),
    },
    strict,
  ),
)
