/** 2301–2305: fee lines of a stay, its trial, settlement and reversal. A stay is settled whole, as one batch without a name. */
import { alsoSeenIn, fields, list, seenIn, text } from '../field.ts'
import { feeFields, feeResult, readFee, writeFees } from './fee-fields.ts'
import { maybe, medicalType, personNumber, personOf, settlementNumber, visitNumber } from './fields.ts'
import { nationalMessage } from './message.ts'
import { claimFields, quotedFields, readClaim, readQuoted } from './outpatient-settlement.ts'
import { settlementOutput, writeSettlement } from './settlement-fields.ts'

const theStay = ''
const stayFields = () => ({
  ...seenIn('OH BF', { dscgTime: maybe('出院时间', 19) }),
  ...seenIn('OH IB', { mid_setl_flag: maybe('中途结算标志', 3) }),
})

export const uploadStayFees = nationalMessage({
  code: '2301',
  zh: '住院费用明细上传',
  en: 'Inpatient fee lines',
  does: 'addFees',
  input: fields({
    feedetail: list(
      '费用明细',
      fields(
        alsoSeenIn('IB', {
          ...feeFields(),
          ...seenIn('OH', {
            init_feedetl_sn: maybe('原费用流水号', 30),
            drord_no: maybe('医嘱号', 30),
            med_type: medicalType(),
            // Required of a stay's lines by both; the lengths are OH's.
            bilg_dept_name: text('开单科室名称', 100, { minLength: 1 }),
            bilg_dr_name: text('开单医师姓名', 50, { minLength: 1 }),
            memo: maybe('备注', 500),
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
    kind: 'inpatient',
    lines: feedetail.map((fee) => readFee(fee, theStay)),
  }),
  write: writeFees,
  personNumber: ({ feedetail }) => feedetail[0]?.psn_no,
  businessKey: ({ feedetail }) => feedetail[0]?.mdtrt_id ?? '',
})

export const dropStayFees = nationalMessage({
  code: '2302',
  zh: '住院费用明细撤销',
  en: 'Inpatient fee lines taken back',
  does: 'dropFees',
  input: fields({
    data: list(
      '撤销明细',
      fields(
        // IB has one object of the same three fields in the place of the list.
        alsoSeenIn(
          'IB',
          seenIn('OH', {
            feedetl_sn: text('费用明细流水号', 30, { standing: 'enforced', minLength: 1 }),
            mdtrt_id: visitNumber(),
            psn_no: personNumber(),
          }),
        ),
      ),
      { minItems: 1, maxItems: 100 },
    ),
  }),
  output: fields({}),
  read: ({ data }) => ({
    visit: data[0]?.mdtrt_id ?? '',
    person: personOf(data[0]?.psn_no ?? ''),
    kind: 'inpatient',
    lines: data.map(({ feedetl_sn }) => feedetl_sn),
  }),
  write: () => ({}),
  personNumber: ({ data }) => data[0]?.psn_no,
  businessKey: ({ data }) => data[0]?.mdtrt_id ?? '',
})

export const presettleStay = nationalMessage({
  code: '2303',
  zh: '住院预结算',
  en: 'Inpatient trial settlement',
  does: 'presettleClaim',
  input: fields({ data: fields({ ...claimFields(), ...stayFields() }) }),
  output: settlementOutput(),
  read: ({ data }) => readClaim(data, 'inpatient', theStay),
  write: (view, writing) => writeSettlement({ ...view, settlement: '' }, writing),
  personNumber: ({ data }) => data.psn_no,
  businessKey: ({ data }) => data.mdtrt_id,
})

export const settleStay = nationalMessage({
  code: '2304',
  zh: '住院结算',
  en: 'Inpatient settlement',
  does: 'settleClaim',
  input: fields({ data: fields({ ...claimFields(), ...quotedFields(), ...stayFields() }) }),
  output: settlementOutput(),
  read: ({ data }) => ({ ...readClaim(data, 'inpatient', theStay), ...readQuoted(data) }),
  write: writeSettlement,
  personNumber: ({ data }) => data.psn_no,
  businessKey: ({ data }) => data.mdtrt_id,
})

export const reverseStay = nationalMessage({
  code: '2305',
  zh: '住院结算撤销',
  en: 'Inpatient settlement reversed',
  does: 'reverseClaim',
  input: fields({ data: fields({ setl_id: settlementNumber(), mdtrt_id: visitNumber(), psn_no: personNumber() }) }),
  output: settlementOutput(),
  read: ({ data }) => ({ kind: 'inpatient', settlement: data.setl_id, visit: data.mdtrt_id, person: personOf(data.psn_no) }),
  write: writeSettlement,
  personNumber: ({ data }) => data.psn_no,
  businessKey: ({ data }) => data.setl_id,
})
