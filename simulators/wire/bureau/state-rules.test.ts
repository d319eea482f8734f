/**
 * The state rules of both dialects, asked over sockets as any client of the bureau would ask: each is refused in the dialect's own form and
 * leaves no trace in the book.
 */
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { signedSender } from '../client/signed-sender.ts'
import { socketTransport } from '../client/socket-transport.ts'
import { momentMs } from '../desks/business-time.ts'
import { writeDetails } from '../dialects/national/detail-file.ts'
import { claim, feeLines, identities, insuredNumber, people, registration, visitNumberOf } from '../dialects/national/example-messages.ts'
import { codeOf } from '../dialects/shanghai/codes.ts'
import { inEnvelope } from '../dialects/shanghai/envelope.ts'
import { shanghaiMessages } from '../dialects/shanghai/messages.ts'
import { twoSites, visitWithFees } from '../testing/national-bureau.ts'
import { type Answer, type Institution, institutionsOver } from '../testing/national-institution.ts'
import { control, keys, serveSmallWire } from '../testing/small-wire.ts'
import { claimRefusals } from './claims/refusals.ts'

const { employee, resident } = people
const psn_no = insuredNumber(employee)
const firstDay = '2020-10-12 09:00:00'
let served: Awaited<ReturnType<typeof serveSmallWire>>
let post: (path: string, body: unknown) => Promise<Answer>
let closeTransport: () => Promise<void>
let nowMs = 0

beforeAll(async () => {
  served = await serveSmallWire(planOf('small-town'), { only: ['bureau'] })
  const transport = socketTransport({ origin: served.originOf('bureau'), timeoutMs: 5000 })
  closeTransport = () => transport.close()
  const send = signedSender({ transport, caller: 'his', key: keys.between('his', 'bureau'), nowMs: () => Date.now() })
  post = async (path, body) => {
    const heard = await send('POST', path, body as object)
    if (heard.outcome === 'no-reply') throw new Error('the bureau is silent')
    return { status: heard.status, ...(heard.body as object) }
  }
})
afterAll(async () => {
  await closeTransport()
  await served.stop()
})
const setClock = async (now: string) => {
  nowMs = momentMs(now) ?? 0
  await control(served, 'bureau', 'PUT', '/control/clock', { now })
}
beforeEach(async () => {
  await control(served, 'bureau', 'POST', '/control/reset', {})
  await control(served, 'bureau', 'POST', '/control/opening', twoSites())
  await setClock(firstDay)
})
const entries = async () => ((await control(served, 'bureau', 'GET', '/control/books')) as { entries: readonly object[] }).entries.length

const institution = (site: number) => institutionsOver(post, { nowMs: () => nowMs })(site)

/** A window of 五期 at a site. */
function windowAt(site: number) {
  let sequence = 0
  return async (code: string, request: object, number?: number): Promise<Answer> => {
    sequence += 1
    const message = shanghaiMessages.find((known) => known.code === code)
    if (message === undefined) throw new Error(`no message ${code}`)
    const from = { site, message: { sequence: number ?? site * 1000 + sequence, atMs: nowMs } }
    return post(`/shanghai/${code}`, inEnvelope(code, from, message.ask({ ...from, ...request } as never)))
  }
}
const credential = { kind: 'card', value: identities[employee]?.cardNumber ?? '' }
const bill = { bill: 'MX1', totalFen: 12_000, coveredFen: 10_000 }
const line = { number: 1, prescription: 'RX1', code: 'Y1', name: '示例', priceFen: 12_000, count: 1, totalFen: 12_000, coveredFen: 10_000 }
const lines = (many: number) => ({ bill: 'MX1', visit: 'ZY1', lines: Array.from({ length: many }, () => line) })
type Window = ReturnType<typeof windowAt>
async function tried(at: Window, number = 'MX1') {
  await at('SN01', { ...lines(1), bill: number })
  return String((await at('SI11', { credential, bills: [{ ...bill, bill: number }] }))['xxnr'].jssqxh)
}
async function charged(at: Window, number = 900) {
  const trial = await tried(at)
  const amounts = (await at('SI12', { trial, bills: [bill] }, number))['xxnr'] as Readonly<Record<string, unknown>>
  return { trial, settlement: String(amounts['lsh']), amounts }
}

