/** What visits cost, and which bills offend against the insurer's rules. */

export interface BillsPlan {
  /** By tier: mean and cv of the bill parts, lognormal, in fen. */
  readonly registrationFen: readonly number[]
  readonly examinationMeanFen: readonly number[]
  readonly drugMeanFen: readonly number[]
  readonly emergencyMeanFen: readonly number[]
  readonly cv: number
  /** Share of an examination or drug bill inside the insurance's scope (政策范围内). */
  readonly coveredShare: number
  /** Of the covered part of an examination's or a prescription's bill; 1 … so many are equally likely. Only the wire itemises. */
  readonly mostLines: number
  readonly remoteMeanFen: number
  /** Of bills, those that offend against a rule of the insurer; absent: every bill is honest. */
  readonly wrongdoing?: WrongdoingPlan
}

/** How a bill offends, as the insurer's rules call it. */
export const wrongdoings = ['repeated-item', 'outside-directory', 'outside-age'] as const
export type Wrongdoing = (typeof wrongdoings)[number]

/** Each of a bill's own draw; a bill offends in one way at most. */
export interface WrongdoingPlan {
  /** 重复收费. */
  readonly repeatedItemShare: number
  /** 目录外项目纳入医保. */
  readonly outsideDirectoryShare: number
  /** 限儿童项目用于成人. */
  readonly outsideAgeShare: number
}
