/** What the command's exit code says; printed by `medpay --help`, so that a script and its reader use one list. */
export const exitCodes = {
  ok: 0,
  internalError: 1,
  badInput: 2,
  runVoid: 3,
  precisionNotReached: 4,
  outputProblem: 5,
  somethingMissing: 6,
  notCalibrated: 7,
  wireNotRun: 8,
  moneyBroken: 9,
  levelShort: 10,
  interrupted: 130,
} as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

const meanings: readonly { readonly code: ExitCode; readonly en: string; readonly zh: string }[] = [
  { code: exitCodes.ok, en: 'done', zh: '完成' },
  {
    code: exitCodes.internalError,
    en: 'an error of our own; the command that replays it is printed',
    zh: '程序自身错误；会打印可重现的命令',
  },
  {
    code: exitCodes.badInput,
    en: 'a mistake in the command or in a file, told with place and remedy',
    zh: '命令或文件有误；给出位置与改法',
  },
  {
    code: exitCodes.runVoid,
    en: 'the run is void: a rule of validity was broken, its figures are no answer',
    zh: '运行作废：有效性规则未满足，结果不能作为结论',
  },
  {
    code: exitCodes.precisionNotReached,
    en: 'precision not reached (only with --require-precision)',
    zh: '未达到精度（仅在 --require-precision 时）',
  },
  {
    code: exitCodes.outputProblem,
    en: 'no place to work: folder of another plan or another run, full disk, no permission, a port in use, a process or ledger that does not start',
    zh: '无处可用：目录属于另一计划或另一次运行、磁盘已满、无权限、端口被占用、进程或账簿未能启动',
  },
  {
    code: exitCodes.somethingMissing,
    en: 'something needed is missing: what doctor names, a browser or Chinese font for a PDF, a usable certificate authority for --tls',
    zh: '缺少必需项：doctor 所列、生成 PDF 所需的浏览器或中文字体，或 --tls 可用的证书机构',
  },
  {
    code: exitCodes.notCalibrated,
    en: 'calibrate: no factors were found that meet the calibrated rows; nothing is written',
    zh: 'calibrate：未找到符合校准目标的系数；不写入任何文件',
  },
  {
    code: exitCodes.wireNotRun,
    en: 'load, failover: not run, since no k6 can be had on this machine or the target is not ready; nothing was sent, nothing is passed',
    zh: 'load、failover：本机无法取得 k6 或被测平台未就绪，未运行；未发送任何请求，不作为通过',
  },
  {
    code: exitCodes.moneyBroken,
    en: 'load, failover, run --spot-check: the run counts and the auditor found a rule of money broken; the report names rule, bill and story',
    zh: 'load、failover、run --spot-check：运行有效，但审计发现资金规则被破坏；报告列出规则、账单与经过',
  },
  {
    code: exitCodes.levelShort,
    en: 'load: a level that must pass (city peak) is short of a goal; its figures count, and say by how much',
    zh: 'load：必须通过的档位（全市高峰）有一项未达目标；数据有效，并列出差距',
  },
  { code: exitCodes.interrupted, en: 'interrupted (Ctrl-C); nothing half-written', zh: '被中断（Ctrl-C）；不留半成品' },
]

/** The list as `--help` shows it. */
export function exitCodeHelp(): string {
  const rows = meanings.map(({ code, en, zh }) => `  ${String(code).padStart(3)}  ${en}\n       ${zh}`)
  return `\nExit codes · 退出码\n${rows.join('\n')}`
}
