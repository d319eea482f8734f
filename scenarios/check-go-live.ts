import type { CityFile } from './city-schema.ts'
import type { Mistake } from './problem.ts'
import { mustBeKnown, mustExist } from './run-checks.ts'
import type { ScenarioFile } from './scenario-schema.ts'
import { secondOfDay } from './second-of-day.ts'

/** What a schema cannot say of a morning of going live: its times, its waves and the city's sites, the arms that use it. */
export function* checkGoLive({ goLive, arms }: ScenarioFile, city: CityFile | undefined): Generator<Mistake> {
  for (const [index, arm] of arms.entries()) {
    if ((arm.goLive ?? 'nothing') === 'nothing') continue
    const path = ['arms', index, 'goLive']
    if (goLive === undefined) {
      yield { path, en: `is ${arm.goLive}, but the scenario has no goLive:; add it`, zh: `为 ${arm.goLive}，但情景没有 goLive:；请补上` }
    } else if (arm.reform === false) {
      yield {
        path,
        en: `is ${arm.goLive} in an arm without the reform; set reform: true`,
        zh: `为 ${arm.goLive}，但该方案没有改革；请改为 reform: true`,
      }
    } else if (arm.goLive === 'in-waves' && (goLive.waves ?? []).length === 0) {
      yield { path, en: 'is in-waves, but goLive.waves names no wave; add them', zh: '为 in-waves，但 goLive.waves 没有任何批次；请补上' }
    }
  }
  if (goLive === undefined) return
  if (!arms.some((arm) => (arm.goLive ?? 'nothing') !== 'nothing')) {
    yield {
      path: ['goLive'],
      atKey: true,
      en: 'is used by no arm; let one go live all-at-once or in-waves',
      zh: '没有方案使用；请让某个方案 goLive: all-at-once 或 in-waves',
    }
  }
  yield* times(goLive)
  yield* waves(goLive.waves ?? [], city)
}

function* times(goLive: NonNullable<ScenarioFile['goLive']>): Generator<Mistake> {
  const { at, readyBy } = goLive
  const transferSeconds = (goLive.directoryMegabytes?.value * 8) / goLive.fileDeskMegabitsPerSecond?.value
  if (transferSeconds >= goLive.fileDeskTimeoutSeconds?.value) {
    yield {
      path: ['goLive', 'fileDeskTimeoutSeconds'],
      en: `is shorter than one transfer, ${Math.ceil(transferSeconds)} s, so that no site would ever be ready; give more`,
      zh: `短于一次传输所需的 ${Math.ceil(transferSeconds)} 秒，任何执业点都无法就绪；请加长`,
    }
  }
  for (const [key, text] of [
    ['at', at],
    ['readyBy', readyBy],
  ] as const) {
    if (Number.isNaN(secondOfDay(text)))
      yield {
        path: ['goLive', key],
        en: `is ${text}, no time of a day; give 00:00 to 24:00`,
        zh: `为 ${text}，不是一天中的时刻；应在 00:00 至 24:00`,
      }
  }
  if (secondOfDay(readyBy) <= secondOfDay(at)) {
    yield {
      path: ['goLive', 'readyBy'],
      en: `is ${readyBy}, not after at ${at}; give a later time`,
      zh: `为 ${readyBy}，不晚于切换时刻 ${at}；请改为更晚`,
    }
  }
}

/** Each district and each municipal institution joins in exactly one wave, so that the waves together are all at once. */
function* waves(list: NonNullable<ScenarioFile['goLive']>['waves'], city: CityFile | undefined): Generator<Mistake> {
  if (list.length === 0) return
  const joined = new Map<string, number>()
  for (const [index, wave] of list.entries()) {
    const path = ['goLive', 'waves', index]
    yield* mustExist([...path, 'on'], wave.on)
    const before = list[index - 1]?.on
    if (before !== undefined && wave.on < before) {
      yield {
        path: [...path, 'on'],
        en: `is ${wave.on}, before the wave above it; put waves in order`,
        zh: `为 ${wave.on}，早于上一批；请按日期排列`,
      }
    }
    for (const [place, name] of (wave.districts ?? []).entries()) {
      if (city !== undefined) yield* mustBeKnown([...path, 'districts', place], name, Object.keys(city.districts.titles), 'district', '区')
      const earlier = joined.get(name)
      if (earlier !== undefined) {
        yield {
          path: [...path, 'districts', place],
          en: `is ${name}, which joined in wave ${earlier + 1}; name it once`,
          zh: `为 ${name}，已在第 ${earlier + 1} 批加入；请只列一次`,
        }
      }
      joined.set(name, index)
    }
  }
  if (city === undefined) return
  const missing = Object.keys(city.districts.titles).filter((name) => !joined.has(name))
  if (missing.length > 0) {
    yield {
      path: ['goLive', 'waves'],
      en: `leave out ${missing.join(', ')}; let each district join in one of them`,
      zh: `遗漏了 ${missing.join('、')}；请将每个区列入其中一批`,
    }
  }
  const institutions = city.tiers.institutions.values[0] ?? 0
  const sum = list.reduce((all, wave) => all + (wave.municipalInstitutions ?? 0), 0)
  if (sum !== institutions) {
    yield {
      path: ['goLive', 'waves'],
      en: `let ${sum} municipal institutions join, but the city has ${institutions}; let each join in one of them`,
      zh: `共加入 ${sum} 家市级机构，而本市有 ${institutions} 家；请使每家都列入其中一批`,
    }
  }
}
