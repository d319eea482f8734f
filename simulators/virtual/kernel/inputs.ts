/**
 * What the kernel is given: one day as tables of numbers (portable). compile-city.ts writes them, nobody here changes them.
 *
 * The host asks for a table by number and length and fills what it gets; a table asked for again is laid anew.
 * UNITS  ticks of 100 µs from 00:00 of the day; all numbers whole unless the table is an {@link F64s}.
 */
import { type F64s, type I32s, type i32, newF64s, newI32s } from '../../engine/portable.ts'

// ── stations: the lines of every site, then the shared parties ──────────────
/** Servers at full strength. */
export let stationServers: I32s = newI32s(0)
/** Shift pattern, −1 for round the clock at full strength. */
export let stationShift: I32s = newI32s(0)
/** STATION_… flags. */
export let stationFlags: I32s = newI32s(0)
/** Kind, for sums by kind. */
export let stationKind: I32s = newI32s(0)

export const STATION_PRIORITY: i32 = 1
export const STATION_BALKING: i32 = 2
/** A line patients stand in to pay or register; the others are clinical. */
export const STATION_PAYMENT: i32 = 8
/** Follows a payment: laboratory, imaging, pharmacy; where displaced waiting shows. */
export const STATION_AFTER_PAYMENT: i32 = 16

// ── shifts: changes of the day in order of tick ─────────────────────────────
export let shiftTick: I32s = newI32s(0)
export let shiftPattern: I32s = newI32s(0)
export let shiftMinimum: I32s = newI32s(0)
/** Share of full strength. */
export let shiftShare: F64s = newF64s(0)

// ── laws ────────────────────────────────────────────────────────────────────
export let lawKind: I32s = newI32s(0)
export let lawA: F64s = newF64s(0)
export let lawB: F64s = newF64s(0)

// ── rows: the steps of all pathways ─────────────────────────────────────────
export let rowDoes: I32s = newI32s(0)
/** SERVE: station slot, or ROOM_SLOT. BRANCH: shift of the bit field. LEAVE: outcome. */
export let rowPlace: I32s = newI32s(0)
/** SERVE, DELAY, PAY_WALKING: law. BRANCH: mask of the bit field. */
export let rowLaw: I32s = newI32s(0)
/** SERVE: law of an impatient patient's patience in this line, −1 where everybody waits. */
export let rowPatience: I32s = newI32s(0)
/** SERVE, PAY, PAY_WALKING: errand, −1 none. */
export let rowErrand: I32s = newI32s(0)
/** Payment point 0…2 of the errand; −1 where nothing is paid. */
export let rowPoint: I32s = newI32s(0)
/** Next row. BRANCH: start of its run in branchRow. */
export let rowNext: I32s = newI32s(0)
/** Decision number of the row's own draws: services, walks and delays at attempts below {@link PATIENCE_ATTEMPTS}, patience from there. */
export let rowDecision: I32s = newI32s(0)
/** Where a failed payment goes on: the window, the kiosk, own money by phone; −1 if there is no such way. */
export let rowWindow: I32s = newI32s(0)
export let rowKiosk: I32s = newI32s(0)
export let rowPhone: I32s = newI32s(0)
export let branchRow: I32s = newI32s(0)

export const SERVE: i32 = 0
export const DELAY: i32 = 1
export const PAY: i32 = 2
export const PAY_WALKING: i32 = 3
export const BRANCH: i32 = 4
export const LEAVE: i32 = 5
export const PATIENCE_ATTEMPTS: i32 = 128
/** In rowPlace: the consulting room of the visit's own department. */
export const ROOM_SLOT: i32 = -1

// ── errands and their messages ──────────────────────────────────────────────
export let errandFirst: I32s = newI32s(0)
export let errandCount: I32s = newI32s(0)
/** The patient goes on after this many messages; what follows (notice, invoice) runs by itself. */
export let errandReleased: I32s = newI32s(0)
/** Payment mode of its sums, 0…3; 4 for what is no payment. */
export let errandMode: I32s = newI32s(0)
/** The errand that takes its place for those who show a wallet's code; −1: none does. */
export let errandByCode: I32s = newI32s(0)
/** LEG_… */
export let messageLeg: I32s = newI32s(0)
export let messageLaw: I32s = newI32s(0)
export let messageDecision: I32s = newI32s(0)
/** MESSAGE_… flags. */
export let messageFlags: I32s = newI32s(0)
/** Requests of the same message before and after the one that takes its time: errors strike each by itself. */
export let messageBefore: I32s = newI32s(0)
export let messageAfter: I32s = newI32s(0)

