import { calibrationIsUsable, evidenceIsUsable, totalsAreUsedOnce } from './check-evidence.ts'
import { givenSitesAreUsable, observedSitesAreGiven } from './check-given-sites.ts'
import type { CityFile } from './city-schema.ts'
import { operationNames } from './operations.ts'
import { tiers } from './plan.ts'
import { bankCard } from './plan-wallets.ts'
import type { Mistake } from './problem.ts'
import { type Check, documentsAreListed, mustBeKnown, mustExist, noDuplicates, runChecks, sameNames } from './run-checks.ts'
import { secondOfDay } from './second-of-day.ts'

/** What a schema cannot say of a city: that its names meet, its parts add up, and its doors open. */
export const checkCity = (city: CityFile, shapeIsSound = true): Mistake[] => runChecks(checks, city, shapeIsSound)

const checks: readonly Check<CityFile>[] = [
  documentsAreListed,
  ({ districts }) =>
    sameNames(
      ['districts', 'populationShare', 'values'],
      districts.populationShare.values,
      Object.keys(districts.titles),
      'district',
      '区',
    ),
  ({ departments }) =>
    sameNames(
      ['departments', 'weightByAge', 'values'],
      departments.weightByAge.values,
      Object.keys(departments.titles),
      'department',
      '科室',
    ),
  ({ parties: { channels } }) =>
    sameNames(['parties', 'channels', 'usageShare', 'values'], channels.usageShare.values, namesOf(channels.list), 'channel', '入口'),
  ({ parties: { channels } }) =>
    sameNames(['parties', 'channels', 'servers', 'values'], channels.servers.values, namesOf(channels.list), 'channel', '入口'),
  ({ parties: { banks } }) => sameNames(['parties', 'banks', 'share', 'values'], banks.share.values, namesOf(banks.list), 'bank', '银行'),
  ({ parties: { banks } }) =>
    sameNames(['parties', 'banks', 'servers', 'values'], banks.servers.values, namesOf(banks.list), 'bank', '银行'),
  ({ parties: { banks } }) =>
    sameNames(['parties', 'banks', 'cutOffMinute', 'values'], banks.cutOffMinute.values, namesOf(banks.list), 'bank', '银行'),
  ({ parties: { wallets } }) =>
    wallets === undefined
      ? []
      : sameNames(
          ['parties', 'wallets', 'kioskShare', 'values'],
          wallets.kioskShare.values,
          [...namesOf(wallets.list), bankCard],
          'way to pay at a kiosk',
          '自助机付费方式',
        ),
  ({ parties: { wallets } }) => noDuplicates(['parties', 'wallets', 'list'], wallets?.list ?? [], 'wallet', '钱包'),
  ({ parties }) => noDuplicates(['parties', 'channels', 'list'], parties.channels.list, 'channel', '入口'),
  ({ parties }) => noDuplicates(['parties', 'banks', 'list'], parties.banks.list, 'bank', '银行'),
  ({ remote }) => noDuplicates(['remote'], remote, 'remote institution', '远程机构'),
  openingDays,
  totalsMeet,
  tierRows,
  ({ people: { credit } }) =>
    sameLength(['people', 'credit', 'limitShare', 'values'], credit.limitShare.values, credit.limitYuan.values, 'limitYuan'),
  frequencyRows,
  signUpEnds,
  lawsAreKnown,
  lawBounds,
  operationsAreKnown,
  shiftsAreKnown,
  shiftTables,
  givenSitesAreUsable,
  observedSitesAreGiven,
  evidenceIsUsable,
  totalsAreUsedOnce,
  calibrationIsUsable,
]

const namesOf = (items: readonly { readonly name: string }[]): string[] => items.map(({ name }) => name)

function* sameLength(path: Mistake['path'], values: readonly unknown[], others: readonly unknown[], other: string): Generator<Mistake> {
  if (values.length !== others.length) {
    yield {
      path,
      en: `has ${values.length} entries where ${other} has ${others.length}; give both the same number`,
      zh: `有 ${values.length} 项，而 ${other} 有 ${others.length} 项；两者项数应相同`,
    }
  }
}

function* openingDays({ parties }: CityFile): Generator<Mistake> {
  for (const [index, { openedOn }] of parties.channels.list.entries())
    yield* mustExist(['parties', 'channels', 'list', index, 'openedOn'], openedOn)
}

function* totalsMeet({ totals, tiers: columns }: CityFile): Generator<Mistake> {
  for (const key of ['institutions', 'sites'] as const) {
    const sum = columns[key].values.reduce((total, entry) => total + entry, 0)
    const wanted = totals[key].value
    if (sum !== wanted) {
      yield {
        path: ['tiers', key, 'values'],
        en: `add up to ${sum}, but totals.${key} is ${wanted}; make them meet`,
        zh: `合计为 ${sum}，而 totals.${key} 为 ${wanted}；两者应一致`,
      }
    }
  }
}

