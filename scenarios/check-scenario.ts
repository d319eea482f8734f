import { checkGoLive } from './check-go-live.ts'
import { clearingKeys, datedKeys, inpatientKeys, isInsured } from './check-policy.ts'
import { checkRollOut } from './check-roll-out.ts'
import type { CityFile } from './city-schema.ts'
import { cityMeasures, measureOf, slicedMeasures } from './measure-names.ts'
import { noStrength, strengthOf } from './plan-faults.ts'
import type { PolicyFile } from './policy-schema.ts'
import type { Mistake } from './problem.ts'
import { lineOn } from './resolve-policy.ts'
import { assumptionGroups, type Check, isCalendarDay, mustBeKnown, mustExist, noDuplicates, runChecks } from './run-checks.ts'
import type { ScenarioFile } from './scenario-schema.ts'
import { secondOfDay } from './second-of-day.ts'
import { checkShortForm } from './short-form-schema.ts'

/** The scenario with the files it names, as far as they could be read. */
export interface Linked {
  readonly scenario: ScenarioFile
  readonly city: CityFile | undefined
  readonly policy: PolicyFile | undefined
}

/** More groups than this cannot be ranked from a few hundred sampled plans. */
export const maximumAssumptionGroups = 40

/** What a schema cannot say of a scenario: its names meet those of the city, its faults fit the day, its date has a policy. */
export const checkScenario = (linked: Linked, shapeIsSound = true): Mistake[] => runChecks(checks, linked, shapeIsSound)

const checks: readonly Check<Linked>[] = [
  someArmsAreWhole,
  ({ scenario }) => mustExist(['date'], scenario.date),
  ({ scenario }) => noDuplicates(['arms'], scenario.arms, 'arm', '方案'),
  ({ scenario }) => noDuplicates(['faults'], scenario.faults ?? [], 'fault', '故障'),
  measuresAreKnown,
  batches,
  armFaults,
  armsWithoutReform,
  scoresMeetBands,
  creditTermFits,
  faultTimes,
  faultTargets,
  faultStrength,
  faultsApart,
  peopleHaveNumbers,
  policyCoversDate,
  entriesAreOpen,
  groupsCanBeRanked,
  ({ scenario, city }) => checkGoLive(scenario, city),
  surgeDepartments,
  armsCompared,
  wireArmIsKnown,
  ({ scenario }) => checkShortForm(scenario.onTheWire, scenario.faults ?? []),
  ({ scenario, city }) => (scenario.rollOut === undefined ? [] : checkRollOut(scenario.rollOut, scenario, city)),
]

/** The headline says which way is better, so the primary measure must have one; a guarded group needs a sliced measure. */
function* measuresAreKnown({ scenario: { primaryMeasure, mustNotWorsen } }: Linked): Generator<Mistake> {
  const known = [...slicedMeasures, ...cityMeasures]
  yield* mustBeKnown(['primaryMeasure'], measureOf(primaryMeasure), known, 'measure to ask about', '可问的指标')
  for (const [index, { measure, group }] of (mustNotWorsen ?? []).entries()) {
    const path = ['mustNotWorsen', index, 'measure']
    if (group !== 'everybody' && cityMeasures.includes(measureOf(measure))) {
      yield { path, en: `is "${measure}", which is not kept by group; choose another`, zh: `为“${measure}”，不分组统计；请另选` }
    } else yield* mustBeKnown(path, measureOf(measure), known, 'measure to ask about', '可问的指标')
  }
}

function* batches({ scenario: { replication } }: Linked): Generator<Mistake> {
  if (replication.maximumDays < replication.pilotDays) {
    yield {
      path: ['replication', 'maximumDays'],
      en: `is ${replication.maximumDays}, below pilotDays ${replication.pilotDays}`,
      zh: `为 ${replication.maximumDays}，小于 pilotDays ${replication.pilotDays}`,
    }
  }
}

function* armFaults({ scenario: { arms, faults } }: Linked): Generator<Mistake> {
  const known = (faults ?? []).map(({ name }) => name)
  for (const [index, arm] of arms.entries()) {
    for (const [place, name] of (arm.faults ?? []).entries())
      yield* mustBeKnown(['arms', index, 'faults', place], name, known, 'fault', '故障')
  }
}

