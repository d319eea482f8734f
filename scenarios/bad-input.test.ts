import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LoadOptions, loadPlan } from './load-plan.ts'
import { formatProblem, type Problem } from './problem.ts'
import { checkShortForm } from './short-form-schema.ts'

const house = import.meta.dirname
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'medpay 情景 '))
  for (const part of ['cities', 'policies']) cpSync(join(house, part), join(folder, part), { recursive: true })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type File = 'scenario' | 'city' | 'policy'
const fileOf = { scenario: 'small-town.yaml', city: 'cities/small-town.yaml', policy: 'policies/shanghai-2020.yaml' } as const
/** In `file`, the text `replace` (which stands there once) becomes `by`. */
interface Edit {
  readonly file: File
  readonly replace: string
  readonly by: string
}
/** The problem is expected where `at` begins in the edited file. */
interface Expected {
  readonly file?: File
  readonly at: string
  readonly path: string
  readonly en: string | RegExp
  readonly zh?: string | RegExp
}

/** The small town with some edits: exactly these problems, each at its place and in both languages. */
function check(edits: readonly Edit[], expected: readonly Expected[]): void {
  const texts = Object.fromEntries(Object.entries(fileOf).map(([file, path]) => [file, readFileSync(join(house, path), 'utf8')])) as Record<
    File,
    string
  >
  for (const { file, replace, by } of edits) {
    expect(texts[file].split(replace).length, `"${replace}" stands once in ${file}`).toBe(2)
    texts[file] = texts[file].replace(replace, () => by)
  }
  for (const file of Object.keys(fileOf) as File[]) write(fileOf[file], texts[file])
  const problems = problemsOf(join(folder, 'small-town.yaml'))
  const places = expected.map(({ file = 'scenario', at, path }) => ({ file: fileOf[file], ...placeOf(texts[file], at), path }))
  expect(problems.map(({ file, line, column, path }) => ({ file: file.slice(folder.length + 1), line, column, path }))).toEqual(places)
  for (const [index, { en, zh }] of expected.entries()) {
    expect(problems[index]!.en).toMatch(en)
    expect(problems[index]!.zh).toMatch(zh ?? /[\u4e00-\u9fff]/)
  }
}

function problemsOf(path: string, options?: LoadOptions): Problem[] {
  const loaded = loadPlan(path, options)
  return 'problems' in loaded ? loaded.problems : []
}

function write(path: string, text: string): string {
  const whole = join(folder, path)
  mkdirSync(dirname(whole), { recursive: true })
  writeFileSync(whole, text)
  return whole
}

function placeOf(text: string, snippet: string): { line: number; column: number } {
  const offset = text.indexOf(snippet)
  expect(offset, `"${snippet}" stands in the edited file`).toBeGreaterThanOrEqual(0)
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: before.at(-1)!.length + 1 }
}

test('the small town without edits has no problems, in a folder with a space and Chinese characters', () => check([], []))

