/** docs/faults-measured.md: every fault on both ledgers, as it was played last. */
import { type LedgerKind, ledgerKinds, type WireFault } from '../../simulators/measures/result-wire.ts'
import { type WireFaultName, wireFaultNames } from '../../simulators/wire/faults/wire-fault.ts'

export interface FaultCell {
  readonly ledger: LedgerKind
  readonly verdict: string
  readonly findings: number
  readonly outcome: WireFault
}

/**
 * @param before the page as it stands: a cell that was not played this time stays as it was
 * @param neverPlayed why a cell cannot be
 */
export function faultsMeasuredPage(
  before: string,
  cells: readonly FaultCell[],
  neverPlayed: (kind: WireFaultName, ledger: LedgerKind) => string | undefined,
): string {
  const lines = before.split('\n')
  const rows = wireFaultNames.flatMap((kind) =>
    ledgerKinds.map((ledger) => {
      const cell = cells.find((one) => one.outcome.kind === kind && one.ledger === ledger)
      if (cell !== undefined) return rowOf(kind, cell)
      const never = neverPlayed(kind, ledger)
      const kept = never === undefined ? lines.find((line) => line.startsWith(`| \`${kind}\` | ${ledger} |`)) : undefined
      return kept ?? `| \`${kind}\` | ${ledger} | – | ${never ?? '未运行 · not run'} | – | – | – | – |`
    }),
  )
  return `# 所有故障，两种账簿 · Every fault on both ledgers

<!-- Made by \`MEDPAY_RECORD=1 npm run test:long -- all-faults\`; with \`-t 'on postgres'\` or a fault's name, of these cells alone. -->

小切片（七秒，约七十名患者）由真实的 k6 经独立进程回放，故障自第1秒至第4秒；旁为同一切片的无故障对照。
“至少”为按故障大小与对照中该方同时段业务量推得的最小影响（\`simulators/wire/faults/least-effect.ts\`），达不到即无效。“植入／查出”为故障自行植入的差错；“恢复后”为故障消除之后到来、且未受扰动的患者中，结局与对照相同者。

A small slice (seven seconds, some seventy patients) played by real k6 against processes of their own, struck from second 1 to second 4, beside the
fault-free twin of the same slice. At least: what follows from the fault's size and from what its target had to do at that time in the twin
(\`simulators/wire/faults/least-effect.ts\`); below it a fault is toothless. Planted and found: differences the fault itself leaves. Once healed: of undisturbed patients who came after it
was over, those who ended as in the twin. What this is not: load, or a city's size.

| 故障 · fault | 账簿 · ledger | 对象 · party | 审计 · audit | 触及 · calls met | 影响：对照→所见，至少 · effect: twin → found, ≥ least | 植入/查出 · planted/found | 恢复后 · once healed |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`
}

function rowOf(kind: WireFaultName, { ledger, verdict, findings, outcome }: FaultCell): string {
  const { target, callsTouched, effect, isToothless, planted, found, afterHeal } = outcome
  const is = `${effect.measure} ${figure(effect.twin)} → ${figure(effect.found)}, ≥ ${figure(effect.twin + effect.leastDifference)}${isToothless ? ' · 无效 · toothless' : ''}`
  const healed = afterHeal === null ? '–' : `${afterHeal.equal}/${afterHeal.compared}`
  return `| \`${kind}\` | ${ledger} | \`${target}\` | ${verdict}, ${findings} | ${callsTouched} | ${is} | ${planted}/${found} | ${healed} |`
}

const figure = (value: number): string => (Number.isInteger(value) ? String(value) : value.toPrecision(3))