function* armsWithoutReform({ scenario: { arms } }: Linked): Generator<Mistake> {
  for (const [index, { reform, adoption }] of arms.entries()) {
    if (reform === false && (adoption ?? 0) > 0) {
      yield {
        path: ['arms', index, 'adoption'],
        en: `is ${adoption} in an arm without the reform, where nobody can adopt; set it to 0 or reform: true`,
        zh: `为 ${adoption}，但该方案没有改革，无人可用；请改为 0 或 reform: true`,
      }
    }
  }
}

/** Settling on leaving needs credit to settle with, and scores the policy's bands to stand in. */
function* scoresMeetBands({ scenario: { arms }, city, policy }: Linked): Generator<Mistake> {
  for (const [index, { settlesOnLeaving, reform, creditShareOfAdopters }] of arms.entries()) {
    if (settlesOnLeaving !== true || (reform && creditShareOfAdopters > 0)) continue
    yield {
      path: ['arms', index, 'settlesOnLeaving'],
      en: 'is true in an arm where nobody has credit; give reform: true and creditShareOfAdopters above 0',
      zh: '为 true，但该方案无人有信用；请设 reform: true 且 creditShareOfAdopters 大于 0',
    }
  }
  const shares = city?.people?.credit?.scoreBandShare?.values
  if (shares === undefined || policy === undefined || shares.length === policy.creditBands.length) return
  yield {
    path: ['policy'],
    en: `has ${policy.creditBands.length} creditBands, and the city's people.credit.scoreBandShare ${shares.length}; give one share a band`,
    zh: `有 ${policy.creditBands.length} 个 creditBands，而城市的 people.credit.scoreBandShare 有 ${shares.length} 个；应一档一个`,
  }
}

/** Whoever repays does so within the interest-free days, and somebody has credit at all. */
function* creditTermFits({ scenario: { creditTerm, arms }, city }: Linked): Generator<Mistake> {
  if (creditTerm === undefined) return
  const { repaidAfterDays: days, repaidAfterShare: shares } = creditTerm
  if (arms.every(({ reform, creditShareOfAdopters }) => !reform || creditShareOfAdopters === 0)) {
    yield {
      path: ['creditTerm'],
      en: 'is given where no arm has credit; give one reform: true and creditShareOfAdopters above 0, or leave it out',
      zh: '已给出，但没有任何方案有信用；请让某一方案 reform: true 且 creditShareOfAdopters 大于 0，或删去本节',
    }
  }
  if (days?.values?.length !== shares?.values?.length) {
    yield {
      path: ['creditTerm', 'repaidAfterShare', 'values'],
      en: `has ${shares?.values?.length} entries where repaidAfterDays has ${days?.values?.length}; give both the same number`,
      zh: `有 ${shares?.values?.length} 项，而 repaidAfterDays 有 ${days?.values?.length} 项；两者项数应相同`,
    }
  }
  const term = city?.people?.credit?.repaymentDays?.value
  for (const [index, day] of (days?.values ?? []).entries()) {
    if (term === undefined || day <= term) continue
    yield {
      path: ['creditTerm', 'repaidAfterDays', 'values', index],
      en: `is ${day}, after the city's people.credit.repaymentDays of ${term}; who repays in time does so by then`,
      zh: `为 ${day}，晚于城市的 people.credit.repaymentDays（${term}）；按期还款者须不晚于该日`,
    }
  }
}

function* faultTimes({ scenario: { faults } }: Linked): Generator<Mistake> {
  for (const [index, { from, to }] of (faults ?? []).entries()) {
    const fromSecond = secondOfDay(from)
    const toSecond = secondOfDay(to)
    for (const [key, second, text] of [
      ['from', fromSecond, from],
      ['to', toSecond, to],
    ] as const) {
      if (Number.isNaN(second)) {
        yield {
          path: ['faults', index, key],
          en: `is ${text}, outside the day; give 00:00 to 24:00`,
          zh: `为 ${text}，不在当日之内；应在 00:00 至 24:00`,
        }
      }
    }
    if (toSecond <= fromSecond) {
      yield {
        path: ['faults', index, 'to'],
        en: `is ${to}, not after from ${from}; end the fault later`,
        zh: `为 ${to}，不晚于开始 ${from}；请改为更晚`,
      }
    }
  }
}