const scenarioTable: readonly (readonly [string, string, string, readonly Expected[]])[] = [
  [
    'an unknown key',
    'seed: 7',
    'seeed: 7',
    [
      { at: 'format:', path: 'seed', en: /missing/ },
      { at: 'seeed', path: 'seeed', en: /unknown key; did you mean "seed"\?/, zh: /是否想写“seed”/ },
    ],
  ],
  [
    'an unknown key inside an arm',
    'adoption: 0.4',
    'adopton: 0.4',
    [{ at: 'adopton', path: 'arms[1].adopton', en: /did you mean "adoption"/ }],
  ],
  ['adoption above one', 'adoption: 0.4', 'adoption: 1.4', [{ at: '1.4', path: 'arms[1].adoption', en: /is 1.4; give 1 or less/ }]],
  ['a negative adoption', 'adoption: 0.4', 'adoption: -0.4', [{ at: '-0.4', path: 'arms[1].adoption', en: /is -0.4; give 0 or more/ }]],
  [
    'text where a number belongs',
    'adoption: 0.4',
    'adoption: many',
    [{ at: 'many', path: 'arms[1].adoption', en: /is "many"; give a number/ }],
  ],
  [
    'adoption without the reform',
    'reform: false',
    'reform: false\n    adoption: 0.2',
    [{ at: '0.2', path: 'arms[0].adoption', en: /without the reform/ }],
  ],
  [
    'an arm without a name',
    '- name: what-if-40\n    title',
    '- title',
    [{ at: 'title: { zh: 假如', path: 'arms[1].name', en: /missing; add it/, zh: /缺失/ }],
  ],
  [
    'two arms of one name',
    '- name: what-if-40',
    '- name: before',
    [{ at: 'before\n    title: { zh: 假如', path: 'arms[1].name', en: /"before" stands twice/ }],
  ],
  [
    'no arms',
    /arms:[\s\S]*?(?=\nfaults)/.exec(readFileSync(join(house, 'small-town.yaml'), 'utf8'))![0],
    'arms: []',
    [{ at: '[]', path: 'arms', en: /has 0 entries; give 1 or more/ }],
  ],
  [
    'a first arm on the reduced city, with which nothing could be compared on the whole',
    'reform: false',
    'reform: false\n    city: reduced',
    [{ at: 'reduced\n  - name: what-if-40', path: 'arms[0].city', en: /compared with the first arm/, zh: /与第一个方案比较/ }],
  ],
  [
    'only reduced arms after the first, so that there is no headline',
    'adoption: 0.4',
    'adoption: 0.4\n    city: reduced',
    [{ at: 'reduced\n    creditShare', path: 'arms[1].city', en: /no headline/, zh: /没有结论/ }],
  ],
  [
    'an arm on a city of another name',
    'city: reduced',
    'city: smaller',
    [{ at: 'smaller', path: 'arms[2].city', en: /not known; known: whole, reduced/ }],
  ],
  [
    'a reduced city of more sites than there are',
    'siteShare: 0.4',
    'siteShare: 40',
    [{ at: '40, days', path: 'reducedCity.siteShare', en: /is 40; give 1 or less/ }],
  ],
  [
    'an unknown staffing rule',
    'staffing: windows-kept',
    'staffing: window-kept',
    [{ at: 'window-kept', path: 'arms[1].staffing', en: /not known; did you mean "windows-kept"/ }],
  ],
  [
    'an unknown fault in an arm',
    'faults: [main-entry-outage]',
    'faults: [main-entry-outrage]',
    [{ at: 'main-entry-outrage', path: 'arms[1].faults[0]', en: /no such fault; did you mean "main-entry-outage"/ }],
  ],
  [
    'a fault on an unknown channel',
    'party: channel, name: main-entry',
    'party: channel, name: main-entri',
    [{ at: 'main-entri }', path: 'faults[0].target.name', en: /no such channel; did you mean "main-entry"/ }],
  ],
  [
    'a fault on an unknown bank',
    'party: channel, name: main-entry',
    'party: bank, name: bank-z',
    [{ at: 'bank-z', path: 'faults[0].target.name', en: /no such bank; did you mean "bank-a"/ }],
  ],
  [
    'a fault on a channel without its name',
    '{ party: channel, name: main-entry }',
    '{ party: channel }',
    [{ at: '{ party: channel }', path: 'faults[0].target.name', en: /missing; say which channel/ }],
  ],
  [
    'a fault of a party that is none',
    'party: channel, name: main-entry',
    'party: chanel, name: main-entry',
    [{ at: 'chanel', path: 'faults[0].target.party', en: /not known; did you mean "channel"/ }],
  ],
  [
    'no primary measure',
    'primaryMeasure: payment-queueing-minutes-per-visit\n',
    '',
    [{ at: 'format:', path: 'primaryMeasure', en: /missing; add it/, zh: /缺失/ }],
  ],
  [
    'a fault after midnight',
    '"10:10"',
    '"25:10"',
    [{ at: '"25:10"', path: 'faults[0].to', en: /is 25:10, outside the day/, zh: /不在当日之内/ }],
  ],
  [
    'a fault that ends when it begins',
    '"10:10"',
    '"10:00"',
    [{ at: '"10:00"\n    form', path: 'faults[0].to', en: /is 10:00, not after from 10:00/ }],
  ],
  [
    'a time that is no time',
    'from: "10:00"',
    'from: ten',
    [
      { at: 'ten\n', path: 'faults[0].from', en: /is "ten"; give a time hh:mm/ },
      { at: 'ten\n', path: 'faults[0].from', en: /outside the day/ },
    ],
  ],
  [
    'a fault that would do nothing',
    'kind: outage',
    'kind: slow',
    [{ at: 'name: main-entry-outage', path: 'faults[0]', en: /has no slowFactor, so it would do nothing/ }],
  ],
  [
    'a strength of another kind',
    'form: refuse',
    'errorShare: 0.5',
    [{ at: '0.5\n', path: 'faults[0].errorShare', en: /belongs to "error-burst"/ }],
  ],
  [
    'a day that does not exist',
    'date: 2020-12-14',
    'date: 2020-02-30',
    [{ at: '2020-02-30', path: 'date', en: /a day that does not exist/, zh: /没有这一天/ }],
  ],
  ['a date that is none', 'date: 2020-12-14', 'date: Monday', [{ at: 'Monday', path: 'date', en: /give a date yyyy-mm-dd/ }]],
  [
    'a date before the policy begins',
    'date: 2020-12-14',
    'date: 2002-12-16',
    [
      { at: '2002-12-16', path: 'date', en: /before any entry/ },
      ...['account', 'annualCap', 'clearing', 'deductible', 'fundRate', 'historyAccountMean', 'inpatient', 'insuranceYearStart'].map(
        (key) => ({
          at: '2002-12-16',
          path: 'date',
          en: new RegExp(`before the first line of ${key}`),
        }),
      ),
      { at: 'main-entry }', path: 'faults[0].target.name', en: /opens only on 2020-05-06/ },
    ],
  ],
  [
    'an unknown measure',
    'primaryMeasure: payment-queueing-minutes-per-visit',
    'primaryMeasure: payment-queuing-minutes-per-visit',
    [
      {
        at: 'payment-queuing',
        path: 'primaryMeasure',
        en: /no such measure to ask about; did you mean "payment-queueing-minutes-per-visit"/,
      },
    ],
  ],
  [
    'an unknown guarded group',
    'group: age/elderly',
    'group: age/elder',
    [{ at: 'age/elder', path: 'mustNotWorsen[0].group', en: /did you mean "age\/elderly"/ }],
  ],
  [
    'an unknown city',
    'city: small-town',
    'city: smal-town',
    [{ at: 'smal-town', path: 'city', en: /no such city file; did you mean "small-town"/ }],
  ],
  [
    'an unknown policy',
    'policy: shanghai-2020',
    'policy: shanghai-2002',
    [{ at: 'shanghai-2002', path: 'policy', en: /no such policy file; did you mean "shanghai-2020"/ }],
  ],
  [
    'a cap below the pilot',
    'maximumDays: 40',
    'maximumDays: 4',
    [{ at: '4, precision', path: 'replication.maximumDays', en: /is 4, below pilotDays 10/ }],
  ],
  ['a scale of nothing', 'seed: 7', 'seed: 7\nscale: 0', [{ at: '0\n\nprimary', path: 'scale', en: /is 0; give more than 0/ }]],
]
test.each(scenarioTable)('a scenario with %s is refused at its place', (_what, replace, by, expected) => {
  check([{ file: 'scenario', replace, by }], expected)
})

