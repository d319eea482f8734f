import { afterEach, expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { fenOf } from '../../money/fen.ts'
import { signedSender } from '../client/signed-sender.ts'
import { httpTransport, type Transport } from '../client/transport.ts'
import type { ClaimedBill } from '../desks/bureau-desk.ts'
import { momentMs } from '../desks/business-time.ts'
import { nationalClient } from '../dialects/national/client.ts'
import { feeLines, visitNumberOf } from '../dialects/national/example-messages.ts'
import { uploadFees } from '../dialects/national/outpatient-fees.ts'
import { settleClaim } from '../dialects/national/outpatient-settlement.ts'
import { registerVisit } from '../dialects/national/visit.ts'
import { shanghaiBureauPort } from '../dialects/shanghai/port.ts'
import { insuredNumberOf } from '../people/insured-number.ts'
import type { Served } from '../serve.ts'
import type { ServiceSpan } from '../server/service-line.ts'
import { control, identity, keys, openings, person, serveSmallWire, site } from '../testing/small-wire.ts'

const open: { readonly served: Served; readonly transport: Transport }[] = []
afterEach(async () => {
  for (const { served, transport } of open.splice(0)) {
    await transport.close()
    await served.stop()
  }
})

/** The bureau on a socket of its own, answering sixteen messages at once, each of which takes a few milliseconds. */
async function servedBureau() {
  const served = await serveSmallWire(planOf('small-town'), { only: ['bureau'] })
  const transport = httpTransport({ origin: served.originOf('bureau'), timeoutMs: 30_000, connections: 32 })
  open.push({ served, transport })
  await control(served, 'bureau', 'POST', '/control/opening', openings.bureau)
  const operations = ['bureau/presettle', 'bureau/settle']
  const times = [
    ...operations.map((operation) => ({ operation, businessKey: '*', serviceMs: 3 })),
    { operation: 'bureau/settle', businessKey: 'MX0', serviceMs: 40 },
    { operation: 'bureau/settle', businessKey: 'B1', serviceMs: 40 },
    { operation: 'bureau/account', businessKey: String(person), serviceMs: 40 },
  ]
  await control(served, 'bureau', 'PUT', '/control/service-plan', { servers: 16, times })
  const send = signedSender({ transport, caller: 'his', key: keys.between('his', 'bureau'), nowMs: Date.now })
  const spans = async () =>
    ((await control(served, 'bureau', 'POST', '/control/spans/take')) as { readonly spans: readonly ServiceSpan[] }).spans
  return { spans, send, port: shanghaiBureauPort(send) }
}

/** A timer may fire a millisecond early by the clock. */
const isPlanned = ({ startedMs, endedMs }: ServiceSpan) => endedMs - startedMs >= 38

test('五期: twenty-four bills of one person settled at once over sixteen sockets pay what they would one after another', async () => {
  const { port, spans } = await servedBureau()
  const atMs = momentMs('2020-10-12 08:00:00') ?? 0
  let sequence = 0
  const from = () => {
    sequence += 1
    return { site, message: { sequence, atMs } }
  }
  const credential = { kind: 'card', value: identity.cardNumber } as const
  const bills: ClaimedBill[] = Array.from({ length: 24 }, (_, index) => ({
    ...{ bill: `MX${index}`, totalFen: fenOf(6000), coveredFen: fenOf(6000) },
  }))
  let outOfDate = 0
  const settle = async (bill: ClaimedBill) => {
    const line = { number: 1, prescription: 'RX', code: 'Y1', name: '示例', priceFen: bill.totalFen, count: 1 }
    await port.upload({
      ...from(),
      bill: bill.bill,
      visit: 'JZ1',
      lines: [{ ...line, totalFen: bill.totalFen, coveredFen: bill.coveredFen }],
    })
    for (;;) {
      const trial = await port.presettle({ ...from(), credential, bills: [bill] })
      if (trial.outcome !== 'presettled') throw new Error(JSON.stringify(trial))
      const settled = await port.settle({ ...from(), trial: trial.trial, bills: [bill] })
      if (settled.outcome === 'settled') {
        // What the trial said is what was done.
        expect(settled.split).toEqual(trial.split)
        return settled.split
      }
      expect(settled).toEqual({ outcome: 'refused', reason: 'trial-out-of-date' })
      outOfDate += 1
    }
  }
  const splits = await Promise.all(bills.map(settle))
  expect(outOfDate).toBeGreaterThan(0)
  const sum = (part: keyof (typeof splits)[number]) => splits.reduce((total, split) => total + split[part], 0)
  // 1,440 yuan: 40 left of the deductible, 30 of them from the account; the fund pays half of the rest at this tier.
  expect([sum('deductibleFen'), sum('historyAccountFen'), sum('fundFen'), sum('cashFen')]).toEqual([4000, 3000, 70_000, 71_000])
  const account = await port.account({ ...from(), credential })
  expect(account).toMatchObject({ historyAccountLeftFen: 0, deductiblePaidFen: 150_000, deductibleFen: 150_000 })
  const spent = await spans()
  const settling = spent.filter(({ operation }) => operation === 'bureau/settle')
  const overlaps = settling.some((one) =>
    settling.some((other) => other !== one && one.startedMs < other.endedMs && other.startedMs < one.endedMs),
  )
  expect(overlaps).toBe(true)
  // The plan's time is found by the bill, and for an account by the person, who is never named by a credential.
  expect(settling.filter(({ businessKey }) => businessKey === 'MX0').every(isPlanned)).toBe(true)
  expect(spent.filter(({ operation }) => operation === 'bureau/account').map(({ businessKey }) => businessKey)).toEqual([String(person)])
  expect(spent.filter(({ operation }) => operation === 'bureau/account').every(isPlanned)).toBe(true)
  expect(JSON.stringify(spent)).not.toContain(identity.cardNumber)
})

test('national: the same batch settled twenty times at once stands once, and twenty batches at once share one deductible', async () => {
  const { send, spans } = await servedBureau()
  const psn_no = insuredNumberOf({ homePlace: '310000', otherPlaces: [] }, { person, insuredType: 'employee' })
  const nowMs = () => momentMs('2020-10-12 08:00:00') ?? 0
  const operator = { operator: 'C001', operatorName: '示例经办人', place: '310000', nowMs }
  const client = nationalClient(send, { site, siteName: '示例医院', ...operator })
  let sequence = 0
  const stamp = () => {
    sequence += 1
    return { sequence, atMs: nowMs() }
  }
  const shown = { psn_no, insutype: '310', mdtrt_cert_type: '02', mdtrt_cert_no: identity.idNumber } as const
  const doctor = { atddr_no: 'D001', dr_name: '示例医师', dept_code: 'A01', dept_name: '示例科室', caty: 'A03' }
  const visiting = { data: { ...shown, ...doctor, begntime: '2020-10-12 08:00:00', ipt_otp_no: 'MZ1' } } as const
  const registered = await client.ask(registerVisit, visiting, stamp())
  if (registered.outcome !== 'done') throw new Error(JSON.stringify(registered))
  const visit = visitNumberOf(registered.output)
  const batches = Array.from({ length: 20 }, (_, index) => `B${index}`)
  for (const batch of batches) {
    const lines = feeLines(person, visit, batch).map((line) => ({ ...line, psn_no }))
    expect(await client.ask(uploadFees, { feedetail: lines as never }, stamp())).toMatchObject({ outcome: 'done' })
  }
  const settle = (batch: string) => {
    const claim = {
      med_type: '11',
      medfee_sumamt: '120.00',
      psn_setlway: '01',
      mdtrt_id: visit,
      chrg_bchno: batch,
      acct_used_flag: '1',
    } as const
    return client.ask(settleClaim, { data: { ...shown, ...claim } }, stamp())
  }
  const same = await Promise.all(batches.map(() => settle('B0')))
  const stood = same.filter(({ outcome }) => outcome === 'done')
  expect(stood).toHaveLength(1)
  const refusals = same.flatMap((reply) => (reply.outcome === 'refused' ? [reply.words] : []))
  expect(refusals).toEqual(Array.from({ length: 19 }, () => '该收费批次已结算'))
  const others = await Promise.all(batches.slice(1).map(settle))
  const settled = [...stood, ...others].map((reply) => (reply.outcome === 'done' ? reply.output.setlinfo : undefined))
  const sum = (name: 'act_pay_dedc' | 'acct_pay' | 'fund_pay_sumamt') =>
    settled.reduce((total, setlinfo) => total + Math.round(Number(setlinfo?.[name]) * 100), 0)
  expect([sum('act_pay_dedc'), sum('acct_pay'), sum('fund_pay_sumamt')]).toEqual([4000, 3000, 98_000])
  const planned = (await spans()).filter(({ operation, businessKey }) => operation === 'bureau/settle' && businessKey === 'B1')
  expect(planned.map(isPlanned)).toEqual([true])
})
