/** The page of an interface's worked pairs: every message with what was asked and what was answered, one line each. */
import { Value } from 'typebox/value'
import { expect } from 'vitest'

interface WorkedPair {
  readonly code: string
  readonly zh: string
  readonly en: string
  /** Schemas of request and answer; the pair is held against them. */
  readonly forms: readonly [request: object, answer: object]
  readonly pair: { readonly request: unknown; readonly answer: unknown } | undefined
}

/** @param head title and address of the interface, in both languages. Throws for a message nobody played */
export function pairsPage(
  head: { readonly title: string; readonly madeBy: string; readonly zh: string; readonly en: string },
  pairs: readonly WorkedPair[],
): string {
  const lines = pairs.flatMap(({ code, zh, en, forms: [request, answer], pair }) => {
    if (pair === undefined) throw new Error(`no example of ${code}`)
    expect([code, ...Value.Errors(request as never, pair.request)]).toEqual([code])
    expect([code, ...Value.Errors(answer as never, pair.answer)]).toEqual([code])
    return [`## ${code} ${zh} · ${en}`, '', '```json', JSON.stringify(pair.request), JSON.stringify(pair.answer), '```', '']
  })
  return [
    ...[`# ${head.title}`, '', `<!-- Made by ${head.madeBy}. -->`, ''],
    ...[`人员、机构与金额均为合成数据。每段第一行为请求，第二行为应答。${head.zh}`, ''],
    ...[`Persons, institutions and amounts are synthetic. Request, then answer. ${head.en}`, ''],
    ...lines,
  ].join('\n')
}
