/**
 * PLAN: the first hinge. Everything a run needs, as plain versioned data; left of it nobody runs, right of it nobody reads a scenario.
 *
 * Made by resolve.ts from a scenario file, its city and its policy. Numbers are plain here; where each one comes from stands
 * in `provenance`, by path. Seconds of the day count from 00:00 of the simulated day. Shares of one list sum to 1.
 */
import type { BillsPlan } from './plan-bills.ts'
import type { CreditPlan, CreditTermPlan } from './plan-credit.ts'
import type { CalibrationPlan, EvidencePlan, PublishedTotalPlan } from './plan-evidence.ts'
import type { FaultPlan } from './plan-faults.ts'
import type { ArmGoLivePlan, GoLivePlan, SurgePlan } from './plan-go-live.ts'
import type { MeasuredPlan } from './plan-measured.ts'
import type { PartiesPlan, ServiceLevelPlan } from './plan-parties.ts'
import type { PolicyPlan } from './plan-policy.ts'
import type { Provenance } from './plan-provenance.ts'
import type { RefundsPlan } from './plan-refunds.ts'
import type { RollOutPlan } from './plan-roll-out.ts'
import type { AssumptionStudyPlan, ReducedCityPlan } from './plan-study.ts'

export const planFormat = 'medpay-plan'
export const planVersion = 1

export interface Plan {
  readonly format: typeof planFormat
  readonly version: typeof planVersion
  readonly scenario: ScenarioPlan
  readonly city: CityPlan
  readonly policy: PolicyPlan
  /** Every number of city and policy with its warrant; `explain` prints it, the report lists it. */
  readonly provenance: readonly Provenance[]
  /** Absent where all times are assumed. */
  readonly measured?: MeasuredPlan
}

/** 中文与英文, side by side. */
export interface Words {
  readonly zh: string
  readonly en: string
}

export interface ScenarioPlan {
  readonly name: string
  readonly title: Words
  readonly question: Words
  /** A measure name of simulators/measures/catalogue.ts. */
  readonly primaryMeasure: string
  /** In the unit of the primary measure; a smaller change is "no effect that matters". */
  readonly minimumEffectThatMatters: number
  readonly mustNotWorsen: readonly { readonly group: string; readonly measure: string; readonly margin: number }[]
  readonly seed: number
  /** The simulated calendar day, yyyy-mm-dd; the weekday follows from it. */
  readonly date: string
  /** Independent seeds of the city in front of one set of shared parties; a fraction keeps that share of the sites. */
  readonly scale: number
  readonly replication: ReplicationPlan
  readonly arms: readonly ArmPlan[]
  readonly faults: readonly FaultPlan[]
  /** The arm that the wire plays where none is asked for; the last one where absent. */
  readonly wireArm?: string
  /** Absent where one day is simulated again and again; `date` is then that day, else the last of the window. */
  readonly rollOut?: RollOutPlan
  readonly goLive?: GoLivePlan
  readonly surge?: SurgePlan
  /** Absent where no bill goes back. */
  readonly refunds?: RefundsPlan
  /** Absent: nothing is played after the day. */
  readonly creditTerm?: CreditTermPlan
  /** Absent where no arm is played on a reduced city. */
  readonly reducedCity?: ReducedCityPlan
  /** Absent where no range of the assumptions is asked for. */
  readonly assumptionStudy?: AssumptionStudyPlan
}

export interface ReplicationPlan {
  /** Days in the first batch, then in each further one; judged in seed order after each whole batch. */
  readonly pilotDays: number
  readonly batchDays: number
  readonly maximumDays: number
  /** Wanted 95 % half-width of the primary paired difference, in its unit. */
  readonly precision: number
}

export const staffings = ['windows-kept', 'windows-cut-in-proportion'] as const
export type Staffing = (typeof staffings)[number]

/** One world on the same people: the first arm is the one the others are compared with. */
export interface ArmPlan {
  readonly name: string
  readonly title: Words
  /** Whether 医疗付费"一件事" exists: without it nobody pays by phone through the platform and nobody signs up. */
  readonly reform: boolean
  /** Share of all eligible patients who pay by phone or credit, 0…1; nested, so that more only moves people one way. */
  readonly adoption: number
  /** Of the adopters, the share with card-free credit payment (信用无感支付); the rest pay in the consulting room by phone. */
  readonly creditShareOfAdopters: number
  /** What happens to cashier and registration windows as adopters leave them. */
  readonly staffing: Staffing
  /** May an adopter whose entry fails go to another entry before kiosk or window? */
  readonly mutualBackup: boolean
  /** Names of scenario faults that strike in this arm. */
  readonly faults: readonly string[]
  /** Volunteers on duty as a factor on the city's number. */
  readonly volunteerFactor: number
  /** 亲属随申码: whether a child's guardian can pay for it by phone; absent means yes. */
  readonly familyCode?: boolean
  /** 先诊疗后付费: outpatients with credit pay nothing on the way and settle once before leaving; absent means no. */
  readonly settlesOnLeaving?: boolean
  /** Arms it is also compared with, beside the first. */
  readonly alsoAgainst?: readonly string[]
  /** Absent where no site switches on the day. */
  readonly goLive?: ArmGoLivePlan
  /** The city it is played on; absent means the whole. Arms of the whole city are played on the reduced one too, to show its departure. */
  readonly city?: 'whole' | 'reduced'
}

