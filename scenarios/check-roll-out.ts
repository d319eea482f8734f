import type { CityFile } from './city-schema.ts'
import type { Mistake } from './problem.ts'
import type { RollOutFile } from './roll-out-schema.ts'
import { isCalendarDay, mustBeKnown, mustExist, noDuplicates } from './run-checks.ts'

/** What a schema cannot say of a roll-out: its days follow each other, its waves name the city's sites, its totals fit into each other. */
export function* checkRollOut(
  rollOut: RollOutFile,
  date: string,
  arms: readonly { readonly reform: boolean }[],
  city: CityFile | undefined,
): Generator<Mistake> {
  yield* mustExist(['rollOut', 'from'], rollOut.from)
  yield* mustExist(['rollOut', 'to'], rollOut.to)
  yield* noDuplicates(['rollOut', 'shapes'], rollOut.shapes, 'shape', '增长形态')
  yield* window(rollOut, date)
  yield* waves(rollOut)
  yield* totals(rollOut)
  if (arms.length !== 2 || arms[0]?.reform !== false || arms[1]?.reform !== true) {
    yield {
      path: ['arms'],
      en: 'of a roll-out are two: one without the reform, then one with it',
      zh: '：推广情景须有两个方案，先是没有改革的，后是有改革的',
    }
  }
  if (city !== undefined) yield* everySiteJoins(rollOut, city)
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

/** Sums that cannot be are a slip of the pen: more credit payments than payments with the credential. */
function* totals({ totals, to }: RollOutFile): Generator<Mistake> {
  const pairs = [
    ['creditPayments', 'credentialTransactions'],
    ['credentialTransactions', 'transactions'],
    ['signUps', 'activations'],
  ] as const
  for (const [part, whole] of pairs) {
    if (totals[part].value <= totals[whole].value) continue
    yield {
      path: ['rollOut', 'totals', part, 'value'],
      en: `is ${totals[part].value}, above ${whole} ${totals[whole].value}, of which it is a part`,
      zh: `为 ${totals[part].value}，大于 ${whole} ${totals[whole].value}，而它只是其中一部分`,
    }
  }
  yield* mustExist(['rollOut', 'totals', 'activations', 'until'], totals.activations.until)
  if (totals.activations.until < to) {
    yield {
      path: ['rollOut', 'totals', 'activations', 'until'],
      en: `is ${totals.activations.until}, before the last day ${to}`,
      zh: `为 ${totals.activations.until}，早于最后一天 ${to}`,
    }
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