function* tierRows({ tiers: columns, departments }: CityFile): Generator<Mistake> {
  const known = Object.keys(departments.titles).length
  for (const [index, tier] of tiers.entries()) {
    const institutions = columns.institutions.values[index]!
    const sites = columns.sites.values[index]!
    if (sites < institutions || (institutions === 0 && sites > 0)) {
      yield {
        path: ['tiers', 'sites', 'values', index],
        en: `gives ${tier} ${sites} sites for ${institutions} institutions; each has at least one, and each site belongs to one`,
        zh: `${tier} 有 ${institutions} 家机构却只有 ${sites} 个执业点；每家至少一个，且每个都属于一家`,
      }
    }
    if (sites === 0 && columns.visitShare.values[index]! > 0) {
      yield {
        path: ['tiers', 'sites', 'values', index],
        en: `gives ${tier} no site, but visitShare sends it visits; add a site or set its visitShare to 0`,
        zh: `${tier} 没有执业点，而 visitShare 有就诊量；请补执业点或将其 visitShare 设为 0`,
      }
    }
    const wanted = columns.departmentCount.values[index]!
    if (wanted > known) {
      yield {
        path: ['tiers', 'departmentCount', 'values', index],
        en: `is ${wanted}, but the city has ${known} departments`,
        zh: `为 ${wanted}，但本市只有 ${known} 个科室`,
      }
    }
  }
}

function* frequencyRows({ people: { frequencyClasses } }: CityFile): Generator<Mistake> {
  const { share, visitsPerYear } = frequencyClasses
  for (const age of ['child', 'young-adult', 'middle-aged', 'elderly'] as const) {
    yield* sameLength(
      ['people', 'frequencyClasses', 'visitsPerYear', 'values', age],
      visitsPerYear.values[age],
      share.values[age],
      `share of ${age}`,
    )
  }
}

function* signUpEnds({ signUp }: CityFile): Generator<Mistake> {
  const sum = signUp.grantedShare.value + signUp.digitalCardShare.value + signUp.raisedLimitShare.value
  if (sum > 1 + 1e-9) {
    yield {
      path: ['signUp'],
      en: `grants, digital cards and raised limits come to ${sum}, more than all sign-ups; the rest are refused, so keep them at 1 or less`,
      zh: `授信、数字卡与提额合计 ${sum}，超过全部签约；其余为拒绝，故合计应不大于 1`,
    }
  }
}

function* lawsAreKnown({ laws, journey, stations, parties }: CityFile): Generator<Mistake> {
  const known = Object.keys(laws)
  for (const [key, name] of Object.entries(journey))
    if (key.endsWith('Law')) yield* mustBeKnown(['journey', key], name, known, 'law', '分布')
  for (const [kind, { serviceLaw }] of Object.entries(stations)) {
    yield* mustBeKnown(['stations', kind, 'serviceLaw'], serviceLaw, known, 'law', '分布')
  }
  for (const [operation, name] of Object.entries(parties.operations)) {
    yield* mustBeKnown(['parties', 'operations', operation], name, known, 'law', '分布')
  }
  for (const [operation, name] of Object.entries(parties.wallets?.operations ?? {})) {
    yield* mustBeKnown(['parties', 'wallets', 'operations', operation], name, known, 'law', '分布')
  }
}

function* lawBounds({ laws }: CityFile): Generator<Mistake> {
  for (const [name, law] of Object.entries(laws)) {
    if (law.kind === 'uniform' && law.highSeconds.value < law.lowSeconds.value) {
      yield {
        path: ['laws', name, 'highSeconds'],
        en: `is ${law.highSeconds.value}, below lowSeconds ${law.lowSeconds.value}`,
        zh: `为 ${law.highSeconds.value}，低于 lowSeconds ${law.lowSeconds.value}`,
      }
    }
  }
}

function operationsAreKnown({ parties }: CityFile): Iterable<Mistake> {
  return sameNames(['parties', 'operations'], parties.operations, operationNames, 'operation', '操作')
}

function* shiftsAreKnown({ shifts, stations, consulting }: CityFile): Generator<Mistake> {
  const known = Object.keys(shifts)
  for (const [kind, { shift }] of Object.entries(stations)) yield* mustBeKnown(['stations', kind, 'shift'], shift, known, 'shift', '班次')
  yield* mustBeKnown(['consulting', 'shift'], consulting.shift, known, 'shift', '班次')
}

function* shiftTables({ shifts }: CityFile): Generator<Mistake> {
  for (const [name, { from, share, minimumServers }] of Object.entries(shifts)) {
    yield* sameLength(['shifts', name, 'share', 'values'], share.values, from, 'from')
    yield* sameLength(['shifts', name, 'minimumServers', 'values'], minimumServers.values, from, 'from')
    for (const [index, clock] of from.entries()) {
      const second = secondOfDay(clock)
      if (Number.isNaN(second)) {
        yield { path: ['shifts', name, 'from', index], en: `is ${clock}, no time of a day`, zh: `为 ${clock}，不是一天中的时刻` }
      } else if (index > 0 && second <= secondOfDay(from[index - 1]!)) {
        yield {
          path: ['shifts', name, 'from', index],
          en: `is ${clock}, not after ${from[index - 1]}; put the times in order`,
          zh: `为 ${clock}，不晚于 ${from[index - 1]}；时刻须依次排列`,
        }
      }
    }
    if (share.values.every((entry) => entry === 0) && minimumServers.values.every((entry) => entry === 0)) {
      yield {
        path: ['shifts', name],
        en: 'never opens a window; give a share or a minimum above 0',
        zh: '全天没有窗口开放；请给出大于 0 的份额或下限',
      }
    }
  }
}
