import { wordsFor } from '../reports/words.ts'
import type { PaymentMode, Plan, Words } from '../scenarios/plan.ts'
import type { TitleOf } from './render-visit.ts'
import { modeOfStep, visitWords } from './visit-words.ts'

/** What the plan and the word tables call a name: a station, department, party, arm, district, tier, age group, errand or payment mode. */
export function titlesOf(plan: Plan): TitleOf {
  const { city, scenario } = plan
  const titles = new Map<string, Words>([
    ...city.districts.map(({ name, title }) => [name, title] as const),
    ...city.tiers.map(({ tier, title }) => [tier, title] as const),
    ...city.departments.map(({ name, title }) => [name, title] as const),
    ...city.parties.banks.map(({ name, title }) => [name, title] as const),
    ...city.parties.channels.map(({ name, title }) => [name, title] as const),
    ...city.remote.map(({ name, title }) => [name, title] as const),
    ...Object.entries(city.stations).map(([name, { title }]) => [name, title] as const),
    ...scenario.arms.map(({ name, title }) => [name, title] as const),
    ...Object.entries(people),
  ])
  return (name, language) => {
    const words = titles.get(name) ?? visitWords(name)
    if (words !== undefined) return words[language]
    return wordsFor(language).modes[modeOfStep(name) ?? (name as PaymentMode)]
  }
}

const people: Readonly<Record<string, Words>> = {
  child: { en: 'child', zh: '儿童' },
  'young-adult': { en: 'aged 18–44', zh: '18–44 岁' },
  'middle-aged': { en: 'aged 45–59', zh: '45–59 岁' },
  elderly: { en: 'aged 60 or more', zh: '60 岁及以上' },
  employee: { en: 'employee insurance', zh: '在职职工医保' },
  retired: { en: 'retired employee insurance', zh: '退休职工医保' },
  resident: { en: 'resident insurance', zh: '城乡居民医保' },
  'out-of-town': { en: 'out of town or uninsured', zh: '外地就医或自费' },
}
