/**
 * Where a payment goes on when a part of it failed (portable): the fallback table, failed part × what step and patient have.
 * Both worlds ask here: the kernel for its visits, a phone on the wire for its payment.
 */
import type { I32s, i32 } from '../engine/portable.ts'

export const TO_WINDOW: i32 = 0
export const TO_KIOSK: i32 = 1
/** The patient's own money by phone. */
export const TO_OWN_MONEY: i32 = 2

/** Entries a patient turns to after the first; whoever failed at so many gives up on entries. */
export const MOST_OTHER_ENTRIES: i32 = 7

/**
 * The entry to try now: of those held and not tried, the first in backup order; −1 when there is none.
 *
 * @param held bit of each entry the patient holds
 * @param tried bit of each entry tried for this payment, the one that failed included
 * @param changes how often the entry was changed for this payment
 * @param backupOrder by entry: smaller is earlier, below zero is not open
 */
export function otherEntry(held: i32, tried: i32, changes: i32, entries: i32, backupOrder: I32s): i32 {
  if (changes >= MOST_OTHER_ENTRIES) return -1
  let best: i32 = -1
  let entry: i32 = 0
  while (entry < entries) {
    const order: i32 = backupOrder[entry]!
    if (order >= 0 && ((held >> entry) & 1) !== 0 && ((tried >> entry) & 1) === 0) {
      if (best < 0 || order < backupOrder[best]!) best = entry
    }
    entry++
  }
  return best
}

/**
 * Where to, when no other entry can help.
 *
 * @param atEntry the entry failed
 * @param atPayer the bank failed, or refused for want of credit
 * @param hasKiosk the step can be done at a kiosk, and the patient takes one
 * @param hasOwnMoney the step can be paid with own money by phone, and it lies elsewhere than at the bank that failed
 */
export function onwardFrom(atEntry: boolean, atPayer: boolean, hasKiosk: boolean, hasOwnMoney: boolean): i32 {
  if (atEntry && hasKiosk) return TO_KIOSK
  return atPayer && hasOwnMoney ? TO_OWN_MONEY : TO_WINDOW
}
