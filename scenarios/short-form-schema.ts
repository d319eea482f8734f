/** What a scenario file may say of the short form of its fault (plan-short-form.ts), which `medpay failover` plays over HTTP. */
import { z } from 'zod'
import type { FaultPlan } from './plan-faults.ts'
import type { ShortFormPlan } from './plan-short-form.ts'
import type { Mistake } from './problem.ts'
import { mustBeKnown } from './run-checks.ts'
import { slug } from './text-forms.ts'

const seeds = z.number().int().min(1).max(100)
export const shortFormSchema = z.strictObject({
  fault: slug.describe('Name of the fault; its target is struck, and the short fault begins when it would.'),
  windowSeconds: z.number().int().min(10).max(3600),
  siteShare: z
    .number()
    .gt(0)
    .max(1)
    .default(1)
    .describe('Of the city at most, with their people; one generator holds 2,000 open requests.'),
  faultFromSecond: z.number().int().min(1).describe('Of the window.'),
  faultSeconds: z.number().int().min(1),
  seeds: z.strictObject({ 'black-hole': seeds, refuse: seeds, errors: seeds }).describe('Days played of each form, on following seeds.'),
  errorShare: z.number().gt(0).max(1).default(1).describe('Form errors: share of requests answered with an error.'),
  limitedBackups: z
    .strictObject({ slowFactor: z.number().gt(1).max(100), seeds })
    .optional()
    .describe('Black hole once more, with every other entry so many times slower: whether they fall in turn.'),
})

/** What a schema cannot say of it. */
export function* checkShortForm(
  form: ShortFormPlan | undefined,
  faults: readonly { readonly name: string; readonly target: { readonly party: FaultPlan['target']['party'] } }[],
): Generator<Mistake> {
  if (form === undefined) return
  const names = faults.map(({ name }) => name)
  yield* mustBeKnown(['onTheWire', 'fault'], form.fault, names, 'fault', '故障')
  const { windowSeconds, faultFromSecond, faultSeconds } = form
  if (faultFromSecond + faultSeconds >= windowSeconds) {
    yield {
      path: ['onTheWire', 'faultSeconds'],
      en: `is ${faultSeconds}: from second ${faultFromSecond} on, that leaves no time after it in a window of ${windowSeconds} s; shorten it`,
      zh: `为 ${faultSeconds}：自第 ${faultFromSecond} 秒起，${windowSeconds} 秒的窗口内没有恢复之后的时间；请缩短`,
    }
  }
  const struck = faults.find(({ name }) => name === form.fault)
  if (form.limitedBackups !== undefined && struck !== undefined && struck.target.party !== 'channel') {
    yield {
      path: ['onTheWire', 'limitedBackups'],
      atKey: true,
      en: `needs a fault of an entry; "${form.fault}" strikes the ${struck.target.party}, for which no entry stands in`,
      zh: `须为入口故障；“${form.fault}”作用于 ${struck.target.party}，入口无法替代`,
    }
  }
}
