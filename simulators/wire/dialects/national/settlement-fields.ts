/** setlinfo and setldetail of trials, settlements and reversals (as in newtouch-cloud/openhis and liwerAKM/BusinessFactory244), with the identities that hold between them. */
import { assertBooks, type Fen, fenOf, noMoney, sumFen, yuanOf } from '../../../money/fen.ts'
import { secondOf } from '../../desks/business-time.ts'
import type { SettlementView } from '../../desks/claim-desk.ts'
import { coded, decimal, fields, list, text, yuan } from '../field.ts'
import { clearingTypes, fundTypes, type insuranceTypes, personTypes } from './dictionaries.ts'
import { credentialCode, flag, insuranceType, medicalType, personFields, writePerson } from './fields.ts'
import type { Writing } from './message.ts'

/** Yuan as the wire's number: at most two decimals, exact in its shortest form. */
export const yuanNumber = (amount: Fen): number => Number(yuanOf(amount))

export const settlementOutput = () =>
  fields({
    setlinfo: fields({
      mdtrt_id: text('就诊ID', 30),
      setl_id: text('结算ID', 30),
      ...personFields(),
      insutype: insuranceType(),
      psn_type: text('人员类别', 6),
      cvlserv_flag: flag('公务员标志'),
      setl_time: text('结算时间', 19),
      mdtrt_cert_type: text('就诊凭证类型', 3),
      med_type: medicalType(),
      medfee_sumamt: yuan('医疗费总额'),
      fulamt_ownpay_amt: yuan('全自费金额'),
      overlmt_selfpay: yuan('超限价自费费用'),
      preselfpay_amt: yuan('先行自付金额'),
      inscp_scp_amt: yuan('符合政策范围金额'),
      act_pay_dedc: yuan('实际支付起付线'),
      hifp_pay: yuan('基本医疗保险统筹基金支出'),
      pool_prop_selfpay: decimal('统筹支付比例', 4),
      cvlserv_pay: yuan('公务员医疗补助资金支出'),
      hifes_pay: yuan('企业补充医疗保险基金支出'),
      hifmi_pay: yuan('居民大病保险资金支出'),
      hifob_pay: yuan('职工大额医疗费用补助基金支出'),
      maf_pay: yuan('医疗救助基金支出'),
      oth_pay: yuan('其他支出'),
      fund_pay_sumamt: yuan('基金支付总额'),
      psn_part_amt: yuan('个人负担总金额'),
      acct_pay: yuan('个人账户支出'),
      psn_cash_pay: yuan('个人现金支出'),
      hosp_part_amt: yuan('医院负担金额'),
      balc: yuan('余额'),
      acct_mulaid_pay: yuan('个人账户共济支付金额'),
      medins_setl_id: text('医药机构结算ID', 30),
      clr_optins: text('清算经办机构', 6),
      clr_way: text('清算方式', 6),
      clr_type: coded('清算类别', clearingTypes),
    }),
    setldetail: list(
      '结算基金分项信息',
      fields({
        fund_pay_type: coded('基金支付类型', fundTypes),
        fund_pay_type_name: text('基金支付类型名称', 100),
        inscp_scp_amt: yuan('符合政策范围金额'),
        crt_payb_lmt_amt: yuan('本次可支付限额金额'),
        fund_payamt: yuan('基金支付金额'),
        setl_proc_info: text('结算过程信息', 500),
      }),
    ),
  })

export function writeSettlement(view: SettlementView, writing: Writing) {
  const { settlement, person, atMs, totalFen, split, segment, claim } = view
  const words = writing.personWords(person)
  const accountFen = sumFen(split.currentAccountFen, split.historyAccountFen)
  const fundSumFen = writing.fundIncludesAccount ? sumFen(split.fundFen, accountFen) : split.fundFen
  const personalFen = fenOf(totalFen - fundSumFen)
  const parts = sumFen(claim.ownPayFen, claim.overLimitFen, claim.preSelfPayFen, claim.inScopeFen)
  assertBooks(parts === totalFen, 'the four parts make the total')
  const ownFen = writing.fundIncludesAccount ? split.cashFen : sumFen(accountFen, split.cashFen)
  assertBooks(personalFen === ownFen, 'what the funds leave is the person’s')
  const isAdditional = segment === 'additional'
  const fund_pay_type = isAdditional ? '330100' : claim.insurance.startsWith('39') ? '390100' : '310100'
  return {
    setlinfo: {
      mdtrt_id: claim.visit,
      setl_id: settlement,
      ...writePerson(words),
      insutype: claim.insurance as keyof typeof insuranceTypes,
      psn_type: personTypes[words.insuredType],
      cvlserv_flag: '0' as const,
      setl_time: secondOf(atMs),
      mdtrt_cert_type: credentialCode(claim.credentialKind),
      med_type: claim.medicalType,
      medfee_sumamt: yuanNumber(totalFen),
      fulamt_ownpay_amt: yuanNumber(claim.ownPayFen),
      overlmt_selfpay: yuanNumber(claim.overLimitFen),
      preselfpay_amt: yuanNumber(claim.preSelfPayFen),
      inscp_scp_amt: yuanNumber(claim.inScopeFen),
      act_pay_dedc: yuanNumber(split.deductibleFen),
      hifp_pay: yuanNumber(isAdditional ? noMoney : split.fundFen),
      pool_prop_selfpay: claim.fundRateBasisPoints / 10_000,
      cvlserv_pay: 0,
      hifes_pay: 0,
      hifmi_pay: 0,
      hifob_pay: yuanNumber(isAdditional ? split.fundFen : noMoney),
      maf_pay: 0,
      oth_pay: 0,
      fund_pay_sumamt: yuanNumber(fundSumFen),
      psn_part_amt: yuanNumber(personalFen),
      acct_pay: yuanNumber(accountFen),
      psn_cash_pay: yuanNumber(split.cashFen),
      hosp_part_amt: 0,
      balc: yuanNumber(claim.accountLeftFen),
      acct_mulaid_pay: 0,
      medins_setl_id: claim.message,
      clr_optins: writing.homePlace,
      clr_way: '1',
      clr_type: claim.clearingType as keyof typeof clearingTypes,
    },
    setldetail:
      split.fundFen === 0
        ? []
        : [
            {
              fund_pay_type: fund_pay_type as keyof typeof fundTypes,
              fund_pay_type_name: fundTypes[fund_pay_type],
              inscp_scp_amt: yuanNumber(claim.inScopeFen),
              crt_payb_lmt_amt: yuanNumber(split.fundFen),
              fund_payamt: yuanNumber(split.fundFen),
              setl_proc_info: '',
            },
          ],
  }
}