async function settled(hospital: Institution) {
  const mdtrt_id = await visitWithFees(hospital)
  const answer = await hospital.send('2207', claim(employee, mdtrt_id, 'B1'))
  return { message: hospital.lastMessage, reference: { data: { setl_id: String(answer['output'].setlinfo.setl_id), mdtrt_id, psn_no } } }
}
const wrongTotal = (mdtrt_id: string) => ({ data: { ...claim(employee, mdtrt_id, 'B1').data, medfee_sumamt: '120.01' } })

/** What must be there before, then the one message that the rule is about. */
type Rule = readonly [rule: string, told: object, prepare: () => Promise<() => Promise<Answer>>]
const national = (reason: keyof typeof claimRefusals) => ({ status: 200, infcode: -1, err_msg: claimRefusals[reason] })
const shanghai = (reason: Parameters<typeof codeOf>[0]) => ({ status: 200, xxfhm: codeOf(reason).code })

const nationalRules: readonly Rule[] = [
  [
    'no sign-in',
    national('not-signed-in'),
    async () => {
      const hospital = await institution(7)
      return () => hospital.send('5206', { data: { psn_no } }, { sign_no: '' })
    },
  ],
  [
    'yesterday’s sign-in',
    national('sign-in-of-another-day'),
    async () => {
      const hospital = await institution(7)
      await setClock('2020-10-13 09:00:00')
      return () => hospital.send('5206', { data: { psn_no } })
    },
  ],
  [
    '2206 persists nothing',
    { status: 200, infcode: 0, output: { setlinfo: { medfee_sumamt: 120, setl_id: '' } } },
    async () => {
      const hospital = await institution(7)
      const visit = await visitWithFees(hospital)
      return () => hospital.send('2206', claim(employee, visit, 'B1'))
    },
  ],
  ...(['2206', '2207'] as const).map(
    (code): Rule => [
      `${code} of another total than the lines of 2204`,
      national('total-differs-from-lines'),
      async () => {
        const hospital = await institution(7)
        const visit = await visitWithFees(hospital)
        return () => hospital.send(code, wrongTotal(visit))
      },
    ],
  ),
  [
    'a line of 2204 that does not multiply',
    national('line-does-not-multiply'),
    async () => {
      const hospital = await institution(7)
      const visit = visitNumberOf((await hospital.send('2201', registration(employee, 'MZ0001')))['output'])
      const feedetail = feeLines(employee, visit, 'B1').map((fee) => ({ ...fee, pric: '20.01' }))
      return () => hospital.send('2204', { feedetail })
    },
  ],
  [
    'a second 2207 for one chrg_bchno',
    national('batch-already-settled'),
    async () => {
      const hospital = await institution(7)
      const { reference } = await settled(hospital)
      return () => hospital.send('2207', claim(employee, reference.data.mdtrt_id, 'B1'))
    },
  ],
  [
    'mdtrt_id of another person',
    national('visit-of-another-person'),
    async () => {
      const hospital = await institution(7)
      const visit = await visitWithFees(hospital)
      return () => hospital.send('2207', { data: { ...claim(resident, visit, 'B1').data, insutype: '390' } })
    },
  ],
  [
    'mdtrt_id of another site',
    national('visit-of-another-site'),
    async () => {
      const visit = await visitWithFees(await institution(7))
      const community = await institution(8)
      return () => community.send('2207', claim(employee, visit, 'B1'))
    },
  ],
  [
    'psn_no without insuplc_admdvs',
    national('no-insured-place'),
    async () => {
      const hospital = await institution(7)
      return () => hospital.send('2201', registration(employee, 'MZ0001'), { insuplc_admdvs: '' })
    },
  ],
  [
    '2208 twice',
    national('already-reversed'),
    async () => {
      const hospital = await institution(7)
      const { reference } = await settled(hospital)
      await hospital.send('2208', reference)
      return () => hospital.send('2208', reference)
    },
  ],
  [
    '2601 of an infno that cannot be taken back',
    national('not-reversible'),
    async () => {
      const hospital = await institution(7)
      await visitWithFees(hospital)
      const omsgid = hospital.lastMessage
      return () => hospital.send('2601', { data: { psn_no, omsgid, oinfno: '2204' } })
    },
  ],
  [
    'the original of a 2601 coming late',
    national('reversed-before-it-came'),
    async () => {
      const hospital = await institution(7)
      const visit = await visitWithFees(hospital)
      const omsgid = `${hospital.lastMessage.slice(0, -4)}7777`
      await hospital.send('2601', { data: { psn_no, omsgid, oinfno: '2207' } })
      return () => hospital.send('2207', claim(employee, visit, 'B1'), { msgid: omsgid })
    },
  ],
  [
    'the same message number with other contents',
    national('message-number-reused'),
    async () => {
      const hospital = await institution(7)
      const { reference, message } = await settled(hospital)
      const other = { data: { ...claim(employee, reference.data.mdtrt_id, 'B1').data, acct_used_flag: '0' } }
      return () => hospital.send('2207', other, { msgid: message })
    },
  ],
]

