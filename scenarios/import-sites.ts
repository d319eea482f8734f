/**
 * A city file from a user's own tables: sites with their windows, doctors and hourly arrivals, and waits observed at them.
 * Everything else (people, laws of service, bills, shared parties) is taken over from a base city. README.md in import/ tells how.
 */
import { basename } from 'node:path'
import type { Cell } from './csv-table.ts'
import { type Column, type ColumnGroup, type Named, plainWord, type Row, TableReader } from './import-columns.ts'
import { type BaseCity, importedCity, readBaseCity } from './imported-city.ts'
import { type GivenSitePlan, type StationKind, stationKinds, type Tier } from './plan.ts'
import { inFileOrder, type Problem } from './problem.ts'

export interface ImportNames {
  /** The tables as the user named them, for messages. */
  readonly sites: string
  readonly observed?: string
  /** Name of a city that ships, or path of a city file; shanghai unless said. */
  readonly base?: string
}

export type Imported = { readonly cityYaml: string } | { readonly problems: Problem[] }

export interface ObservedWait {
  readonly site: string
  readonly station: string
  readonly hour: number
  readonly meanWaitSeconds: number
  readonly count: number
}

export function importSites(sitesCsv: string, observedCsv: string | null, names: ImportNames): Imported {
  const base = readBaseCity(names.base ?? 'shanghai')
  if ('problems' in base) return base
  const { sites, siteNames, problems } = readSites(sitesCsv, names.sites, base)
  const observed = observedCsv === null ? null : readWaits(observedCsv, names.observed ?? 'waits.csv', base, sites, siteNames)
  const all = [...problems, ...(observed?.problems ?? [])]
  if (all.length > 0) return { problems: inFileOrder(all) }
  return {
    cityYaml: importedCity(base, {
      sites: { file: basename(names.sites), list: sites },
      observed: observed === null ? null : { file: basename(names.observed ?? 'waits.csv'), list: observed.list },
    }),
  }
}

const hourNames = Array.from({ length: 24 }, (_, hour) => `h${String(hour).padStart(2, '0')}`)
/** h08, 8, 08:00, 8时, 8点, arrivals-08 … */
const hourColumns: ColumnGroup = {
  title: 'h00 … h23',
  names: hourNames,
  nameOf: (word) => {
    const digits = /^(?:h|hour-?|arrivals-?)?(\d{1,2})(?::00|时|点|h)?$/.exec(word)?.[1]
    return digits === undefined ? undefined : hourNames[Number(digits)]
  },
}
const siteColumns: readonly Column[] = [
  { name: 'site', required: true, aliases: ['name', '执业点', '执业点名称', '医院', '医院名称', '机构', '名称'] },
  { name: 'district', required: true, aliases: ['区', '区县', '所在区', '行政区'] },
  { name: 'tier', required: true, aliases: ['level', '级别', '等级', '医院等级'] },
  { name: 'registration-window', required: true, aliases: ['registration-windows', '挂号窗口', '挂号窗口数'] },
  { name: 'kiosk', required: false, aliases: ['kiosks', '自助机', '自助机数'] },
  { name: 'cashier-window', required: true, aliases: ['cashier-windows', '收费窗口', '收费窗口数'] },
  { name: 'laboratory', required: false, aliases: ['检验', '检验抽血', '抽血窗口', '抽血窗口数'] },
  { name: 'imaging', required: false, aliases: ['影像', '影像检查', '影像设备数'] },
  { name: 'pharmacy-window', required: false, aliases: ['pharmacy-windows', '取药窗口', '取药窗口数', '药房窗口'] },
  { name: 'emergency-room', required: false, aliases: ['急诊', '急诊室', '急诊诊室数'] },
  { name: 'volunteer-desk', required: false, aliases: ['volunteers', '志愿者', '志愿者服务台', '志愿者数'] },
  { name: 'departments', required: true, aliases: ['科室', '科室与医生', '科室医生'] },
]
const tierAliases: Readonly<Record<Tier, readonly string[]>> = {
  'municipal-tertiary': ['市级三级', '市三级'],
  'district-tertiary': ['区级三级', '区三级'],
  secondary: ['二级'],
  community: ['社区', '一级'],
}
const windowKinds: readonly StationKind[] = ['registration-window', 'cashier-window']

interface SitesRead {
  readonly sites: readonly GivenSitePlan[]
  /** Of rows with mistakes too. */
  readonly siteNames: readonly string[]
  readonly problems: readonly Problem[]
}

