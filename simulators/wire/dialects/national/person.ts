/** 1101 人员信息获取 and 5206 人员累计信息查询. */
import { fenOf } from '../../../money/fen.ts'
import { coded, fields, list, optional, text, yuan } from '../field.ts'
import { certificateTypes, insuranceTypes, personTypes } from './dictionaries.ts'
import { credentialFields, credentialOf, flag, maybe, moment, personFields, personNumber, personOf, writePerson } from './fields.ts'
import { nationalMessage } from './message.ts'
import { yuanNumber } from './settlement-fields.ts'

export const findPerson = nationalMessage({
  code: '1101',
  zh: '人员信息获取',
  en: 'Find a person',
  does: 'findPerson',
  input: fields({
    data: fields({
      ...credentialFields(),
      card_sn: maybe('卡识别码', 32),
      begntime: optional(moment('开始时间')),
      psn_cert_type: optional(coded('人员证件类型', { '': '空', ...certificateTypes })),
      certno: maybe('证件号码', 50),
      psn_name: maybe('人员姓名', 50),
    }),
  }),
  output: fields({
    baseinfo: fields({ ...personFields(), exp_content: text('扩展字段', 4000) }),
    insuinfo: list(
      '参保信息',
      fields({
        balc: yuan('余额'),
        insutype: coded('险种类型', insuranceTypes),
        psn_type: text('人员类别', 6),
        psn_insu_stas: coded('人员参保状态', { 1: '正常参保', 2: '暂停参保', 4: '终止参保' }),
        psn_insu_date: text('个人参保日期', 10),
        paus_insu_date: text('暂停参保日期', 10),
        cvlserv_flag: flag('公务员标志'),
        insuplc_admdvs: text('参保地医保区划', 6),
        emp_name: text('单位名称', 200),
      }),
    ),
    idetinfo: list(
      '身份信息',
      fields({
        psn_idet_type: text('人员身份类别', 3),
        psn_type_lv: text('人员类别等级', 3),
        begntime: text('开始时间', 19),
        endtime: text('结束时间', 19),
      }),
    ),
  }),
  read: ({ data }) => ({ credential: credentialOf(data) }),
  write: ({ person }, { personWords }) => {
    const words = personWords(person)
    return {
      baseinfo: { ...writePerson(words), exp_content: '' },
      insuinfo: words.insurances.map((insutype, index) => ({
        balc: yuanNumber(fenOf(index === 0 ? words.accountLeftFen : 0)),
        insutype: insutype as keyof typeof insuranceTypes,
        psn_type: personTypes[words.insuredType],
        psn_insu_stas: '1' as const,
        psn_insu_date: '',
        paus_insu_date: '',
        cvlserv_flag: '0' as const,
        insuplc_admdvs: words.insuredPlace,
        emp_name: words.employer(),
      })),
      idetinfo: [],
    }
  },
  businessKey: 'person-shown',
})

export const findTotals = nationalMessage({
  code: '5206',
  zh: '人员累计信息查询',
  en: 'Year-to-date of a person',
  does: 'findTotals',
  input: fields({
    data: fields({
      psn_no: personNumber(),
      cum_ym: optional(text('累计年月', 6, { standing: 'ignored', pattern: '^(?:\\d{6})?$', source: 'OH IB' })),
    }),
  }),
  output: fields({
    cuminfo: list(
      '累计信息',
      fields({
        insutype: coded('险种类型', insuranceTypes, { source: 'IB BF' }),
        cum_type_code: coded('累计类别（T0000 为自拟）', { Q0000: '起付线累计', T0000: '统筹基金累计' }, { source: 'HH IB' }),
        cum: yuan('累计值', { source: 'HH IB' }),
      }),
    ),
  }),
  read: ({ data }) => ({ person: personOf(data.psn_no) }),
  write: ({ insuredType, deductiblePaidFen, fundPaidFen }) => {
    const insutype = insuredType === 'resident' ? ('390' as const) : ('310' as const)
    return {
      cuminfo: [
        { insutype, cum_type_code: 'Q0000' as const, cum: yuanNumber(fenOf(deductiblePaidFen)) },
        { insutype, cum_type_code: 'T0000' as const, cum: yuanNumber(fenOf(fundPaidFen)) },
      ],
    }
  },
  personNumber: ({ data }) => data.psn_no,
  businessKey: ({ data }) => data.psn_no,
})
