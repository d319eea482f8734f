/** Which runs the failover table wants, in the order in which a table that is cut short says most. */
import { type ShortFormName, type ShortFormPlan, shortForms } from '../scenarios/plan-short-form.ts'

/** What a run of the table is; its name names its record. */
export interface FailoverKey {
  readonly scenario: string
  readonly form: ShortFormName
  /** Every other entry bears less. */
  readonly isLimited: boolean
  readonly seed: number
  readonly scale: number
  readonly windowSeconds: number
}

export interface FailoverScenario {
  readonly scenario: string
  /** As the file says; following runs take following seeds. */
  readonly seed: number
  readonly shortForm: ShortFormPlan
}

export interface FailoverWish {
  readonly scale: number
  /** In place of what the scenarios state. */
  readonly seeds: number | undefined
  readonly windowSeconds: number | undefined
}

/** Round by round over the seeds, so that each cell has one run before any has two; runs of one scenario and seed follow each other and share a twin. */
export function failoverRuns(
  scenarios: readonly FailoverScenario[],
  { scale, seeds, windowSeconds }: FailoverWish,
): readonly FailoverKey[] {
  const most = (stated: number) => (seeds === undefined ? stated : Math.min(stated, seeds))
  const cells = scenarios.flatMap(({ scenario, seed, shortForm }) => [
    ...shortForms.map((form) => ({ scenario, seed, shortForm, form, isLimited: false, runs: most(shortForm.seeds[form]) })),
    ...(shortForm.limitedBackups === undefined
      ? []
      : [{ scenario, seed, shortForm, form: 'black-hole' as const, isLimited: true, runs: most(shortForm.limitedBackups.seeds) }]),
  ])
  const rounds = cells.reduce((longest, { runs }) => Math.max(longest, runs), 0)
  return Array.from({ length: rounds }, (_, round) =>
    cells.flatMap(({ scenario, seed, shortForm, form, isLimited, runs }) =>
      round < runs
        ? [
            {
              ...{ scenario, form, isLimited, seed: seed + round, scale: scaleOf(scale, shortForm) },
              windowSeconds: windowSeconds ?? shortForm.windowSeconds,
            },
          ]
        : [],
    ),
  ).flat()
}

/** The share is the most that one generator holds of the city; a slice that is smaller is played as it is, like every other scenario's. */
const scaleOf = (scale: number, { siteShare }: ShortFormPlan): number => (siteShare < 1 ? Math.min(scale, siteShare) : scale)

export const runName = ({ scenario, form, isLimited, seed, scale, windowSeconds }: FailoverKey): string =>
  `${scenario}-${form}${isLimited ? '-limited' : ''}-${seed}-x${scale}-${windowSeconds}s`
