/** A stored run-result.json, read and checked. Whatever is wrong with it is told as words, never thrown. */
import { z } from 'zod'
import type { Words } from '../scenarios/plan.ts'
import { type RunResult, runResultFormat, runResultVersion } from '../simulators/measures/run-result.ts'
import { runResultSchema } from './run-result-schema.ts'

export type ReadResult = { readonly ok: true; readonly result: RunResult } | { readonly ok: false; readonly problem: Words }

/** @param name what to call the file in a message */
export function readRunResult(text: string, name: string): ReadResult {
  const data = parsed(text)
  if (data === undefined) {
    return wrong(
      `${name} is not whole JSON: it was cut off or edited. Run its scenario again; the plan.json beside it says which one.`,
      `${name} 不是完整的 JSON：可能被截断或改动过。请重新运行其情景（同目录的 plan.json 写明是哪一个）。`,
    )
  }
  if (!isObject(data) || data['format'] !== runResultFormat) {
    const format = isObject(data) && typeof data['format'] === 'string' ? data['format'] : undefined
    return wrong(
      `${name} is no run result: its format is ${format ?? 'not stated'}, and ${runResultFormat} is needed. Name the run-result.json of a run's folder.`,
      `${name} 不是运行结果：其 format 为${format ?? '未注明'}，应为 ${runResultFormat}。请给出运行目录中的 run-result.json。`,
    )
  }
  if (data['version'] !== runResultVersion) return otherVersion(data, name)
  const checked = runResultSchema.safeParse(data)
  // The data itself, not the checker's copy, whose fields come in another order.
  if (checked.success) return { ok: true, result: data as unknown as RunResult }
  const inChinese = runResultSchema.safeParse(data, { error: z.locales.zhCN().localeError })
  return wrong(
    `${name} does not have the form of a run result of version ${runResultVersion}: ${issueList(checked.error)}. Run its scenario again.`,
    `${name} 不符合第 ${runResultVersion} 版运行结果的格式：${issueList(inChinese.error ?? checked.error)}。请重新运行其情景。`,
  )
}

/** The first few mistakes with their places, and how many more there are. */
function issueList({ issues }: z.ZodError): string {
  const shown = issues.slice(0, issuesShown).map((issue) => `${issue.path.map(String).join('.') || '(top)'}: ${issue.message}`)
  return [...shown, ...(issues.length > issuesShown ? [`+${issues.length - issuesShown}`] : [])].join('; ')
}

const issuesShown = 3

function otherVersion(data: Readonly<Record<string, unknown>>, name: string): ReadResult {
  const version = String(data['version'] ?? '?')
  const provenance = data['provenance']
  const writer = isObject(provenance) && typeof provenance['version'] === 'string' ? provenance['version'] : undefined
  return wrong(
    `${name} is a run result of version ${version}; this medpay reads version ${runResultVersion}. Open it with the medpay that wrote it${writer === undefined ? '' : ` (${writer})`}, or run its scenario again.`,
    `${name} 是第 ${version} 版的运行结果；本程序读取第 ${runResultVersion} 版。请用写出它的 medpay${writer === undefined ? '' : `（${writer}）`}打开，或重新运行其情景。`,
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

const isObject = (data: unknown): data is Readonly<Record<string, unknown>> =>
  typeof data === 'object' && data !== null && !Array.isArray(data)
const wrong = (en: string, zh: string): ReadResult => ({ ok: false, problem: { zh, en } })
