/** 2204 门诊费用明细上传 and 2205 撤销. */
import { alsoSeenIn, fields, list, optional, seenIn, text } from '../field.ts'
import { feeFields, feeResult, readFee, writeFees } from './fee-fields.ts'
import { batchNumber, flag, maybe, personNumber, personOf, visitNumber } from './fields.ts'
import { nationalMessage } from './message.ts'

export const uploadFees = nationalMessage({
  code: '2204',
  zh: '门诊费用明细信息上传',
  en: 'Outpatient fee lines',
  does: 'addFees',
  input: fields({
    feedetail: list(
      '费用明细',
      fields(
        alsoSeenIn('BM', {
          ...feeFields(),
          chrg_bchno: batchNumber(),
          dise_codg: maybe('病种编码', 30),
          rxno: maybe('处方号', 30),
          rx_circ_flag: flag('外购处方标志'),
          ...seenIn('OH', {
            sin_dos_dscr: maybe('单次剂量描述', 200),
            used_frqu_dscr: maybe('使用频次描述', 200),
            prd_days: optional(text('周期天数', 5)),
            medc_way_dscr: maybe('用药途径描述', 200),
          }),
        }),
      ),
      { minItems: 1, maxItems: 100 },
    ),
  }),
  output: feeResult(),
  read: ({ feedetail }) => ({
    visit: feedetail[0]?.mdtrt_id ?? '',
    person: personOf(feedetail[0]?.psn_no ?? ''),
    kind: 'outpatient',
    lines: feedetail.map((fee) => readFee(fee, fee.chrg_bchno)),
  }),
  write: writeFees,
  personNumber: ({ feedetail }) => feedetail[0]?.psn_no,
  businessKey: ({ feedetail }) => feedetail[0]?.chrg_bchno ?? '',
})

export const dropFees = nationalMessage({
  code: '2205',
  zh: '门诊费用明细信息撤销',
  en: 'Outpatient fee lines taken back',
  does: 'dropFees',
  input: fields({
    data: fields({
      mdtrt_id: visitNumber(),
      psn_no: personNumber(),
      ...alsoSeenIn('BM', seenIn('OH', { chrg_bchno: batchNumber(), exp_content: maybe('字段扩展', 4000) }), ['exp_content']),
    }),
  }),
  output: fields({}),
  read: ({ data }) => ({ visit: data.mdtrt_id, person: personOf(data.psn_no), kind: 'outpatient', batch: data.chrg_bchno }),
  write: () => ({}),
  personNumber: ({ data }) => data.psn_no,
  businessKey: ({ data }) => data.chrg_bchno,
})
