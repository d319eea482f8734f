/**
 * The synthetic visit of the worked examples of hospitals, terminals, tills, cashier and platform, as plain JSON: person 42 at site 7 has a
 * bill of 120 yuan, 100 of them in scope, and orders of 350 yuan that a consulting room writes and a window collects.
 */
const drug = {
  number: 1,
  prescription: 'RX1',
  code: 'T101000001',
  name: '示例药品',
  priceFen: 5000,
  count: 2,
  totalFen: 10000,
  coveredFen: 10000,
}
/** Out of scope. */
const item = {
  number: 2,
  prescription: 'RX1',
  code: 'T201000009',
  name: '示例项目',
  priceFen: 2000,
  count: 1,
  totalFen: 2000,
  coveredFen: 0,
}

export const visitBill = {
  bill: 'MX0000000001',
  visit: 'JZ0000000001',
  person: 42,
  totalFen: 12000,
  coveredFen: 10000,
  lines: [drug, item],
  state: 'unpaid',
}
/** 40 yuan of the deductible, 30 of them from the history account, then half of 60 yuan by the fund. */
export const visitSplit = {
  fundFen: 3000,
  currentAccountFen: 0,
  historyAccountFen: 3000,
  cashFen: 6000,
  uncoveredFen: 2000,
  deductibleFen: 4000,
}

export const orderedBill = {
  bill: 'MX0000000002',
  visit: 'JZ0000000002',
  person: 42,
  totalFen: 35000,
  coveredFen: 10000,
  lines: [
    { ...drug, prescription: 'RX0002', priceFen: 10000, count: 1 },
    { ...item, prescription: 'RX0002', priceFen: 25000, totalFen: 25000 },
  ],
  state: 'unpaid',
}

/** What is left of a bill whose item is given back: the drug alone, under a number of its own. */
export const withoutItem = (bill: typeof visitBill) => ({
  ...bill,
  bill: `${bill.bill}-T`,
  totalFen: 10000,
  lines: bill.lines.slice(0, 1),
})

/** The same lines once more, numbered on. */
export const twice = ({ lines }: typeof visitBill) => [...lines, ...lines.map((line) => ({ ...line, number: line.number + lines.length }))]

/** Where the examples' terminals stand, signed in. */
export const atWindow = { site: 7, terminal: 'window-1', signIn: 'QD7-20201012-000001' }
export const atConsult = { site: 7, terminal: 'consult-1', signIn: 'QD7-20201012-000002' }