export const LEG_ENTRY: i32 = 0
export const LEG_PLATFORM: i32 = 1
export const LEG_BUREAU: i32 = 2
export const LEG_BANK: i32 = 3
export const LEG_HIS: i32 = 4
/** The bureau's file desk. */
export const LEG_FILES: i32 = 5
export const LEGS: i32 = 6
/** Silence leaves the outcome unknown: ask before sending again, undo if it stays unknown. */
export const MESSAGE_MOVES_MONEY: i32 = 1
/** The bank may refuse for want of credit. */
export const MESSAGE_NEEDS_CREDIT: i32 = 2
/** The bank of the credit agreement, not of the patient's own money. */
export const MESSAGE_CREDIT_BANK: i32 = 4
/** At a wallet in place of a bank: no party of the city, so no line. */
export const MESSAGE_AT_WALLET: i32 = 8

// ── shared parties ──────────────────────────────────────────────────────────
/** Station number of a party: channels first, then platform, bureau, banks, and where sites switch over the file desk. */
export let partyStation: I32s = newI32s(0)
/** Place of a channel among the second choices, lowest first; −1: not open on this day. */
export let channelBackupOrder: I32s = newI32s(0)

// ── fault changes, in order of tick ─────────────────────────────────────────
export let faultTick: I32s = newI32s(0)
export let faultNumber: I32s = newI32s(0)
export let faultParty: I32s = newI32s(0)
/** FAULT_… ; FAULT_NONE ends the party's fault. */
export let faultDoes: I32s = newI32s(0)
/** slow: factor · brown-out: share of servers left · error burst: share of requests answered with an error. */
export let faultAmount: F64s = newF64s(0)

export const FAULT_NONE: i32 = 0
export const FAULT_REFUSE: i32 = 1
export const FAULT_BLACK_HOLE: i32 = 2
export const FAULT_SLOW: i32 = 3
export const FAULT_BROWN_OUT: i32 = 4
export const FAULT_ERRORS: i32 = 5

// ── sites, where some switch over on the day; of no length on other days ────
/** GATE_… */
export let siteGate: I32s = newI32s(0)
/** Visits of the switch (terminals, the directory) that have to end before the site is ready; 0 where it is from the start. */
export let siteErrands: I32s = newI32s(0)

export const GATE_OPEN: i32 = 0
/** Until it is ready the site is paid the old way, at windows and kiosks. */
export const GATE_OLD_WAY: i32 = 1
/** From the switch until it is ready the site's windows and kiosks hold every settlement. */
export const GATE_HOLDS: i32 = 2

// ── calls whose whole time was measured on the wire; of no length where none was ─
/** By message: its place among the measured operations, −1 for what is assumed. */
export let messageMeasured: I32s = newI32s(0)
/** By minute of the day: the level whose measured times hold, −1 where the assumed ones do. */
export let minuteLevel: I32s = newI32s(0)
/** By level and measured operation: {@link MEASURED_QUANTILES} quantiles of a call's time. */
export let measuredTicks: I32s = newI32s(0)
export const MEASURED_QUANTILES: i32 = 256

