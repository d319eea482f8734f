import { expect, test } from 'vitest'
import { fenOf } from '../../money/fen.ts'
import type { BillLine, ClaimedBill } from '../desks/bureau-desk.ts'
import { identities, people } from '../dialects/national/example-messages.ts'
import { nationalBureau } from '../testing/national-bureau.ts'

const credential = { kind: 'card', value: identities[people.employee]?.cardNumber ?? '' } as const
const bill: ClaimedBill = { bill: 'MX1', totalFen: fenOf(12_000), coveredFen: fenOf(10_000) }
const line = (number: number, of: ClaimedBill = bill): BillLine => ({
  number,
  prescription: 'RX1',
  code: 'Y1',
  name: '示例',
  priceFen: of.totalFen,
  count: 1,
  totalFen: of.totalFen,
  coveredFen: of.coveredFen,
})

async function windowAt(site: number) {
  const { bureau, clock } = await nationalBureau()
  let sequence = 0
  const from = (number?: number) => {
    sequence += 1
    return { site, message: { sequence: number ?? sequence, atMs: clock.nowMs() } }
  }
  return { desk: bureau.desk, clock, from }
}
const refused = (reason: string) => ({ outcome: 'refused', reason })

test('a trial’s number works once, at its own site, on its own day, for what it was of', async () => {
  const { desk, clock, from } = await windowAt(7)
  await desk.upload({ ...from(), bill: 'MX1', visit: 'JZ1', lines: [line(1)] })
  const trial = await desk.presettle({ ...from(), credential, bills: [bill] })
  if (trial.outcome !== 'presettled') throw new Error(trial.reason)
  const settle = { trial: trial.trial, bills: [bill] }
  expect(await desk.settle({ ...from(), trial: 'unheard-of', bills: [bill] })).toEqual(refused('unknown-trial'))
  expect(await desk.settle({ ...from(), ...settle, site: 8 })).toEqual(refused('trial-of-another-site'))
  expect(await desk.settleRegistration({ ...from(), trial: trial.trial, totalFen: bill.totalFen, coveredFen: bill.coveredFen })).toEqual(
    refused('unknown-trial'),
  )
  const settled = await desk.settle({ ...from(900), ...settle })
  expect(settled.outcome).toBe('settled')
  expect(await desk.settle({ ...from(900), ...settle })).toEqual(settled)
  expect(await desk.settle({ ...from(), ...settle })).toEqual(refused('trial-used'))
  await desk.upload({ ...from(), bill: 'MX2', visit: 'JZ1', lines: [line(1)] })
  const other = await desk.presettle({ ...from(), credential, bills: [{ ...bill, bill: 'MX2' }] })
  clock.set(clock.nowMs() + 86_400_000)
  const late = { trial: other.outcome === 'presettled' ? other.trial : '', bills: [{ ...bill, bill: 'MX2' }] }
  expect(await desk.settle({ ...from(), ...late })).toEqual(refused('trial-expired'))
})

test('a trial moves nothing, and amounts that are not those of the lines are tried and settled by nobody', async () => {
  const { desk, from } = await windowAt(7)
  await desk.upload({ ...from(), bill: 'MX1', visit: 'JZ1', lines: [line(1)] })
  const account = async () => {
    const { outcome: _, ...rest } = await desk.account({ ...from(), credential })
    return rest
  }
  const before = await account()
  const trial = await desk.presettle({ ...from(), credential, bills: [bill] })
  if (trial.outcome !== 'presettled') throw new Error(trial.reason)
  expect(await account()).toEqual(before)
  const off = { ...bill, coveredFen: fenOf(9999) }
  expect(await desk.presettle({ ...from(), credential, bills: [off] })).toEqual(refused('amounts-do-not-add-up'))
  expect(await desk.settle({ ...from(), trial: trial.trial, bills: [off] })).toEqual(refused('amounts-do-not-add-up'))
  expect(await desk.presettle({ ...from(), credential, bills: [{ ...bill, bill: 'MX9' }] })).toEqual(refused('bill-not-uploaded'))
  expect(await desk.upload({ ...from(), bill: 'MX1', visit: 'JZ1', lines: [line(1), line(2)] })).toEqual(
    refused('bill-known-with-other-amounts'),
  )
  expect(await account()).toEqual(before)
})

