/** 中文用词。英文见 words.en.ts。 */

import { chineseFeedback } from './words.feedback.zh.ts'
import { chineseSections } from './words.sections.zh.ts'
import type { HeadlineParts, WordTable } from './words.ts'
import { chineseUi } from './words.ui.zh.ts'
import { chineseWire } from './words.wire.zh.ts'

export const chinese: WordTable = {
  language: 'zh',
  htmlLanguage: 'zh-CN',
  measures: {
    visits: '就诊人次',
    'payment-queueing-minutes-per-visit': '次均付费排队时间',
    'clinical-queueing-minutes-per-visit': '次均诊疗排队时间',
    'wait-after-payment-minutes-per-visit': '次均付费后等待时间',
    'visit-duration-minutes': '次均就诊时长',
    'queueing-share-of-visit': '排队占就诊时长比例',
    'payment-lines-joined': '付费排队次数（进入的队）',
    'payment-lines-with-any-wait': '付费排队次数（有等待）',
    'payment-lines-waited-over-1-minute': '付费排队次数（等待超过1分钟）',
    'clinical-lines-joined': '诊疗排队次数（进入的队）',
    'clinical-lines-with-any-wait': '诊疗排队次数（有等待）',
    'clinical-lines-waited-over-1-minute': '诊疗排队次数（等待超过1分钟）',
    'share-waiting-under-1-hour': '等待合计不足1小时的就诊占比',
    'share-waiting-3-hours-or-more': '等待合计3小时及以上的就诊占比',
    'balked-share': '因队太长而离去的占比',
    'reneged-share': '等不及离队占比',
    'left-unpaid-share': '未付费离院占比',
    'morning-visit-minutes': '7 至 10 时到院患者的就诊时长',
    'payment-queueing-minutes-p50': '每次就诊付费排队时间中位数',
    'payment-queueing-minutes-p90': '每次就诊付费排队时间第90百分位',
    'payment-queueing-minutes-p95': '每次就诊付费排队时间第95百分位',
    'visit-duration-minutes-p50': '就诊时长中位数',
    'visit-duration-minutes-p95': '就诊时长第95百分位',
    'wait-seconds-mean': '平均等待',
    'wait-seconds-p50': '等待中位数',
    'wait-seconds-p95': '等待第95百分位',
    'utilization-busiest-hour': '最忙一小时的利用率',
    'overtime-share': '加班时间占当班时间的比例',
    'payment-mode-share': '各支付方式占医保交易的比例',
    'settlement-seconds-mean': '结算时延均值',
    'settlement-seconds-p50': '结算时延中位数',
    'settlement-seconds-p95': '结算时延第95百分位',
    'settlement-seconds-p99': '结算时延第99百分位',
    'leg-seconds-assumed': '环节用时（假设）',
    'leg-seconds-computed': '环节用时（算出）',
    'payments-attempted': '发起支付笔数',
    'payments-settled': '结算成功笔数',
    'payments-failed': '支付失败笔数',
    'payments-fallen-back': '退回自助机或窗口的笔数',
    'payments-spilled-over': '承接其他入口转来的笔数',
    'minutes-outside-service-level': '未达服务水平的分钟数',
    'retry-amplification': '重试放大倍数（实发调用÷所需调用）',
    'failed-share-backup-could-not-save': '互备未能挽回的失败占比',
    'peak-calls-per-second': '峰值每秒调用数',
    'utilization-peak-minute': '最忙一分钟的利用率',
    'minutes-above-90-percent': '利用率超过90%的分钟数',
    'first-minute-above-90-percent': '首次超过90%的时刻（零点起分钟数）',
    'headroom-at-peak': '峰值余量',
    'fund-fen': '统筹基金支付',
    'account-fen': '个人账户支付',
    'credit-fen': '信用支付',
    'cash-fen': '个人自有资金支付',
    'owing-fen': '未付挂账',
    'claim-later-fen': '先行垫付、事后报销',
    'refunded-fen': '已付后原路退回',
    'sign-ups-attempted': '信用签约申请数',
    'sign-ups-granted': '信用签约直接通过数',
    'sign-ups-with-digital-card': '信用签约通过并申领数字银行卡数',
    'sign-ups-with-raised-limit': '信用签约通过并提高额度数',
    'sign-ups-refused': '信用签约未通过数',
    'sign-ups-lost': '信用签约因调用失败而中断数',
    'last-site-ready-minutes': '切换后最后一个执业点就绪用时',
  },
  units: { min: '分钟', s: '秒', lines: '次', visits: '人次', '1': '', 'calls/s': '次/秒', calls: '次', fen: '元', payments: '笔' },
  dimensions: {
    all: '全市',
    tier: '医院等级',
    district: '区',
    age: '年龄组',
    insured: '参保类型',
    hour: '到院时段',
    mode: '支付方式',
    switch: '改用与未改用',
    hospital: '医院门诊',
    'tier-age': '等级×年龄',
    'tier-hour': '等级×时段',
  },
  modes: { window: '窗口', kiosk: '自助机', phone: '诊间移动支付', credit: '脱卡信用付费' },
  legs: { entry: '入口', platform: '统一基础平台', bureau: '医保局', bank: '银行或钱包', his: '医院系统' },
  partyKinds: { channel: '入口', platform: '统一基础平台', bureau: '医保局', bank: '银行' },
  switches: { switched: '改用移动或信用付费者', stayed: '仍在窗口或自助机者' },
  headline: {
    effect: (p) =>
      `有效果：${was(p)}，${moved(p)}（变化的95%置信区间为${p.interval}${assumed(p)}），不小于事先定下的有意义的最小变化（${p.minimum}）。${signs(p)}`,
    'no-effect-that-matters': (p) =>
      `没有有意义的效果：${was(p)}。变化的95%置信区间为${p.interval}，全部落在事先定下的有意义的最小变化（±${p.minimum}）以内${assumed(p)}。${signs(p)}`,
    harm: (p) =>
      `有害：${was(p)}，${moved(p)}，是变差（变化的95%置信区间为${p.interval}${assumed(p)}），超过事先定下的有意义的最小变化（${p.minimum}）。${signs(p)}`,
    undecided: (p) =>
      `尚不能判定：${was(p)}。变化的95%置信区间为${p.interval}，${undecidedBecause(p)}事先定下的±${p.minimum}${assumed(p)}；增加模拟天数可使置信区间变窄。${signs(p)}`,
    provisional: (p) =>
      `暂行结果，n = ${p.days}天：${was(p)}${p.went === 'nowhere' ? '' : `，${moved(p)}`}。不足10天不公布置信区间，也不下结论。`,
    'no-data': (p) => `没有答案：“${p.arm}”没有“${p.measure}”的数据。`,
    void: () => '无效：违反了有效性规则。以下数字仅供查找原因，不能作为答案。',
  },
  sections: chineseSections,
  wire: chineseWire,
  feedback: chineseFeedback,
  ui: chineseUi,
}

const was = (p: HeadlineParts): string => `${p.measure}在“${p.against}”为${p.before}，在“${p.arm}”为${p.after}`
const moved = (p: HeadlineParts): string => `${p.went === 'down' ? '减少' : '增加'}${p.change}`
/** 第二个范围，与第一个写在同一句里。 */
function assumed({ assumed: range }: HeadlineParts): string {
  if (range === null) return '；未变动假设'
  const few = range.needed === null ? '' : `，少于公布范围所需的${range.needed}组`
  return `；各项假设同时变动时，${range.plans}个假设组合的第5至第95百分位为${range.range}${few}`
}
const signs = ({ assumed: range }: HeadlineParts): string =>
  range === null || range.otherSign === null ? '' : `在假设范围之内变化方向会改变：有${range.otherSign}的假设组合方向相反。`
function undecidedBecause(p: HeadlineParts): string {
  if (p.direction === 'better') return '肯定是变好，但跨越了'
  if (p.direction === 'worse') return '肯定是变差，但跨越了'
  return '既含零，也超出'
}
