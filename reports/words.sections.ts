/** Texts of the page's later sections, by section; words.sections.zh.ts and words.sections.en.ts say them. */
import type { PartyKind } from '../scenarios/plan-parties.ts'

export interface SectionWords {
  readonly parts: {
    /** Headings of the three parts of the page. */
    readonly question: string
    readonly exploratory: string
    readonly trust: string
    /** The mark over everything that is not the question fixed beforehand. */
    readonly exploratoryMark: string
  }
  readonly ranges: {
    readonly title: string
    /** Where the assumptions were not varied. */
    readonly titleOfOne: string
    readonly intro: string
    readonly noise: string
    readonly assumptions: (plans: number) => string
    /** Said where no study of the assumptions was made. */
    readonly noAssumptions: string
    readonly minimum: (minimum: string) => string
    readonly assumptionRange: string
    readonly signChanges: (share: string) => string
    readonly base: string
  }
  readonly glance: {
    readonly title: string
    readonly beforeAfter: (before: string, after: string) => string
    /** @param open groups that so few days cannot decide, of all */
    readonly guardsKept: (kept: number, all: number, open: number) => string
    readonly evidence: (agrees: number, all: number) => string
    readonly noEvidence: string
    readonly inputs: (assumed: number, all: number) => string
  }
  /** Beside the answer: arms that close windows as patients leave them. */
  readonly windowsCut: {
    readonly title: string
    readonly lead: (measure: string, points: readonly string[]) => string
    readonly at: (adoption: string, change: string) => string
    readonly harmed: (arms: number, all: number) => string
    readonly nobodyHarmed: string
    readonly changeIfKept: string
    readonly changeIfCut: string
    readonly whoIsWorseOff: string
    readonly nobody: string
    readonly undecided: (groups: number) => string
    readonly reduced: string
    readonly notStudied: string
  }
  readonly adoption: {
    readonly title: string
    readonly intro: string
    readonly minutesSaved: string
    readonly linesSaved: string
    readonly saved: string
    readonly axis: string
    readonly wholeCity: string
    readonly reducedCity: string
    readonly city: string
    readonly curveNote: (sites: string, days: number) => string
    readonly departureTitle: string
    readonly departureIntro: string
    readonly whole: string
    readonly reduced: string
    readonly departure: string
    readonly parties: string
    readonly slowFactor: string
    readonly level: string
    /** Beside the point of the end of 2020. */
    readonly published: (adoption: string) => string
  }
  readonly map: {
    readonly title: string
    readonly intro: string
    readonly legendTo: (low: string, high: string) => string
    readonly saved: (measure: string) => string
    readonly level: (measure: string) => string
  }
  readonly moved: {
    readonly title: string
    readonly note: string
    readonly otherClinical: string
  }
  readonly faults: {
    readonly timeline: string
    readonly timelineNote: string
    readonly moments: string
    readonly afterwards: string
    readonly window: string
    readonly toll: string
    readonly broken: (broken: string, savedShare: string, notSaved: string, fellBack: string) => string
    readonly noneSaved: (broken: string, fellBack: string) => string
    readonly noneBroken: string
    readonly leftTheLine: (patients: string, more: 'more' | 'fewer') => string
    readonly saved: string
    readonly whatIsLeft: Readonly<Record<PartyKind, string>>
    readonly arrivals: (measure: string, hour: string) => string
    readonly worth: (arm: string, against: string) => string
  }
  readonly worseOff: {
    readonly title: string
    readonly intro: string
    readonly family: (measure: string, arm: string) => string
    readonly familyNote: (groups: number, margin: string) => string
    readonly verdicts: Readonly<Record<'harm' | 'no-harm-found' | 'too-few-to-tell', string>>
    readonly summary: (harm: number, clear: number, open: number) => string
    readonly simultaneous: string
    readonly coupling: string
    readonly quantilesTitle: string
    readonly quantilesNote: string
    /** Median, 90th percentile. */
    readonly quantiles: readonly [string, string]
    readonly changeOfQuantile: (change: string, low: string, high: string) => string
  }
  readonly comparisons: {
    readonly title: string
    readonly intro: string
    readonly pair: (arm: string, against: string) => string
    readonly bySubject: string
  }
  readonly stories: {
    readonly title: string
    readonly intro: string
    readonly roles: Readonly<Record<'median-saving' | 'elderly-at-the-window' | 'worst-off-decile', string>>
    readonly why: Readonly<Record<'median-saving' | 'elderly-at-the-window' | 'worst-off-decile', string>>
    readonly spans: Readonly<Record<'payment-wait' | 'payment-service' | 'clinical-wait' | 'clinical-service' | 'elsewhere', string>>
    readonly what: string
    readonly where: string
    readonly from: string
    readonly until: string
    readonly minutes: string
    readonly stay: (minutes: string, paymentWait: string, clinicalWait: string) => string
    readonly show: string
    readonly partOfCity: (share: string) => string
    readonly places: Readonly<Record<'phone' | 'elsewhere', string>>
    readonly marks: Readonly<Record<'settled' | 'failed' | 'fallback' | 'balk' | 'renege', string>>
  }
  readonly resources: {
    readonly title: string
    readonly note: string
    readonly utilization: string
    readonly stations: string
    readonly parties: string
    readonly headroom: (share: string) => string
  }
  readonly goLive: {
    readonly title: string
    readonly intro: string
    readonly morning: string
    readonly switching: string
    readonly lastReady: string
    readonly notReady: string
    readonly terminals: string
    readonly oldWay: string
    readonly held: string
    readonly signUps: string
    readonly lost: string
    readonly directory: string
    readonly delay: string
    readonly peakCalls: string
    readonly readyByMinute: string
    readonly worst: (arm: string, delay: string) => string
    readonly sum: (minutes: string) => string
    readonly callsPerSecond: string
    readonly ready: (last: string, late: string, sites: string) => string
    readonly callsPerActor: (calls: readonly string[]) => string
    readonly callsOf: (party: string, calls: string, ordinary: string) => string
    readonly bureauHolds: (busy: string) => string
    readonly strained: (party: string, minutes: string) => string
    readonly nobodyStrained: string
    readonly signUpsLost: (lost: string, attempted: string) => string
    readonly leftTheLine: (patients: string, more: 'more' | 'fewer') => string
    readonly moreLeft: string
    readonly delayNote: string
  }
  readonly rollOut: {
    readonly title: string
    readonly intro: (from: string, to: string, days: number) => string
    readonly hoursSaved: (value: string, sampledDays: number) => string
    readonly equation: string
    readonly choices: string
    readonly choice: string
    readonly chosen: string
    readonly start: string
    readonly transactionsPerDay: string
    readonly transactionsPerVisit: string
    readonly insuredShare: string
    readonly changes: string
    readonly months: string
    readonly month: string
    readonly transactions: string
    readonly credentialTransactions: string
    readonly creditPayments: string
    readonly signUps: string
    readonly sitesLive: string
    readonly channelsOpen: string
    readonly amount: string
    readonly credentialAmount: string
    readonly creditAmount: string
    readonly notCarriedOver: (bills: string, signUps: string) => string
    readonly total: string
    readonly shapes: string
    readonly shapesNote: string
    readonly shape: string
    readonly patientHours: string
    readonly hours: string
    readonly features: string
    readonly memory: (bytes: string, perPerson: string) => string
  }
  readonly evidence: {
    readonly title: string
    readonly intro: string
    readonly summary: (heldOutAgree: number, heldOut: number, calibratedAgree: number, calibrated: number) => string
    readonly row: string
    readonly use: string
    readonly uses: Readonly<Record<'calibrated' | 'held-out', string>>
    readonly document: string
    readonly model: string
    readonly verdict: string
    readonly verdicts: Readonly<Record<'agrees' | 'disagrees' | 'not-measured', string>>
    readonly remark: string
    readonly tolerance: string
    readonly figure: string
    readonly figureNote: string
    readonly source: string
    readonly disagreements: string
    readonly totals: string
    readonly totalsIntro: string
    readonly total: string
    readonly published: string
    readonly totalUses: Readonly<Record<'fitted' | 'predicted' | 'unused', string>>
    readonly from: string
    readonly ratio: string
    readonly notPlayed: string
    readonly calibration: string
    readonly calibrationIntro: (evaluations: number) => string
    readonly notConverged: string
    readonly parameter: string
    readonly start: string
    readonly fitted: string
    readonly bounds: string
    readonly command: string
  }
  readonly study: {
    readonly title: string
    readonly intro: (plans: number, groups: number, sites: string, days: number) => string
    readonly failed: (plans: number, reason: string) => string
    readonly distribution: (measure: string, arm: string) => string
    readonly distributionNote: (low: string, high: string) => string
    readonly plansInClass: string
    readonly changeClass: string
    readonly ranking: string
    readonly rankingNote: string
    readonly group: string
    readonly correlation: string
    readonly inputs: string
    readonly unverified: string
    readonly tornado: string
    readonly tornadoNote: string
    readonly atLow: string
    readonly atHigh: string
    readonly allNumbers: string
    readonly confidence: string
    readonly variance: (unverified: string) => string
    /** The study's city beside the whole one, at the plan as written. */
    readonly departs: (reduced: string, error: string, plays: number, whole: string, interval: string) => string
    readonly variesMore: string
    readonly dice: (deviation: string, plays: number) => string
    readonly tooFewPlans: (plans: number, needed: number) => string
    readonly saturated: (plans: number) => string
    readonly count: string
    readonly share: string
  }
  readonly method: {
    readonly manifest: string
    readonly readAgain: string
    readonly units: readonly string[]
  }
  /** Units that only these sections use. */
  readonly units: Readonly<Record<'transactions' | 'persons' | 'sites' | 'sign-ups', string>>
}
