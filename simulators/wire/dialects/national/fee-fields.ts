/** feedetail of 2204 and 2301 and the bureau's valuation of it. */
import type { Static } from 'typebox'
import { type Fen, fenOfYuan } from '../../../money/fen.ts'
import type { FeeLine, FeeRequest } from '../../desks/claim-desk.ts'
import { itemOf } from '../../desks/directory-item.ts'
import { coded, decimal, fields, list, optional, seenIn, text, yuan } from '../field.ts'
import { maybe, moment, personNumber, personOf, smallest, visitNumber } from './fields.ts'
import { yuanNumber } from './settlement-fields.ts'

const enforced = { standing: 'enforced', minLength: 1 } as const

export const feeFields = () => ({
  feedetl_sn: text('费用明细流水号', 30, enforced),
  mdtrt_id: visitNumber(),
  psn_no: personNumber(),
  fee_ocur_time: moment('费用发生时间'),
  med_list_codg: text('医疗目录编码', 50, enforced),
  medins_list_codg: text('医药机构目录编码', 150),
  det_item_fee_sumamt: yuan('明细项目费用总额'),
  cnt: decimal('数量', 4, { standing: 'enforced' }),
  pric: decimal('单价', 6, { standing: 'enforced' }),
  bilg_dept_codg: text('开单科室编码', 30),
  bilg_dr_codg: text('开单医生编码', 30),
  acord_dept_codg: maybe('受单科室编码', 30),
  hosp_appr_flag: optional(text('医院审批标志', 3)),
  ...seenIn('OH', {
    bilg_dept_name: maybe('开单科室名称', 100),
    bilg_dr_name: maybe('开单医师姓名', 50),
    acord_dept_name: maybe('受单科室名称', 100),
    orders_dr_code: maybe('受单医生编码', 30),
    orders_dr_name: maybe('受单医生姓名', 50),
    tcmdrug_used_way: maybe('中药使用方式', 6),
    etip_flag: maybe('外检标志', 3),
    etip_hosp_code: maybe('外检医院编码', 30),
    dscg_tkdrug_flag: maybe('出院带药标志', 3),
    matn_fee_flag: maybe('生育费用标志', 6),
  }),
})
const shared = fields(feeFields())

export const readFee = (fee: Static<typeof shared>, batch: string): FeeRequest & { readonly visit: string; readonly person: number } => ({
  visit: fee.mdtrt_id,
  person: personOf(fee.psn_no),
  line: fee.feedetl_sn,
  code: fee.med_list_codg,
  batch,
  totalFen: fenOfYuan(fee.det_item_fee_sumamt),
  countE4: smallest(fee.cnt, 4),
  priceE6: smallest(fee.pric, 6),
})

export const feeResult = () =>
  fields({
    result: list(
      '费用明细结果',
      fields({
        feedetl_sn: text('费用明细流水号', 30),
        det_item_fee_sumamt: yuan('明细项目费用总额'),
        cnt: decimal('数量', 4),
        pric: decimal('单价', 6),
        pric_uplmt_amt: yuan('定价上限金额'),
        selfpay_prop: decimal('自付比例', 4),
        fulamt_ownpay_amt: yuan('全自费金额'),
        overlmt_amt: yuan('超限价金额'),
        preselfpay_amt: yuan('先行自付金额'),
        inscp_scp_amt: yuan('符合政策范围金额'),
        chrgitm_lv: coded('收费项目等级', { '01': '甲类', '02': '乙类', '03': '自费' }),
        med_chrgitm_type: text('医疗收费项目类别', 6),
      }),
    ),
  })

export const writeFees = ({ lines }: { readonly lines: readonly FeeLine[] }) => ({
  result: lines.map((line) => {
    const item = itemOf(line.code)
    return {
      feedetl_sn: line.line,
      det_item_fee_sumamt: yuanNumber(line.totalFen),
      cnt: Number(line.count),
      pric: Number(line.price),
      pric_uplmt_amt: yuanNumber(item?.limitFen ?? (0 as Fen)),
      selfpay_prop: (item?.selfPayBasisPoints ?? 10_000) / 10_000,
      fulamt_ownpay_amt: yuanNumber(line.ownPayFen),
      overlmt_amt: yuanNumber(line.overLimitFen),
      preselfpay_amt: yuanNumber(line.preSelfPayFen),
      inscp_scp_amt: yuanNumber(line.inScopeFen),
      chrgitm_lv: item?.level ?? ('03' as const),
      med_chrgitm_type: item?.type ?? '14',
    }
  }),
})
