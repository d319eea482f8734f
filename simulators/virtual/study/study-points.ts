/**
 * The study of a plan's assumptions: which points are played, and what their reports say together. Every point is played on the days
 * of the base point's first play, so that plans differ by their numbers and not by their days.
 */

import type { Plan } from '../../../scenarios/plan.ts'
import type { AssumptionStudyPlan } from '../../../scenarios/plan-study.ts'
import { plansForPublication } from '../../../scenarios/plan-study.ts'
import { measureKind } from '../../measures/catalogue.ts'
import type { AssumptionStudy } from '../../measures/result-study.ts'
import { latinHypercube } from '../../measures/statistics/latin-hypercube.ts'
import { headlineOfStudy } from '../../measures/study-headline.ts'
import { assumptionGroupTitle } from './assumption-groups.ts'
import { assumptionGroupsOf } from './move-assumptions.ts'
import type { PointReport, PointTask } from './play-point.ts'

export interface StudyPoints {
  readonly base: readonly PointTask[]
  readonly plans: readonly PointTask[]
  /** Two a group: its low end, its high end. */
  readonly alone: readonly PointTask[]
}

export function studyPoints(plan: Plan, study: AssumptionStudyPlan): StudyPoints {
  const groups = assumptionGroupsOf(plan)
  const middle = groups.map(() => 0.5)
  const point = (at: readonly number[], firstDay = 0): PointTask => ({ does: 'point', at, firstDay })
  return {
    base: Array.from({ length: study.repeats }, (_, play) => point(middle, play * study.days)),
    plans: latinHypercube(study.plans, groups.length, plan.scenario.seed).map((at) => point(at)),
    alone: study.tornado ? groups.flatMap((_, index) => [0, 1].map((end) => point(middle.with(index, end)))) : [],
  }
}

/** @param reports in the order of base, plans, alone */
export function studyResult(plan: Plan, study: AssumptionStudyPlan, points: StudyPoints, reports: readonly PointReport[]): AssumptionStudy {
  const { arms, primaryMeasure, seed } = plan.scenario
  const groups = assumptionGroupsOf(plan)
  const cut = (from: number, of: readonly PointTask[]): readonly PointReport[] => reports.slice(from, from + of.length)
  const base = cut(0, points.base)
  const plans = cut(base.length, points.plans)
  const alone = cut(base.length + plans.length, points.alone)
  const played = plans.filter(({ changes }) => changes.length > 0 && changes.every((change) => change !== null))
  const failed = plans.filter((report) => !played.includes(report))
  const assumed = plan.provenance.flatMap(({ warrant }) => (warrant.kind === 'assumption' ? [warrant.group] : []))
  const confident = (confidence: string): number =>
    plan.provenance.filter(({ warrant }) => warrant.kind === 'source' && warrant.confidence === confidence).length
  return {
    plans: study.plans,
    plansForPublication: plansForPublication(groups.length),
    sites: base[0]?.sites ?? 0,
    siteShare: base[0]?.siteShare ?? 0,
    days: study.days,
    seed,
    failedPlans: failed.length,
    failure: failed[0] === undefined ? null : (failed[0].failure ?? notObserved),
    saturatedPlans: plans.filter(({ saturated }) => saturated).length,
    headlines: arms.slice(1).flatMap(({ name: arm }, index) => {
      const change = ({ changes }: PointReport): number | null => changes[index] ?? null
      const baseByPlay = base.map(change).filter((value) => value !== null)
      if (played.length === 0 || baseByPlay.length === 0) return []
      return [
        headlineOfStudy({
          measure: primaryMeasure,
          arm,
          against: arms[0]?.name ?? '',
          unit: measureKind(primaryMeasure)?.unit ?? '1',
          groups,
          points: plans.flatMap((report, at) =>
            played.includes(report) ? [{ at: points.plans[at]?.at ?? [], change: change(report) as number }] : [],
          ),
          baseByPlay,
          alone: groups.flatMap((group, at) => {
            const [low, high] = [alone[2 * at], alone[2 * at + 1]]
            return low === undefined || high === undefined ? [] : [{ group, atLow: change(low), atHigh: change(high) }]
          }),
        }),
      ]
    }),
    groups: groups.map((group) => {
      const inputs = assumed.filter((one) => one === group).length
      // An assumed number is by that unverified.
      return { group, title: assumptionGroupTitle(group), inputs, unverified: inputs }
    }),
    inputs: {
      verified: confident('verified'),
      likely: confident('likely'),
      unverified: confident('unverified'),
      assumed: assumed.length,
    },
  }
}

const notObserved = { zh: '主要指标没有观测值', en: 'the primary measure was not observed' }
