/**
 * The page that says what becomes of every field of every dialect, made from the schemas that the routes use. Other parties' dialects
 * join it with one more {@link DialectPart}.
 */
import type { TSchema } from 'typebox'

export interface CoveredMessage {
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly request: TSchema
  /** Absent: the answer has no content of its own. */
  readonly answer?: TSchema
}

export interface DialectPart {
  readonly zh: string
  readonly en: string
  /** What is assumed where the sources are silent, in both languages. */
  readonly assumptions: readonly { readonly zh: string; readonly en: string }[]
  readonly messages: readonly CoveredMessage[]
}

type Standing = 'enforced' | 'accepted' | 'ignored'

interface CoveredField {
  readonly path: string
  readonly standing: Standing
  /** Where the field was seen when the message's own sources lack it. */
  readonly source: string | undefined
  readonly required: boolean
}

/** Markdown, the same for the same schemas. */
export function coveragePage(dialects: readonly DialectPart[]): string {
  const rows = dialects.map((dialect) => ({ dialect, rows: dialect.messages.map(rowOf) }))
  const total = countsOf(rows.flatMap((part) => part.rows))
  return [
    '# 接口覆盖 · Dialect coverage',
    '',
    '<!-- Made by simulators/wire/dialects/coverage-page.ts from the schemas of the routes; coverage.test.ts compares. -->',
    '',
    '每个字段的处理方式：**生效**，取值会改变应答或状态；**接受**，检查格式并保留；**忽略**，可以出现，不起作用。',
    '不带标记的字段取自各接口的公开实现与文档：国家接口 OH、BF，移动支付 TS1，五期 OH，微信支付其 v3 官方文档；国家接口规范原文未能取得。标 † 的字段不在其中，取自所注公开实现，未经核对；只标 † 者为本试验平台自拟；标 ‡ 者在两个互不相干的公开实现中名称与含义一致，仍未见官方文本。标 ? 者可不填。所有示例均为合成数据。',
    '',
    'What becomes of each field. **Enforced**: its value changes the answer or the state. **Accepted**: its form is checked and it is kept.',
    '**Ignored**: it may stand there. Unmarked fields are those of the interface’s public implementations and documents: OH and BF for the national',
    'interface, TS1 for mobile payment, OH for 五期, WeChat Pay’s own v3 documents; the text of the national standard was not to be had. † marks a field',
    'that these lack: taken from the public implementation named, unverified;',
    '† alone is the testbed’s own. ‡ marks one that stands alike, by name and meaning, in two independent public implementations; no official text',
    'was seen. ? may be left out. Every example is synthetic.',
    '',
    'OH: newtouch-cloud/openhis · BF: liwerAKM/BusinessFactory244 · HH: fengzaiqishi11/hsa-his · TS1: TypeScript, 山西医保移动支付中心（仓库名不详 · repository unknown） · BM: binzhe12123/Medical, `SZSI_Smart/Model/SYB`, `SY.Com.Medical.Model/SYB` · IB: liutao2019/IBORN_HIS_ALL, `API.GZSI/Models`（佛山 · Foshan） · JX: C#, `yb_interfaces.JX` · YH: Java, `com.yb.hi` · DG: C++, 东莞社保 DLL 的接口声明 · NM: C#, `NeiMengGuYiBaoApp.Models` · SZ: Vue，深圳社康的应答样例（以上五处仓库名不详 · repositories of these five unknown）',
    '',
    '| 接口 · dialect | 报文 · messages | 生效 · enforced | 接受 · accepted | 忽略 · ignored | 两处一致 · alike in two | 未核对 · unverified | 其中自拟 · of them our own | 应答字段 · answer fields |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows.map(({ dialect, rows: messages }) => countLine(`${dialect.zh} · ${dialect.en}`, countsOf(messages))),
    countLine('合计 · all', total),
    ...rows.flatMap(({ dialect, rows: messages }) => [
      '',
      `## ${dialect.zh} · ${dialect.en}`,
      '',
      ...dialect.assumptions.map(({ zh, en }) => `- ${zh} · ${en}`),
      ...(dialect.assumptions.length === 0 ? [] : ['']),
      '| 报文 · message | 生效 · enforced | 接受 · accepted | 忽略 · ignored | 应答 · answer |',
      '| --- | --- | --- | --- | --- |',
      ...messages.map(messageLine),
    ]),
    '',
  ].join('\n')
}

interface Row {
  readonly message: CoveredMessage
  readonly request: readonly CoveredField[]
  readonly answer: readonly CoveredField[]
}

const rowOf = (message: CoveredMessage): Row => ({
  message,
  request: fieldsOf(message.request),
  answer: message.answer === undefined ? [] : fieldsOf(message.answer),
})

function countsOf(rows: readonly Row[]) {
  const request = rows.flatMap((row) => row.request)
  const answer = rows.flatMap((row) => row.answer)
  const standing = (wanted: Standing) => request.filter((field) => field.standing === wanted).length
  return {
    messages: rows.length,
    enforced: standing('enforced'),
    accepted: standing('accepted'),
    ignored: standing('ignored'),
    inTwo: [...request, ...answer].filter(({ source }) => isInTwo(source)).length,
    unverified: [...request, ...answer].filter(({ source }) => source !== undefined && !isInTwo(source)).length,
    own: [...request, ...answer].filter(({ source }) => source === 'unverified').length,
    answer: answer.length,
  }
}

/** Two implementations are named. */
const isInTwo = (source: string | undefined): boolean => source?.includes(' ') === true

const countLine = (name: string, { messages, enforced, accepted, ignored, inTwo, unverified, own, answer }: ReturnType<typeof countsOf>) =>
  `| ${name} | ${messages} | ${enforced} | ${accepted} | ${ignored} | ${inTwo} | ${unverified} | ${own} | ${answer} |`

function messageLine({ message, request, answer }: Row): string {
  const named = (wanted: Standing) => wordsOf(request.filter(({ standing }) => standing === wanted))
  const { code, zh, en } = message
  return `| ${code} ${zh} · ${en} | ${named('enforced')} | ${named('accepted')} | ${named('ignored')} | ${wordsOf(answer)} |`
}

function wordsOf(fields: readonly CoveredField[]): string {
  if (fields.length === 0) return '—'
  return fields
    .map(({ path, source, required }) => {
      const mark = source === undefined ? '' : source === 'unverified' ? '†' : `${isInTwo(source) ? '‡' : '†'}${source}`
      return `\`${path}\`${required ? '' : '?'}${mark}`
    })
    .join(', ')
}

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, ObjectSchema>>
  readonly required?: readonly string[]
  readonly items?: ObjectSchema
  readonly 'x-standing'?: Standing
  readonly 'x-source'?: string
}

/** The leaves of a schema with their paths; a list is written `name[]`. */
function fieldsOf(schema: TSchema): CoveredField[] {
  const leaves: CoveredField[] = []
  const walk = (node: ObjectSchema, path: string, required: boolean) => {
    if (Object.keys(node.properties ?? {}).length > 0) {
      for (const [name, child] of Object.entries(node.properties ?? {})) {
        walk(child, path === '' ? name : `${path}.${name}`, required && (node.required ?? []).includes(name))
      }
      return
    }
    if (Object.keys(node.items?.properties ?? {}).length > 0 && node.items !== undefined) return walk(node.items, `${path}[]`, required)
    // A message without contents has no field; an object whose insides nobody knows is one.
    if (path !== '') leaves.push({ path, standing: node['x-standing'] ?? 'accepted', source: node['x-source'], required })
  }
  walk(schema as ObjectSchema, '', true)
  return leaves
}
