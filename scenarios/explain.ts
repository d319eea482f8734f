import { clockOfSecond } from '../simulators/engine/time.ts'
import { at } from './check-shape.ts'
import { ageGroups, type Plan } from './plan.ts'
import type { Provenance } from './plan-provenance.ts'

type Lang = 'zh' | 'en'

/** Every number of a plan with its unit and its warrant, by section, as text to read. */
export function explainPlan(plan: Plan, lang: Lang): string {
  const { scenario, city, provenance } = plan
  const say = words[lang]
  const assumed = provenance.filter(({ warrant }) => warrant.kind === 'assumption')
  const groups = new Set(assumed.map(({ warrant }) => (warrant.kind === 'assumption' ? warrant.group : '')))
  return [
    scenario.title[lang],
    scenario.question[lang],
    '',
    say.summary(city.title[lang], plan.policy.name, scenario.date, provenance.length, assumed.length, groups.size),
    say.reading,
    ...scenarioLines(plan, lang),
    ...sections(provenance).flatMap(([section, rows]) => ['', `── ${section}`, ...rows.map((row) => numberLine(row, plan, lang))]),
    '',
    `── ${say.derived}`,
    `city.demand.visitsPerDay = ${city.demand.visitsPerDay} /d  ${say.visitsPerDay}`,
    '',
  ].join('\n')
}

/** The control numbers: they are the question, so they carry no warrant. */
function scenarioLines({ scenario }: Plan, lang: Lang): string[] {
  const say = words[lang]
  const { replication, arms, faults, mustNotWorsen } = scenario
  return [
    '',
    `── ${say.control}`,
    `seed = ${scenario.seed}; scale = ${scenario.scale}; date = ${scenario.date}`,
    `primaryMeasure = ${scenario.primaryMeasure}; minimumEffectThatMatters = ${scenario.minimumEffectThatMatters}`,
    ...mustNotWorsen.map(({ group, measure, margin }) => `mustNotWorsen: ${group} ${measure} ≤ +${margin}`),
    `replication: pilotDays ${replication.pilotDays}, batchDays ${replication.batchDays}, maximumDays ${replication.maximumDays}, precision ${replication.precision}`,
    ...arms.map(
      (arm) =>
        `arm ${arm.name} (${arm.title[lang]}): reform ${arm.reform}, adoption ${arm.adoption}, creditShareOfAdopters ${arm.creditShareOfAdopters}, ` +
        `${arm.staffing}, mutualBackup ${arm.mutualBackup}, volunteerFactor ${arm.volunteerFactor}, faults [${arm.faults.join(', ')}]`,
    ),
    ...faults.map(
      (fault) =>
        `fault ${fault.name}: ${fault.kind} of ${fault.target.party} ${fault.target.name}, ${clockOf(fault.fromSecond)}–${clockOf(fault.toSecond)}`,
    ),
  ]
}

function numberLine({ path, value, unit, warrant }: Provenance, plan: Plan, lang: Lang): string {
  const say = words[lang]
  const shown = typeof value === 'number' ? String(value) : listText(path, value, plan)
  const number = `${path} = ${shown}${unit === '1' ? '' : ` ${unit}`}`
  if (warrant.kind === 'source') return `${number}\n    ${say.source}: ${warrant.document} ${warrant.place} (${say[warrant.confidence]})`
  const range = `${warrant.low}–${warrant.high}${warrant.varies === 'value' ? '' : ` (${say[warrant.varies]})`}`
  return `${number}\n    ${say.assumption}: ${range}; ${warrant.reason} [${warrant.group}]`
}

/** A column with the names of its rows: `bank-a 0.6, bank-b 0.4`. */
function listText(path: string, values: readonly number[], plan: Plan): string {
  const [table = '', rest] = path.split('[*]')
  const items = rest === undefined ? undefined : at(plan, table.split('.'))
  if (!Array.isArray(items) || values.length % items.length !== 0) return `[${values.join(', ')}]`
  const width = values.length / items.length
  const names = items.map((item: Row, index) => item.name ?? item.tier ?? (Array.isArray(item) ? ageGroups[index]! : rowMark(item)))
  return names.map((name, index) => `${name} ${values.slice(index * width, (index + 1) * width).join('/')}`).join(', ')
}

interface Row {
  readonly name?: string
  readonly tier?: string
  readonly fromSecond?: number
  readonly limitFen?: number
}

/** What a row without a name is known by: when a shift begins, how much a limit is. */
const rowMark = ({ fromSecond, limitFen }: Row): string =>
  fromSecond !== undefined ? clockOf(fromSecond) : `${(limitFen ?? 0) / 100} yuan:`

/** Rows by the first two parts of their path, in the order of the plan. */
function sections(provenance: readonly Provenance[]): [string, Provenance[]][] {
  const bySection = new Map<string, Provenance[]>()
  for (const row of provenance) {
    const section = row.path
      .replace(/\[[^\]]*\]/g, '')
      .split('.')
      .slice(0, 2)
      .join('.')
    bySection.set(section, [...(bySection.get(section) ?? []), row])
  }
  return [...bySection]
}

const clockOf = (second: number): string => clockOfSecond(second).replace(/:00$/, '')

const words = {
  en: {
    summary: (city: string, policy: string, date: string, numbers: number, assumed: number, groups: number) =>
      `City: ${city}. Policy: ${policy}. Day: ${date}. ${numbers} numbers, ${assumed} of them assumed in ${groups} groups.`,
    reading: 'A list with [*] runs over the items of the plan in order, row by row.',
    control: 'The question (chosen, not measured)',
    derived: 'Derived',
    visitsPerDay: '= allProvidersVisitsPerYear ÷ daysOfThatYear × publicInstitutionsShare ÷ (1 + emergencyShare)',
    source: 'source',
    assumption: 'assumption',
    verified: 'verified',
    likely: 'likely',
    unverified: 'unverified',
    factor: 'factor on the list',
    sharpness: 'power on each entry, same sum',
    power: 'power on each chance',
    value: '',
  },
  zh: {
    summary: (city: string, policy: string, date: string, numbers: number, assumed: number, groups: number) =>
      `城市：${city}。政策：${policy}。日期：${date}。共 ${numbers} 个数，其中 ${assumed} 个为假设，分 ${groups} 组。`,
    reading: '带 [*] 的列表按计划中的次序逐项、逐行排列。',
    control: '所问的问题（选定的，不是测得的）',
    derived: '推算',
    visitsPerDay: '= allProvidersVisitsPerYear ÷ daysOfThatYear × publicInstitutionsShare ÷ (1 + emergencyShare)',
    source: '来源',
    assumption: '假设',
    verified: '已核实',
    likely: '可能',
    unverified: '未核实',
    factor: '整列倍数',
    sharpness: '逐项乘方，合计不变',
    power: '各概率乘方',
    value: '',
  },
} as const
