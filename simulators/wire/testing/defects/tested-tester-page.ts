/** docs/tested-tester.md: which deliberate defect was caught by which rule, and after how many payments. */
import type { AuditVerdict } from '../../../measures/result-wire.ts'
import { ruleWords } from '../../audit/rule-words.ts'
import type { Defect } from './defect.ts'

export interface Caught {
  readonly defect: Defect
  /** Rows of the smallest slice on which the rule was broken, one a seed. */
  readonly needed: readonly number[]
  readonly verdict: AuditVerdict
  /** Other rules broken as well. */
  readonly alsoBroken: readonly string[]
}

/** The median, and what each seed needed where chance decides. */
const told = (needed: readonly number[]): string => {
  const ordered = needed.toSorted((a, b) => a - b)
  const median = ordered[ordered.length >> 1]
  return ordered.length === 1 ? `${median}` : `${median} (${ordered.join(', ')})`
}

export function testedTesterPage(caught: readonly Caught[], cleanSeeds: readonly number[], rowsEach: number): string {
  const rows = (of: Defect['of']) =>
    caught
      .filter(({ defect }) => defect.of === of)
      .map(({ defect: { name, title, caughtBy }, needed, verdict, alsoBroken }) => {
        const rule = ruleWords[caughtBy].title
        const also = alsoBroken.length === 0 ? '–' : alsoBroken.map((other) => `\`${other}\``).join(' ')
        return `| \`${name}\` | ${title.zh} · ${title.en} | \`${caughtBy}\` ${rule.zh} · ${rule.en} | ${told(needed)} | ${verdict} | ${also} |`
      })
  const head = [
    '| 缺陷 · defect | 说明 · what is wrong | 查出规则 · caught by | 所需笔数 · payments needed | 结论 · verdict | 其他规则 · other rules |',
    '| --- | --- | --- | --- | --- | --- |',
  ]
  return `# 被测的测试者 · The tested tester

<!-- Made by \`npx vitest run simulators/wire/tested-tester -u\`; the same command without -u compares. -->

审计器先受检验：逐一开启一处故意的缺陷，经真实套接字支付一小段账单，看哪一条规则查出它、需要几笔。笔数由 1 起逐级增加，取首次查出者。
由随机数决定需几笔者，取五个种子的中位数，括号内为各种子所需。
缺陷由测试专用的构造参数开启，非测试启动一律拒绝；各角色以控制端点清空，不重启。对照（无缺陷）：种子 ${cleanSeeds.join('、')}，每个 ${rowsEach} 笔，零发现。

The auditor is tested first: one deliberate defect at a time is switched on, a slice of bills is paid over real sockets, and it is seen which
rule catches it, and after how many payments. Slices grow from one payment; the first that is caught counts. Where chance
decides how many it takes, the median of five seeds stands, and each in brackets. Defects are switched on by an option for tests alone, which
every other start refuses; actors are emptied by their control endpoints, not started again. Control without any defect: seeds ${cleanSeeds.join(', ')}, ${rowsEach} payments each, no finding.

## 平台的缺陷 · Defects of the platform

${[...head, ...rows('platform')].join('\n')}

## 测试床的缺陷 · Defects of the testbed

${[...head, ...rows('testbed')].join('\n')}
`
}
