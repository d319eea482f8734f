/**
 * How one payment point of a visit ended, packed into a word (portable). Read by measures and money, written by visits.ts.
 * Bits 0–3 status (simulators/money/payment-status.ts) · 4–6 mode 0…3 · 8–12 channel + 1 (0: none) · 13 came over from another entry
 * · 14 came over from another mode.
 */
import type { i32 } from '../../engine/portable.ts'

export const PAID_STATUS_MASK: i32 = 15
export const PAID_MODE_SHIFT: i32 = 4
export const PAID_MODE_MASK: i32 = 7
export const PAID_CHANNEL_SHIFT: i32 = 8
export const PAID_OTHER_ENTRY: i32 = 8192
export const PAID_OTHER_MODE: i32 = 16384
