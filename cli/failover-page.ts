/** The failover table as a page in both languages: median and range over the days of each form, on the wire and as the virtual city foretold. */
import type { ShortFormName } from '../scenarios/plan-short-form.ts'
import { median } from '../simulators/wire/faults/fault-effect.ts'
import type { FailoverFiguresOfRun, FailoverRecord } from './failover-record.ts'
import { type FailoverKey, runName } from './failover-runs.ts'

const forms: Readonly<Record<ShortFormName, string>> = {
  'black-hole': '黑洞 · black hole',
  refuse: '拒绝 · refusal',
  errors: '差错 · errors',
}
const limited = '黑洞，备份能力受限 · black hole, limited backups'

interface Column {
  readonly title: string
  readonly of: (figures: FailoverFiguresOfRun, run: FailoverRecord) => number | null
  readonly digits: number
  /** The virtual city is not asked for it. */
  readonly isOfWire?: true
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : (100 * part) / whole)
const columns: readonly Column[] = [
  { title: '中断的支付，% · payments that broke, %', of: ({ broke, payments }) => share(broke, payments), digits: 1 },
  { title: '其中未救回，% · of these not saved, %', of: ({ notSaved, broke }) => share(notSaved, broke), digits: 1 },
  {
    title: '其中转到窗口或自助机，% · of these at a window or kiosk, %',
    of: ({ toHospital, broke }) => share(toHospital, broke),
    digits: 1,
  },
  { title: '在未受故障的入口失败，笔 · failed at an entry not struck', of: ({ atOtherEntries }) => atOtherEntries, digits: 0 },
  { title: '首位患者失败，秒 · first patient fails, s', of: ({ firstPatientFailureAfterSeconds: at }) => at, digits: 1 },
  { title: '发现，秒 · detected, s', of: ({ detectedAfterSeconds: at }) => at, digits: 1 },
  { title: '恢复后首笔，秒 · first paid after healing, s', of: (_, { backAfterSeconds: at }) => at, digits: 1, isOfWire: true },
  {
    title: '恢复后与对照相同，% · once healed as the twin, %',
    of: (_, { afterHeal }) => (afterHeal === null ? null : share(afterHeal.equal, afterHeal.compared)),
    digits: 1,
    isOfWire: true,
  },
]

/**
 * @param ended runs with a record
 * @param wanted all runs of the table, played or not
 * @param command that plays what is missing
 */