// ── the city ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

export const tiers = ['municipal-tertiary', 'district-tertiary', 'secondary', 'community'] as const
export type Tier = (typeof tiers)[number]
/** 儿童 0–17 · 青壮年 18–44 · 中年 45–59 · 老年 60+. Benefit borders (44/45, 59/60) are borders here, so a group has one rate. */
export const ageGroups = ['child', 'young-adult', 'middle-aged', 'elderly'] as const
export type AgeGroup = (typeof ageGroups)[number]
/** 在职职工 · 退休职工 · 城乡居民 · 外地就医或自费. */
export const insuredTypes = ['employee', 'retired', 'resident', 'out-of-town'] as const
export type InsuredType = (typeof insuredTypes)[number]
/** 窗口 · 自助机 · 诊间移动支付 · 脱卡信用付费. */
export const paymentModes = ['window', 'kiosk', 'phone', 'credit'] as const
export type PaymentMode = (typeof paymentModes)[number]
/** How a visit's place is taken: 预约 · 手机当日挂号 · 自助机 · 窗口. */
export const registrationWays = ['appointment', 'phone', 'kiosk', 'window'] as const
export type RegistrationWay = (typeof registrationWays)[number]
/** Lines of a site besides its consulting rooms, which are one line per department. */
export const stationKinds = [
  'registration-window',
  'kiosk',
  'cashier-window',
  'laboratory',
  'imaging',
  'pharmacy-window',
  'emergency-room',
  'volunteer-desk',
] as const
export type StationKind = (typeof stationKinds)[number]

export type LawPlan =
  | { readonly kind: 'constant'; readonly meanSeconds: number }
  | { readonly kind: 'exponential'; readonly meanSeconds: number }
  | { readonly kind: 'lognormal'; readonly meanSeconds: number; readonly cv: number }
  | { readonly kind: 'uniform'; readonly lowSeconds: number; readonly highSeconds: number }

export interface CityPlan {
  readonly name: string
  readonly title: Words
  /** What the tiers add up to, where a document says it. */
  readonly totals?: { readonly institutions: number; readonly sites: number }
  readonly districts: readonly { readonly name: string; readonly title: Words; readonly populationShare: number }[]
  readonly tiers: readonly TierPlan[]
  readonly departments: readonly DepartmentPlan[]
  readonly people: PeoplePlan
  readonly demand: DemandPlan
  readonly journey: JourneyPlan
  readonly stations: Readonly<Record<StationKind, StationPlan>>
  readonly consulting: ConsultingPlan
  readonly shifts: Readonly<Record<string, readonly ShiftPlan[]>>
  readonly laws: Readonly<Record<string, LawPlan>>
  readonly bills: BillsPlan
  readonly parties: PartiesPlan
  /** Institutions that send errands without a queue of patients: 互联网医院 and 定点药店. */
  readonly remote: readonly RemotePlan[]
  readonly signUp: SignUpPlan
  readonly service: ServiceLevelPlan
  /** Sites given by name (city import) in place of generated ones; absent for a generated city. */
  readonly givenSites?: readonly GivenSitePlan[]
  /** Of a reduced city, by tier: how much a visit counts in means over tiers, 1 in the mean. Made in the simulators, never in a file. */
  readonly visitWeights?: readonly number[]
  /** Waits a user observed, to stand beside the model's. */
  readonly observedWaits?: readonly {
    readonly site: string
    readonly station: string
    readonly hour: number
    readonly meanWaitSeconds: number
    readonly count: number
  }[]
  /** What is published about the city; absent where its file says nothing. */
  readonly evidence?: readonly EvidencePlan[]
  readonly publishedTotals?: readonly PublishedTotalPlan[]
  /** Absent where no number of the city is fitted. */
  readonly calibration?: CalibrationPlan
}

export interface TierPlan {
  readonly tier: Tier
  readonly title: Words
  readonly institutions: number
  /** 执业点 of all its institutions. */
  readonly sites: number
  /** Share of the city's outpatient visits. */
  readonly visitShare: number
  /** Sites by size follow rank^-skew within the tier. */
  readonly sizeSkew: number
  /** Share of its sites (the largest) that keep an emergency room round the clock. */
  readonly emergencySiteShare: number
  /** Share of outpatient visits with a laboratory test, with imaging, with drugs; imaging only beside or without laboratory. */
  readonly laboratoryShare: number
  readonly imagingShare: number
  readonly drugShare: number
  /** How many departments the tier's sites run, at most, largest weights first. */
  readonly departmentCount: number
}

export interface DepartmentPlan {
  readonly name: string
  readonly title: Words
  /** Relative share of visits by age group, in the order of ageGroups. */
  readonly weightByAge: readonly number[]
}

