import { expect, test } from 'vitest'
import { fenOf } from '../../money/fen.ts'
import type { BillLine, ClaimedBill } from '../desks/bureau-desk.ts'
import { identities, people } from '../dialects/national/example-messages.ts'
import { answerSchema, requestSchema, shanghaiPath } from '../dialects/shanghai/envelope.ts'
import { shanghaiMessages } from '../dialects/shanghai/messages.ts'
import { nationalBureau } from '../testing/national-bureau.ts'
import { pairsPage } from '../testing/pairs-page.ts'
import { shanghaiSite } from '../testing/shanghai-site.ts'

const identity = identities[people.employee]
const card = { kind: 'card', value: identity?.cardNumber ?? '' } as const
const outpatient: ClaimedBill = { bill: 'MX0000000001', totalFen: fenOf(12_000), coveredFen: fenOf(10_000) }
const ofStay: ClaimedBill = { bill: 'MX0000000003', totalFen: fenOf(400_000), coveredFen: fenOf(400_000) }
const linesOf = ({ totalFen, coveredFen }: ClaimedBill): readonly BillLine[] => [
  { number: 1, prescription: 'RX0001', code: 'T101000001', name: '示例药品', priceFen: totalFen, count: 1, totalFen, coveredFen },
]

/** One day of a hospital that speaks 五期, every message of it among them, each over its own route. */
async function everyMessage() {
  const { clock, post, pairs } = await nationalBureau()
  const send = shanghaiSite(post, 7, clock.nowMs)
  await send('readCard', { credential: card })
  const { token } = await send('decode', { qr: identity?.qr ?? '' })
  const credential = { kind: 'token', value: token } as const
  await send('account', { credential })

  const fee = { totalFen: fenOf(1000), coveredFen: fenOf(1000) }
  const registration = await send('presettleRegistration', { credential, ...fee })
  await send('settleRegistration', { trial: registration.trial, ...fee })

  await send('upload', { bill: outpatient.bill, visit: 'JZ0000000001', lines: linesOf(outpatient) })
  await send('upload', { bill: 'MX0000000002', visit: 'JZ0000000001', lines: linesOf(outpatient) })
  await send('dropBill', { bill: 'MX0000000002' })
  const { trial } = await send('presettle', { credential, bills: [outpatient] })
  const { settlement } = await send('settle', { trial, bills: [outpatient] })
  await send('reverse', { settlement, totalFen: outpatient.totalFen })

  await send('enrol', { credential: card, type: '3', number: 'ZY0001', from: '20201011', until: '' })
  const listed = await send('enrolments', { credential: card, type: '3' })
  expect(listed.enrolments.map(({ number }) => number)).toEqual(['ZY0001'])
  await send('upload', { bill: ofStay.bill, visit: 'ZY0001', lines: linesOf(ofStay) })
  const stay = await send('presettleStay', { credential, stay: 'ZY0001', bills: [ofStay] })
  const { split } = await send('settleStay', { trial: stay.trial, stay: 'ZY0001', bills: [ofStay] })

  // What stands at the day's end: the fee of registration from the account, and the stay; the bill and its reversal cancel out.
  const compared = await send('compareDay', {
    day: '2020-10-12',
    totals: {
      ...{ count: 4, currentAccountFen: 0, historyAccountFen: split.historyAccountFen + 1000, cashFen: split.cashFen },
      ...{ pooledFen: split.fundFen, additionalFen: 0, uncoveredFen: split.uncoveredFen },
    },
  })
  expect(compared.isEqual).toBe(true)
  return pairs
}

test('every message is answered over its route and has a worked pair; renew docs/shanghai-worked-pairs.md with npx vitest run shanghai-pairs -u', async () => {
  const pairs = await everyMessage()
  const page = pairsPage(
    {
      title: '上海医保五期：报文示例 · Worked pairs of Shanghai’s 五期',
      madeBy: 'simulators/wire/bureau/shanghai-pairs.test.ts, which asks the bureau itself',
      zh: `POST ${shanghaiPath}/消息类型码。`,
      en: `POST ${shanghaiPath}/CODE.`,
    },
    shanghaiMessages.map(({ code, zh, en, content, answer }) => ({
      ...{ code, zh, en },
      forms: [requestSchema(content), answerSchema(answer)],
      pair: pairs.find(({ path }) => path === `${shanghaiPath}/${code}`),
    })),
  )
  await expect(page).toMatchFileSnapshot('../../../docs/shanghai-worked-pairs.md')
})
