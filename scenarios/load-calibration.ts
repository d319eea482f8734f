/** A city to be calibrated, as its files stand: its own numbers need not agree with its record yet. */
import { dirname, join } from 'node:path'
import { checkCity } from './check-city.ts'
import { checkPolicy } from './check-policy.ts'
import { at } from './check-shape.ts'
import { type CityFile, cityFormat, citySchema } from './city-schema.ts'
import { cityAt } from './fitted-numbers.ts'
import { find, nameOf, namesIn, readShaped, shippedFolder } from './load-plan.ts'
import type { Plan } from './plan.ts'
import { type PolicyFile, policySchema } from './policy-schema.ts'
import { inFileOrder, type Problem, suggestion } from './problem.ts'
import { readYaml } from './read-yaml.ts'
import { resolve } from './resolve.ts'
import { scenarioSchema } from './scenario-schema.ts'

export interface CityToCalibrate {
  readonly path: string
  readonly name: string
  readonly city: CityFile
  readonly calibration: NonNullable<CityFile['calibration']>
  /** The day before the reform that is compared with the calibrated rows, with the fitted numbers at these factors. */
  readonly planAt: (factors: readonly number[]) => Plan
}

/** @param nameOrPath a city, or a scenario, whose city is meant */
export function loadCalibration(nameOrPath: string): CityToCalibrate | { readonly problems: Problem[] } {
  const path = cityPathOf(nameOrPath)
  if (path === undefined) {
    const hint = suggestion(nameOrPath, [...namesIn(join(shippedFolder, 'cities')), ...namesIn(shippedFolder)])
    return {
      problems: [
        {
          file: nameOrPath,
          line: 0,
          column: 0,
          path: '',
          en: `there is no such city or scenario; ${hint.en}`,
          zh: `没有这个城市或情景；${hint.zh}`,
        },
      ],
    }
  }
  const { yaml, data, problems } = readShaped(path, citySchema)
  if (yaml === undefined || data === undefined) return { problems }
  const { calibration } = data
  if (calibration === undefined) {
    return {
      problems: [
        yaml.problem({
          path: [],
          en: 'has no calibration: part, so there is nothing to find; docs/calibration.md tells what it holds',
          zh: '没有 calibration: 部分，无可校准；内容见 docs/calibration.md',
        }),
      ],
    }
  }
  const start = calibration.parameters.map((parameter) => parameter.start)
  const city = cityAt(data, start)
  const wrong = checkCity(city).map(yaml.problem)
  const policyPath = find(calibration.day.policy, dirname(path), join(dirname(path), '../policies'), join(shippedFolder, 'policies'))
  if (policyPath === undefined) {
    const hint = suggestion(calibration.day.policy, namesIn(join(shippedFolder, 'policies')))
    wrong.push(
      yaml.problem({
        path: ['calibration', 'day', 'policy'],
        en: `is "${calibration.day.policy}", but there is no such policy file; ${hint.en}`,
        zh: `为“${calibration.day.policy}”，但没有这个政策文件；${hint.zh}`,
      }),
    )
    return { problems: inFileOrder(wrong) }
  }
  const policy = readShaped(policyPath, policySchema)
  wrong.push(...policy.problems)
  if (policy.yaml !== undefined && policy.data !== undefined) wrong.push(...checkPolicy(policy.data).map(policy.yaml.problem))
  if (wrong.length > 0 || policy.data === undefined) return { problems: inFileOrder(wrong) }
  const name = nameOf(path)
  return { path, name, city, calibration, planAt: planner(city, calibration, policy.data, name, nameOf(policyPath)) }
}

function cityPathOf(nameOrPath: string): string | undefined {
  const found = find(nameOrPath, process.cwd(), join(shippedFolder, 'cities'), shippedFolder)
  if (found === undefined) return undefined
  const yaml = readYaml(found)
  if ('problems' in yaml || at(yaml.value, ['format']) === cityFormat) return found
  const city = at(yaml.value, ['city'])
  return typeof city === 'string' ? find(city, dirname(found), join(dirname(found), 'cities'), join(shippedFolder, 'cities')) : found
}

function planner(
  city: CityFile,
  { day }: CityToCalibrate['calibration'],
  policy: PolicyFile,
  name: string,
  policyName: string,
): CityToCalibrate['planAt'] {
  const words = { zh: `校准${city.title.zh}`, en: `Calibration of ${city.title.en}` }
  const scenario = scenarioSchema.parse({
    format: 'medpay-scenario',
    version: 1,
    title: words,
    question: words,
    city: name,
    policy: policyName,
    date: day.date,
    seed: day.seed,
    scale: day.siteShare,
    primaryMeasure: 'visit-duration-minutes',
    minimumEffectThatMatters: 1,
    replication: { pilotDays: day.days, batchDays: day.days, maximumDays: day.days, precision: 1 },
    arms: [{ name: 'before', title: { zh: '改革之前', en: 'Before the reform' }, reform: false }],
  })
  return (factors) =>
    resolve(scenario, cityAt(city, factors), policy, { scenario: `calibration-of-${name}`, city: name, policy: policyName })
}
