/** docs/faults.md: every fault of the wire from the files that carry it out, and how to make one's own. */
import { allWireFaults } from './all-wire-faults.ts'
import type { LeastEffect, Strike, WireFaultKind } from './wire-fault.ts'

export function faultsPage(): string {
  const rows = Object.entries(allWireFaults).map(([name, kind]) => {
    const { title, leastEffect, afterwards, plants } = kind
    return `| \`${name}\` | ${title.zh} · ${title.en} | ${struckBy(kind)} | ${virtually(kind)} | ${least(leastEffect)} | ${afterwards.zh} · ${afterwards.en}${plants === undefined ? '' : ' **+**'} |`
  })
  return `# 线上故障 · Faults on the wire

<!-- Made by simulators/wire/faults/faults-page.ts from the faults that strike; faults.test.ts compares. -->

一个故障一个小文件（\`simulators/wire/faults/\`）。每个故障声明目标、所触业务键、对照无故障运行的最小影响；达不到即为“无效故障”，整次运行作废。
除标“+”者（自行植入差错）外，健全的平台在收尾之后应零发现；标“+”者的发现恰为所植入，不多不少。

One small file a fault (\`simulators/wire/faults/\`). A fault names its target, the business keys it met, and the least effect it must have beside a
run of the same rows without it; below that it is toothless and the run void. Under every fault a sound platform ends without findings after the
drain; where a fault plants differences (marked **+**), the findings are those planted, no more and no fewer.

\`medpay load\` 在施加故障之前，先以同一份业务、同一布局回放一次无故障的对照（存于运行目录的 \`twin/\`，可重复使用），再与之比较；
不支持的故障见 \`cli/load-faults.ts\`，会事先拒绝。故障之下所截取的业务均不含故障，其所改变者在线上即时发生。

\`medpay load\` plays a fault-free twin of the same rows on the same layout before it strikes (kept in \`twin/\` of the run's folder and taken from
there again) and compares with it; faults it cannot carry out stand in \`cli/load-faults.ts\` and are refused beforehand. The trace that faults strike
is cut from a day without them: what they change happens live.

最小影响一栏指明故障触及何人、患者有何感受；其数量由故障自身的大小（时长、比例、强度）与对照运行中该方同时段的业务量推得，须达预期的一半
（\`simulators/wire/faults/least-effect.ts\`）。 · *Least effect* says whom a fault meets and what patients see of it; how much of it follows from the fault's
own size (how long, which share, how strong) and from what its target had to do at that time in the twin: half of what is to be expected.

突发差错与连接重置逐个请求施加，两边同一规则：虚拟城市的一条报文在线上由数个请求组成者（\`simulators/platform/errands.ts\` 的 \`besides\`：入口手机付款三个、
信用付款两个，医保局试算三至四个），每个请求各自掷定，首个差错即为整条报文的差错，平台或医院随后从头重试整步；不占时间的请求出错即时返回。银行报错后，下一次先询问再重发，
与线上相同；医保局的结算以原报文号重发。不能相同之处：线上解码过的凭证重试时不再解码（虚拟城市每次都算）；平台自身的差错在线上按其入站请求、在虚拟城市按其报文施加。

An error burst and a connection reset strike single requests, by one rule in both worlds: where one message of the virtual city is several requests
of the wire (\`besides\` in \`simulators/platform/errands.ts\`: three of an entry for a payment by phone, two on credit, three or four of the bureau for a
trial), each has its own chance, the first error is the message's, and platform or hospital then tries the step again as a whole; a request that takes
no time errs at once. After a bank's error the next try asks first and then sends again, as on the wire; a settlement is sent again under its number.
Not alike: a code that was decoded is not decoded again on the wire (the virtual city counts it in every try), and the platform's own errors strike the
requests that come to it on the wire, its messages in the virtual city.

| 名称 · name | 故障 · fault | 手段 · by | 虚拟城市中 · in the virtual city | 最小影响 · least effect | 事后之账 · afterwards |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

两种账簿上逐一回放的结果见 [faults-measured.md](faults-measured.md)。 · Each of them as played on both ledgers: [faults-measured.md](faults-measured.md).

## 自制故障 · Making one's own

1. 复制 \`noop.ts\`，改名，写明 \`title\`、\`afterwards\` 与 \`leastEffect\`。 · Copy \`noop.ts\`, name it, write \`title\`, \`afterwards\` and \`leastEffect\`.
2. \`strikes\` 给出手段：对角色下令（\`chosen\`、\`whole\`，命令见 \`server/failure-order.ts\`）、改其开户账簿，或作用于其进程。 · \`strikes\` says by what
   means: an order to the actor (\`chosen\`, \`whole\`; orders are in \`server/failure-order.ts\`), its opening endpoint, or its process.
3. \`virtually\` 指出虚拟城市中的同一故障，或说明为何只有线上才有。 · \`virtually\` names the same fault of the virtual city, or says why there is none.
   \`plants\` 写明对账如何称呼所植入的差错；\`strikesAt: 'day-end'\` 则在日终文件生成时施加。 · \`plants\` says how reconciliation names what was planted;
   with \`strikesAt: 'day-end'\` it strikes while the day's files are made.
4. 在 \`wire-fault.ts\` 登记名称，在 \`all-wire-faults.ts\` 登记文件，在 \`faults.test.ts\` 的 \`struck\` 与 \`tests/all-faults.long.test.ts\` 的 \`where\` 中各加一行：
   它须有触及，而账须干净；再以 \`npx vitest run wire/faults -u\` 更新本页。 · Its name goes into \`wire-fault.ts\`, its file into \`all-wire-faults.ts\`, a line into \`struck\`
   of \`faults.test.ts\` and one into \`where\` of \`tests/all-faults.long.test.ts\`: it must meet somebody, and the books must be clean. \`npx vitest run wire/faults -u\`
   renews this page.

\`amount\` 的单位由各故障自定；\`share\` 为所触之比例，按业务键与种子掷定，故重放所触相同。 · The unit of \`amount\` is the fault's own; \`share\` of the
requests is met, by dice keyed by business key and seed, so that a replay meets the same.
`
}

