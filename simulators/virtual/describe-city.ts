/** The city as a reader of results needs it: names and words of slices, parties and stations. */
import { type ageGroups, type insuredTypes, type Plan, type paymentModes, stationKinds, type Words } from '../../scenarios/plan.ts'
import { sitesOf } from '../hospitals/sites.ts'
import type { RunResult } from '../measures/run-result.ts'
import { sliceLayout } from '../measures/slices.ts'
import { isPaymentKind, kindNames, partiesOf } from './compile-city.ts'
import { sitesInRun } from './sites-in-run.ts'

export function describeCity(plan: Plan): RunResult['city'] {
  const { city, scenario } = plan
  const layout = sliceLayout(city, scenario.arms)
  const words = wordsBySlice(plan)
  const slices = {} as Record<RunResult['measures'][number]['slice']['dimension'], { name: string; title: Words }[]>
  for (const { dimension, name } of layout.slices) {
    slices[dimension] ??= []
    slices[dimension].push({ name, title: words(dimension, name) })
  }
  slices.switch ??= []
  const channels = city.parties.channels.map((channel) => channel.title)
  const titles: readonly Words[] = [
    ...channels,
    { zh: '支付聚合平台', en: 'Payment platform' },
    { zh: '医保局', en: 'Insurance bureau' },
    ...city.parties.banks.map((bank) => bank.title),
    { zh: '医保局文件服务', en: "Bureau's file desk" },
  ]
  return {
    name: city.name,
    title: city.title,
    ...sizeOfRun(plan),
    slices,
    parties: partiesOf(plan).map((party, index) => ({ ...party, title: titles[index] as Words })),
    stations: kindNames.map((name, index) => ({
      name,
      title:
        index < stationKinds.length
          ? city.stations[stationKinds[index] as (typeof stationKinds)[number]].title
          : { zh: '诊室候诊', en: 'Consulting room' },
      payment: isPaymentKind(name),
    })),
  }
}

/** Institutions and sites that are played: at scale 2 twice the city's, in a fraction those that were kept. */
function sizeOfRun({ city, scenario }: Plan): { readonly institutions: number; readonly sites: number } {
  const { all, sites, numbers } = sitesInRun(sitesOf(city), scenario.scale, scenario.seed)
  const institutionsOf = (numberOf: Int32Array): number =>
    new Set(all.flatMap(({ institution }, site) => ((numberOf[site] as number) < 0 ? [] : [institution]))).size
  return { institutions: numbers.reduce((sum, numberOf) => sum + institutionsOf(numberOf), 0), sites: sites.length }
}

const ageWords: Readonly<Record<(typeof ageGroups)[number], Words>> = {
  child: { zh: '儿童 0–17 岁', en: 'Children 0–17' },
  'young-adult': { zh: '青壮年 18–44 岁', en: 'Adults 18–44' },
  'middle-aged': { zh: '中年 45–59 岁', en: 'Adults 45–59' },
  elderly: { zh: '老年 60 岁及以上', en: 'Elderly 60+' },
}
const insuredWords: Readonly<Record<(typeof insuredTypes)[number], Words>> = {
  employee: { zh: '在职职工', en: 'Employees' },
  retired: { zh: '退休职工', en: 'Retired employees' },
  resident: { zh: '城乡居民', en: 'Residents' },
  'out-of-town': { zh: '外地就医或自费', en: 'Out of town or self-pay' },
}
const modeWords: Readonly<Record<(typeof paymentModes)[number], Words>> = {
  window: { zh: '窗口', en: 'Window' },
  kiosk: { zh: '自助机', en: 'Kiosk' },
  phone: { zh: '诊间移动支付', en: 'Phone, in the consulting room' },
  credit: { zh: '脱卡信用付费', en: 'Card-free credit' },
}
const hospitalWords = {
  tertiary: { zh: '三级医院门诊患者', en: 'Outpatients of tertiary hospitals' },
  all: { zh: '二、三级医院门诊患者', en: 'Outpatients of tertiary and secondary hospitals' },
  'tertiary-three-payments': {
    zh: '三级医院门诊中挂号、检查、取药都要付费者',
    en: 'Outpatients of tertiary hospitals who pay for registration, examination and drugs',
  },
  'tertiary-switched': { zh: '三级医院门诊中改用手机者', en: 'outpatients of tertiary hospitals who switched' },
  'tertiary-switched-three-payments': {
    zh: '三级医院门诊中改用手机、须付费三次者',
    en: 'outpatients of tertiary hospitals who switched and pay three times',
  },
} as const

function wordsBySlice({ city, scenario }: Plan): (dimension: string, name: string) => Words {
  const tier = (name: string): Words => city.tiers.find((candidate) => candidate.tier === name)?.title ?? { zh: name, en: name }
  const age = (name: string): Words => ageWords[name as keyof typeof ageWords]
  const hour = (name: string): Words => ({ zh: `${name} 时`, en: `${name}:00` })
  const both = (a: Words, b: Words): Words => ({ zh: `${a.zh}・${b.zh}`, en: `${a.en}, ${b.en}` })
  return (dimension, name) => {
    const [left = '', right = ''] = name.split('/')
    switch (dimension) {
      case 'tier':
        return tier(name)
      case 'age':
        return age(name)
      case 'hour':
        return hour(name)
      case 'district':
        return city.districts.find((district) => district.name === name)?.title ?? { zh: name, en: name }
      case 'insured':
        return insuredWords[name as keyof typeof insuredWords]
      case 'mode':
        return modeWords[name as keyof typeof modeWords]
      case 'tier-age':
        return both(tier(left), age(right))
      case 'tier-hour':
        return both(tier(left), hour(right))
      case 'switch': {
        const arm = scenario.arms.find((candidate) => candidate.name === left)?.title ?? { zh: left, en: left }
        return both(arm, right === 'switched' ? { zh: '改用手机者', en: 'who switched' } : { zh: '仍到窗口者', en: 'who stayed' })
      }
      case 'hospital': {
        if (right === '') return hospitalWords[name as keyof typeof hospitalWords]
        const arm = scenario.arms.find((candidate) => candidate.name === left)?.title ?? { zh: left, en: left }
        return both(arm, hospitalWords[right as keyof typeof hospitalWords])
      }
      default:
        return { zh: '全市', en: 'Whole city' }
    }
  }
}
