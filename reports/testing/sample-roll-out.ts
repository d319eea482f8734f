/** A roll-out as a run would carry it; every figure is made up. */
import type { RollOutOutcome } from '../../simulators/measures/result-roll-out.ts'
import { w } from './sample-city.ts'

const months = ['2020-05', '2020-06', '2020-07', '2020-08', '2020-09', '2020-10', '2020-11', '2020-12']
const rise = [0.02, 0.05, 0.1, 0.25, 0.5, 0.7, 0.85, 1]

const meets = { credentialTransactions: 1_214_600, creditPayments: 35_800, signUps: 141_200 }

export const sampleRollOut: RollOutOutcome = {
  fromDate: '2020-05-01',
  toDate: '2020-12-31',
  days: 245,
  transactions: 176_626_000,
  visits: 98_300_000,
  transactionsPerVisit: 1.8,
  equation: w(
    '交易数 = 天数 × 每日就诊人次 × 参保占比 × 每次就诊的交易数',
    'transactions = days × visits a day × insured share × transactions a visit',
  ),
  choices: [
    {
      title: w('自5月1日起', 'From 1 May'),
      startDate: '2020-05-01',
      transactionsPerDay: 721_000,
      transactionsPerVisit: 1.8,
      insuredShare: 0.82,
      chosen: true,
      changes: w('（所选）', '(chosen)'),
    },
    {
      title: w('自8月25日起', 'From 25 August'),
      startDate: '2020-08-25',
      transactionsPerDay: 1_370_000,
      transactionsPerVisit: 2.9,
      insuredShare: 0.82,
      chosen: false,
      changes: w('节省的人时减半，结论不变。', 'Patient-hours saved halve; no conclusion changes.'),
    },
  ],
  waves: [
    { on: '2020-05-01', title: w('试点医院', 'The first pilots'), sitesLive: 204, visitShare: 0.2 },
    { on: '2020-08-10', title: w('6个区与11家医院', '6 districts and 11 hospitals'), sitesLive: 984, visitShare: 0.55 },
    { on: '2020-08-25', title: w('其余', 'The rest'), sitesLive: 2037, visitShare: 1 },
  ],
  months: months.map((month, index) => ({
    month,
    transactions: 21_000_000 + index * 300_000,
    credentialTransactions: Math.round(420_000 * rise[index]!),
    creditPayments: Math.round(12_400 * rise[index]!),
    signUps: Math.round(48_000 * rise[index]!),
    sitesLive: Math.round(2037 * Math.min(1, 0.1 + index * 0.24)),
    channelsOpen: Math.min(20, 2 + index * 3),
    billFen: 530_000_000_000 + index * 8_000_000_000,
    credentialFen: Math.round(5_040_000_000 * rise[index]!),
    creditFen: Math.round(69_300_000 * rise[index]!),
  })),
  shapes: [
    {
      name: 'linear',
      title: w('匀速增长', 'Steady growth'),
      chosen: false,
      adoptionAtMonthEnd: rise.map((_, index) => (0.02 * (index + 1)) / 8),
      meets,
      patientHoursSaved: 61_000,
    },
    {
      name: 'logistic',
      title: w('先慢后快', 'Slow, then fast'),
      chosen: true,
      adoptionAtMonthEnd: rise.map((one) => 0.02 * one),
      meets,
      patientHoursSaved: 74_000,
    },
    {
      name: 'late',
      title: w('年末骤升', 'A late surge'),
      chosen: false,
      adoptionAtMonthEnd: rise.map((one) => 0.02 * one * one * one),
      meets,
      patientHoursSaved: null,
    },
  ],
  patientHoursSaved: { value: 74_000, interval: [69_000, 79_000], sampledDays: 12 },
  notCarriedOver: { billsLeft: 41_200, signUpsLost: 620 },
  features: [w('排队与放弃', 'Lines and reneging'), w('信用签约', 'Credit sign-up'), w('重试与互备', 'Retries and mutual backup')],
  sharedTableBytes: 172_000_000,
  sharedTableBytesPerPerson: 8,
}