// ── single numbers ──────────────────────────────────────────────────────────
/** Numbers of the run by RULE_… index. */
export let rules: I32s = newI32s(40)
export let ruleShares: F64s = newF64s(8)
export const RULE_KEY0: i32 = 0
export const RULE_KEY1: i32 = 1
/** Keys of the stream for what goes wrong with a call: first word its error, second the swing of the pause before it. */
export const RULE_KEY2: i32 = 3
export const RULE_KEY3: i32 = 9
export const RULE_BUCKET_SHIFT: i32 = 2
export const RULE_CHANNELS: i32 = 4
export const RULE_PLATFORM: i32 = 5
export const RULE_BUREAU: i32 = 6
export const RULE_FIRST_BANK: i32 = 7
export const RULE_BALK_PER_SERVER: i32 = 8
export const RULE_SWITCH_LAW: i32 = 10
export const RULE_WAIT_LAW: i32 = 11
export const RULE_WAIT_TRIES: i32 = 12
export const RULE_ATTEMPTS: i32 = 13
export const RULE_REFUSAL_TICKS: i32 = 14
export const RULE_BACKOFF_TICKS: i32 = 15
/** Timeouts of the legs but the file desk's follow from here. */
export const RULE_TIMEOUT_FIRST: i32 = 16
export const RULE_HEALTH_WINDOW: i32 = 21
export const RULE_HEALTH_CALLS: i32 = 22
export const RULE_HEALTH_PROBE: i32 = 23
export const RULE_MUTUAL_BACKUP: i32 = 24
export const RULE_LEVEL_TICKS: i32 = 25
export const RULE_QUERY_LAW: i32 = 26
export const RULE_RAISE_LAW: i32 = 27
/** Errands that undo what may have been done at the bureau, the own bank, the bank of the credit, the wallet; −1 none. */
export const RULE_REVERSE_BUREAU: i32 = 28
/** Sites whose waits are kept apart; 1: those of all sites are kept together. */
export const RULE_WAIT_SITES: i32 = 29
/** Party of the file desk, the moment of the switch, how long a site waits for a file. */
export const RULE_FILES: i32 = 30
export const RULE_SWITCH_TICK: i32 = 31
export const RULE_FILES_TIMEOUT: i32 = 35
/** Decision numbers of draws that belong to no row or message. */
export const RULE_DECISION_SWITCH: i32 = 32
export const RULE_DECISION_DOWN: i32 = 33
export const RULE_DECISION_WAIT: i32 = 34
export const RULE_REVERSE_OWN_BANK: i32 = 36
export const RULE_REVERSE_CREDIT_BANK: i32 = 37
export const RULE_REVERSE_WALLET: i32 = 39
/** Operations in {@link measuredTicks}. */
export const RULE_MEASURED_OPERATIONS: i32 = 38
export const RULES: i32 = 40

export const SHARE_BACKOFF_FACTOR: i32 = 0
export const SHARE_JITTER: i32 = 1
export const SHARE_HEALTH_FAILURES: i32 = 2
export const SHARE_DOWN_WAIT: i32 = 3
export const SHARE_DOWN_PAY: i32 = 4
export const SHARE_DOWN_OWE: i32 = 5

/** Lays a table of whole numbers anew and returns it, to be filled. The numbers are those of inputNames in kernel-tables.ts. */
export function inputI32(table: i32, length: i32): I32s {
  const laid: I32s = newI32s(length)
  switch (table) {
    case 0:
      stationServers = laid
      break
    case 1:
      stationShift = laid
      break
    case 2:
      stationFlags = laid
      break
    case 3:
      stationKind = laid
      break
    case 4:
      shiftTick = laid
      break
    case 5:
      shiftPattern = laid
      break
    case 6:
      shiftMinimum = laid
      break
    case 7:
      lawKind = laid
      break
    case 8:
      rowDoes = laid
      break
    case 9:
      rowPlace = laid
      break
    case 10:
      rowLaw = laid
      break
    case 11:
      rowErrand = laid
      break
    case 12:
      rowPoint = laid
      break
    case 13:
      rowNext = laid
      break
    case 14:
      rowDecision = laid
      break
    case 15:
      rowWindow = laid
      break
    case 16:
      rowKiosk = laid
      break
    case 17:
      rowPhone = laid
      break
    case 18:
      branchRow = laid
      break
    case 19:
      errandFirst = laid
      break
    case 20:
      errandCount = laid
      break
    case 21:
      errandReleased = laid
      break
    case 22:
      errandMode = laid
      break
    case 23:
      messageLeg = laid
      break
    case 24:
      messageLaw = laid
      break
    case 25:
      messageDecision = laid
      break
    case 26:
      messageFlags = laid
      break
    case 27:
      partyStation = laid
      break
    case 28:
      channelBackupOrder = laid
      break
    case 29:
      faultTick = laid
      break
    case 30:
      faultNumber = laid
      break
    case 31:
      faultParty = laid
      break
    case 32:
      faultDoes = laid
      break
    case 33:
      rules = laid
      break
    case 34:
      rowPatience = laid
      break
    case 35:
      siteGate = laid
      break
    case 36:
      siteErrands = laid
      break
    case 37:
      messageMeasured = laid
      break
    case 38:
      minuteLevel = laid
      break
    case 39:
      measuredTicks = laid
      break
    case 40:
      messageBefore = laid
      break
    case 41:
      messageAfter = laid
      break
    case 42:
      errandByCode = laid
      break
  }
  return laid
}

/** The same for tables of doubles. */
export function inputF64(table: i32, length: i32): F64s {
  const laid: F64s = newF64s(length)
  switch (table) {
    case 0:
      shiftShare = laid
      break
    case 1:
      lawA = laid
      break
    case 2:
      lawB = laid
      break
    case 3:
      faultAmount = laid
      break
    case 4:
      ruleShares = laid
      break
  }
  return laid
}
