/** docs/go-live-measured.md: the go-live morning of the long tests, as it was played last. */
import type { RunResult } from '../../simulators/measures/run-result.ts'

export function goLiveMeasuredPage({ wire, verdict }: RunResult): string {
  if (wire?.goLive === undefined) throw new Error('the result has no go-live')
  const { sites, directories, directoryBytes, wire: here, virtual } = wire.goLive
  const audit = `${wire.audit.verdict}, ${wire.audit.rules.filter(({ standing }) => standing === 'kept').length}`
  const storm = `${here.stormSeconds?.toFixed(1) ?? '–'} / ${virtual.stormSeconds?.toFixed(1) ?? '–'}`
  const reasons = verdict.reasons.map(({ zh, en }) => `${zh} · ${en}`).join('; ')
  return `# 小规模上线早晨 · A small go-live morning

<!-- Made by \`MEDPAY_RECORD=1 npm run test:long -- go-live\`. -->

\`medpay load shanghai-golive --scale 0.02 --window 08:00+60s\`：五十分之一的执业点，真实的 k6；一分钟之内并非所有执业点都能就绪。

One site in fifty, through real k6; within one minute not every site can be ready. Wire / virtual city.

| 执业点 · sites | 就绪 · ready | 目录下载 · directories | 字节 · bytes | 签到历时，秒 · sign-in storm, s | 拒绝、无应答 · refused, unanswered | 已发/计划 · rows sent/planned | 审计、通过规则 · audit, rules kept | 可否引用 · may be quoted |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
| ${sites} | ${here.readySites} / ${virtual.readySites} | ${directories} | ${directoryBytes} | ${storm} | ${here.refused}, ${here.unanswered} | ${wire.rows.sent}/${wire.rows.planned} | ${audit} | ${verdict.valid ? '是 · yes' : `否 · no: ${reasons}`} |
`
}
