import type { FeedbackWords } from './words.feedback.ts'

export const chineseFeedback: FeedbackWords = {
  title: '用实测平台重算的排队',
  spotTitle: '抽点校核：用实测平台重算的排队',
  intro: (target, days) =>
    `全市同样的${days === 1 ? '一个模拟日' : `${days}个模拟日`}模拟两次：一次用模型假设的平台时延与排队，一次用${target}在线上实测的自身耗时。实测耗时只作纯延迟，用于每秒支付笔数不高于实测负载的分钟；更忙的分钟仍用假设值。医保局、银行、医院两次均用计划的时间。`,
  spotIntro: (target, load) =>
    `以真实 HTTP 回放高峰半分钟，再将一个方案在全市的第一个模拟日（同一批患者）按假设与按${target}的实测自身耗时各算一次。只测了一个负载（每秒${load}笔），其耗时仅作不高于该负载时的纯延迟。单日没有区间；medpay load --profile 可测五级负载。`,
  notRun: (reason) => `线上部分未运行：${reason}。虚拟城市的结果不受影响。`,
  isVoid: (reasons) => `线上部分已回放，但作废：${reasons}。不据此作任何结论；虚拟城市的结果不受影响。`,
  played: (window, arm, errands, generator, rate) =>
    `${window}，“${arm}”：${generator} 按计划时刻发出${errands}笔业务，平台每秒完成${rate}笔支付。`,
  checked: (equal, compared, verdict, rules) =>
    `${compared}张账单中${equal}张的分担与虚拟城市到分一致；各方账簿审计：${verdict}，${rules}条规则成立。`,
  level: '负载',
  offered: '计划，笔／秒',
  settled: '完成，笔／秒',
  inFlight: '平均在途笔数',
  payments: '支付笔数',
  ownMean: '自身耗时均值（95% 区间）',
  assumedMean: '模型假设（不含排队）',
  curveTitle: '平台自身耗时与负载',
  curveNote: '毫秒，自中位数至 p95；贯穿各行的竖线为模型假设（不含排队）',
  perSecond: (rate) => `每秒 ${rate} 笔`,
  assumed: '按假设',
  measured: '按实测',
  difference: '差',
  measure: '指标',
  queuesTitle: (arm) => `按假设与按实测：${arm}`,
  range: (share, rest) => `全天平台请求中${share}处于实测负载以内的分钟；其余${rest}仍用假设的时延。`,
  outside: (minutes, busiest, most) => `超出实测范围：有${minutes}分钟高于实测的最高负载（每秒${most}笔；最忙一分钟每秒${busiest}笔）。`,
  inside: (busiest) => `全天均在实测范围之内；最忙一分钟每秒${busiest}笔。`,
  divergenceTitle: '虚拟城市与线上逐环节对照',
  divergenceIntro:
    '两个世界中同一批支付，每笔均值。入口、医保局、银行、医院在线上亦按计划的服务时间作答，差别只来自排队、计时器与网络；平台一行为其两条报文的假设值与答复前的实测自身耗时。',
  virtual: '虚拟',
  wire: '线上',
  differenceInterval: '差（95% 区间，分批均值法）',
  moneyTitle: '资金账龄',
  moneyIntro:
    '每笔支付分支付方与医保两部分，按业务时钟、自患者发起支付之时起算，以金额加权。付款患者较多时暂停实时核对；医保部分随月度清算拨付，故此处停留在“已对账”。',
  stage: '阶段',
  stages: {
    intended: '发起',
    authorised: '已授权',
    settled: '已结算',
    confirmed: '医院已确认',
    matched: '实时核对一致',
    reconciled: '日终文件对平',
    'paid-out': '已拨付',
  },
  amount: '到达金额',
  reached: '到达时平均账龄',
  oldest: '最长',
  standing: '停留金额',
  standingAge: '目前平均账龄',
  quick: '以下计算部分只是对部分城市的初步一览（同 medpay run --quick），并非该情景的正式答案。',
}
