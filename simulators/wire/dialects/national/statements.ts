/** 3201 对总账 and 3202 对明细账. */
import { fenOfYuan } from '../../../money/fen.ts'
import { coded, count, fields, optional, text, yuan } from '../field.ts'
import { clearingTypes } from './dictionaries.ts'
import { flag, insuranceType } from './fields.ts'
import { nationalMessage } from './message.ts'

export const day = (zh: string) => text(zh, 10, { standing: 'enforced', pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
export const clearingType = () => coded('清算类别', clearingTypes, { standing: 'enforced' })

export const compareTotals = nationalMessage({
  code: '3201',
  zh: '医药机构费用结算对总账',
  en: 'Totals compared',
  does: 'compareTotals',
  input: fields({
    data: fields({
      insutype: insuranceType(),
      clr_type: clearingType(),
      setl_optins: text('结算经办机构', 6),
      stmt_begndate: day('对账开始日期'),
      stmt_enddate: day('对账结束日期'),
      medfee_sumamt: yuan('医疗费总额'),
      fund_pay_sumamt: yuan('基金支付总额'),
      acct_pay: yuan('个人账户支付金额'),
      fixmedins_setl_cnt: count('定点医药机构结算笔数', 9_999_999, { standing: 'enforced' }),
      refd_setl_flag: optional(flag('退费结算标志', { standing: 'enforced' })),
    }),
  }),
  output: fields({
    stmtinfo: fields({
      setl_optins: text('结算经办机构', 6),
      stmt_rslt: coded('对账结果', { 0: '平', 1: '不平' }),
      stmt_rslt_dscr: text('对账结果说明', 200),
    }),
  }),
  read: ({ data }) => ({
    insurance: data.insutype,
    clearingType: data.clr_type,
    from: data.stmt_begndate,
    until: data.stmt_enddate,
    isReversed: data.refd_setl_flag === '1',
    count: data.fixmedins_setl_cnt,
    totalFen: fenOfYuan(data.medfee_sumamt),
    fundFen: fenOfYuan(data.fund_pay_sumamt),
    accountFen: fenOfYuan(data.acct_pay),
  }),
  write: ({ isEqual, differs }, { homePlace }) => ({
    stmtinfo: {
      setl_optins: homePlace,
      stmt_rslt: isEqual ? ('0' as const) : ('1' as const),
      stmt_rslt_dscr: isEqual ? '' : `不一致：${differs.map((name) => amountWords[name as keyof typeof amountWords] ?? name).join('、')}`,
    },
  }),
  businessKey: ({ data }) => data.stmt_begndate,
})

const amountWords = { count: '结算笔数', totalFen: '医疗费总额', fundFen: '基金支付总额', accountFen: '个人账户支付', cashFen: '现金支付' }

export const compareDetails = nationalMessage({
  code: '3202',
  zh: '医药机构费用结算对明细账',
  en: 'Lines compared',
  does: 'compareDetails',
  input: fields({
    data: fields({
      clr_type: clearingType(),
      setl_optins: text('结算经办机构', 6),
      file_qury_no: text('文件查询号', 40, { standing: 'enforced', minLength: 1 }),
      stmt_begndate: day('对账开始日期'),
      stmt_enddate: day('对账结束日期'),
      medfee_sumamt: yuan('医疗费总额', { standing: 'accepted' }),
      fund_pay_sumamt: yuan('基金支付总额', { standing: 'accepted' }),
      cash_payamt: yuan('现金支付金额', { standing: 'accepted' }),
      fixmedins_setl_cnt: count('定点医药机构结算笔数', 9_999_999),
    }),
  }),
  output: fields({
    fileinfo: fields({ file_qury_no: text('文件查询号', 40), filename: text('文件名', 200), dld_endtime: text('下载截止时间', 19) }),
  }),
  read: ({ data }) => ({
    file: data.file_qury_no,
    clearingType: data.clr_type,
    from: data.stmt_begndate,
    until: data.stmt_enddate,
    isReversed: false,
    count: data.fixmedins_setl_cnt,
    totalFen: fenOfYuan(data.medfee_sumamt),
    fundFen: fenOfYuan(data.fund_pay_sumamt),
    cashFen: fenOfYuan(data.cash_payamt),
  }),
  write: ({ file, name, lastDay }) => ({ fileinfo: { file_qury_no: file, filename: name, dld_endtime: `${lastDay} 23:59:59` } }),
  businessKey: ({ data }) => data.file_qury_no,
})
