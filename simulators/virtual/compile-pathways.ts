/**
 * Pathways, errands and laws as the kernel's rows: the place where names are checked. A row's draws are numbered by the step's name,
 * so a new step leaves the others' draws as they were.
 */
import { type CityPlan, type Plan, stationKinds } from '../../scenarios/plan.ts'
import type { GoLivePlan } from '../../scenarios/plan-go-live.ts'
import { compileLaw } from '../engine/law.ts'
import type { DecisionNames } from '../engine/streams.ts'
import { allPathways } from '../pathways/all-pathways.ts'
import type { LawUse, Step, TraitName } from '../pathways/pathway.ts'
import {
  CHILD_SHIFT,
  DRUGS_SHIFT,
  EXAMINATION_SHIFT,
  MODE_SHIFT,
  REGISTRATION_SHIFT,
  SELF_SERVICE_SHIFT,
  SIGN_UP_SHIFT,
  UNSETTLED_SHIFT,
} from '../patients/traits.ts'
import { errands, legs, type Message } from '../platform/errands.ts'
import {
  BRANCH,
  DELAY,
  LEAVE,
  MESSAGE_AT_WALLET,
  MESSAGE_CREDIT_BANK,
  MESSAGE_MOVES_MONEY,
  MESSAGE_NEEDS_CREDIT,
  PAY,
  PAY_WALKING,
  ROOM_SLOT,
  SERVE,
} from './kernel/inputs.ts'
import { OUTCOME_DONE, OUTCOME_SWITCHED } from './kernel/sums.ts'
import type { InputDoubleName, InputName } from './kernel-tables.ts'

export interface CompiledPathways {
  readonly whole: Partial<Record<InputName, Int32Array>>
  readonly double: Partial<Record<InputDoubleName, Float64Array>>
  /** First row of each pathway, and the row at which a visit leaves at once. */
  readonly firstRow: ReadonlyMap<string, number>
  readonly leaveRow: number
  /** `pathway/step` of each row, for stories and diagnoses. */
  readonly rowNames: readonly string[]
  readonly lawIndex: ReadonlyMap<string, number>
  readonly errandIndex: ReadonlyMap<string, number>
}

const traits: Readonly<Record<TraitName, { readonly shift: number; readonly values: number }>> = {
  'registration-way': { shift: REGISTRATION_SHIFT, values: 4 },
  'payment-mode': { shift: MODE_SHIFT, values: 4 },
  examination: { shift: EXAMINATION_SHIFT, values: 4 },
  drugs: { shift: DRUGS_SHIFT, values: 2 },
  // Two bits hold three values; the fourth is never written and goes the third's way.
  'self-service': { shift: SELF_SERVICE_SHIFT, values: 4 },
  child: { shift: CHILD_SHIFT, values: 2 },
  'sign-up': { shift: SIGN_UP_SHIFT, values: 4 },
  'leaves-unsettled': { shift: UNSETTLED_SHIFT, values: 2 },
}

