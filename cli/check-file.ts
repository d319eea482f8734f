import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { checkCity } from '../scenarios/check-city.ts'
import { checkPolicy } from '../scenarios/check-policy.ts'
import { checkShape } from '../scenarios/check-shape.ts'
import { cityFormat, citySchema } from '../scenarios/city-schema.ts'
import { loadPlan } from '../scenarios/load-plan.ts'
import { policyFormat, policySchema } from '../scenarios/policy-schema.ts'
import { inFileOrder, type Mistake, type Problem, suggestion } from '../scenarios/problem.ts'
import { parseYaml, readYaml } from '../scenarios/read-yaml.ts'
import { scenarioFormat } from '../scenarios/scenario-schema.ts'
import { repositoryRoot, shownPath } from './house.ts'

/** Every mistake of one scenario (with its city and policy), city or policy file. */
export function checkFile(pathOrName: string): readonly Problem[] {
  // A bare name is a scenario that ships.
  if (!/[./\\]/.test(pathOrName)) return problemsOf(loadPlan(pathOrName))
  const yaml = readYaml(pathOrName)
  if ('problems' in yaml) return yaml.problems
  const format = (yaml.value as { readonly format?: unknown } | null)?.format
  const checked = <Schema extends z.ZodType>(schema: Schema, check: (data: z.output<Schema>) => Mistake[]): Problem[] => {
    const { data, mistakes } = checkShape(schema, yaml.value)
    return inFileOrder((data === undefined ? mistakes : check(data)).map(yaml.problem))
  }
  switch (format) {
    case scenarioFormat:
      return problemsOf(loadPlan(pathOrName))
    case cityFormat:
      return checked(citySchema, checkCity)
    case policyFormat:
      return checked(policySchema, checkPolicy)
    default: {
      const hint = suggestion(String(format), [scenarioFormat, cityFormat, policyFormat])
      return [
        yaml.problem({ path: ['format'], en: `says no kind of file that is known here; ${hint.en}`, zh: `不是已知的文件种类；${hint.zh}` }),
      ]
    }
  }
}

/** Every mistake of a city file that is not written yet. */
export function problemsOfCityText(text: string, path: string): readonly Problem[] {
  const yaml = parseYaml(text, path)
  if ('problems' in yaml) return yaml.problems
  const { data, mistakes } = checkShape(citySchema, yaml.value)
  return inFileOrder((data === undefined ? mistakes : checkCity(data)).map(yaml.problem))
}

/** All scenario, city and policy files that ship. */
export function shippedFiles(): readonly string[] {
  return ['scenarios', 'scenarios/cities', 'scenarios/policies'].flatMap((folder) =>
    readdirSync(join(repositoryRoot, folder))
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((name) => shownPath(join(repositoryRoot, folder, name))),
  )
}

const problemsOf = (loaded: ReturnType<typeof loadPlan>): readonly Problem[] => ('problems' in loaded ? loaded.problems : [])
