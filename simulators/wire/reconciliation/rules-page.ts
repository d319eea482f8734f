/** docs/reconciliation.md: the table of differences in both languages, written from the rules that decide. */
import type { Words } from '../../../scenarios/plan.ts'
import { bearerOf, differenceRules, type Ending, type Heard, isEnding, type Move, type Rule } from './difference-rules.ts'
import { directionWords, endingWords, heardWords, kindWords, moveWords } from './difference-words.ts'
import { differenceKinds, type PartyKind, partyKinds } from './records.ts'

const parties: Readonly<Record<PartyKind, Words>> = {
  payer: { zh: '支付方（银行、钱包）', en: 'payer (bank, wallet)' },
  insurer: { zh: '医保局', en: 'insurance bureau' },
  hospital: { zh: '医院', en: 'hospital' },
}
const bearers: Readonly<Record<ReturnType<typeof bearerOf>, Words>> = {
  nobody: { zh: '无人承担', en: 'nobody' },
  party: { zh: '对方', en: 'the party' },
  platform: { zh: '平台', en: 'the platform' },
}

export function rulesPage(): string {
  return [
    '# 对账 · Reconciliation',
    '',
    '<!-- Made by simulators/wire/reconciliation/rules-page.ts from the rules that decide; rules-page.test.ts compares. -->',
    '',
    '平台按各方自己的日切，把当日流水与对方的日终文件逐笔核对。跨日切的一对记录在途一天，不算差错；未了结的支付在途至了结；',
    '其余单边、不符、重复记为差错，先入挂账科目，再按下表自动处理。处理所用业务键事先固定，可重复发送而不重复生效。',
    '对账单是对方昨天的说法，联机应答是对方现在的说法：再动钱之前先查询。第二天对账之后，挂账科目应为零。',
    '',
    'Each party’s day-end file is held against the platform’s records line by line, by the party’s own cut-off. A pair across the cut-off',
    'is in transit for one day and no difference; a payment that is not over is in transit until it is. Everything else that stands alone,',
    'differs or stands twice is a difference: its money goes to suspense, then the table below is followed. Every move has its key',
    'beforehand, so it may be sent again without a second effect. A statement is the party’s word of yesterday, its desk is its word of now:',
    'it is asked before money moves again. After the second day nothing stands in suspense.',
    '',
    '此外有实时核对：入账一分钟后，平台按同一业务键逐方查询，各方一致即记为“已核对”，不一致立即列出（`POST /v1/operator/money`），但不动账，',
    '以日终文件为准。十五分钟内仍无记录的算不一致；一直不答复的只等日终文件。有较多患者在付款时暂停核对。',
    '',
    'Beside it, movements are matched live: a minute after it booked one, the platform asks every party for its record under the same key. Where all',
    'agree the movement is matched; what differs is listed at once (`POST /v1/operator/money`) and moves no money, since the day-end file decides. A',
    'party without a record after a quarter of an hour differs; one that never answers waits for the file. While many patients pay, nobody is asked.',
    '',
    ...partyKinds.flatMap((party) => [
      `## ${both(parties[party])}`,
      '',
      '| 差错 · difference | 自动处理 · what happens by itself | 由谁承担 · who bears it |',
      '| --- | --- | --- |',
      ...(['pay', 'refund'] as const).flatMap((does) =>
        differenceKinds.map((kind) => {
          const rule = differenceRules[party][does][kind]
          const ends = [...new Set(endingsOf(rule).map(bearerOf))]
          return `| ${both(directionWords[does])}：${both(kindWords[kind])} | ${told(rule)} | ${ends.map((one) => both(bearers[one])).join('；')} |`
        }),
      ),
      '',
    ]),
  ].join('\n')
}

const both = ({ zh, en }: Words): string => `${zh} · ${en}`

/** The ways through one rule, each from its first move to its end. */
function told(rule: Rule): string {
  return waysOf(rule)
    .map((way) => way.join(' → '))
    .join('<br>')
}

function waysOf({ first, after }: Rule, next: Move | Ending = first): string[][] {
  if (isEnding(next)) return [[`**${both(endingWords[next])}**`]]
  const by = new Map<Move | Ending, string[]>()
  for (const [heard, further] of Object.entries(after?.[next] ?? {})) {
    by.set(further, [...(by.get(further) ?? []), both(heardWords[heard as Heard])])
  }
  return [...by].flatMap(([further, heard]) =>
    waysOf(after === undefined ? { first } : { first, after }, further).map((way) => [both(moveWords[next]), heard.join(' / '), ...way]),
  )
}

function endingsOf({ first, after }: Rule): Ending[] {
  return [first, ...Object.values(after ?? {}).flatMap((answers) => Object.values(answers))].filter(isEnding)
}
