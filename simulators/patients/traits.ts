/**
 * What a visit carries besides its draws, packed into the bits of two whole numbers (portable): traits that pathways branch on,
 * and who pays. One layout for the people's side, the kernel and its oracle.
 */
import type { i32 } from '../engine/portable.ts'

// ── traits: fields a pathway may branch on (shift, width) ───────────────────
/** 0 appointment · 1 phone · 2 kiosk · 3 window. */
export const REGISTRATION_SHIFT: i32 = 0
/** 0 window · 1 kiosk · 2 phone · 3 credit. */
export const MODE_SHIFT: i32 = 2
/** 0 none · 1 laboratory · 2 imaging · 3 both. */
export const EXAMINATION_SHIFT: i32 = 4
/** 0 none · 1 drugs. */
export const DRUGS_SHIFT: i32 = 6
/** 0 manages alone · 1 with a volunteer's help · 2 does not manage. */
export const SELF_SERVICE_SHIFT: i32 = 7
/** 1: a child, who pays through a guardian's entry (family code). */
export const CHILD_SHIFT: i32 = 9
/** Age group 0…3. */
export const AGE_SHIFT: i32 = 10
/** Insured type 0…3. */
export const INSURED_SHIFT: i32 = 12
/** Sign-up: 0 granted · 1 granted with a digital card · 2 granted with a raised limit · 3 refused. */
export const SIGN_UP_SHIFT: i32 = 14
/** 1: uses phone or credit under the arm's adoption. */
export const ADOPTER_SHIFT: i32 = 16
/** 1: treated first, walks out without settling. */
export const UNSETTLED_SHIFT: i32 = 17

// ── who pays ────────────────────────────────────────────────────────────────
/** Preferred entry channel, 5 bits. */
export const CHANNEL_SHIFT: i32 = 0
/** Bank of the credit agreement, 4 bits. */
export const CREDIT_BANK_SHIFT: i32 = 5
/** Bank behind the patient's own phone money, 4 bits. */
export const OWN_BANK_SHIFT: i32 = 9
/** One bit per payment point: the bill is above what is left of the credit limit. */
export const OVER_LIMIT_SHIFT: i32 = 13
/** 1: a raised limit or digital card is granted on the spot. */
export const RAISE_SHIFT: i32 = 16
/** 0 most urgent … 3: the order of call where a station keeps one. */
export const URGENCY_SHIFT: i32 = 17
/** 1: has finite patience. */
export const IMPATIENT_SHIFT: i32 = 19
/** 1: goes to a kiosk rather than the window when phones fail. */
export const KIOSK_FALLBACK_SHIFT: i32 = 20
/** 0: pays at a kiosk with a bank card; otherwise 1 + number of the wallet whose 付款码 is shown, 3 bits. */
export const KIOSK_WALLET_SHIFT: i32 = 21
export const KIOSK_WALLET_MASK: i32 = 7
