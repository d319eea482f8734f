import type { CityFile } from './city-schema.ts'
import { rollOutTotalNames } from './plan-roll-out.ts'
import type { Mistake } from './problem.ts'
import type { RollOutFile } from './roll-out-schema.ts'
import { isCalendarDay, mustBeKnown, mustExist, noDuplicates } from './run-checks.ts'
import type { ScenarioFile } from './scenario-schema.ts'

/** What a schema cannot say of a roll-out: its days follow each other, its waves name the city's sites, its totals fit into each other. */
export function* checkRollOut(
  rollOut: RollOutFile,
  { date, arms, scale }: Pick<ScenarioFile, 'date' | 'arms' | 'scale'>,
  city: CityFile | undefined,
): Generator<Mistake> {
  if (scale > 1) {
    yield {
      path: ['scale'],
      en: `is ${scale}: a roll-out happened to one city; give 1 or less`,
      zh: `为 ${scale}：推广只有一座城市；请不大于 1`,
    }
  }
  yield* mustExist(['rollOut', 'from'], rollOut.from)
  yield* mustExist(['rollOut', 'to'], rollOut.to)
  yield* noDuplicates(['rollOut', 'shapes'], rollOut.shapes, 'shape', '增长形态')
  yield* window(rollOut, date)
  yield* waves(rollOut)
  if (arms.length !== 2 || arms[0]?.reform !== false || arms[1]?.reform !== true) {
    yield {
      path: ['arms'],
      en: 'of a roll-out are two: one without the reform, then one with it',
      zh: '：推广情景须有两个方案，先是没有改革的，后是有改革的',
    }
  }
  if (city === undefined) return
  yield* totalsAreKnown(city)
  yield* everySiteJoins(rollOut, city)
}

function* window({ from, to }: RollOutFile, date: string): Generator<Mistake> {
  if (!isCalendarDay(from) || !isCalendarDay(to)) return
  if (to < from) {
    yield {
      path: ['rollOut', 'to'],
      en: `is ${to}, before from ${from}; end the roll-out later`,
      zh: `为 ${to}，早于开始 ${from}；请改为更晚`,
    }
  } else if (to !== date) {
    yield {
      path: ['rollOut', 'to'],
      en: `is ${to}, but the scenario's date is ${date}; a roll-out ends on the scenario's date`,
      zh: `为 ${to}，而情景日期为 ${date}；推广应在情景日期结束`,
    }
  }
}

function* waves({ from, to, waves }: RollOutFile): Generator<Mistake> {
  for (const [index, wave] of waves.entries()) {
    const path = ['rollOut', 'waves', index, 'on']
    yield* mustExist(path, wave.on)
    const before = index === 0 ? from : (waves[index - 1]?.on as string)
    if (wave.on < before || wave.on > to) {
      yield {
        path,
        en: `is ${wave.on}; waves stand in order, between ${from} and ${to}`,
        zh: `为 ${wave.on}；各批应按日期排列，并在 ${from} 与 ${to} 之间`,
      }
    }
  }
}

/** Adoption is fitted to what the city file says is published; without it there is nothing to meet. */
function* totalsAreKnown(city: CityFile): Generator<Mistake> {
  const known = (city.publishedTotals ?? []).map(({ name }) => name)
  const missing = Object.values(rollOutTotalNames).filter((name) => !known.includes(name))
  if (missing.length === 0) return
  yield {
    path: ['rollOut'],
    atKey: true,
    en: `needs totals to fit adoption to, but the city's publishedTotals lack ${missing.join(', ')}; add them there`,
    zh: `须有可拟合的公布总量，但城市文件的 publishedTotals 缺少 ${missing.join('、')}；请在那里补上`,
  }
}

/** Each district and each municipal institution joins in exactly one wave. */
function* everySiteJoins({ waves }: RollOutFile, city: CityFile): Generator<Mistake> {
  const districts = Object.keys(city.districts.titles)
  const joined = new Map<string, number>()
  for (const [index, wave] of waves.entries()) {
    for (const [place, name] of wave.districts.entries()) {
      const path = ['rollOut', 'waves', index, 'districts', place]
      yield* mustBeKnown(path, name, districts, 'district', '区')
      const earlier = joined.get(name)
      if (earlier !== undefined)
        yield { path, en: `is ${name}, which joined in wave ${earlier + 1}`, zh: `为 ${name}，已在第 ${earlier + 1} 批加入` }
      joined.set(name, index)
    }
  }
  for (const name of districts) {
    if (!joined.has(name)) {
      yield {
        path: ['rollOut', 'waves'],
        en: `leave out the district ${name}; let it join in one of them`,
        zh: `遗漏了 ${name}；请列入其中一批`,
      }
    }
  }
  const institutions = city.tiers.institutions.values[0] ?? 0
  const sum = waves.reduce((all, wave) => all + wave.municipalInstitutions, 0)
  if (sum !== institutions) {
    yield {
      path: ['rollOut', 'waves'],
      en: `let ${sum} municipal institutions join, but the city has ${institutions}`,
      zh: `共加入 ${sum} 家市级机构，而本市有 ${institutions} 家`,
    }
  }
}