test('a bill is settled once, whatever the trials; its settlement is reversed once, whole, by its own site', async () => {
  const { desk, from } = await windowAt(7)
  await desk.upload({ ...from(), bill: 'MX1', visit: 'JZ1', lines: [line(1)] })
  const [one, other] = [
    await desk.presettle({ ...from(), credential, bills: [bill] }),
    await desk.presettle({ ...from(), credential, bills: [bill] }),
  ]
  const trialOf = (reply: typeof one) => (reply.outcome === 'presettled' ? reply.trial : '')
  const settled = await desk.settle({ ...from(900), trial: trialOf(one), bills: [bill] })
  const settlement = settled.outcome === 'settled' ? settled.settlement : ''
  expect(await desk.settle({ ...from(), trial: trialOf(other), bills: [bill] })).toEqual(refused('bill-already-settled'))
  expect(await desk.presettle({ ...from(), credential, bills: [bill] })).toEqual(refused('bill-already-settled'))
  expect(await desk.settle({ ...from(900), trial: trialOf(other), bills: [bill] })).toEqual(refused('message-number-reused'))
  const reversal = { settlement, totalFen: bill.totalFen }
  expect(await desk.reverse({ ...from(), ...reversal, site: 8 })).toEqual(refused('unknown-settlement'))
  expect(await desk.reverse({ ...from(), ...reversal, totalFen: fenOf(11_999) })).toEqual(refused('wrong-amount'))
  const reversed = await desk.reverse({ ...from(901), ...reversal })
  expect(reversed.outcome).toBe('reversed')
  expect(await desk.reverse({ ...from(901), ...reversal })).toEqual(reversed)
  expect(await desk.reverse({ ...from(), ...reversal })).toEqual(refused('already-reversed'))
  // The bill is free again.
  expect((await desk.presettle({ ...from(), credential, bills: [bill] })).outcome).toBe('presettled')
})

test('a decoded token is good for its day, and a person from out of town pays all of it', async () => {
  const { desk, clock, from } = await windowAt(7)
  const visitor = identities[people.visitor]
  const decoded = await desk.decode({ ...from(), qr: visitor?.qr ?? '' })
  if (decoded.outcome !== 'decoded') throw new Error(decoded.reason)
  await desk.upload({ ...from(), bill: 'MX1', visit: 'JZ1', lines: [line(1)] })
  const token = { kind: 'token', value: decoded.token } as const
  expect(await desk.presettle({ ...from(), credential: token, bills: [bill] })).toMatchObject({
    outcome: 'presettled',
    split: { fundFen: 0, currentAccountFen: 0, historyAccountFen: 0, cashFen: 12_000, uncoveredFen: 12_000 },
  })
  clock.set(clock.nowMs() + 86_400_000)
  expect(await desk.account({ ...from(), credential: token })).toEqual(refused('unknown-credential'))
})

test('once reversed, the original message is not told that it stands', async () => {
  const { desk, from } = await windowAt(7)
  await desk.upload({ ...from(), bill: 'MX1', visit: 'JZ1', lines: [line(1)] })
  const trial = await desk.presettle({ ...from(), credential, bills: [bill] })
  const settle = { ...from(900), trial: trial.outcome === 'presettled' ? trial.trial : '', bills: [bill] }
  const settled = await desk.settle(settle)
  const settlement = settled.outcome === 'settled' ? settled.settlement : ''
  expect((await desk.reverse({ ...from(), settlement, totalFen: bill.totalFen })).outcome).toBe('reversed')
  expect(await desk.settle(settle)).toEqual(refused('reversed-before-it-came'))
})

