/** 4101 医疗保障基金结算清单信息上传. Fields OH; those only of a newborn, an operation or intensive care may stand there. */
import { fenOfYuan } from '../../../money/fen.ts'
import { alsoSeenIn, fields, list, optional, seenIn, text, yuan } from '../field.ts'
import { settlementNumber, visitNumber } from './fields.ts'
import { nationalMessage } from './message.ts'

const must = (zh: string, most: number) => text(zh, most, { minLength: 1 })
const may = (zh: string, most: number) => optional(text(zh, most))

export const uploadSettlementList = nationalMessage({
  code: '4101',
  zh: '医疗保障基金结算清单信息上传',
  en: 'Settlement list',
  does: 'keepList',
  input: fields({
    setlinfo: fields(
      // IB has maindiag_flag with the diagnoses.
      alsoSeenIn(
        'IB',
        seenIn('OH', {
          mdtrt_id: visitNumber(),
          setl_id: settlementNumber(),
          fixmedins_name: must('定点医药机构名称', 200),
          fixmedins_code: must('定点医药机构编号', 12),
          hi_setl_lv: may('医保结算等级', 3),
          hi_no: may('医保编号', 30),
          medcasno: must('病案号', 40),
          psn_name: must('人员姓名', 50),
          gend: must('性别', 6),
          brdy: must('出生日期', 10),
          ntly: must('国籍', 6),
          naty: must('民族', 3),
          patn_cert_type: must('患者证件类别', 3),
          certno: must('证件号码', 50),
          prfs: must('职业', 6),
          coner_name: must('联系人姓名', 50),
          patn_rlts: must('与患者关系', 6),
          coner_addr: must('联系人地址', 200),
          coner_tel: must('联系人电话', 50),
          hi_type: must('医保类型', 3),
          insuplc: must('参保地', 6),
          ipt_med_type: must('住院医疗类型', 3),
          adm_caty: must('入院科别', 6),
          dscg_caty: must('出院科别', 6),
          adm_time: may('入院时间', 19),
          dscg_time: may('出院时间', 19),
          act_ipt_days: may('实际住院天数', 3),
          maindiag_flag: must('主诊断标志', 3),
          bill_code: must('票据代码', 50),
          bill_no: must('票据号码', 30),
          biz_sn: must('业务流水号', 50),
          setl_begn_date: must('结算开始日期', 10),
          setl_end_date: must('结算结束日期', 10),
          psn_selfpay: yuan('个人自付', { standing: 'accepted' }),
          psn_ownpay: yuan('个人自费', { standing: 'accepted' }),
          acct_pay: yuan('个人账户支出'),
          psn_cashpay: yuan('个人现金支付'),
          hi_paymtd: must('医保支付方式', 3),
          hsorg: must('医保机构', 100),
          hsorg_opter: must('医保机构经办人', 50),
          medins_fill_dept: must('医疗机构填报部门', 100),
          medins_fill_psn: must('医疗机构填报人', 50),
        }),
        ['maindiag_flag'],
      ),
    ),
    payinfo: optional(
      list(
        '基金支付信息',
        fields(
          alsoSeenIn(
            'IB',
            seenIn('OH', { fund_pay_type: must('基金支付类型', 6), fund_payamt: yuan('基金支付金额', { standing: 'accepted' }) }),
          ),
        ),
      ),
    ),
    diseinfo: optional(
      list(
        '诊断信息',
        fields(
          alsoSeenIn(
            'IB',
            seenIn('OH', { diag_type: must('诊断类别', 3), diag_code: must('诊断代码', 20), diag_name: must('诊断名称', 100) }),
          ),
        ),
      ),
    ),
    iteminfo: optional(
      list(
        '收费项目信息',
        fields(alsoSeenIn('IB', seenIn('OH', { med_chrgitm: must('医疗收费项目', 6), amt: yuan('金额', { standing: 'accepted' }) }))),
      ),
    ),
  }),
  output: fields({ setl_list_id: text('清单流水号', 30, { source: 'HH IB' }) }),
  read: ({ setlinfo }) => ({
    settlement: setlinfo.setl_id,
    visit: setlinfo.mdtrt_id,
    accountFen: fenOfYuan(setlinfo.acct_pay),
    cashFen: fenOfYuan(setlinfo.psn_cashpay),
  }),
  write: ({ list: number }) => ({ setl_list_id: number }),
  businessKey: ({ setlinfo }) => setlinfo.setl_id,
})
