import { type AccountName, accountNames } from './accounts.ts'
import { assertBooks } from './fen.ts'
import {
  advances,
  arrears,
  cash,
  claimsCurrent,
  claimsFund,
  claimsHistory,
  currentAccounts,
  dueToPatients,
  fund,
  historyAccounts,
  income,
  owingCash,
  owingCurrent,
  owingFund,
  owingHistory,
  ownMoney,
  reimbursed,
  suspense,
  width,
  withdrawn,
} from './ledger-columns.ts'
import {
  claimLater,
  creditMode,
  leftOwing,
  paymentModeCount,
  paymentStatusCount,
  phoneMode,
  refunded,
  settled,
  unknown,
  unpaid,
} from './payment-status.ts'
import { columnFen, proveBooks } from './prove-books.ts'

/** The day's figures as plain data: what the report reads and the auditor is asked to believe. */
export interface LedgerTotals {
  /** Balance of each account over all sites, in fen (accounts.ts says what each means). */
  readonly byAccountFen: Readonly<Record<AccountName, number>>
  /** Bills raised at each site. */
  readonly incomeBySiteFen: readonly number[]
  /** What each bank advanced. */
  readonly advancesByBankFen: readonly number[]
  /** Bills by status × mode: how many, and of how much. Index: status × 4 + mode. */
  readonly billCount: readonly number[]
  readonly billFen: readonly number[]
  readonly reversals: { readonly count: number; readonly fen: number }
  readonly closed: boolean
}

/**
 * One day's books of a city in double entry, whole fen: every bill raised is income of its site, and somebody's debit.
 *
 * settled       the fund and the accounts pay their parts; the patient's part is cash, own money by phone, or a bank's advance
 * claim later   the patient's money, by the same three ways, pays all; the insurer's part is due to the patient until claimed
 * left owing    the whole bill is owed in its parts
 * unpaid        the bill is withdrawn
 * unknown       the bill is in suspense until `confirm` or `reverse`
 *
 * `close` brings what a failed bureau left open to its end: claims are paid to the patients, owed bills are settled and the
 * patient's part of them collected. ASSUMPTION: nobody forgets to claim, nobody's debt goes bad.
 * Each site's book sums to zero, and advances kept by site equal advances kept by bank: both are asserted at the close.
 */
export class DayLedger {
  /** Site-major: a posting touches one site's row. */
  private readonly balancesFen: Float64Array
  private readonly advancesByBankFen: Float64Array
  private readonly billCount = new Float64Array(paymentStatusCount * paymentModeCount)
  private readonly billFen = new Float64Array(paymentStatusCount * paymentModeCount)
  private reversalCount = 0
  private reversalFen = 0
  private isClosed = false
  private readonly sites: number
  private readonly banks: number

  constructor(sites: number, banks: number) {
    this.sites = sites
    this.banks = banks
    this.balancesFen = new Float64Array(sites * width)
    this.advancesByBankFen = new Float64Array(banks)
  }

  /** Posts one bill as it ended. A bill that is later confirmed or reversed is posted as unknown first. */
  post(
    site: number,
    status: number,
    mode: number,
    bank: number,
    fundFen: number,
    currentAccountFen: number,
    historyAccountFen: number,
    cashFen: number,
  ): void {
    const totalFen = this.checkedTotal(site, mode, bank, fundFen, currentAccountFen, historyAccountFen, cashFen)
    const row = site * width
    const balances = this.balancesFen
    balances[row + income]! -= totalFen
    switch (status) {
      case settled:
        this.takeFromPatient(row, mode, bank, cashFen)
        balances[row + fund]! += fundFen
        balances[row + currentAccounts]! += currentAccountFen
        balances[row + historyAccounts]! += historyAccountFen
        break
      case claimLater:
        this.takeFromPatient(row, mode, bank, totalFen)
        balances[row + claimsFund]! += fundFen
        balances[row + claimsCurrent]! += currentAccountFen
        balances[row + claimsHistory]! += historyAccountFen
        balances[row + dueToPatients]! -= totalFen - cashFen
        break
      case leftOwing:
        balances[row + owingFund]! += fundFen
        balances[row + owingCurrent]! += currentAccountFen
        balances[row + owingHistory]! += historyAccountFen
        balances[row + owingCash]! += cashFen
        break
      case unpaid:
        balances[row + withdrawn]! += totalFen
        break
      case unknown:
        balances[row + suspense]! += totalFen
        break
      default:
        assertBooks(false, `a bill that is posted is settled, claimed later, left owing, unpaid or unknown, not of status ${status}`)
    }
    this.count(status, mode, 1, totalFen)
  }

  /** 退费: a settled bill is undone by the original route; each payer gets back what it paid. */
  refund(
    site: number,
    mode: number,
    bank: number,
    fundFen: number,
    currentAccountFen: number,
    historyAccountFen: number,
    cashFen: number,
  ): void {
    const totalFen = this.checkedTotal(site, mode, bank, fundFen, currentAccountFen, historyAccountFen, cashFen)
    const row = site * width
    const balances = this.balancesFen
    balances[row + income]! += totalFen
    this.takeFromPatient(row, mode, bank, -cashFen)
    balances[row + fund]! -= fundFen
    balances[row + currentAccounts]! -= currentAccountFen
    balances[row + historyAccounts]! -= historyAccountFen
    this.count(settled, mode, -1, -totalFen)
    this.count(refunded, mode, 1, totalFen)
  }

