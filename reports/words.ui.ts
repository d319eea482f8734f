/** Texts of page, terminal and difference table, by what they are for; words.ui.zh.ts and words.ui.en.ts say them. */
import type { Staffing } from '../scenarios/plan.ts'
import type { Confidence, Varies } from '../scenarios/plan-provenance.ts'

export interface UiWords {
  readonly reportTitle: string
  readonly skipToContent: string
  readonly contents: string
  readonly language: string
  readonly theme: string
  readonly themeAuto: string
  readonly themeLight: string
  readonly themeDark: string
  readonly question: string
  readonly answer: string
  readonly provisionalNote: (days: number) => string
  readonly precisionReached: (days: number) => string
  readonly precisionNotReached: (days: number) => string
  readonly voidTitle: string
  readonly virtualWorld: string
  readonly wireWorld: string
  readonly worldNote: string
  readonly simulationRangeOnly: string
  readonly outcomeNames: Readonly<
    Record<'effect' | 'no-effect-that-matters' | 'harm' | 'undecided' | 'provisional' | 'no-data' | 'void', string>
  >
  readonly keyFigures: string
  readonly mustNotWorsen: string
  readonly noGuards: string
  readonly worseFor: (groups: readonly string[]) => string
  readonly guardsTested: (groups: number) => string
  readonly guardsOfReducedCity: (groups: number, kept: number) => string
  readonly guardOutcomes: Readonly<Record<'kept' | 'broken' | 'undecided' | 'no-data', string>>
  readonly group: string
  readonly margin: string
  readonly verdict: string
  readonly detectable: string
  readonly exploratory: string
  readonly exploratoryNote: string
  readonly ofSettlements: (byPhone: string, onCredit: string) => string
  readonly adoption: string
  readonly arm: string
  readonly against: string
  readonly measure: string
  readonly value: string
  readonly unit: string
  readonly change: string
  readonly interval95: string
  readonly observations: string
  readonly observationsNote: string
  readonly days: string
  readonly noInterval: string
  readonly notMeasured: string
  readonly to: string
  readonly showTable: string
  readonly queuesTitle: string
  readonly queuesIntro: string
  readonly minutesFigure: string
  readonly linesFigure: string
  readonly otherFigures: string
  readonly byTier: string
  readonly byAge: string
  readonly byInsured: string
  readonly byDistrict: string
  readonly byHour: string
  readonly bySwitch: string
  readonly hourOfDay: string
  readonly whiskerNote: string
  readonly rareHours: (count: number) => string
  readonly waitsTitle: string
  readonly waitsIntro: string
  readonly station: string
  readonly paymentLine: string
  readonly clinicalLine: string
  readonly latencyTitle: string
  readonly latencyIntro: string
  readonly assumed: string
  readonly computed: string
  readonly leg: string
  readonly paymentsTitle: string
  readonly paymentsIntro: string
  readonly mode: string
  readonly channel: string
  readonly moneyTitle: string
  readonly moneyIntro: string
  readonly payer: string
  readonly total: string
  readonly capacityTitle: string
  readonly capacityIntro: string
  readonly party: string
  readonly partyKind: string
  readonly servers: string
  readonly firstToSaturate: (party: string, clock: string, days: number, allDays: number) => string
  readonly nobodySaturates: string
  readonly stationsAtTheirLimit: (stations: readonly string[], more: number) => string
  readonly stationBusy: (station: string, utilization: string) => string
  readonly noStationAtItsLimit: string
  readonly busiestParty: (party: string, utilization: string) => string
  /** Head of the column of clock times. */
  readonly firstAbove90: string
  readonly utilizationByTime: string
  readonly utilizationHeat: string
  readonly otherParties: (count: number) => string
  readonly faultsTitle: string
  readonly faultsIntro: string
  readonly fault: string
  readonly faultWindow: string
  readonly callsTouched: string
  readonly detected: string
  readonly firstPatientFailure: string
  readonly firstRoutedAway: string
  readonly back: string
  readonly notDetected: (days: number) => string
  readonly notBack: (days: number) => string
  readonly toothless: string
  readonly settledByMinute: string
  readonly lowestDuringFault: string
  readonly auditTitle: string
  readonly auditIntro: string
  readonly expected: string
  readonly found: string
  readonly passed: string
  readonly failed: string
  readonly observedTitle: string
  readonly observedIntro: string
  readonly site: string
  readonly observedWait: string
  readonly modelWait: string
  readonly error: string
  readonly assumptionsTitle: string
  readonly assumptionsIntro: (numbers: number, assumed: number, unverified: number) => string
  readonly search: string
  readonly number: string
  readonly sourceOrReason: string
  readonly assumption: string
  readonly range: string
  readonly confidence: string
  readonly confidences: Readonly<Record<Confidence, string>>
  readonly varies: Readonly<Record<Varies, string>>
  readonly assumptionGroup: string
  readonly rowsShown: string
  readonly methodTitle: string
  readonly methodPairing: string
  readonly methodDefinitions: readonly string[]
  readonly seed: string
  readonly date: string
  readonly scale: string
  readonly replicationRow: (pilot: number, days: number, cap: number) => string
  readonly replication: string
  readonly halfWidths: string
  readonly wantedPrecision: string
  readonly replay: string
  readonly version: string
  readonly kernel: string
  readonly kernels: Readonly<Record<'webassembly' | 'typescript', string>>
  readonly machine: string
  readonly workers: string
  readonly time: string
  readonly startedAt: string
  readonly planHash: string
  readonly resultHash: string
  readonly city: string
  readonly citySize: (institutions: number, sites: number) => string
  readonly staffing: string
  readonly staffings: Readonly<Record<Staffing, string>>
  readonly reform: string
  readonly yes: string
  readonly no: string
  readonly varianceRatio: string
  readonly hourRange: (hour: number) => string
  readonly reportAt: string
  readonly printed: string
  readonly diffTitle: string
  readonly diffSame: string
  readonly diffSameInputs: string
  readonly diffInputs: string
  readonly diffMoved: string
  readonly diffOnlyIn: (file: string) => string
  readonly diffMore: (rows: number) => string
  readonly input: string
  readonly first: string
  readonly second: string
  readonly relative: string
  readonly overlap: string
  readonly intervalsOverlap: string
  readonly intervalsApart: string
}