function* faultTargets({ scenario: { faults }, city }: Linked): Generator<Mistake> {
  for (const [index, { target }] of (faults ?? []).entries()) {
    const path = ['faults', index, 'target', 'name']
    if (target.party === 'channel' || target.party === 'bank') {
      if (target.name === undefined) yield { path, en: `is missing; say which ${target.party}`, zh: '缺失；请写明是哪一个' }
      if (city === undefined) continue
      const known = city.parties[target.party === 'channel' ? 'channels' : 'banks'].list.map(({ name }) => name)
      yield* mustBeKnown(path, target.name, known, target.party, target.party === 'channel' ? '入口' : '银行')
    } else if (target.party === 'platform' || target.party === 'bureau')
      yield* mustBeKnown(path, target.name, [target.party], target.party, target.party === 'platform' ? '平台' : '医保局')
  }
}

/** A party has one fault at a time: the end of one would end the other. */
function* faultsApart({ scenario: { arms, faults } }: Linked): Generator<Mistake> {
  for (const [index, fault] of (faults ?? []).entries()) {
    const other = (faults ?? [])
      .slice(0, index)
      .find(
        (earlier) =>
          earlier.target.party === fault.target.party &&
          earlier.target.name === fault.target.name &&
          secondOfDay(earlier.from) < secondOfDay(fault.to) &&
          secondOfDay(fault.from) < secondOfDay(earlier.to) &&
          (arms ?? []).some((arm) => (arm.faults ?? []).includes(earlier.name) && (arm.faults ?? []).includes(fault.name)),
      )
    if (other === undefined) continue
    yield {
      path: ['faults', index, 'from'],
      en: `is ${fault.from}, while "${other.name}" strikes the same party from ${other.from} to ${other.to} in the same arm; let one end first`,
      zh: `为 ${fault.from}，而同一方案中“${other.name}”在 ${other.from} 至 ${other.to} 已作用于同一方；请错开`,
    }
  }
}

function* surgeDepartments({ scenario: { surge }, city }: Linked): Generator<Mistake> {
  if (surge === undefined || city === undefined) return
  for (const name of Object.keys(surge.departments)) {
    for (const mistake of mustBeKnown(['surge', 'departments', name], name, Object.keys(city.departments.titles), 'department', '科室'))
      yield { ...mistake, atKey: true }
  }
}

/** An arm may be compared with another that stands before it; with the first it is anyway. */
function* armsCompared({ scenario: { arms } }: Linked): Generator<Mistake> {
  for (const [index, { alsoAgainst }] of arms.entries()) {
    // An arm in waves is several, so that none of them is meant.
    const others = arms.slice(1, Math.max(1, index)).flatMap(({ name, goLive }) => (goLive === 'in-waves' ? [] : [name]))
    for (const [place, name] of (alsoAgainst ?? []).entries()) {
      const path = ['arms', index, 'alsoAgainst', place]
      if (name === arms[0]?.name) {
        yield {
          path,
          en: `is ${name}, the first arm, with which every arm is compared; leave it out`,
          zh: `为 ${name}，即第一个方案，各方案本就与之比较；请删去`,
        }
      } else yield* mustBeKnown(path, name, others, 'arm before this one, after the first', '位于其前（首个之后）的方案')
    }
  }
}

function* wireArmIsKnown({ scenario: { arms, wireArm } }: Linked): Generator<Mistake> {
  if (wireArm === undefined) return
  const names = arms.flatMap(({ name, goLive }) => (goLive === 'in-waves' ? [] : [name]))
  yield* mustBeKnown(['wireArm'], wireArm, names, 'arm', '方案')
}

/** A visit's draws are keyed by 32 bits of person and visit; more people would share them. */
function* peopleHaveNumbers({ scenario: { scale }, city }: Linked): Generator<Mistake> {
  const persons = city?.people.persons.value
  if (persons === undefined) return
  const most = Math.floor(PERSON_NUMBERS / persons)
  // Also where the scale is missing from a file that is broken elsewhere.
  if (!(Math.ceil(scale) > most)) return
  yield {
    path: ['scale'],
    en: `is ${scale}: this city of ${persons} people can be played ${most} times side by side; give ${most} or less`,
    zh: `为 ${scale}：这座有 ${persons} 人的城市最多可并列 ${most} 份；请不大于 ${most}`,
  }
}

/** 2^32 visits' keys, 32 to a person. */
const PERSON_NUMBERS = 134_217_728

