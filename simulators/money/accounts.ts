import type { Words } from '../../scenarios/plan.ts'

/** The accounts of a site's day, in the order of the ledger's columns. A debit is positive, a credit negative. */
export const accountNames = [
  'income',
  'cash',
  'own-money',
  'advances',
  'current-accounts',
  'history-accounts',
  'fund',
  'claims-current-accounts',
  'claims-history-accounts',
  'claims-fund',
  'due-to-patients',
  'reimbursed',
  'owing-cash',
  'owing-current-accounts',
  'owing-history-accounts',
  'owing-fund',
  'arrears',
  'withdrawn',
  'suspense',
] as const
export type AccountName = (typeof accountNames)[number]

/** What stands in each account, for both kinds of reader. */
export const accountMeanings: Readonly<Record<AccountName, Words>> = {
  income: { zh: '医疗收入：当日开出的全部账单（贷方，负数）', en: 'Income: every bill raised on the day (a credit, negative)' },
  cash: { zh: '窗口与自助机收取的个人资金', en: "Patients' money taken at windows and kiosks" },
  'own-money': { zh: '手机支付的个人资金', en: "Patients' own money taken by phone" },
  advances: {
    zh: '银行垫付：信用付费由银行即时付给医院，患者待还',
    en: 'Advances: paid to the hospital by banks at once, owed to them by patients',
  },
  'current-accounts': { zh: '医保当年账户支付', en: 'Paid from current-year insurance accounts' },
  'history-accounts': { zh: '医保历年账户支付', en: 'Paid from history insurance accounts' },
  fund: { zh: '统筹基金与附加基金支付', en: 'Paid by the pooled insurance funds' },
  'claims-current-accounts': { zh: '待报销：应由当年账户支付', en: 'Claims to come: on current-year accounts' },
  'claims-history-accounts': { zh: '待报销：应由历年账户支付', en: 'Claims to come: on history accounts' },
  'claims-fund': { zh: '待报销：应由基金支付', en: 'Claims to come: on the funds' },
  'due-to-patients': {
    zh: '应退患者：全额自付中属于医保的部分（贷方，负数）',
    en: "Due to patients: the insurer's part of what they paid in full (a credit, negative)",
  },
  reimbursed: { zh: '已报销给患者（贷方，负数）', en: 'Paid back to patients by the insurer (a credit, negative)' },
  'owing-cash': { zh: '欠费：个人资金部分', en: "Left owing: the patient's own part" },
  'owing-current-accounts': { zh: '欠费：当年账户部分', en: 'Left owing: the part of current-year accounts' },
  'owing-history-accounts': { zh: '欠费：历年账户部分', en: 'Left owing: the part of history accounts' },
  'owing-fund': { zh: '欠费：基金部分', en: 'Left owing: the part of the funds' },
  arrears: { zh: '欠费补缴的个人资金', en: "Patients' own part of what was left owing, collected afterwards" },
  withdrawn: { zh: '患者离去而撤销的账单', en: 'Bills withdrawn because the patient left without paying' },
  suspense: { zh: '结果未知的支付；日终应为零', en: 'Payments of unknown outcome; none when the day closes' },
}
