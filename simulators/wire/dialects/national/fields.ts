/** Fields that stand in many messages of the national interface, in its own spelling. */
import type { Credential } from '../../desks/bureau-desk.ts'
import { personOfInsuredNumber } from '../../people/insured-number.ts'
import { coded, type FieldNotes, optional, seenIn, text } from '../field.ts'
import { certificateTypes, credentialTypes, insuranceTypes, medicalTypes } from './dictionaries.ts'

const enforced = { standing: 'enforced', minLength: 1 } as const

export const personNumber = () => text('人员编号', 30, enforced)
export const visitNumber = () => text('就诊ID', 30, enforced)
export const settlementNumber = () => text('结算ID', 30, enforced)
export const batchNumber = () => text('收费批次号', 30, enforced)
export const insuranceType = () => coded('险种类型', insuranceTypes, { standing: 'enforced' })
/** 9901 and up are local. */
export const medicalType = (notes: FieldNotes = {}) =>
  text('医疗类别', 6, { pattern: `^(?:${Object.keys(medicalTypes).join('|')}|99\\d{2})$`, ...notes })
export const moment = (zh: string, notes: FieldNotes = {}) =>
  text(zh, 19, { pattern: '^\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}$', ...notes })
export const flag = (zh: string, notes: FieldNotes = {}) => coded(zh, { 0: '否', 1: '是' }, notes)
export const maybe = (zh: string, maxLength: number) => optional(text(zh, maxLength))

/** 就诊凭证: token, ID number or card. */
export const credentialFields = () => ({
  mdtrt_cert_type: coded('就诊凭证类型', credentialTypes, { standing: 'enforced' }),
  mdtrt_cert_no: text('就诊凭证编号', 50, enforced),
})
const credentialKinds = { '01': 'token', '02': 'id-number', '03': 'card' } as const
export const credentialOf = (shown: {
  readonly mdtrt_cert_type: keyof typeof credentialTypes
  readonly mdtrt_cert_no: string
}): Credential => ({ kind: credentialKinds[shown.mdtrt_cert_type], value: shown.mdtrt_cert_no })
export const credentialCode = (kind: string): keyof typeof credentialTypes =>
  kind === 'token' || kind === 'qr' ? '01' : kind === 'card' ? '03' : '02'

/** A number nobody has, for a 人员编号 that is none: the desk says that it knows no such person. */
export const personOf = (number: string): number => personOfInsuredNumber(number) ?? -1

export const diagnosisFields = () => ({
  diag_type: text('诊断类别', 3),
  diag_srt_no: text('诊断排序号', 3),
  diag_code: text('诊断代码', 20, { minLength: 1 }),
  diag_name: text('诊断名称', 100),
  diag_dept: text('诊断科室', 50),
  dise_dor_no: text('诊断医生编码', 30),
  dise_dor_name: text('诊断医生姓名', 50),
  diag_time: moment('诊断时间'),
})

export const maternityFields = () =>
  seenIn('OH', {
    oprn_oprt_code: maybe('手术操作代码', 30),
    oprn_oprt_name: maybe('手术操作名称', 500),
    fpsc_no: maybe('计划生育服务证号', 50),
    matn_type: maybe('生育类别', 6),
    latechb_flag: maybe('晚育标志', 3),
    geso_val: maybe('孕周数', 2),
    fetts: maybe('胎次', 3),
    fetus_cnt: maybe('胎儿数', 3),
    pret_flag: maybe('早产标志', 3),
  })

/** Who a person is in an answer. */
export const personFields = () => ({
  psn_no: text('人员编号', 30),
  psn_cert_type: coded('人员证件类型', certificateTypes),
  certno: text('证件号码', 50),
  psn_name: text('人员姓名', 50),
  gend: coded('性别', { 1: '男', 2: '女' }),
  naty: text('民族', 3),
  brdy: text('出生日期', 10),
  age: text('年龄', 5),
})

/** What an answer may say of a person. */
export interface PersonWords {
  readonly insuredNumber: string
  readonly insuredPlace: string
  readonly insuredType: 'employee' | 'retired' | 'resident' | 'out-of-town'
  readonly name: string
  readonly idNumber: string
  /** 用人单位; empty where there is none. Made when asked for: one message of twenty carries it. */
  readonly employer: () => string
  readonly accountLeftFen: number
  readonly insurances: readonly string[]
  /** yyyy-MM-dd of the business clock. */
  readonly today: string
}

export function writePerson({ insuredNumber, name, idNumber, today }: PersonWords) {
  const birth = `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`
  const years = Number(today.slice(0, 4)) - Number(birth.slice(0, 4)) - (today.slice(5) < birth.slice(5) ? 1 : 0)
  return {
    psn_no: insuredNumber,
    psn_cert_type: '01' as const,
    certno: idNumber,
    psn_name: name,
    gend: Number(idNumber[16]) % 2 === 1 ? ('1' as const) : ('2' as const),
    naty: '01',
    brdy: birth,
    age: String(years),
  }
}

/** Digits with so many decimals as a whole number of the smallest: "1.5" with four → 15000n. */
export function smallest(value: number | string, decimals: number): bigint {
  const [whole = '0', fraction = ''] = String(value).split('.')
  return BigInt(whole + fraction.padEnd(decimals, '0'))
}
