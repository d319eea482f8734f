/** Interfaces of the testbed's own on the coverage page, where no public document says how the party speaks. */
import { aggregationOperations } from './aggregation.ts'
import { cashierOperations } from './cashier.ts'
import { clearingOperations } from './clearing.ts'
import type { DialectPart } from './coverage-page.ts'
import { entryOperations } from './entry.ts'
import { hospitalOperations } from './hospital.ts'
import { mobileOrderOperations } from './mobile-orders.ts'
import { plainMessages } from './plain-part.ts'
import { reconciliationOperations, reconciliationOperatorOperations } from './reconciliation.ts'
import { signUpOperations } from './sign-up.ts'
import { terminalOperations } from './terminals.ts'
import { tillOperations } from './tills.ts'

export const houseParts: readonly DialectPart[] = [
  {
    zh: '医院信息系统',
    en: 'Hospital information systems',
    assumptions: [
      {
        zh: '一张账单同时只有一次支付尝试，谁收费都向医院问；疑问期内他方不得收取',
        en: 'a bill has one attempt at a time, whoever collects asks the hospital; in doubt nobody else collects',
      },
      {
        zh: '字段名均为自拟；电子票据与博思 invoiceEBillOutpatient 公开实现的对应：batchCode ↔ billBatchCode（票据代码），number ↔ billNo（票据号码），checkCode ↔ random（校验码）；医院向其开票时的字段（busNo、placeCode、busType、billName、totalAmt、busDate、busTime）未模拟',
        en: 'every field name is our own; of the e-invoice, batchCode is billBatchCode in public implementations of 博思’s invoiceEBillOutpatient, number is billNo, checkCode is random; what a hospital sends there (busNo, placeCode, busType, billName, totalAmt, busDate, busTime) is not modelled',
      },
    ],
    messages: [
      ...plainMessages(hospitalOperations),
      ...plainMessages(terminalOperations),
      ...plainMessages(tillOperations),
      ...plainMessages(cashierOperations),
      ...plainMessages(mobileOrderOperations),
    ],
  },
  {
    zh: '医保清算（申请之后）',
    en: 'Clearing with the bureau, beyond the application',
    assumptions: [
      {
        zh: '命中规则的结算整笔预扣：同一处方重复项目、丙类项目纳入医保、一日结算笔数过多；申诉是否成立按城市种子抽取',
        en: 'a settlement that a rule finds is held back whole: an item twice on a prescription, 丙类 in scope, too many settlements a day; which appeals succeed is drawn from the city’s seed',
      },
    ],
    messages: plainMessages(clearingOperations),
  },
  {
    zh: '入口',
    en: 'Entry channels',
    assumptions: [
      {
        zh: '本人由会话确定，正文中不出现；会话登录后两小时失效；可代已登记的子女支付，不可代办签约',
        en: 'who asks stands in the session, never in the body; a session ends two hours after signing in; it pays for registered children and signs up for nobody else',
      },
    ],
    messages: plainMessages(entryOperations),
  },
  {
    zh: '聚合支付平台',
    en: 'Reference platform',
    assumptions: [
      {
        zh: '同一幂等键、同一内容应答相同，内容不同则拒绝',
        en: 'the same idempotency key with the same contents is answered alike, with other contents refused',
      },
    ],
    messages: [
      ...plainMessages(aggregationOperations),
      ...plainMessages(signUpOperations),
      ...plainMessages(reconciliationOperations),
      ...plainMessages(reconciliationOperatorOperations),
    ],
  },
]
