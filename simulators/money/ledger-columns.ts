/** Where each account stands in a site's row of the ledger. */
import { type AccountName, accountNames } from './accounts.ts'

/** Columns of a site's row. */
export const width = accountNames.length
const column = (name: AccountName): number => accountNames.indexOf(name)
export const income = column('income')
export const cash = column('cash')
export const ownMoney = column('own-money')
export const advances = column('advances')
export const currentAccounts = column('current-accounts')
export const historyAccounts = column('history-accounts')
export const fund = column('fund')
export const claimsCurrent = column('claims-current-accounts')
export const claimsHistory = column('claims-history-accounts')
export const claimsFund = column('claims-fund')
export const dueToPatients = column('due-to-patients')
export const reimbursed = column('reimbursed')
export const owingCash = column('owing-cash')
export const owingCurrent = column('owing-current-accounts')
export const owingHistory = column('owing-history-accounts')
export const owingFund = column('owing-fund')
export const arrears = column('arrears')
export const withdrawn = column('withdrawn')
export const suspense = column('suspense')
