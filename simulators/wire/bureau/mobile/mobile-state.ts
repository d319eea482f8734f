/** Orders of the mobile chain at the bureau. Changed by effects alone; no credential is part of them. */
import type { Fen } from '../../../money/fen.ts'
import type { BillSplit } from '../../../policy/split-bill.ts'
import type { MobileState, UploadOrderRequest } from '../../desks/mobile-desk.ts'

export interface MobileOrder
  extends Pick<UploadOrderRequest, 'siteOrder' | 'insurance' | 'medicalType' | 'batch' | 'totalFen' | 'quoted' | 'isAccountUsed'> {
  readonly order: string
  readonly site: number
  readonly person: number
  readonly visit: string
  /** The upload opened the visit, so revoking it closes it. */
  readonly ownsVisit: boolean
  /** yyyy-MM-dd: an order is paid on its day or not at all. */
  readonly day: string
  readonly state: MobileState
  readonly split?: BillSplit
  readonly settlement?: string
  readonly paidAtMs?: number
  readonly cashRefundedFen: Fen
}

/** 6302 to a site that has an address for it. */
export interface MobileNotice {
  readonly notice: number
  readonly order: string
  readonly url: string
}

export type MobileEffect =
  | { readonly does: 'put-order'; readonly order: MobileOrder }
  | { readonly does: 'tell-site'; readonly notice: MobileNotice }

export interface MobileChainState {
  readonly orders: Map<string, MobileOrder>
  /** Site → where it hears of payments. */
  readonly noticeUrls: Map<number, string>
  /** Not yet heard by their site. */
  readonly notices: Map<number, MobileNotice>
}

export const emptyMobileChain = (): MobileChainState => ({ orders: new Map(), noticeUrls: new Map(), notices: new Map() })

export function applyMobile(state: MobileChainState, effect: MobileEffect): void {
  if (effect.does === 'put-order') state.orders.set(effect.order.order, effect.order)
  else state.notices.set(effect.notice.notice, effect.notice)
}
