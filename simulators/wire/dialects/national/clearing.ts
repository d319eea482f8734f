/** 3203 清算申请 and 3204 清算撤销. */
import { fenOfYuan } from '../../../money/fen.ts'
import { count, fields, text, yuan } from '../field.ts'
import { nationalMessage } from './message.ts'
import { clearingType, day } from './statements.ts'

export const applyForClearing = nationalMessage({
  code: '3203',
  zh: '清算申请',
  en: 'Clearing applied for',
  does: 'applyForClearing',
  input: fields({
    data: fields({
      clr_type: clearingType(),
      clr_way: text('清算方式', 6),
      setlym: text('清算年月', 6, { standing: 'enforced', pattern: '^\\d{6}$' }),
      psntime: count('清算人次', 9_999_999, { standing: 'enforced' }),
      medfee_sumamt: yuan('医疗费总额'),
      med_sumfee: yuan('医保认可费用总额', { standing: 'accepted' }),
      fund_appy_sum: yuan('基金申报总额'),
      cash_payamt: yuan('现金支付金额'),
      acct_pay: yuan('个人账户支付金额'),
      begndate: day('开始日期'),
      enddate: day('结束日期'),
    }),
  }),
  output: fields({ clr_appy_evt_id: text('清算申请事件ID', 30) }),
  read: ({ data }) => ({
    month: data.setlym,
    clearingType: data.clr_type,
    from: data.begndate,
    until: data.enddate,
    isReversed: false,
    count: data.psntime,
    totalFen: fenOfYuan(data.medfee_sumamt),
    fundFen: fenOfYuan(data.fund_appy_sum),
    cashFen: fenOfYuan(data.cash_payamt),
    accountFen: fenOfYuan(data.acct_pay),
  }),
  write: ({ application }) => ({ clr_appy_evt_id: application }),
  businessKey: ({ data }) => data.setlym,
})

export const withdrawApplication = nationalMessage({
  code: '3204',
  zh: '清算申请撤销',
  en: 'Application withdrawn',
  does: 'withdrawApplication',
  input: fields({ data: fields({ clr_appy_evt_id: text('清算申请事件ID', 30, { standing: 'enforced', minLength: 1 }) }) }),
  output: fields({}),
  read: ({ data }) => ({ application: data.clr_appy_evt_id }),
  write: () => ({}),
  businessKey: ({ data }) => data.clr_appy_evt_id,
})