test('a guarded group needs a measure that is kept by group, and a question a measure with a better side', () => {
  check(
    [
      {
        file: 'scenario',
        replace: 'group: age/child, measure: visit-duration-minutes',
        by: 'group: age/child, measure: retry-amplification',
      },
      { file: 'scenario', replace: 'primaryMeasure: payment-queueing-minutes-per-visit', by: 'primaryMeasure: fund-fen' },
    ],
    [
      { at: 'fund-fen', path: 'primaryMeasure', en: /no such measure to ask about/ },
      { at: 'retry-amplification', path: 'mustNotWorsen[1].measure', en: /not kept by group/ },
    ],
  )
})

const cityTable: readonly (readonly [string, string, string, readonly Omit<Expected, 'file'>[]])[] = [
  [
    'a bare number',
    'platform:\n    servers: { value: 1, low: 1, high: 2, assumption: Made up for tests, group: entry-platform-and-bank-capacity }',
    'platform:\n    servers: 12',
    [{ at: '12\n  bureau', path: 'parties.platform.servers', en: /bare number 12; write \{ value: 12, source/, zh: /没有依据的数字 12/ }],
  ],
  [
    'both source and assumption',
    'institutions: { value: 5,',
    'institutions: { value: 5, source: S1, confidence: verified,',
    [
      { at: '{ value: 5, source', path: 'totals.institutions', en: /both source and assumption/ },
      { at: 'S1', path: 'totals.institutions.source', en: /begins with "S1", which is not under documents/ },
    ],
  ],
  [
    'neither source nor assumption',
    'institutions: { value: 5, low: 5, high: 5, assumption: Made up for tests, group: town-size }',
    'institutions: { value: 5 }',
    [{ at: '{ value: 5 }', path: 'totals.institutions', en: /neither where it comes from nor why it was assumed/ }],
  ],
  [
    'an assumption without range and group',
    'institutions: { value: 5, low: 5, high: 5, assumption: Made up for tests, group: town-size }',
    'institutions: { value: 5, assumption: why not }',
    [
      { at: '{ value: 5, ass', path: 'totals.institutions', en: /assumed without group/ },
      { at: '{ value: 5, ass', path: 'totals.institutions', en: /assumed without high/ },
      { at: '{ value: 5, ass', path: 'totals.institutions', en: /assumed without low/ },
    ],
  ],
  [
    'low above value',
    'value: 24000\n    low: 22000',
    'value: 24000\n    low: 25000',
    [{ at: '25000', path: 'people.persons.low', en: /is 25000, above value 24000/ }],
  ],
  ['high below value', 'high: 26000', 'high: 23000', [{ at: '23000', path: 'people.persons.high', en: /is 23000, below value 24000/ }]],
  [
    'shares that do not sum to one',
    '{ old-town: 0.6, new-town: 0.4 }',
    '{ old-town: 0.6, new-town: 0.5 }',
    [
      {
        at: '{ old-town: 0.6, new-town: 0.5 }',
        path: 'districts.populationShare.values',
        en: /sum to 1.1; make them sum to 1/,
        zh: /合计为 1.1/,
      },
    ],
  ],
  [
    'a row of shares that does not sum to one',
    'elderly: [0.03, 0.77, 0.15, 0.05]',
    'elderly: [0.03, 0.77, 0.15, 0.5]',
    [{ at: 'child: [0, 0, 0.92, 0.08]', path: 'people.insuredShares.values', en: /elderly sum to 1.45/ }],
  ],
  [
    'too few hours',
    'hourlyShares:\n    values: [0, 0, 0, 0, 0, 0, 0.01,',
    'hourlyShares:\n    values: [0, 0, 0, 0, 0, 0.01,',
    [{ at: '[0, 0, 0, 0, 0, 0.01', path: 'demand.hourlyShares.values', en: /has 23 entries; give 24/ }],
  ],
  [
    'a negative share',
    'publicInstitutionsShare:\n    value: 1',
    'publicInstitutionsShare:\n    value: -1',
    [
      { at: '-1\n', path: 'demand.publicInstitutionsShare.value', en: /is -1; give 0 or more/ },
      {
        at: '0.9\n    high: 1\n    assumption: Made up for tests\n    group: visits-level',
        path: 'demand.publicInstitutionsShare.low',
        en: /is 0.9, above value -1/,
      },
    ],
  ],
  [
    'zero windows',
    'minimumServers: { value: 1, low: 1, high: 2, assumption: Made up for tests, group: windows-at-the-peak }\n    shift: kiosks',
    'minimumServers: { value: 0, low: 0, high: 2, assumption: Made up for tests, group: windows-at-the-peak }\n    shift: kiosks',
    [{ at: '0, low: 0, high: 2', path: 'stations.kiosk.minimumServers.value', en: /is 0; give 1 or more/ }],
  ],
  [
    'a shift that never opens',
    'share: { values: [1, 0], low: 0.9, high: 1.1, assumption: Made up for tests, group: duty-hours }\n    minimumServers: { values: [1, 0]',
    'share: { values: [0, 0], low: 0.9, high: 1.1, assumption: Made up for tests, group: duty-hours }\n    minimumServers: { values: [0, 0]',
    [{ at: 'from: ["06:00"', path: 'shifts.kiosks', en: /never opens a window/ }],
  ],
  [
    'an unknown law',
    'serviceLaw: kiosk-service',
    'serviceLaw: kiosk-servise',
    [{ at: 'kiosk-servise', path: 'stations.kiosk.serviceLaw', en: /no such law; did you mean "kiosk-service"/ }],
  ],
  [
    'an unknown kind of law',
    'kind: exponential\n    meanSeconds: { value: 7200',
    'kind: exponental\n    meanSeconds: { value: 7200',
    [{ at: 'exponental', path: 'laws.patience.kind', en: /did you mean "exponential"/ }],
  ],
  [
    'an unknown key of a law',
    'patience:\n    kind: exponential\n    meanSeconds',
    'patience:\n    kind: exponential\n    meenSeconds',
    [
      { at: 'kind: exponential\n    meen', path: 'laws.patience.meanSeconds', en: /missing/ },
      { at: 'meenSeconds', path: 'laws.patience.meenSeconds', en: /did you mean "meanSeconds"/ },
    ],
  ],
  [
    'an unknown shift',
    'shift: kiosks',
    'shift: kiosk',
    [{ at: 'kiosk\n', path: 'stations.kiosk.shift', en: /no such shift; did you mean "kiosks"/ }],
  ],
  [
    'an unknown station',
    '  laboratory:\n',
    '  labratory:\n',
    [
      { at: 'registration-window:', path: 'stations.laboratory', en: /missing/ },
      { at: 'labratory', path: 'stations.labratory', en: /unknown key; did you mean "laboratory"/ },
    ],
  ],
  [
    'an unknown department in a column',
    'surgery: [8,',
    'surgry: [8,',
    [
      { at: 'internal-medicine: [', path: 'departments.weightByAge.values', en: /lacks the department "surgery"/ },
      { at: 'surgry', path: 'departments.weightByAge.values.surgry', en: /no department of this city; did you mean "surgery"/ },
    ],
  ],
  [
    'an unknown operation',
    'bank/debit: bank-payment',
    'bank/debid: bank-payment',
    [
      { at: 'entry/open: ', path: 'parties.operations', en: /lacks the operation "bank\/debit"/ },
      { at: 'bank/debid', path: 'parties.operations.bank/debid', en: /did you mean "bank\/debit"/ },
    ],
  ],
  [
    'two banks of one name',
    'name: bank-b,',
    'name: bank-a,',
    [
      { at: 'bank-a, title: { zh: 银行乙', path: 'parties.banks.list[1].name', en: /"bank-a" stands twice/ },
      { at: 'bank-b: 0.4', path: 'parties.banks.share.values.bank-b', en: /no bank of this city/ },
      { at: 'bank-b: 1 }', path: 'parties.banks.servers.values.bank-b', en: /no bank of this city/ },
      { at: 'bank-b: 1380 }', path: 'parties.banks.cutOffMinute.values.bank-b', en: /no bank of this city/ },
    ],
  ],
  [
    'a way to pay at a kiosk that is no wallet’s',
    'wechat: 0.4,',
    'wechatt: 0.4,',
    [
      { at: '{ wechatt: 0.4', path: 'parties.wallets.kioskShare.values', en: /lacks the way to pay at a kiosk "wechat"/ },
      { at: 'wechatt: 0.4', path: 'parties.wallets.kioskShare.values.wechatt', en: /did you mean "wechat"/ },
    ],
  ],
  [
    'a law of a wallet that there is not',
    'wallet/refund: wallet-payment',
    'wallet/refund: wallet-paymet',
    [{ at: 'wallet-paymet', path: 'parties.wallets.operations.wallet/refund', en: /did you mean "wallet-payment"/ }],
  ],
  [
    'tiers that miss the total',
    'values: [1, 1, 1, 5]',
    'values: [1, 1, 1, 6]',
    [{ at: '[1, 1, 1, 6]', path: 'tiers.sites.values', en: /add up to 9, but totals.sites is 8/ }],
  ],
  [
    'shifts out of order',
    'from: ["06:00", "22:00"]',
    'from: ["06:00", "05:00"]',
    [{ at: '"05:00"', path: 'shifts.kiosks.from[1]', en: /not after 06:00/ }],
  ],
  [
    'an opening day that does not exist',
    'openedOn: 2020-06-01',
    'openedOn: 2020-06-31',
    [{ at: '2020-06-31', path: 'parties.channels.list[1].openedOn', en: /does not exist/ }],
  ],
  [
    'fewer sites than institutions',
    'values: [1, 1, 1, 2]',
    'values: [1, 2, 1, 1]',
    [{ at: '1, 1, 5]', path: 'tiers.sites.values[1]', en: /gives district-tertiary 1 sites for 2 institutions/ }],
  ],
  [
    'more departments than it has',
    'values: [5, 4, 4, 2]',
    'values: [6, 4, 4, 2]',
    [{ at: '6, 4, 4, 2]', path: 'tiers.departmentCount.values[0]', en: /is 6, but the city has 5 departments/ }],
  ],
  [
    'sign-ups that end more often than they begin',
    'grantedShare: { value: 0.7, low: 0.5, high: 0.9',
    'grantedShare: { value: 0.9, low: 0.5, high: 0.9',
    [{ at: 'attemptsPerDay', path: 'signUp', en: /come to 1.08, more than all sign-ups/ }],
  ],
  [
    'frequencies that do not match their shares',
    'elderly: [3, 12, 30]',
    'elderly: [3, 12]',
    [{ at: '[3, 12]', path: 'people.frequencyClasses.visitsPerYear.values.elderly', en: /has 2 entries where share of elderly has 3/ }],
  ],
  [
    'a law from high to low',
    'patience:\n    kind: exponential\n    meanSeconds: { value: 7200, low: 3600, high: 14400, assumption: Made up for tests, group: patience }',
    'patience: { kind: uniform, lowSeconds: { value: 9, source: A, confidence: likely }, highSeconds: { value: 8, source: A, confidence: likely } }',
    [
      { at: 'A, confidence: likely }, highSeconds', path: 'laws.patience.lowSeconds.source', en: /begins with "A"/ },
      { at: '{ value: 8, source: A', path: 'laws.patience.highSeconds', en: /is 8, below lowSeconds 9/ },
      { at: 'A, confidence: likely } }', path: 'laws.patience.highSeconds.source', en: /begins with "A"/ },
    ],
  ],
  [
    'a tier with visits and no site',
    'values: [1, 1, 1, 5]',
    'values: [1, 1, 0, 6]',
    [
      { at: '0, 6]', path: 'tiers.sites.values[2]', en: /gives secondary 0 sites for 1 institutions/ },
      { at: '0, 6]', path: 'tiers.sites.values[2]', en: /no site, but visitShare sends it visits/ },
    ],
  ],
]
test.each(cityTable)('a city with %s is refused at its place', (_what, replace, by, expected) => {
  check(
    [{ file: 'city', replace, by }],
    expected.map((problem) => ({ ...problem, file: 'city' as const })),
  )
})

test('a policy with an unknown unit, a missing row, a rate above all and a wrong document is refused at each place', () => {
  check(
    [
      { file: 'policy', replace: 'value: 700, unit: yuan', by: 'value: 700, unit: yuans' },
      { file: 'policy', replace: 'ageGroups: [middle-aged, elderly]', by: 'ageGroups: [elderly]' },
      { file: 'policy', replace: 'values: [5000, 5000, 6000, 6500]', by: 'values: [5000, 5000, 6000, 65000]' },
      { file: 'policy', replace: 'source: "GOV03 医保年度"', by: 'source: "GOV04 医保年度"' },
    ],
    [
      { file: 'policy', at: '"GOV04', path: 'insuranceYearStart[0].source', en: /did you mean "GOV03"/ },
      { file: 'policy', at: '- insuredType: employee', path: 'benefits', en: /no row for employee, middle-aged/ },
      { file: 'policy', at: '65000', path: 'benefits[0].fundRate[0].values[3]', en: /is 65000; give 10000 or less/ },
      { file: 'policy', at: 'yuans', path: 'benefits[2].deductible[0].unit', en: /did you mean "yuan"/ },
    ],
  )
})

test('a second row for the stays of one type and a clearing day that does not exist are refused', () => {
  check(
    [
      {
        file: 'policy',
        replace: '- insuredType: resident\n    deductible:\n      - { from: 2017',
        by: '- insuredType: retired\n    deductible:\n      - { from: 2017',
      },
      { file: 'policy', replace: '{ from: 2017-07-01, value: 20, unit: days', by: '{ from: 2017-02-30, value: 20, unit: days' },
    ],
    [
      {
        file: 'policy',
        at: 'retired\n    deductible:\n      - { from: 2017-07-01, values: [300',
        path: 'inpatient[2].insuredType',
        en: /gives retired a second row/,
      },
      { file: 'policy', at: '2017-02-30', path: 'clearing.payout[0].from', en: /a day that does not exist/ },
    ],
  )
})

test('a policy row without its lines, credit bands that overlap and a day no year has are refused', () => {
  const band = '{ value: 500, from: 2020-01-01, unit: yuan, source: NOTE 1, confidence: likely }'
  check(
    [
      { file: 'policy', replace: 'day: 07-01', by: 'day: 02-29' },
      {
        file: 'policy',
        replace: 'insured: false',
        by: `insured: true\ncreditBands:\n  - { fromScore: 1, toScore: 9, limit: [${band}] }\n  - { fromScore: 9, toScore: 8, limit: [${band}] }`,
      },
    ],
    [
      { file: 'policy', at: '02-29', path: 'insuranceYearStart[1].day', en: /a day that not every year has/ },
      ...['account', 'annualCap', 'deductible', 'fundRate', 'historyAccountMean'].map((key) => ({
        file: 'policy' as const,
        at: 'insuredType: out-of-town',
        path: 'benefits[5]',
        en: new RegExp(`lacks ${key};`),
      })),
      { file: 'policy', at: '9, toScore: 8', path: 'creditBands[1].fromScore', en: /is 9, inside the band before it/ },
      { file: 'policy', at: '8, limit', path: 'creditBands[1].toScore', en: /is 8, below fromScore 9/ },
    ],
  )
})

test('more assumption groups than can be ranked are refused', () => {
  const few = readFileSync(join(house, fileOf.city), 'utf8')
  let number = 0
  write(fileOf.scenario, readFileSync(join(house, fileOf.scenario), 'utf8'))
  write(fileOf.policy, readFileSync(join(house, fileOf.policy), 'utf8'))
  write(
    fileOf.city,
    few.replace(/group: [a-z-]+/g, () => `group: group-${++number}`),
  )
  const problems = problemsOf(join(folder, 'small-town.yaml'))
  expect(problems.map(({ path }) => path)).toEqual(['city'])
  expect(problems[0]!.en).toMatch(/have \d+ assumption groups; merge them into 40 or fewer/)
})

/** The rows of one site of a user's own. */
const ownSite = (edits: Readonly<Record<string, string>> = {}): string => {
  const site: Record<string, string> = {
    name: '仁心医院',
    district: 'old-town',
    tier: 'secondary',
    servers: '{ registration-window: 3, cashier-window: 2, kiosk: 1 }',
    departments: '[{ name: surgery, doctors: 4 }]',
    hourlyArrivals: `[${Array.from({ length: 24 }, (_, hour) => (hour === 9 ? 60 : 0)).join(', ')}]`,
    ...edits,
  }
  const lines = Object.entries(site).map(([key, value]) => `      ${key}: ${value}`)
  return `givenSites:\n  source: OWN sites.csv\n  confidence: likely\n  list:\n    -\n${lines.join('\n')}\n`
}
const withTables = (text: string, ...expected: Omit<Expected, 'file'>[]): void =>
  check(
    [
      { file: 'city', replace: 'documents: {}', by: 'documents: { OWN: { title: own sites, address: sites.csv } }' },
      { file: 'city', replace: '\nservice:\n', by: `\n${text}service:\n` },
    ],
    expected.map((problem) => ({ ...problem, file: 'city' as const })),
  )

test('sites of a user’s own enter the plan as they are, under one source', () => {
  withTables(ownSite())
  const loaded = loadPlan(join(folder, 'small-town.yaml'))
  const { city, provenance } = (loaded as Extract<typeof loaded, { plan: unknown }>).plan
  expect(city.givenSites).toMatchObject([
    { name: '仁心医院', servers: { 'cashier-window': 2 }, departments: [{ name: 'surgery', doctors: 4 }] },
  ])
  expect(provenance.find(({ path }) => path === 'city.givenSites[*].hourlyArrivals')?.warrant).toEqual({
    kind: 'source',
    document: 'OWN',
    place: 'sites.csv',
    confidence: 'likely',
  })
})

test('sites of a user’s own with unknown names, no cashier or no visitors are refused at each place', () => {
  withTables(
    ownSite({
      district: 'oldtown',
      servers: '{ registration-window: 3 }',
      departments: '[{ name: surgry, doctors: 4 }]',
      hourlyArrivals: '[0, 0]',
    }),
    { at: 'oldtown', path: 'givenSites.list[0].district', en: /no such district; did you mean "old-town"/ },
    {
      at: '{ registration-window: 3 }',
      path: 'givenSites.list[0].servers',
      en: /no cashier-window; a site that takes cash opens 1 or more/,
    },
    { at: 'surgry', path: 'givenSites.list[0].departments[0].name', en: /no such department; did you mean "surgery"/ },
    { at: '[0, 0]', path: 'givenSites.list[0].hourlyArrivals', en: /are all 0/ },
    { at: '[0, 0]', path: 'givenSites.list[0].hourlyArrivals', en: /has 2 entries; give 24/ },
  )
  withTables(
    `${ownSite()}observedWaits:\n  source: OWN waits.csv\n  confidence: likely\n  list:\n    - { site: 仁爱医院, station: cashier-window, hour: 9, meanWaitSeconds: 600, count: 40 }\n`,
    { at: '仁爱医院', path: 'observedWaits.list[0].site', en: /no such given site; did you mean "仁心医院"/ },
  )
})

test('mistakes of all three files are told together', () => {
  check(
    [
      { file: 'scenario', replace: 'adoption: 0.4', by: 'adoption: 4' },
      { file: 'city', replace: 'shift: kiosks', by: 'shift: kiosk' },
      { file: 'policy', replace: 'insured: false', by: 'insured: no-one' },
    ],
    [
      { file: 'city', at: 'kiosk\n    elderlyPriority', path: 'stations.kiosk.shift', en: /kiosks/ },
      { file: 'policy', at: 'no-one', path: 'benefits[5].insured', en: /give true or false/ },
      { file: 'scenario', at: '4\n    creditShare', path: 'arms[1].adoption', en: /1 or less/ },
    ],
  )
})

test('malformed YAML is placed where the reader stumbled', () => {
  const path = write('broken.yaml', 'format: medpay-scenario\narms: [before,\n')
  const [problem] = problemsOf(path)
  expect(problem).toMatchObject({ line: 3, column: 1 })
  expect(problem!.en).toMatch(/is not valid YAML/)
  expect(problem!.zh).toMatch(/不是有效的 YAML/)
})

test('a name that stands twice in one block is refused at its second place', () => {
  const [problem] = problemsOf(write('twice.yaml', 'seed: 1\nseed: 2\n'))
  expect(problem).toMatchObject({ line: 2, column: 1 })
  expect(problem!.en).toMatch(/stands twice/)
})

test.each([
  ['empty', ''],
  ['a list', '- 1\n'],
  ['a word', 'hello\n'],
])('a file that is %s is told to be a block of keys', (_what, text) => {
  const [problem] = problemsOf(write('odd.yaml', text))
  expect(problem!.en).toMatch(/give a block of keys/)
})

test('a missing file is named, with the nearest scenario that ships', () => {
  expect(problemsOf(join(folder, 'nowhere.yaml'))[0]).toMatchObject({ line: 0, file: join(folder, 'nowhere.yaml') })
  expect(problemsOf('shanghai-weekdy')[0]!.en).toMatch(/did you mean "shanghai-weekday"/)
})

test('options of the command line are held to the same bounds', () => {
  const problems = problemsOf('small-town', { seed: -1, scale: 0, replications: 0, precision: -1, date: '2020-02-30' })
  expect(problems.map((problem) => formatProblem(problem, 'en'))).toEqual([
    '--date  is 2020-02-30, a day that does not exist',
    '--precision  is -1; give more than 0',
    '--replications  is 0; give 1 or more',
    '--scale  is 0; give more than 0',
    '--seed  is -1; give 0 or more',
    expect.stringMatching(/small-town.yaml:\d+:\d+ {2}date is 2020-02-30/),
  ])
})

test('two faults of one arm on one party at one time are refused, since the end of one would end the other', () => {
  const second = (from: string, arm: string): Edit[] => [
    { file: 'scenario', replace: 'faults: [main-entry-outage]', by: `faults: [main-entry-outage${arm}]` },
    {
      file: 'scenario',
      replace: '    form: refuse',
      by: `    form: refuse\n  - name: again\n    kind: slow\n    target: { party: channel, name: main-entry }\n    from: "${from}"\n    to: "11:00"\n    slowFactor: 3`,
    },
  ]
  check(second('10:05', ', again'), [
    { at: '"10:05"', path: 'faults[1].from', en: /while "main-entry-outage" strikes the same party from 10:00 to 10:10/, zh: /请错开/ },
  ])
  check(second('10:10', ', again'), [])
  check(second('10:05', ''), [])
})

test('a credit term of uneven lists, or with days after the last without interest is refused at each place', () => {
  const by = 'low: 1, high: 1, assumption: a test, group: credit-terms'
  const section = `creditTerm:
  overdueShare: { value: 0.5, low: 0.5, high: 0.5, assumption: a test, group: credit-terms }
  repaidAfterDays: { values: [7, 400], ${by} }
  repaidAfterShare: { values: [1], ${by} }
  walletShare: { values: { wechat: 1, alipay: 0, unionpay: 0 }, ${by} }
  scorePoints: { values: { overdue: -40, settled-late: 10, left-unsettled: -20 }, ${by} }

faults:
  - name`
  check(
    [{ file: 'scenario', replace: 'faults:\n  - name', by: section }],
    [
      { at: '400', path: 'creditTerm.repaidAfterDays.values[1]', en: /is 400, after the city's people\.credit\.repaymentDays/, zh: /晚于/ },
      { at: '[1]', path: 'creditTerm.repaidAfterShare.values', en: /has 1 entries where repaidAfterDays has 2/, zh: /项数应相同/ },
    ],
  )
})

test('a scale that would give two people one number is refused with the largest that would not', () => {
  const loaded = loadPlan('shanghai-weekday', { scale: 6 })
  expect('problems' in loaded ? loaded.problems.map((problem) => formatProblem(problem, 'en')).join('\n') : 'no problem').toMatch(
    /is 6: this city of 26000000 people can be played 5 times side by side; give 5 or less/,
  )
  expect('plan' in loadPlan('shanghai-weekday', { scale: 5 })).toBe(true)
})

test('a short form must name a fault of the file, leave time after it, and limit backups only where an entry is struck', () => {
  const short = (fault: string) =>
    `\nonTheWire: { fault: ${fault}, windowSeconds: 60, faultFromSecond: 20, faultSeconds: 40, seeds: { black-hole: 1, refuse: 1, errors: 1 } }\n`
  check(
    [{ file: 'scenario', replace: '\nfaults:\n', by: `${short('main-entry-outag')}\nfaults:\n` }],
    [
      { at: 'main-entry-outag,', path: 'onTheWire.fault', en: /no such fault; did you mean/ },
      { at: '40, seeds', path: 'onTheWire.faultSeconds', en: /leaves no time after it in a window of 60 s/ },
    ],
  )
  const form = { fault: 'out', windowSeconds: 60, faultFromSecond: 20, faultSeconds: 20, errorShare: 1, siteShare: 1 }
  const seeds = { 'black-hole': 1, refuse: 1, errors: 1 }
  const of = (party: 'channel' | 'bank') =>
    [...checkShortForm({ ...form, seeds, limitedBackups: { slowFactor: 2, seeds: 1 } }, [{ name: 'out', target: { party } }])].map(
      ({ en }) => en,
    )
  expect({ channel: of('channel'), bank: of('bank') }).toEqual({
    channel: [],
    bank: [expect.stringContaining('needs a fault of an entry')],
  })
})
