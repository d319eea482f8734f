/**
 * What an institution's side of the national interface is to its caller: the visits and claims of the bureau, seen from the hospital.
 * Sign-in, envelope and message numbers are the dialect's affair.
 */
import type { Fen } from '../../money/fen.ts'
import type { BillSplit } from '../../policy/split-bill.ts'
import type { BillLine, Credential, FromSite } from './bureau-desk.ts'
import type { NoReply } from './port.ts'

/** A refusal is the bureau's own sentence: the interface has no list of codes. */
export type SiteReply<Reply> = Reply | { readonly outcome: 'refused'; readonly reason: string } | NoReply

export interface InsuredVisit {
  /** 就诊ID. */
  readonly visit: string
  /** 人员编号; its first six digits are 参保地医保区划. */
  readonly insuredNumber: string
  /** 险种类型. */
  readonly insurance: string
}
export interface SiteClaim {
  readonly visit: InsuredVisit
  /** Passed on, never stored. */
  readonly credential: Credential
  /** 收费批次号. */
  readonly batch: string
  readonly totalFen: Fen
}

export interface SitePort {
  /** 1101 and 2201, each under a number of its own. */
  openVisit(
    from: { readonly person: FromSite; readonly visit: FromSite },
    asked: { readonly credential: Credential; readonly siteNumber: string },
  ): Promise<SiteReply<{ readonly outcome: 'visit'; readonly visit: InsuredVisit }>>
  addFees(from: FromSite, visit: InsuredVisit, batch: string, lines: readonly BillLine[]): Promise<SiteReply<{ readonly outcome: 'added' }>>
  presettle(from: FromSite, claim: SiteClaim): Promise<SiteReply<{ readonly outcome: 'trial'; readonly split: BillSplit }>>
  settle(
    from: FromSite,
    claim: SiteClaim,
  ): Promise<SiteReply<{ readonly outcome: 'settled'; readonly settlement: string; readonly split: BillSplit }>>
  reverse(from: FromSite, visit: InsuredVisit, settlement: string): Promise<SiteReply<{ readonly outcome: 'reversed' }>>
  isReversed(
    from: FromSite,
    visit: InsuredVisit,
    settlement: string,
  ): Promise<SiteReply<{ readonly outcome: 'settlement'; readonly isReversed: boolean }>>
  /** 冲正 of a settlement nobody knows the end of, by the number of its message. */
  takeBack(from: FromSite, visit: InsuredVisit, original: FromSite): Promise<SiteReply<{ readonly outcome: 'taken-back' }>>
  /** The person's year so far, as a text to compare with another moment's. */
  totals(from: FromSite, visit: InsuredVisit): Promise<SiteReply<{ readonly outcome: 'totals'; readonly text: string }>>
}