test('a registration fee is tried, settled and counted on its day; one fen off is not equal', async () => {
  const { desk, from } = await windowAt(7)
  const fee = { totalFen: fenOf(1000), coveredFen: fenOf(1000) }
  const trial = await desk.presettleRegistration({ ...from(), credential, ...fee })
  if (trial.outcome !== 'presettled') throw new Error(trial.reason)
  expect(trial.split).toMatchObject({ historyAccountFen: 1000, deductibleFen: 1000, fundFen: 0 })
  expect((await desk.settleRegistration({ ...from(), trial: trial.trial, ...fee })).outcome).toBe('settled')
  const totals = { count: 1, currentAccountFen: 0, historyAccountFen: 1000, cashFen: 0, pooledFen: 0, additionalFen: 0, uncoveredFen: 0 }
  expect(await desk.compareDay({ ...from(), day: '2020-10-12', totals })).toMatchObject({ isEqual: true })
  expect(await desk.compareDay({ ...from(), day: '2020-10-12', totals: { ...totals, historyAccountFen: 1001 } })).toMatchObject({
    isEqual: false,
  })
  expect(await desk.compareDay({ ...from(), day: '2020-10-11', totals })).toMatchObject({ isEqual: false })
})

test('a stay needs an enrolment, takes at most 50 lines a batch, and has a deductible of its own', async () => {
  const { desk, from } = await windowAt(7)
  const stayBill: ClaimedBill = { bill: 'MX1', totalFen: fenOf(400_000), coveredFen: fenOf(400_000) }
  const upload = { bill: 'MX1', visit: 'ZY1', lines: [line(1, stayBill)] }
  await desk.upload({ ...from(), ...upload })
  const stay = { credential, stay: 'ZY1', bills: [stayBill] }
  expect(await desk.presettleStay({ ...from(), ...stay })).toEqual(refused('not-enrolled'))
  const enrolment = { credential, type: '3', number: 'ZY1', from: '20201011', until: '' } as const
  expect((await desk.enrol({ ...from(), ...enrolment })).outcome).toBe('enrolled')
  expect(await desk.enrol({ ...from(), ...enrolment })).toEqual(refused('already-enrolled'))
  expect(await desk.enrolments({ ...from(), credential, type: '3' })).toMatchObject({ enrolments: [{ number: 'ZY1' }] })
  const many = Array.from({ length: 51 }, (_, index) => line(index))
  expect(await desk.upload({ ...from(), bill: 'MX9', visit: 'ZY1', lines: many })).toEqual(refused('too-many-lines'))
  const trial = await desk.presettleStay({ ...from(), ...stay })
  if (trial.outcome !== 'presettled') throw new Error(trial.reason)
  expect(trial.split).toMatchObject({ deductibleFen: 150_000, fundFen: 212_500 })
  const settled = await desk.settleStay({ ...from(), trial: trial.trial, stay: 'ZY1', bills: [stayBill] })
  const settlement = settled.outcome === 'settled' ? settled.settlement : ''
  const account = { credential }
  expect(await desk.account({ ...from(), ...account })).toMatchObject({ deductiblePaidFen: 146_000, historyAccountLeftFen: 0 })
  await desk.reverse({ ...from(), settlement, totalFen: stayBill.totalFen })
  expect(await desk.account({ ...from(), ...account })).toMatchObject({ deductiblePaidFen: 146_000, historyAccountLeftFen: 3000 })
})

test('an uploaded bill can be dropped until it is settled', async () => {
  const { desk, from } = await windowAt(7)
  await desk.upload({ ...from(), bill: 'MX1', visit: 'JZ1', lines: [line(1)] })
  expect(await desk.dropBill({ ...from(), bill: 'MX1' })).toMatchObject({ outcome: 'dropped' })
  expect(await desk.dropBill({ ...from(), bill: 'MX1' })).toEqual(refused('bill-not-uploaded'))
  expect(await desk.readCard({ ...from(), credential })).toMatchObject({ outcome: 'card', cardNumber: credential.value })
})

test('an account query tells the deductibles and the cap of the person at the site that asks, not what is left of them', async () => {
  const { desk, from } = await windowAt(7)
  const said = await desk.account({ ...from(), credential })
  expect(said).toMatchObject({ deductiblePaidFen: 146_000, deductibleFen: 150_000, stayDeductibleFen: 150_000, stayCapFen: 63_000_000 })
})