export interface PeoplePlan {
  /** Everybody who may visit: residents and out-of-town patients, before `scale`. */
  readonly persons: number
  readonly ageShares: readonly number[]
  /** By age group: shares of insured types, in the order of insuredTypes. */
  readonly insuredShares: readonly (readonly number[])[]
  /** By age group: how often people see a doctor. A person belongs to one class for life. */
  readonly frequencyClasses: readonly (readonly { readonly share: number; readonly visitsPerYear: number }[])[]
  /** By age group: relative propensity to adopt phone or credit payment (1 = city mean); eligible are all but out-of-town. */
  readonly adoptionPropensity: readonly number[]
  /** By age group: before the reform, share paying at the kiosk rather than the window. */
  readonly kioskShare: readonly number[]
  /** By age group: shares of registrationWays among people who do not use the phone modes. */
  readonly registrationShares: readonly (readonly number[])[]
  /** By age group: chance to manage kiosk or phone alone, and with a volunteer's help. */
  readonly selfServiceSuccess: readonly number[]
  readonly helpedSuccess: readonly number[]
  /** By age group: share that asks a volunteer when one is there. */
  readonly asksVolunteer: readonly number[]
  /** Which entries a person holds besides the preferred one: mean number of further entries. */
  readonly furtherEntriesMean: number
  readonly credit: CreditPlan
}

export interface DemandPlan {
  /** 门急诊 of all providers in the year of the source, and the public institutions' share of it. */
  readonly allProvidersVisitsPerYear?: number
  readonly daysOfThatYear?: number
  readonly publicInstitutionsShare?: number
  /** Outpatient visits on a mean calendar day, public institutions; derived from the three above, less the emergency visits. */
  readonly visitsPerDay: number
  /** Monday first; mean 1 over the week. */
  readonly weekdayFactors: readonly number[]
  /** January first; mean 1. */
  readonly monthFactors: readonly number[]
  /** Coefficient of variation of a day's total around its expected value. */
  readonly dayToDayCv: number
  /** 24 shares of a day's arrivals, hour 0 first. */
  readonly hourlyShares: readonly number[]
  /** Emergency visits, as a share of outpatient visits, with their own 24 shares. */
  readonly emergencyShare: number
  readonly emergencyHourlyShares: readonly number[]
  /** Shares of triage levels 1 (most urgent) … 4. */
  readonly triageShares: readonly number[]
}

export interface JourneyPlan {
  /** Names of laws in `laws`. */
  readonly walkLaw: string
  readonly resultDelayLaw: string
  readonly firstConsultLaw: string
  readonly returnConsultLaw: string
  readonly phoneHandlingLaw: string
  /** Patience in a line, from joining; who would be served later leaves. */
  readonly patienceLaw: string
  /** Share of patients with finite patience. */
  readonly impatientShare: number
  /** A patient who sees this many or more waiting per open server does not join (registration and kiosk lines). */
  readonly balkWaitingPerServer: number
  /** Leave a wait for a failed bureau: shares of wait, pay in full and claim later, leave owing. */
  readonly bureauDownShares: { readonly wait: number; readonly payInFull: number; readonly leaveOwing: number }
  /** Times a patient waits so and comes back, before one of the other two, in their proportion. */
  readonly bureauDownTries: number
  readonly bureauDownWaitLaw: string
  readonly switchEntryLaw: string
}

export interface StationPlan {
  readonly title: Words
  readonly serviceLaw: string
  /** Load in the busiest hour at which servers are sized, before the reform; above 1 the line grows through the peak. */
  readonly peakUtilization: readonly number[]
  readonly minimumServers: number
  readonly shift: string
  /** Elderly (and urgent) patients are called first. */
  readonly elderlyPriority: boolean
  /** Where there is an emergency room, one server stays on duty while the shift has nobody. */
  readonly nightDuty: boolean
  readonly balking: boolean
  readonly reneging: boolean
}

export interface ConsultingPlan {
  /** By tier. */
  readonly peakUtilization: readonly number[]
  readonly minimumServers: number
  readonly shift: string
  readonly reneging: boolean
  readonly elderlyPriority: boolean
}

/** From this second of the day on, this share of a station's servers is on duty (rounded up; at least `minimumServers`). */
export interface ShiftPlan {
  readonly fromSecond: number
  readonly share: number
  readonly minimumServers: number
}

export interface RemotePlan {
  readonly name: string
  readonly title: Words
  readonly kind: 'internet-hospital' | 'pharmacy'
  readonly count: number
  readonly visitsPerHour: number
  /** Share of them that pays by phone through the platform; the others use the bureau only. */
  readonly platformShare: number
  readonly hourlyShares: readonly number[]
}

export interface SignUpPlan {
  /** Credit sign-ups attempted in the city on a day with the reform. */
  readonly attemptsPerDay: number
  readonly hourlyShares: readonly number[]
  readonly grantedShare: number
  readonly digitalCardShare: number
  readonly raisedLimitShare: number
}

export interface GivenSitePlan {
  readonly name: string
  readonly district: string
  readonly tier: Tier
  readonly servers: Readonly<Partial<Record<StationKind, number>>>
  readonly departments: readonly { readonly name: string; readonly doctors: number }[]
  /** 24 arrivals, hour 0 first. */
  readonly hourlyArrivals: readonly number[]
}
