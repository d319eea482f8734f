/** 2206 门诊预结算, 2207 门诊结算, 2208 门诊结算撤销, 5203 结算信息查询. */

import type { Fen } from '../../../money/fen.ts'
import { fenOfYuan } from '../../../money/fen.ts'
import { coded, fields, optional, seenIn, text, yuan } from '../field.ts'
import {
  batchNumber,
  credentialFields,
  credentialOf,
  flag,
  insuranceType,
  maybe,
  medicalType,
  personNumber,
  personOf,
  settlementNumber,
  visitNumber,
} from './fields.ts'
import { nationalMessage } from './message.ts'
import { settlementOutput, writeSettlement } from './settlement-fields.ts'

export const claimFields = () => ({
  psn_no: personNumber(),
  ...credentialFields(),
  med_type: medicalType({ standing: 'enforced' }),
  medfee_sumamt: yuan('医疗费总额'),
  psn_setlway: coded('个人结算方式', { '01': '按项目结算', '02': '按定额结算' }),
  mdtrt_id: visitNumber(),
  acct_used_flag: flag('个人账户使用标志', { standing: 'enforced' }),
  insutype: insuranceType(),
})
export const quotedFields = () => ({
  invono: maybe('发票号', 20),
  fulamt_ownpay_amt: optional(yuan('全自费金额')),
  overlmt_selfpay: optional(yuan('超限价自费费用')),
  preselfpay_amt: optional(yuan('先行自付金额')),
  inscp_scp_amt: optional(yuan('符合政策范围金额')),
})
const extension = () => seenIn('OH', { expContent: maybe('字段扩展', 4000) })

interface Claim {
  readonly psn_no: string
  readonly mdtrt_cert_type: '01' | '02' | '03'
  readonly mdtrt_cert_no: string
  readonly med_type: string
  readonly medfee_sumamt: number | string
  readonly mdtrt_id: string
  readonly acct_used_flag: '0' | '1'
  readonly insutype: string
}
interface Quoted {
  readonly fulamt_ownpay_amt?: number | string
  readonly overlmt_selfpay?: number | string
  readonly preselfpay_amt?: number | string
  readonly inscp_scp_amt?: number | string
}

export const readClaim = <Kind extends 'outpatient' | 'inpatient'>(claim: Claim, kind: Kind, batch: string) => ({
  kind,
  batch,
  person: personOf(claim.psn_no),
  visit: claim.mdtrt_id,
  credential: credentialOf(claim),
  insurance: claim.insutype,
  medicalType: claim.med_type,
  totalFen: fenOfYuan(claim.medfee_sumamt),
  isAccountUsed: claim.acct_used_flag === '1',
})

export function readQuoted(quoted: Quoted): { quoted: { ownPayFen?: Fen; overLimitFen?: Fen; preSelfPayFen?: Fen; inScopeFen?: Fen } } {
  const { fulamt_ownpay_amt, overlmt_selfpay, preselfpay_amt, inscp_scp_amt } = quoted
  return {
    quoted: {
      ...(fulamt_ownpay_amt === undefined ? {} : { ownPayFen: fenOfYuan(fulamt_ownpay_amt) }),
      ...(overlmt_selfpay === undefined ? {} : { overLimitFen: fenOfYuan(overlmt_selfpay) }),
      ...(preselfpay_amt === undefined ? {} : { preSelfPayFen: fenOfYuan(preselfpay_amt) }),
      ...(inscp_scp_amt === undefined ? {} : { inScopeFen: fenOfYuan(inscp_scp_amt) }),
    },
  }
}

export const presettleClaim = nationalMessage({
  code: '2206',
  zh: '门诊预结算',
  en: 'Outpatient trial settlement',
  does: 'presettleClaim',
  input: fields({ data: fields({ ...claimFields(), chrg_bchno: batchNumber(), ...extension() }) }),
  output: settlementOutput(),
  read: ({ data }) => readClaim(data, 'outpatient', data.chrg_bchno),
  // A trial has no number of its own: nothing can be done with it.
  write: (view, writing) => writeSettlement({ ...view, settlement: '' }, writing),
  personNumber: ({ data }) => data.psn_no,
  businessKey: ({ data }) => data.chrg_bchno,
})

export const settleClaim = nationalMessage({
  code: '2207',
  zh: '门诊结算',
  en: 'Outpatient settlement',
  does: 'settleClaim',
  input: fields({ data: fields({ ...claimFields(), chrg_bchno: batchNumber(), ...quotedFields(), ...extension() }) }),
  output: settlementOutput(),
  read: ({ data }) => ({ ...readClaim(data, 'outpatient', data.chrg_bchno), ...readQuoted(data) }),
  write: writeSettlement,
  personNumber: ({ data }) => data.psn_no,
  businessKey: ({ data }) => data.chrg_bchno,
})

const settlementReference = () => fields({ data: fields({ setl_id: settlementNumber(), mdtrt_id: visitNumber(), psn_no: personNumber() }) })

export const reverseClaim = nationalMessage({
  code: '2208',
  zh: '门诊结算撤销',
  en: 'Outpatient settlement reversed',
  does: 'reverseClaim',
  input: settlementReference(),
  output: settlementOutput(),
  read: ({ data }) => ({ kind: 'outpatient', settlement: data.setl_id, visit: data.mdtrt_id, person: personOf(data.psn_no) }),
  write: writeSettlement,
  personNumber: ({ data }) => data.psn_no,
  businessKey: ({ data }) => data.setl_id,
})

export const findSettlement = nationalMessage({
  code: '5203',
  zh: '结算信息查询',
  en: 'Settlement looked up',
  does: 'findSettlement',
  input: settlementReference(),
  output: fields({
    ...settlementOutput().properties,
    setlinfo: fields({
      ...settlementOutput().properties.setlinfo.properties,
      refd_setl_flag: text('退费结算标志（0 有效 1 已撤销）', 3, { source: 'DG SZ' }),
    }),
  }),
  read: ({ data }) => ({ settlement: data.setl_id, visit: data.mdtrt_id, person: personOf(data.psn_no) }),
  write(view, writing) {
    const { setlinfo, setldetail } = writeSettlement(view, writing)
    return { setlinfo: { ...setlinfo, refd_setl_flag: view.isReversed ? '1' : '0' }, setldetail }
  },
  personNumber: ({ data }) => data.psn_no,
  businessKey: ({ data }) => data.setl_id,
})
