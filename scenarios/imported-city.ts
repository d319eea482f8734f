/** A base city with a user's own sites in place of its generated ones, as the text of a city file. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { type Document, isMap, isNode, parseDocument, visit } from 'yaml'
import { checkCity } from './check-city.ts'
import { checkShape } from './check-shape.ts'
import { type CityFile, citySchema } from './city-schema.ts'
import type { Named } from './import-columns.ts'
import type { ObservedWait } from './import-sites.ts'
import { type GivenSitePlan, stationKinds, tiers, type Words } from './plan.ts'
import { inFileOrder, type Problem, suggestion } from './problem.ts'
import { parseYaml, readYaml } from './read-yaml.ts'

export interface BaseCity {
  readonly name: string
  readonly text: string
  readonly file: CityFile
  readonly districts: readonly Named[]
  readonly tiers: readonly Named[]
  readonly departments: readonly Named[]
  /** Lines at which a wait can be observed. */
  readonly stations: readonly Named[]
}

/** A city that ships, by its name, or a city file by its path; what is wrong with it is told as for any city file. */
export function readBaseCity(base: string): BaseCity | { readonly problems: Problem[] } {
  const isPath = /\.ya?ml$|[/\\]/.test(base)
  const path = isPath ? resolve(base) : join(import.meta.dirname, 'cities', `${base}.yaml`)
  if (!isPath && !existsSync(path)) {
    const known = readdirSync(dirname(path)).flatMap((file) => (file.endsWith('.yaml') ? [file.slice(0, -'.yaml'.length)] : []))
    const hint = suggestion(base, known.sort())
    return {
      problems: [{ file: base, line: 0, column: 0, path: '', en: `there is no such city; ${hint.en}`, zh: `没有这个城市；${hint.zh}` }],
    }
  }
  const yaml = readYaml(path, base)
  if ('problems' in yaml) return yaml
  const { data, mistakes } = checkShape(citySchema, yaml.value)
  const wrong = data === undefined ? mistakes : checkCity(data)
  if (data === undefined || wrong.length > 0) return { problems: inFileOrder(wrong.map(yaml.problem)) }
  return {
    name: basename(base).replace(/\.ya?ml$/, ''),
    text: readFileSync(path, 'utf8'),
    file: data,
    districts: namedBy(data.districts.titles),
    tiers: namedBy(data.tiers.titles),
    departments: namedBy(data.departments.titles),
    stations: [
      ...stationKinds.map((kind) => ({ name: kind, aliases: titleWords(data.stations[kind].title) })),
      { name: 'consulting-room', aliases: ['诊室', '诊间', '候诊'] },
    ],
  }
}

const namedBy = (titles: Readonly<Record<string, Words>>): Named[] =>
  Object.entries(titles).map(([name, title]) => ({ name, aliases: titleWords(title) }))
/** A title, and a title without its remark in brackets. */
const titleWords = ({ zh, en }: Words): string[] =>
  [...new Set([zh, zh.replace(/（.*）/, ''), en, en.replace(/ *\(.*\)/, '')])].filter((word) => word !== '')

export interface OwnTables {
  readonly sites: { readonly file: string; readonly list: readonly GivenSitePlan[] }
  readonly observed: { readonly file: string; readonly list: readonly ObservedWait[] } | null
}

const sitesKey = 'own-sites'
const waitsKey = 'own-waits'
const even = (length: number): number[] => Array.from({ length }, () => 1)

/**
 * The base's file with these parts replaced: title, districts and tiers (as the sites are), people, remote visits and sign-ups (as many
 * as belong to the sites' visits), demand (as the table says, on every day of the year), the sites and the observed waits.
 */