function readSites(text: string, file: string, base: BaseCity): SitesRead {
  const table = new TableReader(text, file, siteColumns, [hourColumns])
  const lineOf = new Map<string, number>()
  const sites = table.rows.flatMap((row): GivenSitePlan[] => {
    const before = table.problems.length
    const name = siteName(table, row, lineOf)
    const district = cellThen(row, 'district', (cell) => table.named(cell, 'district', base.districts, { en: 'district', zh: '区' }))
    const tier = cellThen(row, 'tier', (cell) => table.named(cell, 'tier', tiersOf(base), { en: 'tier', zh: '级别' })) as Tier | undefined
    const servers = Object.fromEntries(stationKinds.flatMap((kind) => serversOf(table, row, kind)))
    const departments = cellThen(row, 'departments', (cell) => departmentsOf(table, cell, base.departments)) ?? []
    const hourlyArrivals = arrivalsOf(table, row)
    if (table.problems.length > before || name === undefined || district === undefined || tier === undefined) return []
    return [{ name, district, tier, servers, departments, hourlyArrivals }]
  })
  const total = sites.flatMap(({ hourlyArrivals }) => hourlyArrivals).reduce((sum, arrivals) => sum + arrivals, 0)
  if (table.problems.length === 0 && table.rows.length === 0) {
    table.report({ text: '', line: 1, column: 1 }, '', {
      en: 'has a header and no sites; add a row for each',
      zh: '只有表头，没有执业点；每个执业点写一行',
    })
  } else if (table.problems.length === 0 && total < 1) {
    table.report(table.rows[0]!.first, '', {
      en: `all sites together have ${total} arrivals a day; give 1 or more`,
      zh: `全部执业点一天合计到达 ${total} 人；应不少于 1 人`,
    })
  }
  return { sites, siteNames: [...lineOf.keys()], problems: table.problems }
}

/** A row has every column of the table; a missing column is reported once, at the header. */
const cellThen = <Result>(row: Row, column: string, read: (cell: Cell) => Result): Result | undefined => {
  const cell = row.cell(column)
  return cell === undefined ? undefined : read(cell)
}

function siteName(table: TableReader, row: Row, lineOf: Map<string, number>): string | undefined {
  const cell = row.cell('site')
  if (cell === undefined) return undefined
  if (cell.text === '') {
    table.report(cell, 'site', { en: 'is empty; name the site', zh: '为空；请填执业点名称' })
    return undefined
  }
  const earlier = lineOf.get(cell.text)
  if (earlier !== undefined) {
    table.report(cell, 'site', {
      en: `"${cell.text}" stands in line ${earlier} too; give each site one row and a name of its own`,
      zh: `“${cell.text}”在第 ${earlier} 行已出现；每个执业点一行，名称不可重复`,
    })
    return undefined
  }
  lineOf.set(cell.text, cell.line)
  return cell.text
}

const tiersOf = ({ tiers }: BaseCity): Named[] =>
  tiers.map(({ name, aliases }) => ({ name, aliases: [...aliases, ...tierAliases[name as Tier]] }))

/** A kind of line with its servers, nothing where the site has none. */
function serversOf(table: TableReader, row: Row, kind: StationKind): [StationKind, number][] {
  const cell = row.cell(kind)
  if (cell === undefined) return []
  const servers = table.number(cell, kind, { min: 0, max: 10_000, whole: true, empty: 0 })
  if (servers === 0 && windowKinds.includes(kind)) {
    table.report(cell, kind, { en: 'is 0; a site that takes cash opens 1 or more', zh: '为 0；收现金的执业点至少开一个窗口' })
  }
  return servers === undefined || servers === 0 ? [] : [[kind, servers]]
}

/** `surgery:3; internal-medicine:8`, at most one entry a department. */
function departmentsOf(table: TableReader, cell: Cell, known: readonly Named[]): GivenSitePlan['departments'] {
  const list: { name: string; doctors: number }[] = []
  let offset = 0
  for (const part of cell.text.split(/[;；、|\n]/)) {
    const text = part.trim()
    const here = { text, line: cell.line, column: cell.column + offset + part.indexOf(text) }
    offset += part.length + 1
    if (text === '') continue
    const [, title, doctorsText] = /^(.*?)[\s:：]+([^\s:：]+)$/.exec(text) ?? []
    if (title === undefined || doctorsText === undefined || title === '') {
      table.report(here, 'departments', {
        en: `"${text}" gives no doctors; write ${text}:3 for three, and a semicolon between departments`,
        zh: `“${text}”没有医生数；三位医生写作 ${text}:3，科室之间用分号`,
      })
      continue
    }
    const name = table.named({ ...here, text: title }, 'departments', known, { en: 'department', zh: '科室' })
    const numberAt = { ...here, text: doctorsText, column: here.column + text.length - doctorsText.length }
    const doctors = table.number(numberAt, 'departments', { min: 1, max: 10_000, whole: true })
    if (name === undefined || doctors === undefined) continue
    if (list.some((department) => department.name === name)) {
      table.report(here, 'departments', { en: `"${title}" stands twice; add its doctors up`, zh: `“${title}”重复；请合计其医生数` })
    } else list.push({ name, doctors })
  }
  if (cell.text.replace(/[;；、|\s]/g, '') === '') {
    table.report(cell, 'departments', {
      en: 'is empty; write department:doctors, such as surgery:3',
      zh: '为空；请写“科室:医生数”，如 外科:3',
    })
  }
  return list
}

