/** What a hop of the benchmark carries there and back. */

/** About 260 bytes of JSON, as a settlement's request has. */
export const hopBody = (payment: string) => ({
  payment,
  person: 310_100_123,
  site: 1234,
  bill: `MX${payment}`,
  mode: 'credit',
  totalFen: 12_000,
  coveredFen: 10_000,
  lines: [{ code: 'Y00001', priceFen: 12_000, count: 1 }],
  note: 'x'.repeat(80),
})

export const hopAnswer = (payment: string) => ({
  outcome: 'done',
  payment,
  fundFen: 3000,
  historyAccountFen: 3000,
  cashFen: 6000,
  settlement: '3100202010120000000001',
  note: 'y'.repeat(60),
})