export function compilePathways({ city, scenario }: Plan, names: DecisionNames): CompiledPathways {
  const lawOfName: CityPlan['laws'] = { ...city.laws, ...lawsOfTheSwitch(scenario.goLive) }
  const operations: CityPlan['parties']['operations'] = {
    ...city.parties.operations,
    ...operationsOfWallets(city.parties),
    'files/download': DOWNLOAD_LAW,
  }
  const lawNames = Object.keys(lawOfName)
  const lawIndex = new Map(lawNames.map((name, index) => [name, index]))
  const laws = lawNames.map((name) => compileLaw(lawOfName[name] as CityPlan['laws'][string]))
  const indexOfLaw = (name: string | undefined, what: string): number => {
    const index = name === undefined ? undefined : lawIndex.get(name)
    if (index === undefined) throw new Error(`${what}: the city has no law "${name}"`)
    return index
  }
  const lawOf = (use: LawUse): number => {
    if (use.startsWith('service/')) return indexOfLaw(city.stations[use.slice(8) as (typeof stationKinds)[number]]?.serviceLaw, use)
    const { journey } = city
    const byUse = {
      walk: journey.walkLaw,
      'result-delay': journey.resultDelayLaw,
      'first-consult': journey.firstConsultLaw,
      'return-consult': journey.returnConsultLaw,
      'phone-handling': journey.phoneHandlingLaw,
      'switch-pause': PAUSE_LAW,
    }
    return indexOfLaw(byUse[use as keyof typeof byUse], use)
  }

  const patienceAt = (place: (typeof stationKinds)[number] | 'consulting-room'): number => {
    const { reneging } = place === 'consulting-room' ? city.consulting : city.stations[place]
    return reneging ? indexOfLaw(city.journey.patienceLaw, 'patience') : -1
  }

  const errandIndex = new Map(errands.map((errand, index) => [errand.name, index]))
  const messages = errands.flatMap((errand) => errand.messages)
  const flagsOf = (message: Message): number =>
    (message.movesMoney === true ? MESSAGE_MOVES_MONEY : 0) |
    (message.credit !== undefined ? MESSAGE_CREDIT_BANK : 0) |
    (message.credit === 'authorize' ? MESSAGE_NEEDS_CREDIT : 0) |
    (message.atWallet === true ? MESSAGE_AT_WALLET : 0)

  const rowOf = new Map<string, number>()
  const steps: { pathway: string; name: string; step: Step }[] = []
  for (const pathway of allPathways) {
    for (const [name, step] of Object.entries(pathway.steps)) {
      rowOf.set(`${pathway.name}/${name}`, steps.length)
      steps.push({ pathway: pathway.name, name, step })
    }
  }
  const rows = new Rows(steps.length)
  const branchRow: number[] = []
  for (const [row, { pathway, name, step }] of steps.entries()) {
    const to = (target: string): number => {
      const found = rowOf.get(`${pathway}/${target}`)
      if (found === undefined) throw new Error(`${pathway}/${name} leads to "${target}", which is no step of it`)
      return found
    }
    const way = (target: string | undefined): number => (target === undefined ? -1 : to(target))
    const errand = (errandName: string): number => {
      const found = errandIndex.get(errandName)
      if (found === undefined) throw new Error(`${pathway}/${name} sends "${errandName}", which is no errand`)
      return found
    }
    rows.set(row, { decision: names.numberOf(`${pathway}/${name}`) })
    switch (step.does) {
      case 'serve': {
        const place = step.at === 'consulting-room' ? ROOM_SLOT : stationKinds.indexOf(step.at)
        rows.set(row, {
          does: SERVE,
          place,
          law: lawOf(step.for),
          patience: patienceAt(step.at),
          next: to(step.next),
          errand: step.errand === undefined ? -1 : errand(step.errand),
          point: step.point ?? -1,
        })
        rows.set(row, { window: way(step.otherwise?.window), kiosk: way(step.otherwise?.kiosk), phone: way(step.otherwise?.phone) })
        break
      }
      case 'delay':
        rows.set(row, { does: DELAY, law: lawOf(step.for), next: to(step.next) })
        break
      case 'pay':
      case 'pay-walking':
        rows.set(row, {
          does: step.does === 'pay' ? PAY : PAY_WALKING,
          law: step.does === 'pay' ? 0 : lawOf(step.for),
          next: to(step.next),
          errand: errand(step.errand),
          point: step.point ?? -1,
        })
        rows.set(row, { window: way(step.otherwise.window), kiosk: way(step.otherwise.kiosk), phone: way(step.otherwise.phone) })
        break
      case 'by-trait': {
        const { shift, values } = traits[step.trait]
        rows.set(row, { does: BRANCH, place: shift, law: values - 1, next: branchRow.length })
        for (let value = 0; value < values; value++) branchRow.push(to(step.ways[Math.min(value, step.ways.length - 1)] as string))
        break
      }
      case 'leave':
        rows.set(row, { does: LEAVE, place: step.as === 'switched' ? OUTCOME_SWITCHED : OUTCOME_DONE })
        break
      default:
        step satisfies never
    }
  }
  const firstRow = new Map(allPathways.map((pathway) => [pathway.name, rowOf.get(`${pathway.name}/${pathway.begin}`) as number]))
  let at = 0
  const starts = errands.map((errand) => {
    const start = at
    at += errand.messages.length
    return start
  })
  const modes = ['window', 'kiosk', 'phone', 'credit', 'none']
  return {
    whole: {
      ...rows.tables(),
      branchRow: Int32Array.from(branchRow),
      lawKind: Int32Array.from(laws, (law) => law.kind),
      errandFirst: Int32Array.from(starts),
      errandCount: Int32Array.from(errands, (errand) => errand.messages.length),
      errandReleased: Int32Array.from(errands, (errand) => errand.released),
      errandMode: Int32Array.from(errands, (errand) => modes.indexOf(errand.mode)),
      errandByCode: Int32Array.from(errands, ({ name }) => errands.findIndex(({ byCodeInsteadOf }) => byCodeInsteadOf === name)),
      messageLeg: Int32Array.from(messages, (message) => legs.indexOf(message.leg)),
      messageLaw: Int32Array.from(messages, (message) => indexOfLaw(operations[message.operation], message.operation)),
      messageDecision: Int32Array.from(
        errands.flatMap((errand) =>
          errand.messages.map((message, n) => names.numberOf(`${errand.byCodeInsteadOf ?? errand.name}/${n}/${message.operation}`)),
        ),
      ),
      messageFlags: Int32Array.from(messages, flagsOf),
      messageBefore: Int32Array.from(messages, ({ besides }) => besides?.before ?? 0),
      messageAfter: Int32Array.from(messages, ({ besides }) => besides?.after ?? 0),
    },
    double: { lawA: Float64Array.from(laws, (law) => law.a), lawB: Float64Array.from(laws, (law) => law.b) },
    firstRow,
    leaveRow: rowOf.get('outpatient-visit/leave') as number,
    rowNames: steps.map(({ pathway, name }) => `${pathway}/${name}`),
    lawIndex,
    errandIndex,
  }
}

