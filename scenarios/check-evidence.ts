/** What a schema cannot say of a city's target table, its published totals and its fitted numbers. */
import { at } from './check-shape.ts'
import type { CityFile } from './city-schema.ts'
import { numberAt } from './fitted-numbers.ts'
import { slicedMeasures } from './measure-names.ts'
import { evidenceSwitcherSlices } from './plan-evidence.ts'
import type { Mistake } from './problem.ts'
import { mustBeKnown, mustExist, noDuplicates } from './run-checks.ts'

export function* evidenceIsUsable({ evidence = [], calibration }: CityFile): Generator<Mistake> {
  yield* noDuplicates(['evidence'], evidence, 'row', '行')
  for (const [index, row] of evidence.entries()) {
    const path = ['evidence', index] as const
    yield* mustBeKnown([...path, 'measure'], row.measure, slicedMeasures, 'measure by group of visits', '可按人群统计的指标')
    if (row.high < row.low) {
      yield {
        path: [...path, 'high'],
        en: `is ${row.high}, below low, ${row.low}; give the larger of the two`,
        zh: `为 ${row.high}，低于 low 的 ${row.low}；请填较大者`,
      }
    }
    const isChange = row.savedAtAdoption !== undefined
    const wantsChange = (evidenceSwitcherSlices as readonly string[]).includes(row.slice)
    if (wantsChange && !isChange) {
      yield {
        path: [...path, 'slice'],
        en: `is ${row.slice}, and nobody switches before the reform; add savedAtAdoption: to say in which arm`,
        zh: `为 ${row.slice}，而改革之前无人改用；请加 savedAtAdoption: 指明方案`,
      }
    }
    if (row.use === 'calibrated' && isChange) {
      yield {
        path: [...path, 'use'],
        en: 'is calibrated, but the row is what the reform saved; numbers are found from the day before it, so hold the row out',
        zh: '为 calibrated，但此行是改革所节省的；数值只由改革之前确定，请改为 held-out',
      }
    }
    if (row.use === 'calibrated' && calibration === undefined) {
      yield {
        path: [...path, 'use'],
        en: 'is calibrated, but the file has no calibration: that would use it; add one or hold the row out',
        zh: '为 calibrated，但文件没有使用它的 calibration:；请补上或改为 held-out',
      }
    }
  }
}

export function* totalsAreUsedOnce({ publishedTotals = [] }: CityFile): Generator<Mistake> {
  yield* noDuplicates(['publishedTotals'], publishedTotals, 'total', '总量')
  for (const [index, { use, parameter }] of publishedTotals.entries()) {
    const path = ['publishedTotals', index] as const
    if (use === 'fitted' && parameter === undefined) {
      yield {
        path: [...path, 'use'],
        en: 'is fitted, but no parameter: says what it fixed; add it',
        zh: '为 fitted，但没有 parameter: 说明它确定了什么；请补上',
      }
    }
    if (use !== 'fitted' && parameter !== undefined) {
      yield {
        path: [...path, 'parameter'],
        en: `stands at a total that is ${use}; a total fixes a parameter or does not, never both`,
        zh: `出现在 ${use} 的总量上；总量或确定一个参数，或不确定，不可兼有`,
      }
    }
    const first = publishedTotals.findIndex((other) => other.parameter !== undefined && other.parameter === parameter)
    if (parameter !== undefined && first < index) {
      yield {
        path: [...path, 'parameter'],
        en: `is fixed by publishedTotals[${first}] already; one total fixes one parameter`,
        zh: `已由 publishedTotals[${first}] 确定；一个总量只确定一个参数`,
      }
    }
  }
}

export function* calibrationIsUsable(city: CityFile): Generator<Mistake> {
  const { calibration, evidence = [] } = city
  if (calibration === undefined) return
  yield* noDuplicates(['calibration', 'parameters'], calibration.parameters, 'parameter', '参数')
  yield* mustExist(['calibration', 'day', 'date'], calibration.day.date)
  const rows = evidence.filter(({ use }) => use === 'calibrated').length
  if (rows < calibration.parameters.length) {
    yield {
      path: ['calibration', 'parameters'],
      en: `are ${calibration.parameters.length}, but only ${rows} rows of evidence are calibrated; as many rows as parameters are needed, or they are not determined`,
      zh: `有 ${calibration.parameters.length} 个，而 evidence 中只有 ${rows} 行为 calibrated；行数不少于参数数才能确定`,
    }
  }
  const moved = new Set<string>()
  for (const [index, parameter] of calibration.parameters.entries()) {
    const here = ['calibration', 'parameters', index] as const
    for (const key of ['start', 'fitted'] as const) {
      if (parameter[key] >= parameter.low && parameter[key] <= parameter.high) continue
      yield {
        path: [...here, key],
        en: `is ${parameter[key]}, outside low … high (${parameter.low} … ${parameter.high}); ${key === 'start' ? 'give one inside' : 'run medpay calibrate again'}`,
        zh: `为 ${parameter[key]}，不在 low … high（${parameter.low} … ${parameter.high}）之内；请${key === 'start' ? '改为其内' : '重新运行 medpay calibrate'}`,
      }
    }
    for (const [place, move] of parameter.moves.entries())
      yield* moveMistakes(city, [...here, 'moves', place], move, parameter.fitted, moved)
  }
}

type Move = NonNullable<CityFile['calibration']>['parameters'][number]['moves'][number]

function* moveMistakes(city: CityFile, path: Mistake['path'], move: Move, factor: number, moved: Set<string>): Generator<Mistake> {
  const node = at(city, move.path.split('.')) as { readonly value?: unknown; readonly values?: unknown } | undefined
  const now = node?.value ?? node?.values
  const isList = Array.isArray(move.base)
  const fits = isList ? Array.isArray(now) && now.length === (move.base as number[]).length : typeof now === 'number'
  if (!fits) {
    yield {
      path: [...path, 'path'],
      en: `is "${move.path}", where this file has no ${isList ? 'list of as many numbers as base' : 'single number'}; name a place such as consulting.peakUtilization`,
      zh: `为“${move.path}”，文件该处没有${isList ? '与 base 等长的一列数' : '单个数字'}；请写如 consulting.peakUtilization 的位置`,
    }
    return
  }
  const length = isList ? (move.base as number[]).length : 1
  for (const [place, entry] of (move.entries ?? []).entries()) {
    if (entry < length) continue
    yield {
      path: [...path, 'entries', place],
      en: `is ${entry}, but the list ends at ${length - 1}`,
      zh: `为 ${entry}，而该列只到 ${length - 1}`,
    }
  }
  for (let entry = 0; entry < length; entry++) {
    const key = `${move.path}[${entry}]`
    const moves = move.entries === undefined || move.entries.includes(entry)
    if (moves && moved.has(key)) {
      yield {
        path: [...path, 'path'],
        en: `moves ${key}, which another move moves already; leave one`,
        zh: `调整 ${key}，但它已被另一处调整；请只留一处`,
      }
    }
    if (moves) moved.add(key)
    const wanted = numberAt(move, entry, factor)
    const found = (isList ? (now as number[])[entry] : now) as number
    if (found === wanted) continue
    yield {
      path: isList ? [...move.path.split('.'), 'values', entry] : [...move.path.split('.'), 'value'],
      en: `is ${found}, but the calibration makes it ${wanted}; run medpay calibrate, or change its base in calibration:`,
      zh: `为 ${found}，而校准所得为 ${wanted}；请运行 medpay calibrate，或在 calibration: 中改其 base`,
    }
  }
}
