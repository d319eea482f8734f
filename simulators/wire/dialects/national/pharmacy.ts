/**
 * 2102 药店结算 and 2103 撤销, as BF and DG have them: the lines have neither departments nor anything of a stay, and the answer of 2103 has fewer
 * fields than here.
 */
import { fenOfYuan } from '../../../money/fen.ts'
import { fields, list, seenIn } from '../field.ts'
import { feeFields, readFee } from './fee-fields.ts'
import { credentialOf, flag, maybe, moment, personNumber, personOf, settlementNumber, visitNumber } from './fields.ts'
import { nationalMessage } from './message.ts'
import { claimFields } from './outpatient-settlement.ts'
import { settlementOutput, writeSettlement } from './settlement-fields.ts'

const { mdtrt_id: _, psn_setlway: __, ...purchase } = claimFields()
function drug() {
  const { feedetl_sn, fee_ocur_time, med_list_codg, medins_list_codg, det_item_fee_sumamt, cnt, pric } = feeFields()
  return { feedetl_sn, fee_ocur_time, med_list_codg, medins_list_codg, det_item_fee_sumamt, cnt, pric }
}

export const buyDrugs = nationalMessage({
  code: '2102',
  zh: '药店结算',
  en: 'Pharmacy settlement',
  does: 'buyDrugs',
  input: fields({
    druginfo: fields(
      seenIn('BF DG', {
        ...purchase,
        begntime: moment('开始时间'),
        invono: maybe('发票号', 20),
        dise_codg: maybe('病种编码', 30),
        dise_name: maybe('病种名称', 500),
      }),
    ),
    drugdetail: list(
      '药品明细',
      fields(
        seenIn('BF DG', {
          ...drug(),
          rxno: maybe('处方号', 30),
          rx_circ_flag: flag('外购处方标志'),
          sin_dos_dscr: maybe('单次剂量描述', 200),
          used_frqu_dscr: maybe('使用频次描述', 200),
          prd_days: maybe('周期天数', 5),
          medc_way_dscr: maybe('用药途径描述', 200),
          bilg_dr_codg: maybe('开单医师代码', 30),
          bilg_dr_name: maybe('开单医师姓名', 50),
          tcmdrug_used_way: maybe('中药使用方式', 6),
        }),
      ),
      { minItems: 1, maxItems: 100 },
    ),
  }),
  output: settlementOutput(),
  read: ({ druginfo, drugdetail }) => ({
    person: personOf(druginfo.psn_no),
    credential: credentialOf(druginfo),
    insurance: druginfo.insutype,
    medicalType: druginfo.med_type,
    totalFen: fenOfYuan(druginfo.medfee_sumamt),
    isAccountUsed: druginfo.acct_used_flag === '1',
    begin: druginfo.begntime,
    lines: drugdetail.map((line) => readFee({ ...line, mdtrt_id: '', psn_no: '', bilg_dept_codg: '', bilg_dr_codg: '' }, '')),
  }),
  write: writeSettlement,
  personNumber: ({ druginfo }) => druginfo.psn_no,
  businessKey: ({ drugdetail }) => drugdetail[0]?.feedetl_sn ?? '',
})

export const reverseDrugs = nationalMessage({
  code: '2103',
  zh: '药店结算撤销',
  en: 'Pharmacy settlement reversed',
  does: 'reverseClaim',
  input: fields({ data: fields(seenIn('BF DG', { setl_id: settlementNumber(), mdtrt_id: visitNumber(), psn_no: personNumber() })) }),
  output: settlementOutput(),
  read: ({ data }) => ({ kind: 'pharmacy', settlement: data.setl_id, visit: data.mdtrt_id, person: personOf(data.psn_no) }),
  write: writeSettlement,
  personNumber: ({ data }) => data.psn_no,
  businessKey: ({ data }) => data.setl_id,
})