export function importedCity(base: BaseCity, { sites, observed }: OwnTables): string {
  const { file } = base
  const { list } = sites
  const document = withoutAliases(base.text)
  const set = (path: readonly (string | number)[], value: unknown): void => document.setIn(path, document.createNode(value))
  const fromTable = { source: `${sitesKey} ${sites.file}, imported`, confidence: 'unverified' } as const
  const visits = sum(list.map(visitsOf))
  const share = visits / visitsPerDay(file)
  const scaled = (node: CityFile['signUp']['attemptsPerDay'], whole = false): object => {
    const times = (x: number): number => (whole ? Math.max(1, Math.round(x * share)) : rounded(x * share))
    return {
      value: times(node.value),
      low: times(node.low ?? node.value),
      high: times(node.high ?? node.value),
      assumption: `${node.assumption ?? node.source}; times ${rounded(share)}, the imported sites' part of the base city's visits`,
      group: node.group ?? 'own-sites',
    }
  }

  headWith(document, headerOf(base, sites.file, share))
  set(['title'], { zh: `自有执业点（其余取自${file.title.zh}）`, en: `Own sites (all else from ${file.title.en})` })
  set(['documents', sitesKey], { title: `${sites.file}, imported`, address: sites.file })
  set(['totals', 'institutions'], { value: list.length, ...fromTable })
  set(['totals', 'sites'], { value: list.length, ...fromTable })

  const districts = Object.keys(file.districts.titles).filter((district) => list.some((site) => site.district === district))
  set(['districts', 'titles'], Object.fromEntries(districts.map((district) => [district, file.districts.titles[district]])))
  set(['districts', 'populationShare'], {
    values: Object.fromEntries(
      districts.map((name) => [name, sum(list.filter(({ district }) => district === name).map(visitsOf)) / visits]),
    ),
    ...fromTable,
  })
  const countByTier = tiers.map((tier) => list.filter((site) => site.tier === tier).length)
  set(['tiers', 'institutions'], { values: countByTier, ...fromTable })
  set(['tiers', 'sites'], { values: countByTier, ...fromTable })
  set(['tiers', 'visitShare'], {
    values: tiers.map((tier) => sum(list.filter((site) => site.tier === tier).map(visitsOf)) / visits),
    ...fromTable,
  })

  set(['people', 'persons'], scaled(file.people.persons, true))
  set(['signUp', 'attemptsPerDay'], scaled(file.signUp.attemptsPerDay))
  for (const [index, { visitsPerHour }] of file.remote.entries()) set(['remote', index, 'visitsPerHour'], scaled(visitsPerHour))

  // The table counts outpatients; the published figure that this number stands for counts emergency visits too.
  const level = { source: `${fromTable.source}: arrivals of a day, 365 of them, with emergency visits`, confidence: 'unverified' } as const
  const withEmergencies = visits * 365 * (1 + file.demand.emergencyShare.value)
  set(['demand', 'allProvidersVisitsPerYear'], { value: Math.round(withEmergencies * 1e6) / 1e6, ...level })
  set(['demand', 'daysOfThatYear'], { value: 365, ...level })
  set(['demand', 'publicInstitutionsShare'], { value: 1, ...level })
  const everyDay = {
    low: 1,
    high: 1,
    assumption: 'The arrivals of the table are those of the day asked about, whichever it is',
    group: 'own-sites',
  }
  set(['demand', 'weekdayFactors'], { values: even(7), ...everyDay })
  set(['demand', 'monthFactors'], { values: even(12), ...everyDay })
  set(['demand', 'hourlyShares'], {
    values: Array.from({ length: 24 }, (_, hour) => sum(list.map(({ hourlyArrivals }) => hourlyArrivals[hour]!)) / visits),
    ...fromTable,
  })

  set(['givenSites'], { ...fromTable, list })
  // What is published about the base city is not about these sites, and windows as listed are not sized by a load.
  for (const part of ['observedWaits', 'evidence', 'publishedTotals', 'calibration']) document.deleteIn([part])
  if (observed !== null) {
    set(['documents', waitsKey], { title: `${observed.file}, imported`, address: observed.file })
    set(['observedWaits'], { source: `${waitsKey} ${observed.file}, imported`, confidence: 'unverified', list: observed.list })
  }
  return checked(textOf(document))
}

/** The door every city file goes through must let this one in; a refusal is our own mistake. */
function checked(text: string): string {
  const yaml = parseYaml(text, 'the imported city')
  const { data, mistakes } = 'problems' in yaml ? { data: undefined, mistakes: yaml.problems } : checkShape(citySchema, yaml.value)
  const wrong = data === undefined ? mistakes : checkCity(data)
  if (wrong.length > 0) throw new Error(`an imported city is refused: ${wrong.map(({ en }) => en).join('; ')}`)
  return text
}

/** Anchors written out, so that a part can be replaced without another that points to it. */
function withoutAliases(text: string): Document {
  const document = parseDocument(text)
  visit(document, { Alias: (_, alias) => alias.resolve(document)?.clone() as never })
  visit(document, {
    Node: (_, node) => {
      if (isNode(node) && 'anchor' in node) delete (node as { anchor?: string }).anchor
    },
  })
  return document
}

/** The base's opening remarks are about the base; ours take their place. */
function headWith(document: Document, comment: string): void {
  document.commentBefore = comment
  const { contents } = document
  const first = isMap(contents) ? contents.items[0]?.key : undefined
  if (isNode(contents)) contents.commentBefore = null
  if (isNode(first)) first.commentBefore = null
}

/** Lists of plain numbers and the small maps of a site on one line each, however long. */
function textOf(document: Document): string {
  visit(document, {
    Collection: (key, node) => {
      if (node.items.length > 0 && (key === null || !/^list$/.test(String(key))) && isFlat(node.toJSON())) node.flow = true
    },
  })
  return document.toString({ lineWidth: 0, flowCollectionPadding: true })
}

const isFlat = (data: unknown): boolean =>
  Array.isArray(data)
    ? data.every((item) => typeof item === 'number' || (typeof item === 'object' && item !== null && 'doctors' in item))
    : typeof data === 'object' && data !== null && Object.values(data).every((item) => typeof item === 'number')

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
const visitsOf = ({ hourlyArrivals }: GivenSitePlan): number => sum(hourlyArrivals)
const rounded = (x: number): number => Number(x.toPrecision(6))
const visitsPerDay = ({ demand }: CityFile): number =>
  (demand.allProvidersVisitsPerYear.value * demand.publicInstitutionsShare.value) /
  demand.daysOfThatYear.value /
  (1 + demand.emergencyShare.value)

const headerOf = (base: BaseCity, file: string, share: number): string =>
  ` ${[
    `Made by "medpay city import" from ${file}, on the city ${base.name}. Yours to edit.`,
    `From the table: sites, windows, doctors, arrivals by hour on any day of the year. People, remote visits and sign-ups: ${rounded(share)} of the base city's.`,
    'Everything else is the base city’s. Entries, platform, bureau and banks keep its size, so these sites alone do not fill them.',
    'With given sites, sizes and departments by tier and peakUtilization have no effect: windows and doctors are as listed.',
    'Lists by tier: municipal-tertiary, district-tertiary, secondary, community. Lists by age: child, young-adult, middle-aged, elderly.',
    `由 medpay city import 据 ${file} 生成，以城市 ${base.name} 为底，可自行修改。`,
    `取自表格：执业点、窗口、医生、逐小时到达（任何一天皆同）。人口、远程就诊与签约按底本的 ${rounded(share)} 折算。`,
    '其余均为底本。入口、平台、医保与银行保持底本规模，仅凭这些执业点不会饱和。',
  ].join('\n ')}`
