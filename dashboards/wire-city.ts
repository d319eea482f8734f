/**
 * The dashboard of a wire city, as code: `npm run dashboards` writes wire-city.generated.json from it. Each panel's query is asked of a real
 * Prometheus over a real city in tests/dashboards.prometheus.test.ts, so none can stay empty unnoticed.
 *
 * A panel is a line of the table below. Titles are Chinese and English at once: Grafana knows no language of a dashboard.
 */
import { LegendDisplayMode, LegendPlacement, VizLegendOptionsBuilder } from '@grafana/grafana-foundation-sdk/common'
import { type Dashboard, DashboardBuilder, QueryVariableBuilder } from '@grafana/grafana-foundation-sdk/dashboard'
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus'
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries'

export interface WirePanel {
  readonly title: string
  readonly about: string
  readonly unit: 'short' | 's' | 'reqps' | 'ops'
  /** PromQL; `$actor` is the reader's choice of actors, `$__rate_interval` four scrapes or more. */
  readonly expr: string
  readonly legend: string
  /** It shows nothing as long as nothing goes wrong. */
  readonly mayBeEmpty?: true
}

export const wirePanels: readonly WirePanel[] = [
  {
    title: 'Payments per second · 每秒支付',
    about: 'Paid, by mode. · 已支付，按方式',
    unit: 'ops',
    expr: 'sum by (mode) (rate(medpay_payments_total{state="paid"}[$__rate_interval]))',
    legend: '{{mode}}',
  },
  {
    title: 'Payments not paid, per second · 每秒未付成',
    about:
      'Refused, undone, or in doubt for a while; what is in doubt may be paid later. · 被拒、已撤销或一时状态不明；状态不明的之后仍可能付成',
    unit: 'ops',
    expr: 'sum by (state) (rate(medpay_payments_total{state!="paid"}[$__rate_interval]))',
    legend: '{{state}}',
    mayBeEmpty: true,
  },
  {
    title: 'Payments open and in doubt · 进行中与状态不明的支付',
    about: 'Now, over all platform processes. · 当前值，所有平台进程合计',
    unit: 'short',
    expr: 'label_replace(sum(medpay_payments_open), "state", "open", "", "") or label_replace(sum(medpay_payments_in_doubt), "state", "in doubt", "", "")',
    legend: '{{state}}',
  },
  {
    title: 'Answer time p95 · 应答时间 P95',
    about: 'From request to answer, planned service time included. · 自请求至应答，含计划服务时间',
    unit: 's',
    expr: 'histogram_quantile(0.95, sum by (le, actor) (rate(medpay_answer_seconds_bucket{actor=~"$actor"}[$__rate_interval])))',
    legend: '{{actor}}',
  },
  {
    title: 'Slowest operations, mean · 最慢的操作（均值）',
    about: 'Ten of the chosen actors. · 所选角色中最慢的十项',
    unit: 's',
    expr: 'topk(10, sum by (actor, operation) (rate(medpay_operation_seconds_total{actor=~"$actor"}[$__rate_interval])) / sum by (actor, operation) (rate(medpay_answers_total{actor=~"$actor"}[$__rate_interval])))',
    legend: '{{actor}} {{operation}}',
  },
  {
    title: 'Answers per second · 每秒应答',
    about: 'By actor and class of HTTP status. · 按角色与 HTTP 状态类别',
    unit: 'reqps',
    expr: 'sum by (actor, status) (rate(medpay_answers_total{actor=~"$actor"}[$__rate_interval]))',
    legend: '{{actor}} {{status}}',
  },
  {
    title: 'In service and in line · 服务中与排队',
    about: 'At each actor’s station. · 各角色服务台',
    unit: 'short',
    expr: 'sum by (actor) (medpay_service_busy{actor=~"$actor"} + medpay_service_waiting{actor=~"$actor"})',
    legend: '{{actor}}',
  },
  {
    title: 'Commits per payment · 每笔支付的提交次数',
    about: 'Commits of all books for one paid payment. · 所有账簿的提交次数与已付笔数之比',
    unit: 'short',
    expr: 'sum by (actor) (rate(medpay_book_commits_total[$__rate_interval])) / ignoring(actor) group_left sum(rate(medpay_payments_total{state="paid"}[$__rate_interval]))',
    legend: '{{actor}}',
  },
  {
    title: 'Event loop late, p99 · 事件循环延迟 P99',
    about: 'Above 250 ms an actor is saturated and its times are not to be trusted. · 超过 250 毫秒即视为饱和，其耗时不可采信',
    unit: 's',
    expr: 'max by (actor) (medpay_event_loop_delay_p99_seconds{actor=~"$actor"})',
    legend: '{{actor}}',
  },
  {
    title: 'Refused signatures per second · 每秒验签拒绝',
    about: 'Forged, replayed, expired or from a caller with no business here. · 伪造、重放、过期或无权调用',
    unit: 'reqps',
    expr: 'sum by (actor, reason) (rate(medpay_refusals_total{actor=~"$actor"}[$__rate_interval]))',
    legend: '{{actor}} {{reason}}',
    mayBeEmpty: true,
  },
  {
    title: 'Twenty busiest sites · 最繁忙的二十个院区',
    about: 'Payments per second. · 每秒支付笔数',
    unit: 'ops',
    expr: 'topk(20, sum by (site) (rate(medpay_site_payments_total[$__rate_interval])))',
    legend: '{{site}}',
  },
]

const gridWidth = 24
const panelWidth = 12
const panelHeight = 8

/** @returns the text of wire-city.generated.json */
export const wireCityText = (): string => `${JSON.stringify(wireCityDashboard(), null, 2)}\n`

function wireCityDashboard(): Dashboard {
  const builder = new DashboardBuilder('medpay wire city · 线上城市')
    .uid('medpay-wire-city')
    .description(
      'Every actor of a wire city as it measures itself. Everything in it is synthetic. · 线上城市各角色的自测指标，数据均为合成',
    )
    .tags(['medpay'])
    .time({ from: 'now-15m', to: 'now' })
    .timezone('Asia/Shanghai')
    .refresh('15s')
    .withVariable(
      new QueryVariableBuilder('actor')
        .label('actor · 角色')
        .query('label_values(medpay_event_loop_delay_p99_seconds, actor)')
        .includeAll(true)
        .allValue('.*')
        .multi(true),
    )
  for (const [index, { title, about, unit, expr, legend }] of wirePanels.entries()) {
    const query = new DataqueryBuilder().expr(expr).legendFormat(legend)
    const perRow = gridWidth / panelWidth
    builder.withPanel(
      new PanelBuilder()
        .title(title)
        .description(about)
        .unit(unit)
        .min(0)
        .legend(new VizLegendOptionsBuilder().showLegend(true).displayMode(LegendDisplayMode.List).placement(LegendPlacement.Bottom))
        .gridPos({ x: (index % perRow) * panelWidth, y: Math.floor(index / perRow) * panelHeight, w: panelWidth, h: panelHeight })
        .withTarget(query),
    )
  }
  return builder.build()
}