/** A fault must be able to take effect, and say only what its kind uses. */
function* faultStrength({ scenario: { faults } }: Linked): Generator<Mistake> {
  for (const [index, fault] of (faults ?? []).entries()) {
    for (const [kind, key] of Object.entries(strengthOf)) {
      const none = noStrength[key]
      const given = fault[key] ?? none
      if (fault.kind === kind && given === none) {
        yield {
          path: ['faults', index],
          atKey: true,
          en: `is "${kind}" but has no ${key}, so it would do nothing; add ${key}:`,
          zh: `类型为“${kind}”而没有 ${key}，不会起作用；请补上 ${key}:`,
        }
      }
      if (fault.kind !== kind && given !== none) {
        yield {
          path: ['faults', index, key],
          en: `has no meaning for "${fault.kind}"; it belongs to "${kind}"`,
          zh: `对“${fault.kind}”没有意义；它属于“${kind}”`,
        }
      }
    }
  }
}

function* policyCoversDate({ scenario: { date }, policy }: Linked): Generator<Mistake> {
  if (policy === undefined || !isCalendarDay(date)) return
  const missing = new Set<string>()
  if (lineOn(policy.insuranceYearStart, date) === undefined) missing.add('insuranceYearStart')
  for (const row of policy.benefits) {
    if (!isInsured(row)) continue
    for (const key of datedKeys) {
      const lines: readonly { readonly from: string }[] = row[key] ?? []
      if (lines.length > 0 && lineOn(lines, date) === undefined) missing.add(key)
    }
  }
  const begun = (lines: readonly { readonly from: string }[] | undefined) =>
    (lines ?? []).length === 0 || lineOn(lines ?? [], date) !== undefined
  for (const row of policy.inpatient ?? []) {
    for (const key of inpatientKeys) if (!begun(row[key])) missing.add('inpatient')
  }
  for (const key of clearingKeys) if (!begun(policy.clearing?.[key])) missing.add('clearing')
  for (const { limit } of policy.creditBands ?? []) if (lineOn(limit, date) === undefined) missing.add('creditBands')
  for (const key of missing) {
    yield {
      path: ['date'],
      en: `is ${date}, before the first line of ${key} in the policy; choose a later date or another policy`,
      zh: `为 ${date}，早于政策中 ${key} 的第一行；请改日期或政策`,
    }
  }
}

function* entriesAreOpen({ scenario: { date, arms, faults }, city }: Linked): Generator<Mistake> {
  if (city === undefined || !isCalendarDay(date)) return
  const { list } = city.parties.channels
  if (arms.some(({ reform, adoption }) => reform && (adoption ?? 0) > 0) && list.every(({ openedOn }) => openedOn > date)) {
    yield { path: ['date'], en: `is ${date}, before any entry of the city opened`, zh: `为 ${date}，此时本市尚无入口开通` }
  }
  for (const [index, { target }] of (faults ?? []).entries()) {
    const channel = target.party === 'channel' ? list.find(({ name }) => name === target.name) : undefined
    if (channel !== undefined && channel.openedOn > date) {
      yield {
        path: ['faults', index, 'target', 'name'],
        en: `is ${channel.name}, which opens only on ${channel.openedOn}; the fault could do nothing on ${date}`,
        zh: `为 ${channel.name}，${channel.openedOn} 才开通；${date} 的故障不会起作用`,
      }
    }
  }
}

/** A headline compares two arms of the whole city; the reduced one only adds points beside it. */
function* someArmsAreWhole({ scenario: { arms } }: Linked): Generator<Mistake> {
  const reduced = arms.map(({ city }) => city === 'reduced')
  if (reduced[0] === true) {
    yield {
      path: ['arms', 0, 'city'],
      en: 'is "reduced", but the others are compared with the first arm, on the whole city too; take this line out',
      zh: '为“reduced”，但其余方案都与第一个方案比较，在全市亦然；请删去此行',
    }
  } else if (arms.length > 1 && !reduced.slice(1).includes(false)) {
    yield {
      path: ['arms', 1, 'city'],
      en: 'is "reduced", as in every arm after the first, so that the run would have no headline; play one arm on the whole city',
      zh: '为“reduced”，且第一个之后的方案皆如此，运行将没有结论；请至少让一个方案在全市运行',
    }
  }
}

function* groupsCanBeRanked({ scenario, city, policy }: Linked): Generator<Mistake> {
  const groups = new Set([...assumptionGroups(city), ...assumptionGroups(policy), ...assumptionGroups(scenario)])
  if (groups.size > maximumAssumptionGroups) {
    yield {
      path: ['city'],
      en: `, policy and scenario have ${groups.size} assumption groups; merge them into ${maximumAssumptionGroups} or fewer`,
      zh: `、政策与情景共有 ${groups.size} 个假设组；请合并为不多于 ${maximumAssumptionGroups} 个`,
    }
  }
}
