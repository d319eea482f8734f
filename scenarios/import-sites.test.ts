import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importSites } from './import-sites.ts'
import { loadPlan } from './load-plan.ts'
import { type CityPlan, type GivenSitePlan, type StationKind, stationKinds, tiers } from './plan.ts'
import { formatProblems, type Problem } from './problem.ts'

const house = import.meta.dirname
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'medpay 导入 '))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const hours = Array.from({ length: 24 }, (_, hour) => `h${String(hour).padStart(2, '0')}`)
const header = ['site', 'district', 'tier', ...stationKinds, 'departments', ...hours]
const quoted = (cell: string | number): string => (/[",\n\r]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell))
const csv = (rows: readonly (readonly (string | number)[])[]): string => rows.map((row) => row.map(quoted).join(',')).join('\n')

function yamlOf(sites: string, waits: string | null = null, base = 'small-town'): string {
  const made = importSites(sites, waits, { sites: 'a folder/my sites.csv', ...(waits !== null && { observed: 'waits.csv' }), base })
  if ('problems' in made) throw new Error(formatProblems(made.problems))
  return made.cityYaml
}

/** The plan of a scenario that ships on an imported city, by way of files. */
function cityOf(yaml: string, question = 'small-town'): CityPlan {
  writeFileSync(join(folder, '我的 城市.yaml'), yaml)
  const scenario = readFileSync(join(house, `${question}.yaml`), 'utf8').replace(/^city: .*$/m, 'city: 我的 城市.yaml')
  writeFileSync(join(folder, '情景.yaml'), scenario)
  const loaded = loadPlan(join(folder, '情景.yaml'))
  if ('problems' in loaded) throw new Error(formatProblems(loaded.problems))
  return loaded.plan.city
}

const shortText = fc.string({ unit: fc.constantFrom('a', 'B', '医', '院', ' ', ',', '"', '#', ':', '\n', '-'), maxLength: 6 })
const town = {
  districts: ['old-town', 'new-town'],
  departments: ['internal-medicine', 'surgery', 'ophthalmology', 'gynaecology-obstetrics', 'paediatrics'],
}
const servers = fc.integer({ min: 0, max: 30 })
const siteRows = fc.array(
  fc.record({
    name: shortText.map((text) => `x${text}x`),
    district: fc.constantFrom(...town.districts),
    tier: fc.constantFrom(...tiers),
    servers: fc.tuple(
      ...stationKinds.map((kind) => (kind.endsWith('n-window') || kind === 'cashier-window' ? servers.map((n) => n + 1) : servers)),
    ),
    departments: fc.uniqueArray(fc.record({ name: fc.constantFrom(...town.departments), doctors: fc.integer({ min: 1, max: 40 }) }), {
      selector: ({ name }) => name,
      minLength: 1,
    }),
    // Counts, and means with a half or a tenth.
    hourlyArrivals: fc.array(
      fc.oneof(
        fc.constant(0),
        fc.integer({ min: 0, max: 600 }),
        fc.integer({ min: 0, max: 999 }).map((n) => n / 10),
      ),
      {
        minLength: 24,
        maxLength: 24,
      },
    ),
  }),
  { minLength: 1, maxLength: 5 },
)

test('what a table says stands in the plan to the last digit, and the demand is its sum', () => {
  const waitsOf = fc.array(
    fc.record({
      site: fc.nat(),
      station: fc.constantFrom(...stationKinds, 'consulting-room'),
      hour: fc.integer({ min: 0, max: 23 }),
      meanWaitSeconds: fc.integer({ min: 0, max: 36_000 }).map((n) => n / 10),
      count: fc.integer({ min: 1, max: 900 }),
    }),
    { maxLength: 6 },
  )
  fc.assert(
    fc.property(siteRows, waitsOf, (rows, drawn) => {
      const sites = rows.map((row, index): GivenSitePlan & { all: readonly number[] } => ({
        ...row,
        name: `${row.name}${index}`,
        all: row.servers,
        servers: Object.fromEntries(stationKinds.flatMap((kind, at) => ((row.servers[at] ?? 0) > 0 ? [[kind, row.servers[at]]] : []))),
        hourlyArrivals: row.hourlyArrivals.map((arrivals, hour) => (hour === 9 ? arrivals + 1 : arrivals)),
      }))
      const waits = drawn
        .map((wait) => ({ ...wait, site: sites[wait.site % sites.length]!.name }))
        .filter(({ site, station }) => station === 'consulting-room' || station in sites.find(({ name }) => name === site)!.servers)
        .filter((wait, index, list) => list.findIndex((other) => keyOf(other) === keyOf(wait)) === index)
      const sitesCsv = csv([
        header,
        ...sites.map(({ name, district, tier, all, departments, hourlyArrivals }) => [
          name,
          district,
          tier,
          ...all,
          departments.map((one) => `${one.name}:${one.doctors}`).join('; '),
          ...hourlyArrivals,
        ]),
      ])
      const waitsCsv =
        waits.length === 0
          ? null
          : csv([
              ['site', 'station', 'hour', 'mean-wait-seconds', 'count'],
              ...waits.map((wait) => [wait.site, wait.station, wait.hour, wait.meanWaitSeconds, wait.count]),
            ])
      const city = cityOf(yamlOf(sitesCsv, waitsCsv))
      expect(city.givenSites).toEqual(sites.map(({ all: _all, ...site }) => site))
      expect(city.observedWaits).toEqual(waitsCsv === null ? undefined : waits)
      const total = sites.flatMap(({ hourlyArrivals }) => hourlyArrivals).reduce((sum, arrivals) => sum + arrivals, 0)
      expect(Math.abs(city.demand.visitsPerDay - total)).toBeLessThanOrEqual(0.5 + 1e-6)
      for (const [hour, share] of city.demand.hourlyShares.entries()) {
        const inHour = sites.reduce((sum, site) => sum + site.hourlyArrivals[hour]!, 0)
        expect(share * total).toBeCloseTo(inHour, 6)
      }
    }),
    { numRuns: 25 },
  )
})
const keyOf = ({ site, station, hour }: { site: string; station: string; hour: number }): string => JSON.stringify([site, station, hour])

const oneSite = (edits: Readonly<Record<string, string | number>> = {}): string => {
  const cells: Record<string, string | number> = {
    site: 'St Luke',
    district: 'old-town',
    tier: 'secondary',
    ...Object.fromEntries(stationKinds.map((kind) => [kind, 2])),
    departments: 'surgery:3; internal-medicine:4',
    ...Object.fromEntries(hours.map((hour) => [hour, hour === 'h09' ? 90 : 10])),
  }
  return csv([header, header.map((column) => edits[column] ?? cells[column] ?? '')])
}

test('all else is the base city’s: as many people and remote visits as belong to the sites, every part told where it comes from', () => {
  const yaml = yamlOf(oneSite())
  const city = cityOf(yaml)
  const loaded = loadPlan('small-town')
  const base = (loaded as Extract<typeof loaded, { plan: unknown }>).plan.city
  const share = 320 / ((197_640 / 366) * (1 / 1.08))
  expect(city.people.persons).toBe(Math.round(24_000 * share))
  expect(city.remote[0]!.visitsPerHour).toBeCloseTo(8 * share, 3)
  expect(city.signUp.attemptsPerDay).toBeCloseTo(20 * share, 3)
  expect(city.demand).toMatchObject({ visitsPerDay: 320, weekdayFactors: [1, 1, 1, 1, 1, 1, 1], dayToDayCv: base.demand.dayToDayCv })
  expect(city.totals).toEqual({ institutions: 1, sites: 1 })
  expect(city.districts.map(({ name, populationShare }) => [name, populationShare])).toEqual([['old-town', 1]])
  expect(city.tiers.map(({ sites, visitShare }) => [sites, visitShare])).toEqual([
    [0, 0],
    [0, 0],
    [1, 1],
    [0, 0],
  ])
  for (const part of ['laws', 'stations', 'shifts', 'bills', 'parties', 'journey', 'service'] as const)
    expect(city[part]).toEqual(base[part])
  expect(yaml).toContain('source: own-sites my sites.csv, imported\n')
  expect(yaml).not.toMatch(/a folder|small enough to check by hand|[&*][a-z]+-(hours|cv)/)
})

test('a table with Chinese headers and names, a byte order mark and CRLF says the same as the English one', () => {
  const chinese = [
    '执业点,所在区,级别,挂号窗口,自助机,收费窗口,检验抽血,影像检查,取药窗口,急诊室,志愿者服务台,科室,8时,9点,10:00,H11',
    '"圣路加",老城,二级,2,2,2,2,2,2,,2,外科：3；内科 4,5,90,10.5,0',
  ].join('\r\n')
  const english = csv([
    [...header.filter((column) => !/^h\d/.test(column)), 'h08', 'h09', 'h10', 'h11'],
    ['圣路加', 'old-town', 'secondary', 2, 2, 2, 2, 2, 2, 0, 2, 'surgery:3; internal-medicine:4', 5, 90, 10.5, 0],
  ])
  const waits = '执业点,环节,小时,平均等候秒数,人数\r\n圣路加,收费窗口,9时,61.5,12\r\n圣路加,诊室,09:00,300,40\r\n'
  const same = 'site,station,hour,mean-wait-seconds,count\n圣路加,cashier-window,9,61.5,12\n圣路加,consulting-room,9,300,40\n'
  expect(yamlOf(`\uFEFF${chinese}\r\n`, `\uFEFF${waits}`)).toBe(yamlOf(english, same))
})

const endOf = (text: string): object => ({ line: text.split('\n').length, column: text.split('\n').at(-1)!.length + 1 })
interface Wrong {
  /** Where the mistake begins in the table that is wrong; its end where nothing is written. */
  readonly at: string
  readonly path: string
  readonly en: RegExp
}

/** Exactly these problems, each where `at` begins, in both languages. */
function refuses(made: ReturnType<typeof importSites>, text: string, file: string, expected: readonly Wrong[]): void {
  const problems: Problem[] = 'problems' in made ? made.problems : []
  const placeOf = (at: string): object => {
    const offset = text.indexOf(at)
    expect(offset, at).toBeGreaterThanOrEqual(0)
    const before = text.slice(0, offset).split('\n')
    return at === '' && text !== '' ? endOf(text) : { line: before.length, column: before.at(-1)!.length + 1 }
  }
  expect(problems.map(({ file, line, column, path }) => ({ file, line, column, path }))).toEqual(
    expected.map(({ at, path }) => ({ file, ...placeOf(at), path })),
  )
  for (const [index, { en }] of expected.entries()) {
    expect(problems[index]!.en).toMatch(en)
    expect(problems[index]!.zh).toMatch(/[\u4e00-\u9fff]/)
  }
}
const refusesSites = (text: string, ...expected: Wrong[]): void =>
  refuses(importSites(text, null, { sites: 'sites.csv', base: 'small-town' }), text, 'sites.csv', expected)
const refusesWaits = (text: string, ...expected: Wrong[]): void =>
  refuses(
    importSites(oneSite({ kiosk: 0 }), text, { sites: 'sites.csv', observed: 'waits.csv', base: 'small-town' }),
    text,
    'waits.csv',
    expected,
  )

test('every mistake in every row is told at once, each at its cell', () => {
  const text = csv([
    ['site', 'district', 'tier', 'registration-window', 'kiosk', 'cashier-window', 'departments', 'h08', 'h09'],
    ['one', 'old-twon', 'secundary', -1, 1.5, 0, 'surgry:3; internal-medicine:0; paediatrics', 12, '1,200'],
    ['one', 'new-town', 'community', 2, 'two', 1, 'surgery:2; surgery:1', 0.0, 0],
    ['', '', '', '', 20_000, 1, ' ; ', -4, 'x'],
  ])
  refusesSites(
    text,
    { at: 'old-twon', path: 'district', en: /no such district; did you mean "old-town"/ },
    { at: 'secundary', path: 'tier', en: /no such tier; did you mean "secondary"/ },
    { at: '-1,', path: 'registration-window', en: /is -1; give 0 or more/ },
    { at: '1.5', path: 'kiosk', en: /is 1\.5; give a whole number/ },
    { at: '0,surgry', path: 'cashier-window', en: /is 0; a site that takes cash opens 1 or more/ },
    { at: 'surgry', path: 'departments', en: /no such department; did you mean "surgery"/ },
    { at: '0; paed', path: 'departments', en: /is 0; give 1 or more/ },
    { at: 'paediatrics,', path: 'departments', en: /"paediatrics" gives no doctors; write paediatrics:3/ },
    { at: '1,200', path: 'h09', en: /is "1,200"; give a number in plain digits/ },
    { at: 'one,new-town', path: 'site', en: /stands in line 2 too/ },
    { at: 'two,1', path: 'kiosk', en: /is "two"; give a number in plain digits, such as 12$/ },
    { at: 'surgery:1', path: 'departments', en: /"surgery" stands twice/ },
    { at: '0,0\n', path: '', en: /arrivals of all hours are 0/ },
    { at: ',,,,20000', path: 'site', en: /is empty; name the site/ },
    { at: ',,,20000', path: 'district', en: /is empty; give a district/ },
    { at: ',,20000', path: 'tier', en: /is empty; give a tier/ },
    { at: ',20000', path: 'registration-window', en: /is 0; a site that takes cash/ },
    { at: '20000', path: 'kiosk', en: /is 20000; give 10000 or less/ },
    { at: '; ,-4', path: 'departments', en: /is empty; write department:doctors/ },
    { at: '-4', path: 'h08', en: /is -4; give 0 or more/ },
    { at: 'x', path: 'h09', en: /is "x"; give a number in plain digits, such as 12\.5/ },
  )
})

test('a header that is unknown, misspelt, missing or doubled is refused at its place', () => {
  refusesSites(
    'site,distict,tier,registration-window,kiosk,Kiosks,casheer-window,departments,h24,,colour\na,old-town,secondary,1,1,1,1,surgery:1,5,,\n',
    { at: 'distict', path: 'distict', en: /unknown column; did you mean "district"/ },
    { at: 'Kiosks', path: 'Kiosks', en: /stands twice \(column kiosk\)/ },
    { at: 'casheer', path: 'casheer-window', en: /did you mean "cashier-window"/ },
    { at: 'h24', path: 'h24', en: /unknown column; did you mean "h(0|1|2)\d"/ },
    { at: ',colour', path: '', en: /no header/ },
    { at: 'colour', path: 'cashier-window', en: /is missing; add this column/ },
    { at: 'colour', path: 'colour', en: /unknown column; known: site, district/ },
    { at: 'colour', path: 'district', en: /is missing; add this column/ },
    { at: 'colour', path: 'h00 … h23', en: /are missing/ },
  )
  refusesSites(
    '执业店,区,级别,挂号窗口,收费窗口,科室,9时\na,老城,二级,1,1,外科:1,5\n',
    { at: '执业店', path: '执业店', en: /did you mean "执业点"/ },
    { at: '9时', path: 'site', en: /is missing/ },
  )
})

test('a row with more or fewer cells than the header is refused, and so are no rows, no text and no visits', () => {
  const head = 'site,district,tier,registration-window,cashier-window,departments,h09'
  refusesSites(
    `${head}\nSt Luke, East,old-town,secondary,1,1,surgery:1,5\nb,old-town,secondary,1\n`,
    { at: '5\n', path: '', en: /has 8 cells and the header 7; put a cell with a comma inside in quotes/ },
    { at: '1\n', path: '', en: /has 4 cells/ },
  )
  refusesSites(head, { at: 'site', path: '', en: /a header and no sites/ })
  refusesSites('', { at: '', path: '', en: /is empty; start from the template/ })
  refusesSites(`${head}\na,old-town,secondary,1,1,surgery:1,0.4`, { at: 'a,old', path: '', en: /0\.4 arrivals a day; give 1 or more/ })
})

test('observed waits meet a site, a station of it and an hour, once', () => {
  refusesWaits(
    [
      'site,station,hour,mean-wait-seconds,count',
      'St Luka,cashier,24,60,5',
      'St Luke,kiosk,9,-1,5',
      'St Luke,laboratory,9,60,0',
      'St Luke,laboratory,9,60,2.5',
      'St Luke,imaging,9.5,100000,',
    ].join('\n'),
    { at: 'St Luka', path: 'site', en: /no such site in the table of sites; did you mean "St Luke"/ },
    { at: 'cashier', path: 'station', en: /no such station; known: registration-window|did you mean/ },
    { at: '24,60', path: 'hour', en: /is 24; give 23 or less/ },
    { at: 'kiosk', path: 'station', en: /is kiosk, which "St Luke" does not have/ },
    { at: '-1', path: 'mean-wait-seconds', en: /is -1; give 0 or more/ },
    { at: '0\nSt Luke,laboratory,9,60,2', path: 'count', en: /is 0; give 1 or more/ },
    { at: 'St Luke,laboratory,9,60,2', path: '', en: /stand in line 4 too/ },
    { at: '2.5', path: 'count', en: /give a whole number/ },
    { at: '9.5', path: 'hour', en: /is 9\.5; give a whole number/ },
    { at: '100000', path: 'mean-wait-seconds', en: /give 86400 or less/ },
    { at: '', path: 'count', en: /is empty; give a number/ },
  )
  refusesWaits(
    'site,station,hour,mean-wait-secs,count\n',
    { at: 'mean', path: 'mean-wait-secs', en: /did you mean "mean-wait-seconds"/ },
    { at: 'count', path: 'mean-wait-seconds', en: /is missing/ },
  )
  refusesWaits('site,station,hour,mean-wait-seconds,count\n', { at: 'site', path: '', en: /no waits; add rows or leave --observed out/ })
})

test('mistakes of both tables are told together', () => {
  const made = importSites('site\na', 'site,station\n', { sites: 'sites.csv', observed: 'waits.csv', base: 'small-town' })
  expect(new Set('problems' in made ? made.problems.map(({ file }) => file) : [])).toEqual(new Set(['sites.csv', 'waits.csv']))
})

test('a base city is named or given by its path, one imported before included, and its own mistakes are told', () => {
  const path = join(folder, 'base.yaml')
  writeFileSync(path, yamlOf(oneSite(), 'site,station,hour,mean-wait-seconds,count\nSt Luke,kiosk,9,60,5\n'))
  const city = cityOf(yamlOf(oneSite({ site: 'St Mark', h09: 190 }), null, path))
  expect(city.givenSites?.map(({ name }) => name)).toEqual(['St Mark'])
  expect(city.observedWaits).toBeUndefined()
  expect(city.demand.visitsPerDay).toBe(420)
  writeFileSync(path, readFileSync(path, 'utf8').replace(/persons:\n {4}value: \d+/, 'persons:\n    value: -1'))
  const wrong = (base: string): Problem[] => {
    const made = importSites(oneSite(), null, { sites: 'sites.csv', base })
    return 'problems' in made ? made.problems : []
  }
  expect(wrong(path)[0]).toMatchObject({ file: path, path: 'people.persons.value', en: expect.stringMatching(/is -1; give 1 or more/) })
  expect(wrong(join(folder, 'none.yaml'))).toMatchObject([{ en: expect.stringMatching(/does not exist/) }])
  expect(wrong('atlantis')).toMatchObject([{ file: 'atlantis', en: expect.stringMatching(/no such city/) }])
})

test.each(['template', 'example'])('the %s that ships is imported as it stands', (name) => {
  const text = (table: string): string => readFileSync(join(house, 'import', `${name}-${table}.csv`), 'utf8')
  const city = cityOf(yamlOf(text('sites'), text('waits'), 'shanghai'), 'shanghai-weekday')
  expect(city.givenSites!.length).toBeGreaterThan(0)
  expect(city.observedWaits!.length).toBeGreaterThan(0)
  const kinds = new Set(city.givenSites!.flatMap(({ servers }) => Object.keys(servers) as StationKind[]))
  if (name === 'example') expect(kinds.size).toBe(stationKinds.length)
})