const example = { name: 'f', kind: 'noop', target: 'bank-a', fromSecond: 0, toSecond: 40, share: 1, seed: 1 } as const
const processWords = { pause: 'SIGSTOP … SIGCONT', kill: 'kill -9 … start', 'fill-disk': 'disk', 'restart-database': 'database' } as const

function struckBy({ strikes }: WireFaultKind): string {
  const strike: Strike = strikes(example)
  switch (strike.by) {
    case 'order':
      return `\`${strike.order.does}\`${strike.order.only === undefined ? '' : ` ${strike.order.only.map((word) => `\`${word}\``).join(' ')}`}`
    case 'opening':
      return '`/control/opening` `new-key`'
    case 'process':
      return processWords[strike.does]
    case 'nothing':
      return '–'
    default:
      return strike satisfies never
  }
}

const virtually = ({ virtually: of }: WireFaultKind): string =>
  of.is === 'wire-only' ? `${of.why.zh} · ${of.why.en}` : `\`${of.kind}\`${of.form === undefined ? '' : ` \`${of.form}\``}`

const whom: Readonly<Record<LeastEffect['meets'], string>> = {
  nobody: '–',
  requests: '请求 · requests',
  'requests-until-down': '请求，至判定停用为止 · requests, until it counts as down',
  'a-request-a-row': '各业务的首个请求 · the first request of each row',
  callbacks: '通知 · callbacks',
  'rows-under-way': '在办业务 · rows under way',
  'a-file': '一份文件 · one file',
  'rows-of-a-file': '文件各行 · rows of the file',
}

function least({ meets, only = [], patients }: LeastEffect): string {
  const met = [whom[meets], ...only.map((word) => `\`${word}\``)].join(' ')
  if (patients === undefined) return met
  const seen =
    patients.see === 'harm'
      ? `患者结局改变${patients.laterMs === undefined ? ' · patients end otherwise' : `或推迟 · patients end otherwise or ${patients.laterMs(example)} ms later`}`
      : '患者排队 · patients wait in line'
  return `${met}；${seen}`
}