/** 24 arrivals; an hour without a column has none. */
function arrivalsOf(table: TableReader, row: Row): number[] {
  const read = hourNames.map((name) => cellThen(row, name, (cell) => table.number(cell, name, { min: 0, max: 100_000, empty: 0 })) ?? 0)
  const cells = hourNames.map((name) => row.cell(name)).filter((cell) => cell !== undefined)
  if (cells.length > 0 && cells.every((cell) => cell.text === '' || Number(cell.text) === 0)) {
    table.report(cells[0]!, '', { en: 'the arrivals of all hours are 0; a site has visitors', zh: '各小时到达全为 0；执业点须有人来' })
  }
  return read
}

const waitColumns: readonly Column[] = [
  { name: 'site', required: true, aliases: siteColumns[0]!.aliases },
  { name: 'station', required: true, aliases: ['line', '环节', '窗口', '队列'] },
  { name: 'hour', required: true, aliases: ['小时', '时段'] },
  { name: 'mean-wait-seconds', required: true, aliases: ['meanWaitSeconds', '平均等候秒数', '平均等候（秒）'] },
  { name: 'count', required: true, aliases: ['n', '人数', '人次', '样本数'] },
]

interface WaitsRead {
  readonly list: readonly ObservedWait[]
  readonly problems: readonly Problem[]
}

function readWaits(text: string, file: string, base: BaseCity, sites: readonly GivenSitePlan[], siteNames: readonly string[]): WaitsRead {
  const table = new TableReader(text, file, waitColumns)
  const lineOf = new Map<string, number>()
  const given = siteNames.map((name): Named => ({ name, aliases: [] }))
  const list = table.rows.flatMap((row): ObservedWait[] => {
    const site = cellThen(row, 'site', (cell) =>
      table.named(cell, 'site', given, { en: 'site in the table of sites', zh: '执业点（执业点表中）' }),
    )
    const station = cellThen(row, 'station', (cell) => table.named(cell, 'station', base.stations, { en: 'station', zh: '环节' }))
    const hour = cellThen(row, 'hour', (cell) => table.number(hourCell(cell), 'hour', { min: 0, max: 23, whole: true }))
    const meanWaitSeconds = cellThen(row, 'mean-wait-seconds', (cell) => table.number(cell, 'mean-wait-seconds', { min: 0, max: 86_400 }))
    const count = cellThen(row, 'count', (cell) => table.number(cell, 'count', { min: 1, max: 1_000_000_000, whole: true }))
    if (site === undefined || station === undefined || hour === undefined) return []
    const stationCell = row.cell('station') as Cell
    const servers = sites.find(({ name }) => name === site)?.servers
    if (servers !== undefined && station !== 'consulting-room' && servers[station as StationKind] === undefined) {
      table.report(stationCell, 'station', {
        en: `is ${station}, which "${site}" does not have in the table of sites; correct either`,
        zh: `为 ${stationCell.text}，而执业点表中“${site}”没有该环节；请更正其一`,
      })
    }
    const key = JSON.stringify([site, station, hour])
    const earlier = lineOf.get(key)
    if (earlier !== undefined) {
      table.report(row.first, '', {
        en: `the same site, station and hour stand in line ${earlier} too; keep one row`,
        zh: `同一执业点、环节与小时在第 ${earlier} 行已出现；请只留一行`,
      })
    } else lineOf.set(key, row.first.line)
    return meanWaitSeconds === undefined || count === undefined ? [] : [{ site, station, hour, meanWaitSeconds, count }]
  })
  if (table.problems.length === 0 && list.length === 0) {
    table.report({ text: '', line: 1, column: 1 }, '', {
      en: 'has a header and no waits; add rows or leave --observed out',
      zh: '只有表头，没有等候记录；请补行，或不用 --observed',
    })
  }
  return { list, problems: table.problems }
}

/** An hour may be written 9, 09:00 or 9时. */
function hourCell(cell: Cell): Cell {
  const name = hourColumns.nameOf(plainWord(cell.text))
  return name === undefined ? cell : { ...cell, text: String(hourNames.indexOf(name)) }
}