const shanghaiRules: readonly Rule[] = [
  [
    'SI12 of a jssqxh nobody gave',
    shanghai('unknown-trial'),
    async () => {
      const at = windowAt(7)
      await tried(at)
      return () => at('SI12', { trial: '202010120000009999', bills: [bill] })
    },
  ],
  [
    'SI12 of another site’s jssqxh',
    shanghai('trial-of-another-site'),
    async () => {
      const trial = await tried(windowAt(7))
      return () => windowAt(8)('SI12', { trial, bills: [bill] })
    },
  ],
  [
    'SI12 of a used jssqxh',
    shanghai('trial-used'),
    async () => {
      const at = windowAt(7)
      const { trial } = await charged(at)
      return () => at('SI12', { trial, bills: [bill] })
    },
  ],
  [
    'SI12 of yesterday’s jssqxh',
    shanghai('trial-expired'),
    async () => {
      const at = windowAt(7)
      const trial = await tried(at)
      await setClock('2020-10-13 09:00:00')
      return () => at('SI12', { trial, bills: [bill] })
    },
  ],
  [
    'SI12 of a jssqxh that another settlement of the person overtook',
    shanghai('trial-out-of-date'),
    async () => {
      const at = windowAt(7)
      const trial = await tried(at, 'MX2')
      await charged(at)
      return () => at('SI12', { trial, bills: [{ ...bill, bill: 'MX2' }] })
    },
  ],
  [
    'SI12 again with the same msgid and jssqxh: the same lsh',
    { status: 200, xxfhm: 'P001' },
    async () => {
      const at = windowAt(7)
      const { trial, settlement } = await charged(at)
      return async () => {
        const again = await at('SI12', { trial, bills: [bill] }, 900)
        expect(again['xxnr'].lsh).toBe(settlement)
        return again
      }
    },
  ],
  [
    'the same msgid with another jssqxh',
    shanghai('message-number-reused'),
    async () => {
      const at = windowAt(7)
      await charged(at)
      return () => at('SI12', { trial: '202010120000009999', bills: [bill] }, 900)
    },
  ],
  [
    'SI12 again once it was reversed',
    shanghai('reversed-before-it-came'),
    async () => {
      const at = windowAt(7)
      const { trial, settlement } = await charged(at)
      await at('SK01', { settlement, totalFen: 12_000 })
      return () => at('SI12', { trial, bills: [bill] }, 900)
    },
  ],
  [
    'SI11 of a bill that is settled',
    shanghai('bill-already-settled'),
    async () => {
      const at = windowAt(7)
      await charged(at)
      return () => at('SI11', { credential, bills: [bill] })
    },
  ],
  [
    'SI11 of other amounts than the lines of SN01',
    shanghai('amounts-do-not-add-up'),
    async () => {
      const at = windowAt(7)
      await at('SN01', lines(1))
      return () => at('SI11', { credential, bills: [{ ...bill, coveredFen: 9999 }] })
    },
  ],
  [
    'SI11 of another site’s bill',
    shanghai('bill-not-uploaded'),
    async () => {
      await windowAt(7)('SN01', lines(1))
      return () => windowAt(8)('SI11', { credential, bills: [bill] })
    },
  ],
  [
    'SI51 without an enrolment',
    shanghai('not-enrolled'),
    async () => {
      const at = windowAt(7)
      await at('SN01', lines(1))
      return () => at('SI51', { credential, stay: 'ZY1', bills: [bill] })
    },
  ],
  [
    'SN01 of a stay with more than 50 lines',
    shanghai('too-many-lines'),
    async () => {
      const at = windowAt(7)
      await at('SJ11', { credential, type: '3', number: 'ZY1', from: '20201012', until: '' })
      return () => at('SN01', lines(51))
    },
  ],
  [
    'SK01 twice',
    shanghai('already-reversed'),
    async () => {
      const at = windowAt(7)
      const { settlement } = await charged(at)
      await at('SK01', { settlement, totalFen: 12_000 })
      return () => at('SK01', { settlement, totalFen: 12_000 })
    },
  ],
  [
    'SK01 of another site’s lsh',
    shanghai('unknown-settlement'),
    async () => {
      const { settlement } = await charged(windowAt(7))
      return () => windowAt(8)('SK01', { settlement, totalFen: 12_000 })
    },
  ],
  [
    'SK01 of one fen less',
    shanghai('wrong-amount'),
    async () => {
      const at = windowAt(7)
      const { settlement } = await charged(at)
      return () => at('SK01', { settlement, totalFen: 11_999 })
    },
  ],
  [
    'SL01 one fen off',
    { status: 200, xxfhm: 'P001', xxnr: { resultcollate: '1' } },
    async () => {
      const at = windowAt(7)
      const { amounts } = await charged(at)
      const fen = (...names: readonly string[]) => names.reduce((sum, name) => sum + Math.round(Number(amounts[name]) * 100), 0)
      const totals = {
        ...{ count: 1, currentAccountFen: fen('curaccountpay'), historyAccountFen: fen('hisaccountpay') },
        cashFen: fen('zfdxjzfs', 'tcdxjzfs', 'fjdxjzfs'),
        ...{ pooledFen: fen('tczfs'), additionalFen: fen('fjzfs'), uncoveredFen: fen('fybjsfwfyze') },
      }
      expect(await at('SL01', { day: '2020-10-12', totals })).toMatchObject({ xxnr: { resultcollate: '0' } })
      return () => at('SL01', { day: '2020-10-12', totals: { ...totals, additionalFen: totals.additionalFen + 1 } })
    },
  ],
]

