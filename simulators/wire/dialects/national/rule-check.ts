/** 3101 明细审核事前分析 and 3102 事中分析 (as in newtouch-cloud/openhis). */
import { fenOfYuan } from '../../../money/fen.ts'
import { coded, decimal, fields, list, optional, text, yuan } from '../field.ts'
import { nationalMessage } from './message.ts'
import { yuanNumber } from './settlement-fields.ts'

const rules = {
  'repeated-item': { rule_id: 'R001', rule_name: '重复收费', sev_deg: '2' },
  'outside-directory': { rule_id: 'R002', rule_name: '目录外项目纳入医保结算', sev_deg: '3' },
} as const

const key = (zh: string) => text(zh, 50, { standing: 'enforced', minLength: 1 })
const order = fields({
  rx_id: key('处方（医嘱）标识'),
  rxno: text('处方号', 50, { standing: 'enforced' }),
  hilist_code: key('医保目录编码'),
  cnt: decimal('数量', 4),
  pric: decimal('单价', 6),
  sumamt: yuan('总费用'),
  ownpay_amt: yuan('自费金额'),
  selfpay_amt: yuan('自付金额', { standing: 'accepted' }),
})
const encounter = fields({
  mdtrt_id: key('就诊标识'),
  medins_id: text('医疗机构标识', 30),
  medins_lv: text('医疗机构等级', 6),
  med_type: text('医疗类别', 6),
  medfee_sumamt: yuan('总费用', { standing: 'accepted' }),
  insutype: text('险种', 6),
  setl_totlnum: optional(text('结算总次数', 10)),
  fsi_diagnose_dtos: optional(list('诊断信息', fields({}))),
  fsi_order_dtos: list('处方（医嘱）信息', order, { maxItems: 100 }),
})
const patient = fields({
  patn_id: key('参保人标识'),
  patn_name: text('姓名', 50),
  gend: coded('性别', { 1: '男', 2: '女' }),
  brdy: text('出生日期', 10),
  poolarea: text('统筹区编码', 6),
  curr_mdtrt_id: text('当前就诊标识', 50),
  fsi_encounter_dtos: list('就诊信息', encounter, { minItems: 1, maxItems: 20 }),
})

const check = (code: '3101' | '3102', zh: string, en: string) =>
  nationalMessage({
    code,
    zh,
    en,
    does: 'checkRules',
    input: fields({
      data: fields({
        syscode: text('系统编码', 50),
        rule_ids: optional(list('规则标识集合', text('规则标识', 50), { maxItems: 50 })),
        trig_scen: text('触发场景', 10),
        patient_dtos: list('参保人信息', patient, { minItems: 1, maxItems: 1 }),
      }),
    }),
    output: fields({
      result: list(
        '审核结果',
        fields({
          jr_id: text('违规标识', 50),
          rule_id: text('规则ID', 50),
          rule_name: text('规则名称', 200),
          vola_cont: text('违规内容', 1000),
          patn_id: text('参保人ID', 50),
          mdtrt_id: text('就诊ID', 50),
          vola_amt: yuan('违规金额'),
          sev_deg: coded('严重程度', { 1: '明确违规', 2: '高度可疑', 3: '轻度可疑' }),
          vola_evid: text('违规依据', 1000),
          vola_bhvr_type: text('违规行为分类', 10),
          task_id: text('任务ID', 50),
          judge_result_detail_dtos: list('违规明细', fields({ rx_id: text('处方（医嘱）标识', 50) })),
        }),
      ),
    }),
    read: ({ data: { patient_dtos } }) => ({
      patient: patient_dtos[0]?.patn_id ?? '',
      encounters: (patient_dtos[0]?.fsi_encounter_dtos ?? []).map(({ mdtrt_id, fsi_order_dtos }) => ({
        visit: mdtrt_id,
        orders: fsi_order_dtos.map((one) => ({
          order: one.rx_id,
          prescription: one.rxno,
          code: one.hilist_code,
          totalFen: fenOfYuan(one.sumamt),
          ownPayFen: fenOfYuan(one.ownpay_amt),
        })),
      })),
    }),
    write: ({ patient: patn_id, message, findings }) => ({
      result: findings.map(({ rule, visit, orders, amountFen }, index) => ({
        jr_id: `${message}${String(index + 1).padStart(3, '0')}`,
        ...rules[rule],
        vola_cont: `${rules[rule].rule_name}：${orders.length} 项`,
        patn_id,
        mdtrt_id: visit,
        vola_amt: yuanNumber(amountFen),
        vola_evid: '',
        vola_bhvr_type: '1',
        task_id: message,
        judge_result_detail_dtos: orders.map((rx_id) => ({ rx_id })),
      })),
    }),
    businessKey: ({ data: { patient_dtos } }) => patient_dtos[0]?.curr_mdtrt_id ?? '',
  })

export const checkAhead = check('3101', '明细审核事前分析', 'Orders checked ahead')
export const checkDuring = check('3102', '明细审核事中分析', 'Orders checked during the visit')
