/** 2201 门诊挂号, 2202 撤销, 2203 and 2203A 门诊就诊信息上传. */
import { alsoSeenIn, fields, list, seenIn, text } from '../field.ts'
import {
  credentialFields,
  credentialOf,
  diagnosisFields,
  flag,
  insuranceType,
  maybe,
  medicalType,
  moment,
  personNumber,
  personOf,
  visitNumber,
} from './fields.ts'
import { nationalMessage } from './message.ts'

export const registerVisit = nationalMessage({
  code: '2201',
  zh: '门诊挂号',
  en: 'Outpatient registration',
  does: 'openVisit',
  input: fields({
    data: fields({
      psn_no: personNumber(),
      insutype: insuranceType(),
      begntime: moment('挂号时间'),
      ...credentialFields(),
      ipt_otp_no: text('住院/门诊号', 30, { standing: 'enforced', minLength: 1 }),
      atddr_no: text('医师编码', 30),
      dr_name: text('医师姓名', 50),
      dept_code: text('科室编码', 30),
      dept_name: text('科室名称', 100),
      caty: text('科别', 6),
    }),
  }),
  output: fields({ data: fields({ mdtrt_id: text('就诊ID', 30), psn_no: text('人员编号', 30), ipt_otp_no: text('住院/门诊号', 30) }) }),
  read: ({ data }) => ({
    person: personOf(data.psn_no),
    kind: 'outpatient',
    insurance: data.insutype,
    medicalType: '11',
    credential: credentialOf(data),
    siteNumber: data.ipt_otp_no,
    begin: data.begntime,
    diagnoses: [],
  }),
  write: ({ visit, person, siteNumber }, { personWords }) => ({
    data: { mdtrt_id: visit, psn_no: personWords(person).insuredNumber, ipt_otp_no: siteNumber },
  }),
  personNumber: ({ data }) => data.psn_no,
  businessKey: ({ data }) => data.ipt_otp_no,
})

export const cancelVisit = nationalMessage({
  code: '2202',
  zh: '门诊挂号撤销',
  en: 'Registration cancelled',
  does: 'cancelVisit',
  input: fields({
    data: fields({
      psn_no: personNumber(),
      mdtrt_id: visitNumber(),
      ...alsoSeenIn('IB', seenIn('OH', { ipt_otp_no: maybe('住院/门诊号', 30) })),
    }),
  }),
  output: fields({}),
  read: ({ data }) => ({ person: personOf(data.psn_no), visit: data.mdtrt_id, kind: 'outpatient' }),
  write: () => ({}),
  personNumber: ({ data }) => data.psn_no,
  businessKey: ({ data }) => data.mdtrt_id,
})

const describeVisit = (code: '2203' | '2203A') =>
  nationalMessage({
    code,
    zh: '门诊就诊信息上传',
    en: 'Diagnoses of an outpatient visit',
    does: 'describeVisit',
    input: fields({
      mdtrtinfo: fields({
        mdtrt_id: visitNumber(),
        psn_no: personNumber(),
        med_type: medicalType(),
        begntime: moment('开始时间'),
        main_cond_dscr: maybe('主要病情描述', 1000),
        dise_codg: maybe('病种编码', 30),
        dise_name: maybe('病种名称', 500),
        birctrl_type: maybe('计划生育手术类别', 6),
        birctrl_matn_date: maybe('计划生育手术或生育日期', 10),
      }),
      diseinfo: list('诊断信息', fields({ ...diagnosisFields(), vali_flag: flag('有效标志') }), { minItems: 1, maxItems: 20 }),
    }),
    output: fields({}),
    read: ({ mdtrtinfo, diseinfo }) => ({
      person: personOf(mdtrtinfo.psn_no),
      visit: mdtrtinfo.mdtrt_id,
      medicalType: mdtrtinfo.med_type,
      diagnoses: diseinfo.map(({ diag_code }) => diag_code),
    }),
    write: () => ({}),
    personNumber: ({ mdtrtinfo }) => mdtrtinfo.psn_no,
    businessKey: ({ mdtrtinfo }) => mdtrtinfo.mdtrt_id,
  })

export const describeVisitPlain = describeVisit('2203')
export const describeVisitA = describeVisit('2203A')
