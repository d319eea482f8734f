/** Section of a result: single patients' days in two arms on one time line. */
import type { Words } from '../../scenarios/plan.ts'

export interface PatientStory {
  /** Why this patient: median-saving · elderly-at-the-window · worst-off-decile. */
  readonly role: 'median-saving' | 'elderly-at-the-window' | 'worst-off-decile'
  readonly title: Words
  /** `medpay visit` with these shows the same patient. */
  readonly day: number
  readonly visit: number
  /** Of a large city some of the sites are played for the stories; this is the share, and the `--scale` that shows the same patient. */
  readonly scale: number
  readonly ageGroup: string
  readonly insuredType: string
  readonly tier: string
  readonly department: string
  readonly arms: readonly {
    readonly arm: string
    readonly mode: string
    readonly arrivedAtSecond: number
    readonly leftAtSecond: number
    readonly paymentWaitMinutes: number
    readonly clinicalWaitMinutes: number
    /** In order of time, without gaps or overlaps; `elsewhere` is walking, results, handling a phone. */
    readonly spans: readonly {
      readonly what: 'payment-wait' | 'payment-service' | 'clinical-wait' | 'clinical-service' | 'elsewhere'
      /** A station by name; `phone` where an errand was sent on the way, else `elsewhere`. */
      readonly where: string
      readonly fromSecond: number
      readonly toSecond: number
    }[]
    /** Moments: settled, fallback, errand failed. */
    readonly marks: readonly { readonly what: string; readonly atSecond: number }[]
  }[]
}
