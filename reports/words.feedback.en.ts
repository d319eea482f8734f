import type { FeedbackWords } from './words.feedback.ts'

export const englishFeedback: FeedbackWords = {
  title: 'Queues with the measured platform',
  spotTitle: 'Spot check: queues with the measured platform',
  intro: (target, days) =>
    `The same ${days === 1 ? 'day' : `${days} days`}, played twice: with the platform’s assumed times and queue, and with the own time that ${target} was measured to take on the wire. That time is used as a pure delay in each minute whose payments a second are no more than a measured load; busier minutes keep what is assumed. Bureau, banks and hospitals keep the plan’s times in both.`,
  oneLoad: (load) => `One load was measured (${load} payments/s), so this is a spot check: it says nothing above that load.`,
  spotIntro: (target, load) =>
    `Half a minute of the peak was played over real HTTP, and one arm’s first day in the whole city computed again, with the same people, as assumed and with the own time ${target} took there. One load was measured (${load} payments/s): its time is used as a pure delay up to that load and nowhere above it. One day has no interval; medpay load --profile measures five loads.`,
  notRun: (reason) => `The wire part was not run: ${reason}. The virtual answer stands by itself.`,
  isVoid: (reasons) =>
    `The wire part was played and is void: ${reasons}. Nothing is concluded from it; the virtual answer stands by itself.`,
  played: (window, arm, errands, generator, rate) =>
    `${window}, “${arm}”: ${errands} errands sent by ${generator} at their intended moments, ${rate} payments/s settled through the platform.`,
  checked: (equal, compared, verdict, rules) =>
    `${equal} of ${compared} bills have the virtual city’s split, to the fen; audit of every book: ${verdict}, ${rules} rules kept.`,
  level: 'Load',
  offered: 'Offered, payments/s',
  settled: 'Settled, payments/s',
  inFlight: 'In flight, mean',
  payments: 'Payments',
  ownMean: 'Own time, mean (95 % interval)',
  assumedMean: 'Assumed, without its queue',
  curveTitle: 'The platform’s own time by load',
  curveNote: 'milliseconds, from median to p95; the line through all rows is what the model assumes without a queue',
  perSecond: (rate) => `${rate} payments/s`,
  assumed: 'As assumed',
  measured: 'As measured',
  difference: 'Difference',
  measure: 'Figure',
  queuesTitle: (arm) => `As assumed and as measured: ${arm}`,
  range: (share, rest) =>
    `${share} of the platform’s calls of the day fall into minutes within the measured load; ${rest} keep the assumed delay.`,
  outside: (minutes, busiest, most) =>
    `Outside the measured range: ${minutes} minutes are busier than the highest load measured (${most} payments/s; the busiest has ${busiest}).`,
  inside: (busiest) => `The whole day is within the measured range; its busiest minute has ${busiest} payments/s.`,
  divergenceTitle: 'Virtual city and wire, leg by leg',
  divergenceIntro:
    'The same payments in both worlds, mean of a payment. Entry, bureau, bank and hospital take on the wire the service the plan drew, so they differ by lines, timers and sockets only; the platform’s line is what was assumed for its two messages beside its own time up to the answer.',
  virtual: 'Virtual',
  wire: 'Wire',
  differenceInterval: 'Difference (95 % interval, batch means)',
  moneyTitle: 'The age of money',
  moneyIntro:
    'Of each payment the payer’s part and the insurer’s, by the business clock, counted from the moment the patient meant to pay and weighted by fen. Live matching pauses while many patients pay; the insurer’s part is paid out by its month’s clearing, so here it stands at “reconciled”.',
  stage: 'Stage',
  stages: {
    intended: 'intended',
    authorised: 'authorised',
    settled: 'settled',
    confirmed: 'confirmed by the hospital',
    matched: 'matched live',
    reconciled: 'reconciled by day-end files',
    'paid-out': 'paid out',
  },
  amount: 'Money that reached it',
  reached: 'Age when it did, mean',
  oldest: 'Oldest',
  standing: 'Standing there',
  standingAge: 'Age now, mean',
  quick: 'The computed sections below are a first look at a part of the city (as medpay run --quick has it), not the scenario’s answer.',
}