test.each([...nationalRules, ...shanghaiRules])('over HTTP: %s', async (_, told, prepare) => {
  const ask = await prepare()
  const before = await entries()
  expect(await ask()).toMatchObject(told)
  expect(await entries()).toBe(before)
})

test('over HTTP: one fen off in 3201 is found again in the zip of 3202, in its line', async () => {
  const hospital = await institution(7)
  const { reference, message } = await settled(hospital)
  const { mdtrt_id: visit, setl_id: settlement } = reference.data
  const paid = (await hospital.send('5203', reference))['output'].setlinfo
  const day = { clr_type: '11', setl_optins: '310000', stmt_begndate: '2020-10-12', stmt_enddate: '2020-10-12', fixmedins_setl_cnt: 1 }
  const fundOff = (Math.round(paid.fund_pay_sumamt * 100) + 1) / 100
  const amounts = { ...day, medfee_sumamt: paid.medfee_sumamt, fund_pay_sumamt: fundOff }
  const totals = await hospital.send('3201', { data: { ...amounts, insutype: '310', acct_pay: paid.acct_pay } })
  expect(totals['output'].stmtinfo).toMatchObject({ stmt_rslt: '1', stmt_rslt_dscr: '不一致：基金支付总额' })
  const fen = (yuan: number) => Math.round(yuan * 100) as never
  const row = {
    ...{ personNumber: psn_no, visit, settlement, message, isReversed: false },
    ...{ totalFen: fen(paid.medfee_sumamt), fundFen: fen(fundOff), accountFen: fen(paid.acct_pay) },
  }
  const file = { in: writeDetails([row]), filename: 'detail.zip', fixmedins_code: 'H31000000007' }
  const { file_qury_no } = (await hospital.send('9101', { fsUploadIn: file }))['output']
  const compared = await hospital.send('3202', { data: { ...amounts, cash_payamt: paid.psn_cash_pay, file_qury_no } })
  const { fileinfo } = compared['output']
  const had = await hospital.send('9102', { fsDownloadIn: { ...fileinfo, fixmedins_code: 'H31000000007' } })
  const [text] = Object.values(unzipSync(Buffer.from(had['output'].in, 'base64')))
  expect(
    strFromU8(text as Uint8Array)
      .split('\t')
      .slice(2, 5),
  ).toEqual([settlement, message, '1'])
})
