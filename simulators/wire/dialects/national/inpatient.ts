/** 2401 入院办理 and 2402 出院办理. */
import { alsoSeenIn, fields, list, optional, seenIn, text } from '../field.ts'
import {
  credentialFields,
  credentialOf,
  diagnosisFields,
  flag,
  insuranceType,
  maternityFields,
  maybe,
  medicalType,
  moment,
  personNumber,
  personOf,
  visitNumber,
} from './fields.ts'
import { nationalMessage } from './message.ts'

const diagnoses = () =>
  list(
    '诊断信息',
    fields({
      ...diagnosisFields(),
      ...seenIn('OH', { psn_no: maybe('人员编号', 30), maindiag_flag: flag('主诊断标志'), adm_cond: maybe('入院病情', 500) }),
    }),
    { minItems: 1, maxItems: 50 },
  )
const admissionDiagnoses = () => {
  const all = diagnoses()
  alsoSeenIn('IB', all.items.properties)
  return all
}
/** JX has those of a discharge, but for adm_cond. */
const dischargeDiagnoses = () => {
  const all = diagnoses()
  alsoSeenIn('JX', all.items.properties, ['adm_cond'])
  return all
}
const codes = (rows: readonly { readonly diag_code: string }[]) => rows.map(({ diag_code }) => diag_code)

export const admit = nationalMessage({
  code: '2401',
  zh: '入院办理',
  en: 'Admission',
  does: 'openVisit',
  input: fields({
    mdtrtinfo: fields(
      // IB spells main_cond_desc; NM has it as it is here.
      alsoSeenIn(
        'IB',
        {
          ...seenIn('OH', {
            psn_no: personNumber(),
            insutype: insuranceType(),
            coner_name: maybe('联系人姓名', 50),
            tel: maybe('联系电话', 50),
            begntime: moment('开始时间'),
            ...credentialFields(),
            med_type: medicalType({ standing: 'enforced' }),
            ipt_no: text('住院号', 30, { standing: 'enforced', minLength: 1 }),
            medrcdno: maybe('病历号', 30),
            atddr_no: text('主治医生编码', 30),
            chfpdr_name: text('主诊医师姓名', 50),
            adm_diag_dscr: text('入院诊断描述', 200),
            adm_dept_codg: text('入院科室编码', 30),
            adm_dept_name: text('入院科室名称', 100),
            adm_bed: text('入院床位', 30),
            dscg_maindiag_code: text('住院主诊断代码', 20),
            dscg_maindiag_name: text('住院主诊断名称', 300),
            dise_codg: maybe('病种编码', 30),
            dise_name: maybe('病种名称', 500),
            birctrl_type: maybe('计划生育手术类别', 6),
            birctrl_matn_date: maybe('计划生育手术或生育日期', 10),
            dise_type_code: maybe('病种类型', 6),
          }),
          ...maternityFields(),
          ...seenIn('OH NM', { main_cond_dscr: maybe('主要病情描述', 1000) }),
        },
        ['main_cond_dscr'],
      ),
    ),
    diseinfo: admissionDiagnoses(),
  }),
  output: fields({ result: fields({ mdtrt_id: text('就诊ID', 30, { source: 'OH IB' }) }) }),
  read: ({ mdtrtinfo, diseinfo }) => ({
    person: personOf(mdtrtinfo.psn_no),
    kind: 'inpatient',
    insurance: mdtrtinfo.insutype,
    medicalType: mdtrtinfo.med_type,
    credential: credentialOf(mdtrtinfo),
    siteNumber: mdtrtinfo.ipt_no,
    begin: mdtrtinfo.begntime,
    diagnoses: codes(diseinfo),
  }),
  write: ({ visit }) => ({ result: { mdtrt_id: visit } }),
  personNumber: ({ mdtrtinfo }) => mdtrtinfo.psn_no,
  businessKey: ({ mdtrtinfo }) => mdtrtinfo.ipt_no,
})

export const discharge = nationalMessage({
  code: '2402',
  zh: '出院办理',
  en: 'Discharge',
  does: 'discharge',
  input: fields({
    dscginfo: fields(
      alsoSeenIn('JX', {
        ...seenIn('OH', {
          mdtrt_id: visitNumber(),
          psn_no: personNumber(),
          insutype: insuranceType(),
          endtime: moment('结束时间', { standing: 'enforced' }),
          dise_codg: maybe('病种编码', 30),
          dise_name: maybe('病种名称', 500),
          birctrl_type: maybe('计划生育手术类别', 6),
          birctrl_matn_date: maybe('计划生育手术或生育日期', 10),
          cop_flag: maybe('伴有并发症标志', 3),
          dscg_dept_codg: text('出院科室编码', 30),
          dscg_dept_name: text('出院科室名称', 100),
          dscg_bed: maybe('出院床位', 30),
          dscg_way: text('离院方式', 3),
          die_date: optional(text('死亡日期', 10)),
        }),
        ...maternityFields(),
      }),
    ),
    diseinfo: dischargeDiagnoses(),
  }),
  output: fields({}),
  read: ({ dscginfo, diseinfo }) => ({
    visit: dscginfo.mdtrt_id,
    person: personOf(dscginfo.psn_no),
    end: dscginfo.endtime,
    diagnoses: codes(diseinfo),
  }),
  write: () => ({}),
  personNumber: ({ dscginfo }) => dscginfo.psn_no,
  businessKey: ({ dscginfo }) => dscginfo.mdtrt_id,
})