export function failoverPage(ended: readonly FailoverRecord[], wanted: readonly FailoverKey[], command: string): string {
  const cells = [...Map.groupBy(wanted, (key) => cellOf(key))]
  const rows = cells.flatMap(([cell, keys]) =>
    rowsOf(
      keys,
      ended.filter((run) => cellOf(run) === cell),
    ),
  )
  const bad = ended.filter(({ verdict }) => verdict !== 'valid')
  const heads = ['情景 · scenario', '形式 · form', 'n', '', ...columns.map(({ title }) => title)]
  return `# 线上的故障切换 · Failover on the wire

<!-- Made by medpay failover (cli/failover-page.ts) from the records of its runs. -->

每个情景的短故障由真实的 k6 以 HTTP 回放；虚拟城市在同一份截取的业务上预测同一个短故障。每次运行均与同一情景、同一种子的无故障对照相比。
单元格为各种子的中位数（最小–最大）；n 为有效运行数／应有运行数。故障按情景文件的 \`onTheWire:\` 施加。${scaleOf(wanted).zh}

The short fault of each scenario, played over HTTP by real k6; the virtual city foretells the same short fault on the same cut. Every run stands beside
the fault-free twin of its scenario and seed. Cells are the median over seeds (least to most); n is valid runs of those wanted. What strikes stands in
the scenario's \`onTheWire:\`. ${scaleOf(wanted).en}

| ${heads.join(' | ')} |
|${heads.map(() => '---').join('|')}|
${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}

- 线上的步行与窗口排队不计时，因此“转到窗口”在线上当即发生，以运行结束（窗口后至多90秒）为限；在虚拟城市中为半小时之内。医保局停用时等待后再来的患者，两边均只计运行结束之前回来的。 ·
  Walking and lines take no time on the wire: who goes on at a window is there at once, as far as the run lasts (90 s after the window at most); the
  virtual city looks half an hour ahead. Who waits for a failed bureau is counted in both worlds only if back before a run of the wire is over.
- 两边同一规则：入口一经健康规则判定停用，患者即不再尝试（每隔探测间隔放行一次），转往下一方式；对入口的首个请求，等待时限相同；首个方式终告失败才算“中断”，同一入口重试后成功不算；入口把付款转交平台之时即表明其可用；差错逐个请求施加（[faults.md](faults.md)）。线上的患者由 k6 的同一个虚拟用户回放，共知各次调用的结果。 ·
  One rule on both sides: once the health rule marks an entry down, patients leave it out (one call in each probe interval goes through) and go another way;
  the first request of an entry is waited for alike; broken is what failed for good where it was first asked for, not a try that a later one at the same
  entry made good; an entry is known to be there once it hands the payment on; errors strike each request ([faults.md](faults.md)). On the wire one k6 user plays all patients, who so know of each other's calls.
- 不能相同之处：线上的平台与医院对银行和医保局不因判定停用而绕行，因此对二者的预测也不绕行。两边对每条消息的等待时限、重试次数与间隔均取自城市文件。线上无自付金额的账单不请求银行；虚拟城市一律请求，故其中因银行未果的不计入“中断”，“发现”则仍计其请求。因此虚拟城市的银行更忙：报错时重试在其柜台排队，全市规模下部分患者排到恢复之后（\`bank-outage\` 种子20201903与20201904：预测184、200笔，柜台充裕时217、232笔；线上245、216笔）。 ·
  What cannot be alike: platform and hospitals of the wire go on trying a bank and the bureau however often they failed, and so does what is foretold of
  these two. How long a message is waited for, how often it is tried and how long the pauses are is the city file's in both worlds. A bill that leaves
  nothing to pay asks no bank on the wire; the virtual city asks it always, so that what failed at the bank there is not counted as broken, while
  "detected" counts those calls. Its banks are the busier for it: tries after an error stand in line at their desks, in the whole city some until the
  bank is healed (\`bank-outage\` 20201903 and 20201904: 184 and 200 foretold, 217 and 232 with desks to spare, 245 and 216 on the wire).
- “首位患者失败”（银行）：线上的平台先撤回无人应答的扣款（再试同样次数），患者则以渐长的间隔查询，故在平台放弃之后数秒至十余秒才得知；虚拟城市记放弃之时。 ·
  "First patient fails", at a bank: the platform of the wire first takes back what its bank did not answer, with as many tries again, and a patient whose
  payment is under way asks with growing pauses, so that failure is heard of some seconds, up to fifteen, after the platform gave up; the virtual city
  tells when it gave up.
- 差错逐个请求掷定，两个世界各掷各的；停用的入口只要有一次探测侥幸成功便重新启用，故单次运行的“中断”可因此相差一成（主入口，种子20201901：故障前后各移1秒，预测573至646笔）。 ·
  Errors are drawn request by request, in each world by its own dice, and one lucky probe brings an entry back: "broke" of a single run differs by
  a tenth for that alone (main entry, 20201901: 573 to 646 foretold, with the fault a second or so earlier or later).
- 备份能力受限：其余入口按情景所述变慢；仅取部分执业点时按比例再慢，使其同样繁忙。 · Limited backups: every other entry is slower as the scenario states, and with
  a share of the sites slower by that share again, so that it is as busy.
- \`bureau-brownout\`：医保局沉默时，全市未决的请求超过一台发生器的上限（2,000），故两边至多取情景所述比例的执业点。 · A silent bureau leaves more requests of the
  whole city open than one generator holds (2,000), so both worlds play at most the share of the sites that the scenario states.
- “恢复后与对照相同”自故障消除、且最后一个被判停用的入口恢复之时起比较。 · "Once healed" counts from when the fault is over and the last entry that was marked
  down is up again.
- “发现”由情景的健康规则（\`simulators/channels/health.ts\`）按实际调用的结束时刻得出；“–”表示在运行期间未达到规则。 · "Detected" is the scenario's health rule on
  the calls as they ended; "–" means that the rule was not met in the run.
${ended.length === 0 ? '- 尚无运行。 · No run yet.\n' : machines(ended)}
## 作废与失败的运行 · Runs that are void or failed

${bad.length === 0 ? '无 · None\n' : bad.map(toldBad).join('\n')}
## 重做 · Playing it again

\`${command}\`

\`${command} --foretell\` 不回放，只按同一计划重新预测虚拟一栏。 · foretells the virtual side of the recorded runs anew, from the same plans, and plays nothing.
`
}

const cellOf = ({ scenario, form, isLimited }: Pick<FailoverKey, 'scenario' | 'form' | 'isLimited'>): string =>
  `${scenario} ${form} ${isLimited}`

