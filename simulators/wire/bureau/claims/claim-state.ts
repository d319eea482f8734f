/**
 * What the bureau keeps of visits and claims beside persons and settlements: sign-ins, visits with their fee lines, messages, files,
 * clearing. Changed by effects alone; the effects of one message stand in one entry of the book, so a crash keeps all or none.
 */
import type { ClaimFacts, FeeLine, VisitKind } from '../../desks/claim-desk.ts'

export interface Visit {
  /** 就诊ID. */
  readonly visit: string
  readonly kind: VisitKind
  readonly site: number
  readonly person: number
  /** 院内唯一流水号. */
  readonly siteNumber: string
  readonly medicalType: string
  readonly insurance: string
  /** yyyy-MM-dd HH:mm:ss, as the site wrote it. */
  readonly begin: string
  readonly end?: string | undefined
  readonly isCancelled: boolean
  readonly diagnoses: readonly string[]
  readonly lines: readonly FeeLine[]
  /** Batch → the settlement that stands for it. An inpatient stay has the one batch ''. */
  readonly settled: Readonly<Record<string, string>>
}

/** A message with an effect, or the mark that it shall have none. */
export interface MessageRecord {
  readonly message: string
  readonly site: number
  /** The sender's name for it. */
  readonly name: string
  /** Digest of what it asked; '' for a tombstone. */
  readonly asked: string
  /** Undefined for a tombstone. */
  readonly reply?: object | undefined
  /** The sender took it back: it may come again, and is refused. */
  readonly isTakenBack: boolean
}

export interface SignIn {
  readonly signIn: string
  readonly site: number
  readonly operator: string
  /** yyyy-MM-dd: it holds for its day. */
  readonly day: string
  readonly isOver: boolean
}

/** A file that waits to be had. */
export interface KeptFile {
  readonly file: string
  readonly name: string
  readonly site: number
  readonly base64: string
  readonly lastDay: string
}

export type ClaimEffect =
  | { readonly does: 'keep-file'; readonly file: KeptFile }
  | { readonly does: 'keep-list'; readonly settlement: string; readonly list: string }
  | { readonly does: 'sign-in'; readonly signIn: string; readonly site: number; readonly operator: string; readonly day: string }
  | { readonly does: 'sign-out'; readonly signIn: string }
  | { readonly does: 'open-visit'; readonly visit: Omit<Visit, 'isCancelled' | 'diagnoses' | 'lines' | 'settled' | 'end'> }
  | { readonly does: 'cancel-visit'; readonly visit: string }
  | { readonly does: 'end-visit'; readonly visit: string; readonly end: string | undefined }
  | { readonly does: 'describe-visit'; readonly visit: string; readonly medicalType: string; readonly diagnoses: readonly string[] }
  | { readonly does: 'add-fees'; readonly visit: string; readonly lines: readonly FeeLine[] }
  | { readonly does: 'drop-fees'; readonly visit: string; readonly lines: readonly string[] }
  | { readonly does: 'take-back'; readonly message: string; readonly site: number; readonly name: string }

export interface ClaimState {
  readonly files: Map<string, KeptFile>
  /** 结算清单流水号 by settlement. */
  readonly lists: Map<string, string>
  readonly signIns: Map<string, SignIn>
  readonly visits: Map<string, Visit>
  /** Site and 院内流水号 → visit. */
  readonly visitOf: Map<string, string>
  /** Person → the stay they are in hospital for. */
  readonly inHospital: Map<number, string>
  readonly messages: Map<string, MessageRecord>
}

export const emptyClaims = (): ClaimState => ({
  files: new Map(),
  lists: new Map(),
  signIns: new Map(),
  visits: new Map(),
  visitOf: new Map(),
  inHospital: new Map(),
  messages: new Map(),
})

export function applyClaim(state: ClaimState, effect: ClaimEffect): void {
  const change = (number: string, to: (visit: Visit) => Visit) => {
    const visit = state.visits.get(number)
    if (visit !== undefined) state.visits.set(number, to(visit))
  }
  const leave = (number: string) => {
    const person = state.visits.get(number)?.person
    if (person !== undefined && state.inHospital.get(person) === number) state.inHospital.delete(person)
  }
  switch (effect.does) {
    case 'sign-in': {
      const { does: _, ...signIn } = effect
      state.signIns.set(effect.signIn, { ...signIn, isOver: false })
      return
    }
    case 'sign-out': {
      const signIn = state.signIns.get(effect.signIn)
      if (signIn !== undefined) state.signIns.set(effect.signIn, { ...signIn, isOver: true })
      return
    }
    case 'open-visit':
      state.visits.set(effect.visit.visit, { ...effect.visit, isCancelled: false, diagnoses: [], lines: [], settled: {} })
      state.visitOf.set(visitKey(effect.visit.site, effect.visit.siteNumber), effect.visit.visit)
      if (effect.visit.kind === 'inpatient') state.inHospital.set(effect.visit.person, effect.visit.visit)
      return
    case 'cancel-visit':
      leave(effect.visit)
      change(effect.visit, (visit) => ({ ...visit, isCancelled: true }))
      return
    case 'end-visit':
      leave(effect.visit)
      change(effect.visit, (visit) => ({ ...visit, end: effect.end }))
      return
    case 'describe-visit':
      change(effect.visit, (visit) => ({ ...visit, medicalType: effect.medicalType, diagnoses: effect.diagnoses }))
      return
    case 'add-fees':
      change(effect.visit, (visit) => ({ ...visit, lines: [...visit.lines, ...effect.lines] }))
      return
    case 'drop-fees': {
      const dropped = new Set(effect.lines)
      change(effect.visit, (visit) => ({ ...visit, lines: visit.lines.filter(({ line }) => !dropped.has(line)) }))
      return
    }
    case 'take-back': {
      const { message, site, name } = effect
      const known = state.messages.get(message)
      state.messages.set(
        message,
        known === undefined ? { message, site, name, asked: '', isTakenBack: true } : { ...known, isTakenBack: true },
      )
      return
    }
    case 'keep-file':
      state.files.set(effect.file.file, effect.file)
      return
    case 'keep-list':
      state.lists.set(effect.settlement, effect.list)
      return
    default:
      effect satisfies never
  }
}

/** The settlement of a batch begins or ends to stand. */
export function markSettled(
  state: ClaimState,
  { visit, batch }: Pick<ClaimFacts, 'visit' | 'batch'>,
  settlement: string | undefined,
): void {
  const known = state.visits.get(visit)
  if (known === undefined) return
  const { [batch]: _, ...others } = known.settled
  state.visits.set(visit, { ...known, settled: settlement === undefined ? others : { ...others, [batch]: settlement } })
}

export const visitKey = (site: number, siteNumber: string): string => `${site}\n${siteNumber}`
