/**
 * A bank's own app, as a patient's phone speaks to it after a visit: the statement of the line of credit, and repayment. The plan of the
 * pilot names the wallets and no interface (S4 二(二)): form and names are the testbed's, those of the gateway under paths of their own.
 */
import type { CreditDesk } from '../desks/credit-desk.ts'
import { gatewayCreditOperations } from './gateway-credit.ts'
import type { PlainOperations } from './plain.ts'

export type BankAppDesk = Pick<CreditDesk, 'line' | 'repay'>

export const bankAppOperations: PlainOperations<BankAppDesk> = {
  line: { ...gatewayCreditOperations.line, path: '/app/v1/credit/statements', zh: '信用就医账单', en: 'Statement of the line of credit' },
  repay: { ...gatewayCreditOperations.repay, path: '/app/v1/credit/repayments', zh: '还款', en: 'Repay an advance' },
}