function rowsOf(keys: readonly FailoverKey[], ended: readonly FailoverRecord[]): readonly (readonly string[])[] {
  const [first] = keys
  if (first === undefined) return []
  const valid = ended.filter(({ verdict }) => verdict === 'valid')
  const bad = ended.length - valid.length
  const n = `${valid.length}/${keys.length}${bad === 0 ? '' : ` (${bad} 作废 · void)`}`
  const said = (world: 'wire' | 'virtual') =>
    columns.map((column) =>
      column.isOfWire === true && world === 'virtual'
        ? ''
        : spread(
            valid.map((run) => column.of(run[world], run)),
            column.digits,
          ),
    )
  return [
    [
      `\`${first.scenario}\`${first.scale === 1 ? '' : ` ×${first.scale}`}`,
      first.isLimited ? limited : forms[first.form],
      n,
      '线上 · wire',
      ...said('wire'),
    ],
    ['', '', '', '虚拟 · virtual', ...said('virtual')],
  ]
}

/** Values that are missing are counted: a moment that never came is no small one. */
function spread(values: readonly (number | null)[], digits: number): string {
  const there = values.filter((value) => value !== null)
  if (there.length === 0) return '–'
  const say = (value: number) => value.toFixed(digits)
  const range = there.length === 1 ? '' : ` (${say(Math.min(...there))}–${say(Math.max(...there))})`
  return `${say(median(there))}${range}${there.length < values.length ? `, ${there.length}/${values.length}` : ''}`
}

function scaleOf(wanted: readonly FailoverKey[]): { readonly zh: string; readonly en: string } {
  const [first] = wanted
  if (first === undefined) return { zh: '', en: '' }
  const { scale, windowSeconds } = first
  if (scale === 1) {
    return {
      zh: `全市规模（标 × 者为该比例的执业点），窗口${windowSeconds}秒。`,
      en: `The whole city, or that share of its sites where × stands; windows of ${windowSeconds} s.`,
    }
  }
  return {
    zh: `**仅为规模 ×${scale}、窗口${windowSeconds}秒的小样，不是结论。**`,
    en: `**A slice at scale ${scale} with windows of ${windowSeconds} s: no answer yet.**`,
  }
}

function machines(ended: readonly FailoverRecord[]): string {
  const hours = ended.reduce((sum, { tookSeconds }) => sum + tookSeconds, 0) / 3600
  const own = [...new Set(ended.map(({ machine, k6 }) => `${machine}, k6 ${k6}`))].slice(0, 3)
  const equal = ended.reduce((sum, { closingBooks }) => sum + closingBooks.equal, 0)
  const compared = ended.reduce((sum, { closingBooks }) => sum + closingBooks.compared, 0)
  return `- ${ended.length} 次运行，共 ${hours.toFixed(1)} 小时；期末账簿 ${compared} 行中 ${equal} 行的分担与虚拟城市到分一致。 · ${ended.length} runs in ${hours.toFixed(1)} hours; ${equal} of ${compared} paid bills have the virtual city's split to the fen.
- ${own.join('; ')}
${codes(ended)}`
}

/** Such records are of before the commit was recorded. */
const ofOldRule = `- 未记版本的线上运行按旧规则：患者须待整笔付款完成才知入口已恢复（约晚3秒，中断约多5%）；银行与医保局的“发现”将一次差错计为一成一败，医保局按单个请求计。 ·
  Runs on the wire without a commit are of an older rule: patients knew of a healed entry when a whole payment was through (some 3 s later, some 5 % more
  broke), and "detected" of a bank or the bureau counted an error as served and as failed, and the bureau's single requests.
`

/** Which code gave which side: a forecast may be made anew long after the run it stands beside. */
function codes(ended: readonly FailoverRecord[]): string {
  const said = (of: (run: FailoverRecord) => string | undefined) =>
    [...Map.groupBy(ended, (run) => of(run) ?? '')]
      .map(([code, runs]) => `${code === '' ? '未记 · not recorded' : `\`${code}\``} (${runs.length})`)
      .join(', ')
  const plans = [...new Set(ended.map(({ scenario, seed, planHash }) => `\`${scenario}\` ${seed} \`${planHash.slice(0, 12)}\``))]
  return `- 代码版本（次数） · Commits (runs): 线上 · wire ${said(({ playedWith }) => playedWith)}; 虚拟 · virtual ${said(({ foretoldWith }) => foretoldWith)}.
  两边同一计划，其哈希 · Both sides are of one plan each, whose hash begins: ${plans.join(', ')}.
${ended.every(({ playedWith }) => playedWith !== undefined) ? '' : ofOldRule}`
}

const toldBad = (run: FailoverRecord): string =>
  `- \`${runName(run)}\` ${run.verdict === 'broken' ? '资金规则被破坏 · rules of money broken' : '作废 · void'}: ${run.reasons.map(({ zh, en }) => `${zh} · ${en}`).join('; ')}\n`
