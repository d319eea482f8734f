/** The kernel's tables by name, in the order of the numbers by which it knows them (kernel/inputs.ts, kernel/sums.ts). */
import {
  BUSY_AREA,
  DUTY_AREA,
  GIVEN_ARRIVAL,
  GIVEN_DRAW_ID,
  GIVEN_ENTRIES,
  GIVEN_FIRST_ROW,
  GIVEN_PAYER,
  GIVEN_ROOM,
  GIVEN_SITE,
  GIVEN_SITE_FIRST,
  GIVEN_TRAITS,
  LEFT_AFTER_PAYMENT_WAIT,
  LEFT_CLINICAL_WAIT,
  LEFT_END,
  LEFT_LINES,
  LEFT_OUTCOME,
  LEFT_PAID,
  LEFT_PAYMENT_WAIT,
  LINE_AREA,
  LONGEST,
  STARTS,
  WAIT_SUM,
} from './kernel/records.ts'

/** Input tables of whole numbers, in the order of `inputI32`. */
export const inputNames = [
  'stationServers',
  'stationShift',
  'stationFlags',
  'stationKind',
  'shiftTick',
  'shiftPattern',
  'shiftMinimum',
  'lawKind',
  'rowDoes',
  'rowPlace',
  'rowLaw',
  'rowErrand',
  'rowPoint',
  'rowNext',
  'rowDecision',
  'rowWindow',
  'rowKiosk',
  'rowPhone',
  'branchRow',
  'errandFirst',
  'errandCount',
  'errandReleased',
  'errandMode',
  'messageLeg',
  'messageLaw',
  'messageDecision',
  'messageFlags',
  'partyStation',
  'channelBackupOrder',
  'faultTick',
  'faultNumber',
  'faultParty',
  'faultDoes',
  'rules',
  'rowPatience',
  'siteGate',
  'siteErrands',
  'messageMeasured',
  'minuteLevel',
  'measuredTicks',
  'messageBefore',
  'messageAfter',
  'errandByCode',
] as const
/** Input tables of doubles, in the order of `inputF64`. */
export const inputDoubleNames = ['shiftShare', 'lawA', 'lawB', 'faultAmount', 'ruleShares'] as const
/** Sums of whole numbers, in the order of `sumI32`. */
export const sumNames = [
  'hourWaitCount',
  'waitHistogram',
  'settleHistogram',
  'minuteStarted',
  'minuteSettled',
  'minuteWithin',
  'channelAttempted',
  'channelSettled',
  'channelFailed',
  'channelFellBack',
  'channelSpilledIn',
  'partyPeakCalls',
  'partyMinuteCalls',
  'faultTouched',
  'faultDetected',
  'faultFirstFailure',
  'siteReady',
  'faultFirstRouted',
] as const
/** Sums in doubles, in the order of `sumF64`. */
export const sumDoubleNames = [
  'hourWaitSum',
  'settleSum',
  'legAssumed',
  'legComputed',
  'legCount',
  'partyCalls',
  'partyMinuteBusy',
  'partyMinuteDuty',
  'totals',
] as const

/** Columns of visits the host gives, and their places. */
export const visitColumns = {
  visitArrival: GIVEN_ARRIVAL,
  visitDrawId: GIVEN_DRAW_ID,
  visitFirstRow: GIVEN_FIRST_ROW,
  visitSiteFirst: GIVEN_SITE_FIRST,
  visitSite: GIVEN_SITE,
  visitRoomSlot: GIVEN_ROOM,
  visitTraits: GIVEN_TRAITS,
  visitPayer: GIVEN_PAYER,
  visitEntries: GIVEN_ENTRIES,
} as const
/** What a visit leaves behind, and where it stands in the record of it. */
export const visitResults = {
  visitEnd: LEFT_END,
  visitOutcome: LEFT_OUTCOME,
  visitPaymentWait: LEFT_PAYMENT_WAIT,
  visitClinicalWait: LEFT_CLINICAL_WAIT,
  visitAfterPaymentWait: LEFT_AFTER_PAYMENT_WAIT,
  visitLines: LEFT_LINES,
  visitPaid0: LEFT_PAID,
  visitPaid1: LEFT_PAID + 1,
  visitPaid2: LEFT_PAID + 2,
} as const
/** What a run leaves at a station, whole numbers and sums in ticks (of waits, line length, busy servers, servers on duty). */
export const stationResults = { stationStarts: STARTS, stationLongest: LONGEST } as const
export const stationSumResults = {
  stationLineArea: LINE_AREA,
  stationWaitSum: WAIT_SUM,
  stationBusyArea: BUSY_AREA,
  stationDutyArea: DUTY_AREA,
} as const
export type VisitColumn = keyof typeof visitColumns
export type VisitResult = keyof typeof visitResults
export type StationResult = keyof typeof stationResults
export type StationSum = keyof typeof stationSumResults
export type InputName = (typeof inputNames)[number]
export type InputDoubleName = (typeof inputDoubleNames)[number]
export type SumName = (typeof sumNames)[number]
export type SumDoubleName = (typeof sumDoubleNames)[number]

export interface KernelTables {
  readonly whole: Partial<Record<InputName, Int32Array>>
  readonly double: Partial<Record<InputDoubleName, Float64Array>>
}

export type VisitTable = Readonly<Record<VisitColumn, Int32Array>>
