/**
 * How a bill ended, and by which way it was paid, as codes in a byte. Portable.
 * A visit has {@link paymentPoints} places where it pays; an array by point holds visit × paymentPoints + point.
 */
import type { i32 } from '../engine/portable.ts'

/** 挂号 0 · 检查 1 · 药费, or the one settlement on leaving, 2. */
export const paymentPoints: i32 = 3
export const registrationPoint: i32 = 0
export const examinationPoint: i32 = 1
export const drugPoint: i32 = 2

/** 无费用: nothing was ordered here. */
export const noBill: i32 = 0
/** 已结算: bureau and patient's money both, in their parts. */
export const settled: i32 = 1
/** 全额自付待报销: the bureau was down, the patient paid all and claims the insurer's part later. */
export const claimLater: i32 = 2
/** 欠费离院: the bureau was down, the patient was treated and left owing. */
export const leftOwing: i32 = 3
/** 未付离去: the patient left, the order was withdrawn, nobody paid. */
export const unpaid: i32 = 4
/** 结果未知: money may have moved and nobody has asked yet; none may be left when the day closes. */
export const unknown: i32 = 5
/** 已退费: settled, then undone by the original route. */
export const refunded: i32 = 6
export const paymentStatusCount: i32 = 7

/** Modes, in the order of `paymentModes` of the plan: 窗口 · 自助机 · 诊间移动支付 · 脱卡信用付费. */
export const windowMode: i32 = 0
export const kioskMode: i32 = 1
export const phoneMode: i32 = 2
export const creditMode: i32 = 3
export const paymentModeCount: i32 = 4
