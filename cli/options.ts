/** The options that several commands share, each with its bounds; the same bounds as the scenario file's schema. */
import { InvalidArgumentError, Option } from 'commander'
import { type LanguageChoice, languageChoices } from './language.ts'

export interface PlanOptions {
  readonly seed?: number
  readonly replications?: number
  readonly precision?: number
  readonly quick?: boolean
  /** Several scales mean one run each. */
  readonly scale?: readonly number[]
}

export interface LanguageOption {
  readonly lang?: LanguageChoice
}

export const seedOption = (): Option =>
  new Option('--seed <seed>', 'root seed of every random stream · 随机种子 (0…4294967295)').argParser(wholeNumber(0, 4294967295))

export const replicationsOption = (): Option =>
  new Option('--replications <days>', 'simulate exactly so many days · 固定重复天数').argParser(wholeNumber(1, 10_000))

export const precisionOption = (): Option =>
  new Option(
    '--precision <half-width>',
    'wanted 95 % half-width of the primary difference, in its unit · 主要指标差值的目标半宽',
  ).argParser(positiveNumber)

export const quickOption = (): Option =>
  new Option('--quick', 'a first answer from few days, marked provisional · 只跑少量天数，给出暂定结果')

export const scaleOption = (): Option =>
  new Option(
    '--scale <X[,Y…]>',
    'independent seeds of the city before one set of channels, platform, bureau and banks; a fraction keeps that share of the sites · 城市规模倍数',
  ).argParser(scales)

export const workersOption = (): Option =>
  new Option('--workers <number>', 'parallel workers; the result does not depend on it · 并行数（不影响结果）').argParser(
    wholeNumber(1, 256),
  )

export const languageOption = (): Option =>
  new Option('--lang <language>', 'language of what is printed · 输出语言').choices(languageChoices)

/** All that shapes the plan, in the order of the help. */
export const planOptions = (): Option[] => [seedOption(), replicationsOption(), precisionOption(), quickOption(), scaleOption()]

export function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || value < low || value > high) {
      throw new InvalidArgumentError(`a whole number from ${low} to ${high} is needed · 应为 ${low} 到 ${high} 的整数`)
    }
    return value
  }
}

export function positiveNumber(text: string): number {
  const value = Number(text)
  if (!isDecimal(text) || !(value > 0 && value <= 1e9)) throw new InvalidArgumentError('a number above 0 is needed · 应为大于 0 的数')
  return value
}

export function scales(text: string): readonly number[] {
  const values = text.split(/[,，]/).map((part) => part.trim())
  if (values.some((part) => !isDecimal(part) || !(Number(part) > 0 && Number(part) <= 1000))) {
    throw new InvalidArgumentError('numbers above 0, at most 1000, parted by commas · 应为大于 0、不超过 1000 的数，用逗号分隔')
  }
  return [...new Set(values.map(Number))]
}

const isDecimal = (text: string): boolean => /^\d+(\.\d+)?$|^\.\d+$/.test(text)