  /** An unknown payment was asked about and had taken effect: it is settled. */
  confirm(
    site: number,
    mode: number,
    bank: number,
    fundFen: number,
    currentAccountFen: number,
    historyAccountFen: number,
    cashFen: number,
  ): void {
    this.leaveSuspense(site, mode, fundFen + currentAccountFen + historyAccountFen + cashFen)
    this.post(site, settled, mode, bank, fundFen, currentAccountFen, historyAccountFen, cashFen)
  }

  /** 冲正: an unknown payment was undone, or had never taken effect. The bill is open again and is posted anew as it ends. */
  reverse(site: number, mode: number, totalFen: number): void {
    this.leaveSuspense(site, mode, totalFen)
    this.reversalCount += 1
    this.reversalFen += totalFen
  }

  /** Ends what was left open by a failed bureau, then proves the books. Suspense is no error of the books; the auditor asks about it. */
  close(): LedgerTotals {
    assertBooks(!this.isClosed, 'a day is closed once')
    const balances = this.balancesFen
    for (let site = 0; site < this.sites; site++) {
      const row = site * width
      move(balances, row + claimsFund, row + fund)
      move(balances, row + claimsCurrent, row + currentAccounts)
      move(balances, row + claimsHistory, row + historyAccounts)
      move(balances, row + dueToPatients, row + reimbursed)
      move(balances, row + owingFund, row + fund)
      move(balances, row + owingCurrent, row + currentAccounts)
      move(balances, row + owingHistory, row + historyAccounts)
      move(balances, row + owingCash, row + arrears)
    }
    this.isClosed = true
    proveBooks(this.balancesFen, this.advancesByBankFen)
    return this.totals()
  }

  /** The figures so far; before `close`, claims and owed bills stand in accounts of their own. */
  totals(): LedgerTotals {
    return {
      byAccountFen: Object.fromEntries(accountNames.map((name, column) => [name, columnFen(this.balancesFen, column)])) as Record<
        AccountName,
        number
      >,
      incomeBySiteFen: Array.from({ length: this.sites }, (_, site) => -this.balancesFen[site * width + income]! || 0),
      advancesByBankFen: [...this.advancesByBankFen],
      billCount: [...this.billCount],
      billFen: [...this.billFen],
      reversals: { count: this.reversalCount, fen: this.reversalFen },
      closed: this.isClosed,
    }
  }

  private takeFromPatient(row: number, mode: number, bank: number, fen: number): void {
    if (mode === creditMode) {
      this.balancesFen[row + advances]! += fen
      this.advancesByBankFen[bank]! += fen
    } else if (mode === phoneMode) this.balancesFen[row + ownMoney]! += fen
    else this.balancesFen[row + cash]! += fen
  }

  private leaveSuspense(site: number, mode: number, totalFen: number): void {
    const row = site * width
    assertBooks(this.balancesFen[row + suspense]! >= totalFen, 'only what is in suspense is confirmed or reversed')
    this.balancesFen[row + suspense]! -= totalFen
    this.balancesFen[row + income]! += totalFen
    this.count(unknown, mode, -1, -totalFen)
  }

  private count(status: number, mode: number, bills: number, fen: number): void {
    const cell = status * paymentModeCount + mode
    this.billCount[cell]! += bills
    this.billFen[cell]! += fen
  }

  private checkedTotal(
    site: number,
    mode: number,
    bank: number,
    fundFen: number,
    currentAccountFen: number,
    historyAccountFen: number,
    cashFen: number,
  ): number {
    if (
      !(
        wholeAndNotNegative(fundFen) &&
        wholeAndNotNegative(currentAccountFen) &&
        wholeAndNotNegative(historyAccountFen) &&
        wholeAndNotNegative(cashFen)
      )
    )
      assertBooks(
        false,
        `parts of a bill are whole fen: fund ${fundFen}, accounts ${currentAccountFen} and ${historyAccountFen}, cash ${cashFen}`,
      )
    if (!(site >= 0 && site < this.sites)) assertBooks(false, `there are ${this.sites} sites; ${site} is none of them`)
    if (!(mode >= 0 && mode < paymentModeCount)) assertBooks(false, `there are ${paymentModeCount} payment modes; ${mode} is none of them`)
    if (mode === creditMode && !(bank >= 0 && bank < this.banks))
      assertBooks(false, `there are ${this.banks} banks; ${bank} is none of them`)
    if (this.isClosed) assertBooks(false, 'nothing is posted to a closed day')
    return fundFen + currentAccountFen + historyAccountFen + cashFen
  }
}

/** 2^40 fen, 11 billion yuan a bill part: 8,000 such bills still add up exactly. */
const mostPartFen = 1_099_511_627_776
const wholeAndNotNegative = (fen: number): boolean => fen >= 0 && fen <= mostPartFen && Math.floor(fen) === fen

function move(balances: Float64Array, from: number, to: number): void {
  balances[to]! += balances[from]!
  balances[from] = 0
}
