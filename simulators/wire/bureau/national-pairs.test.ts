import { expect, onTestFinished, test } from 'vitest'
import { fenOf } from '../../money/fen.ts'
import { momentMs } from '../desks/business-time.ts'
import { writeDetails } from '../dialects/national/detail-file.ts'
import { answerSchema, requestSchema } from '../dialects/national/envelope.ts'
import {
  admission,
  check,
  claim,
  discharge,
  feeLines,
  identities,
  insuredNumber,
  order,
  people,
  registration,
  stayClaim,
  stayFees,
  visitNumberOf,
} from '../dialects/national/example-messages.ts'
import { nationalMessages } from '../dialects/national/messages.ts'
import { uploadSettlementList } from '../dialects/national/settlement-list.ts'
import { nationalBureau } from '../testing/national-bureau.ts'
import { pairsPage } from '../testing/pairs-page.ts'

const { employee, resident } = people
const psn_no = insuredNumber(employee)
const institution = 'H31000000007'

/** One day of a hospital and a pharmacy and the clearing of its month, every message of the interface among them. */
async function everyMessage() {
  const { bureau, institution: institutionAt, clock, pairs } = await nationalBureau({}, {}, {})
  onTestFinished(() => bureau.stop())
  const hospital = await institutionAt(7)
  const send = async (code: string, input: object) => (await hospital.send(code, input)).output
  await send('1101', { data: { mdtrt_cert_type: '02', mdtrt_cert_no: identities[employee]?.idNumber } })
  for (const { code } of nationalMessages.filter(({ does }) => does === 'loadDirectory')) await send(code, { data: { ver: '202009' } })
  const one = { updt_time: '2020-01-01', page_num: 1, page_size: 10, hilist_code: 'T101000007', med_list_codg: 'T101000007' }
  for (const { code } of nationalMessages.filter(({ does }) => does === 'queryDirectory')) await send(code, { data: one })

  const visit = visitNumberOf(await send('2201', registration(employee, 'MZ0001')))
  const { diseinfo } = admission(employee, '')
  const diagnoses = {
    mdtrtinfo: { mdtrt_id: visit, psn_no, med_type: '11', begntime: '2020-10-12 09:00:00' },
    diseinfo: diseinfo.map((diagnosis) => ({ ...diagnosis, vali_flag: '1' })),
  }
  await send('2203', diagnoses)
  await send('2203A', diagnoses)
  await send('3101', check([{ ...order, rx_id: '1', hilist_code: 'T101000001' }]))
  await send('3102', check(['1', '2'].map((rx_id) => ({ ...order, rx_id, hilist_code: 'T101000001' }))))
  await send('2204', { feedetail: feeLines(employee, visit, 'B0') })
  await send('2205', { data: { mdtrt_id: visit, psn_no, chrg_bchno: 'B0' } })
  await send('2204', { feedetail: feeLines(employee, visit, 'B1') })
  await send('2206', claim(employee, visit, 'B1'))
  const settled = await send('2207', claim(employee, visit, 'B1'))
  const reference = { data: { setl_id: settled.setlinfo.setl_id, mdtrt_id: visit, psn_no } }
  const settlement = hospital.lastMessage
  const listed = Object.fromEntries(Object.keys(uploadSettlementList.input.properties.setlinfo.properties).map((name) => [name, '1']))
  await send('4101', { setlinfo: { ...listed, mdtrt_id: visit, setl_id: reference.data.setl_id, acct_pay: 30, psn_cashpay: '54.00' } })
  await send('5203', reference)
  await send('5206', { data: { psn_no } })
  const other = visitNumberOf(await send('2201', registration(resident, 'MZ0002')))
  await send('2204', { feedetail: feeLines(resident, other, 'B2') })
  const bought = await send('2207', { data: { ...claim(resident, other, 'B2').data, insutype: '390' } })
  await send('2208', { data: { setl_id: bought.setlinfo.setl_id, mdtrt_id: other, psn_no: insuredNumber(resident) } })
  await send('2205', { data: { mdtrt_id: other, psn_no: insuredNumber(resident), chrg_bchno: 'B2' } })
  await send('2202', { data: { mdtrt_id: other, psn_no: insuredNumber(resident) } })

  const stay = (await send('2401', admission(employee, 'ZY0001'))).result.mdtrt_id
  await send('2301', stayFees(employee, stay))
  await send('2302', { data: [{ feedetl_sn: 'unused-1', mdtrt_id: stay, psn_no }] })
  await send('2301', stayFees(employee, stay))
  await send('2402', discharge(employee, stay))
  await send('2303', stayClaim(employee, stay))
  const stayed = await send('2304', stayClaim(employee, stay))
  await send('2305', { data: { setl_id: stayed.setlinfo.setl_id, mdtrt_id: stay, psn_no } })
  const again = stayClaim(employee, stay)
  await send('2304', again)
  await send('2601', { data: { psn_no, omsgid: hospital.lastMessage, oinfno: '2304' } })

  const pharmacy = await institutionAt(8)
  const { mdtrt_id: _, psn_setlway: __, chrg_bchno: ___, ...shown } = claim(employee, '', '').data
  const [line] = feeLines(employee, '', 'B1')
  const druginfo = { ...shown, med_type: '41', medfee_sumamt: 100, begntime: '2020-10-12 09:00:00' }
  const drugs = (await pharmacy.send('2102', { druginfo, drugdetail: [line] })).output.setlinfo
  await pharmacy.send('2103', { data: { setl_id: drugs.setl_id, mdtrt_id: drugs.mdtrt_id, psn_no } })

  const today = { stmt_begndate: '2020-10-12', stmt_enddate: '2020-10-12' }
  const amounts = { medfee_sumamt: '120.00', fund_pay_sumamt: '36.00', fixmedins_setl_cnt: 1 }
  const stretch = { clr_type: '11', setl_optins: '310000', ...today, ...amounts }
  await send('3201', { data: { ...stretch, insutype: '310', acct_pay: 30 } })
  const ours = { visit, settlement: reference.data.setl_id, message: settlement, personNumber: psn_no, isReversed: false }
  const detail = writeDetails([{ ...ours, totalFen: fenOf(12_000), fundFen: fenOf(3600), accountFen: fenOf(3000) }])
  const { file_qury_no } = await send('9101', { fsUploadIn: { in: detail, filename: 'detail.zip', fixmedins_code: institution } })
  const { fileinfo } = await send('3202', { data: { ...stretch, cash_payamt: 54, file_qury_no } })
  await send('9102', { fsDownloadIn: { file_qury_no: fileinfo.file_qury_no, filename: fileinfo.filename, fixmedins_code: institution } })
  await send('9002', { signOut: { sign_no: hospital.signNumber, opter_no: 'C001' } })

  clock.set(momentMs('2020-11-02 09:00:00') ?? 0)
  const november = await institutionAt(7)
  const month = { setlym: '202010', begndate: '2020-10-01', enddate: '2020-10-31', clr_type: '11', clr_way: '1', psntime: 1 }
  const sums = { medfee_sumamt: 120, med_sumfee: 100, fund_appy_sum: 36, cash_payamt: 54, acct_pay: 30 }
  const applied = await november.send('3203', { data: { ...month, ...sums } })
  await november.send('3204', { data: applied.output })
  return pairs
}

test('every message has a worked pair, in form on both ends; renew docs/national-worked-pairs.md with npx vitest run national-pairs -u', async () => {
  const pairs = await everyMessage()
  // Whatever the day holds, nothing of it is refused.
  expect(pairs.filter(({ answer }) => (answer as { readonly infcode: number }).infcode !== 0)).toEqual([])
  const page = pairsPage(
    {
      title: '国家医保信息平台：报文示例 · Worked pairs of the national interface',
      madeBy: 'simulators/wire/bureau/national-pairs.test.ts, which asks the bureau itself',
      zh: 'POST /national/交易编号。',
      en: 'POST /national/INFNO.',
    },
    nationalMessages.map(({ code, zh, en, input, output }) => ({
      ...{ code, zh, en },
      forms: [requestSchema(input as never), answerSchema(output as never)],
      pair: pairs.find(({ path }) => path.endsWith(`/${code}`)),
    })),
  )
  await expect(page).toMatchFileSnapshot('../../../docs/national-worked-pairs.md')
})
