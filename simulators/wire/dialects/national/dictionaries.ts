/** Dictionaries of the national interface as public implementations have them (OH, BF, HH of docs/dialect-coverage.md); psn_type and part of med_type and fund_pay_type are only likely. */
export const insuranceTypes = {
  '310': '职工基本医疗保险',
  '320': '公务员医疗补助',
  '330': '大额医疗费用补助',
  '340': '离休人员医疗保障',
  '350': '一至六级残废军人医疗补助',
  '360': '老红军医疗保障',
  '370': '企业补充医疗保险',
  '380': '新型农村合作医疗',
  '390': '城乡居民基本医疗保险',
  '391': '城镇居民基本医疗保险',
  '392': '城乡居民大病医疗保险',
  '399': '其他特殊人员医疗保障',
  '410': '长期照护保险',
  '510': '生育保险',
} as const

export const medicalTypes = {
  '11': '普通门诊',
  '12': '门诊挂号',
  '13': '急诊',
  '14': '门诊慢特病',
  '15': '门诊统筹',
  '16': '门诊特殊病',
  '21': '普通住院',
  '22': '外伤住院',
  '23': '转外诊治住院',
  '41': '定点药店购药',
  '51': '生育门诊',
  '52': '生育住院',
} as const

export const clearingTypes = { '11': '门诊', '12': '门诊慢特病', '21': '住院', '41': '药店购药', '51': '暂缓结算', '99': '其他' } as const

export const credentialTypes = { '01': '医保电子凭证', '02': '居民身份证', '03': '社会保障卡' } as const

export const certificateTypes = {
  '01': '居民身份证',
  '02': '军官证',
  '03': '武警警官证',
  '04': '港澳居民来往内地通行证',
  '08': '外国人护照',
  '90': '社会保障卡',
  '99': '其他身份证件',
} as const

export const fundTypes = {
  '310100': '城镇职工基本医疗保险统筹基金',
  '330100': '大额医疗费用补助基金',
  '390100': '城乡居民基本医疗保险基金',
} as const

/** 人员类别. U in the reference: the codes were not seen in any source. */
export const personTypes = { employee: '1101', retired: '1201', resident: '1501', 'out-of-town': '1101' } as const
