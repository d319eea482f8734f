/**
 * Before the first patient the platform pays some bills of its own: persons and a site nobody has, parties that answer at once, a ledger
 * that is thrown away. So the first real payment finds compiled code, and a platform that cannot pay at all is never ready.
 */
import { fenOf, noMoney } from '../../money/fen.ts'
import type { BillSplit } from '../../policy/split-bill.ts'
import type { BankDesk } from '../desks/bank-desk.ts'
import type { BureauDesk } from '../desks/bureau-desk.ts'
import type { HisBill, HisDesk } from '../desks/his-desk.ts'
import { type MerchantDesk, platformMerchant } from '../desks/merchant-desk.ts'
import { platformModes } from '../desks/payment-desk.ts'
import type { Port } from '../desks/port.ts'
import { payments } from '../sagas/payments.ts'
import type { Ports } from '../sagas/saga-words.ts'
import type { Ledger } from '../stores/ledger.ts'

/** Above every person and site of a city. */
const firstPerson = 900_000_000
const site = 999_999_999
const split: BillSplit = {
  fundFen: fenOf(3000),
  currentAccountFen: noMoney,
  historyAccountFen: fenOf(3000),
  cashFen: fenOf(6000),
  uncoveredFen: noMoney,
  deductibleFen: noMoney,
}
const totalFen = fenOf(12_000)

/** @param scratch a ledger of its own, closed afterwards; @param count bills of each mode */
export async function warmUp(scratch: Ledger, count: number, realNowMs: () => number): Promise<void> {
  let number = 0
  let failed: unknown
  const desk = payments({
    ledger: scratch,
    ports: partiesThatAnswer(),
    nowMs: realNowMs,
    realNowMs,
    owner: 'warm-up',
    newNumber: () => {
      number += 1
      return `W${number}`
    },
    leaseMs: 60_000,
    attempts: 1,
    backoffMs: () => 0,
    payerPollMs: 0,
    wait: async () => undefined,
    mostUnderWay: Number.MAX_SAFE_INTEGER,
    retryAfterSeconds: 1,
    // Nobody stands at a counter: on a machine that is busy starting everybody else, the first bills take long and are no mistake.
    answerWithinMs: 120_000,
    report: (error) => {
      failed ??= error
    },
  })
  await scratch.sign(
    Array.from({ length: count }, (_, n) => n).flatMap((n) =>
      platformModes.map((mode) => ({ person: firstPerson + n, mode, bank: 'scratch', agreement: `W${n}` })),
    ),
  )
  const paid = await Promise.all(
    platformModes.flatMap((mode) =>
      Array.from({ length: count }, (_, n) =>
        desk.pay({
          idempotencyKey: `${mode}-${n}`,
          channel: 'warm-up',
          person: firstPerson + n,
          site,
          bill: `${mode}-${n}`,
          mode,
          qr: 'scratch',
          ...(mode === 'scan' ? { payCode: '130000000000000000' } : {}),
        }),
      ),
    ),
  )
  await desk.drain()
  await scratch.close()
  const other = paid.find((reply) => reply.outcome !== 'payment' || reply.payment.state !== 'paid')
  if (other !== undefined) throw new Error(`a bill of the platform's own was not paid: ${JSON.stringify(other)}`, { cause: failed })
}

/** Each desk in its best mood: what is asked is done. */
function partiesThatAnswer(): Ports {
  const bill = (number: string, person: number): HisBill => ({
    bill: number,
    visit: number,
    person,
    totalFen,
    coveredFen: totalFen,
    lines: [],
    state: 'in-doubt',
  })
  const bureau: Pick<Port<BureauDesk>, 'decode' | 'account' | 'upload' | 'presettle' | 'settle'> = {
    decode: async () => ({ outcome: 'decoded', token: 'scratch', name: '预热', idNumber: '' }),
    account: async () => ({
      outcome: 'account',
      cardNumber: '',
      name: '预热',
      insuredType: 'employee',
      currentAccountLeftFen: noMoney,
      historyAccountLeftFen: noMoney,
      deductiblePaidFen: noMoney,
      deductibleFen: noMoney,
      stayDeductibleFen: noMoney,
      stayCapFen: noMoney,
    }),
    upload: async (request) => ({ outcome: 'uploaded', bill: request.bill, totalFen }),
    presettle: async () => ({ outcome: 'presettled', trial: 'scratch', split, segment: 'additional' }),
    settle: async ({ bills }) => ({ outcome: 'settled', settlement: bills[0]?.bill ?? '', split, segment: 'additional' }),
  }
  const his: Pick<Port<HisDesk>, 'open' | 'notice' | 'invoice'> = {
    open: async (request) => ({ outcome: 'open', bill: bill(request.bill, request.person) }),
    notice: async () => ({ outcome: 'noted' }),
    invoice: async () => ({ outcome: 'invoiced', batchCode: '0', number: '0', checkCode: '0' }),
  }
  const bank: Pick<Port<BankDesk>, 'authorize' | 'capture' | 'visit' | 'settleVisit'> = {
    visit: async () => ({ outcome: 'visit', state: 'open', heldFen: split.cashFen, holds: [], paidFen: noMoney }),
    settleVisit: async ({ amountFen }) => ({ outcome: 'captured', paidFen: amountFen }),
    authorize: async ({ amountFen }) => ({ outcome: 'authorized', heldFen: amountFen }),
    capture: async ({ amountFen }) => ({ outcome: 'captured', paidFen: amountFen }),
  }
  const wallet: Pick<Port<MerchantDesk>, 'order' | 'codePay'> = {
    order: async () => ({ outcome: 'order', order: { state: 'paid' } }),
    codePay: async () => ({ outcome: 'order', order: { state: 'paid' } }),
  }
  return {
    bureau: bureau as Port<BureauDesk>,
    his: his as Port<HisDesk>,
    bankOf: () => bank as Port<BankDesk>,
    walletOf: () => ({ ...platformMerchant, desk: wallet as Port<MerchantDesk> }),
  }
}