/** Names no city's law can have. */
const DOWNLOAD_LAW = 'files/download'
const PAUSE_LAW = 'switch/pause'
const BITS_PER_BYTE = 8

/** Where kiosks read no 付款码, nobody asks these laws. */
const operationsOfWallets = ({ wallets, operations }: CityPlan['parties']): CityPlan['parties']['operations'] =>
  wallets?.operations ?? { 'wallet/code-pay': operations['bank/debit'] ?? '', 'wallet/refund': operations['bank/refund'] ?? '' }

/** Where nothing goes live, nobody asks these laws. */
function lawsOfTheSwitch(goLive: GoLivePlan | undefined): CityPlan['laws'] {
  const downloadSeconds = goLive === undefined ? 0 : (goLive.directoryMegabytes * BITS_PER_BYTE) / goLive.fileDeskMegabitsPerSecond
  return {
    [DOWNLOAD_LAW]: { kind: 'constant', meanSeconds: downloadSeconds },
    [PAUSE_LAW]: { kind: 'exponential', meanSeconds: goLive?.pauseSeconds ?? 1 },
  }
}

const rowColumns = {
  does: 'rowDoes',
  place: 'rowPlace',
  law: 'rowLaw',
  patience: 'rowPatience',
  errand: 'rowErrand',
  point: 'rowPoint',
  next: 'rowNext',
  decision: 'rowDecision',
  window: 'rowWindow',
  kiosk: 'rowKiosk',
  phone: 'rowPhone',
} as const satisfies Record<string, InputName>
type RowColumn = keyof typeof rowColumns

/** The row tables while they are written. */
class Rows {
  readonly #columns: Record<RowColumn, Int32Array>
  constructor(rows: number) {
    this.#columns = Object.fromEntries(Object.keys(rowColumns).map((name) => [name, new Int32Array(rows)])) as Record<RowColumn, Int32Array>
    for (const name of ['patience', 'errand', 'point', 'window', 'kiosk', 'phone'] as const) this.#columns[name].fill(-1)
  }
  set(row: number, values: Partial<Record<RowColumn, number>>): void {
    for (const [name, value] of Object.entries(values)) this.#columns[name as RowColumn][row] = value
  }
  tables(): Partial<Record<InputName, Int32Array>> {
    return Object.fromEntries(Object.entries(rowColumns).map(([name, table]) => [table, this.#columns[name as RowColumn]]))
  }
}
