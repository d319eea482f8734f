/** 6201, 6202 and 6401 as a hospital's system makes them of a bill it has. The bill's number is the order's and the batch's. */
import { fenOfYuan, yuanOf } from '../../../money/fen.ts'
import type { BillLine } from '../../desks/bureau-desk.ts'
import { secondOf } from '../../desks/business-time.ts'
import type { MobileOrderAmounts } from '../../desks/mobile-desk.ts'
import type { ShownInsured } from '../../desks/mobile-order-desk.ts'
import { institutionCode } from '../national/envelope.ts'
import { placeOrder } from './order.ts'
import { askCentre, type MobileWay } from './site-client.ts'
import { revokeOrder, uploadOrder } from './upload.ts'

interface BillOfVisit {
  readonly bill: string
  readonly visit: string
  readonly totalFen: BillLine['totalFen']
  readonly lines: readonly BillLine[]
}
/** As the centre calls it, with the word by which its site may name it again. */
export interface Uploaded {
  readonly order: string
  readonly token: string
  readonly visit: string
}
const fees = { feeType: '01' } as const

/** @param atMs business clock */
export async function upload(way: MobileWay, site: number, bill: BillOfVisit, insured: ShownInsured, authorization: string, atMs: number) {
  const heard = await askCentre(way, uploadOrder, {
    orgCodg: institutionCode(site),
    psnNo: insured.insuredNumber,
    insutype: insured.insurance as '310',
    medOrgOrd: bill.bill,
    begntime: secondOf(atMs),
    ...identity(insured),
    payAuthNo: authorization,
    insuCode: insured.insuredPlace,
    iptOtpNo: bill.visit,
    deptCode: 'A01',
    deptName: '门诊',
    caty: 'A03',
    medType: '11',
    ...fees,
    medfeeSumamt: yuanOf(bill.totalFen),
    acctUsedFlag: '1',
    psnSetlway: '01',
    chrgBchno: bill.bill,
    pubHospRfomFlag: '1',
    diseinfoList: [],
    feedetailList: bill.lines.map((line) => feeOf(line, bill.bill, atMs)),
  })
  if (heard.outcome !== 'done') return heard
  const { payOrdId: order, payToken: token, extData } = heard.answer
  return { outcome: 'uploaded', uploaded: { order, token, visit: extData.mdtrtId } satisfies Uploaded } as const
}

export async function place(way: MobileWay, site: number, bill: string, { order, token, visit }: Uploaded, authorization: string) {
  const heard = await askCentre(way, placeOrder, {
    ...{ payAuthNo: authorization, payOrdId: order, payToken: token, mdtrtId: visit, orgCodg: institutionCode(site) },
    ...{ orgBizSer: bill, chrgBchno: bill, ...fees },
  })
  if (heard.outcome !== 'done') return heard
  const { feeSumamt, fundPay, psnAcctPay, ownPayAmt } = heard.answer
  const amounts: MobileOrderAmounts = {
    totalFen: fenOfYuan(feeSumamt),
    fundFen: fenOfYuan(fundPay),
    accountFen: fenOfYuan(psnAcctPay),
    cashFen: fenOfYuan(ownPayAmt),
  }
  return { outcome: 'placed', amounts } as const
}

export const revoke = (way: MobileWay, site: number, { order, token }: Uploaded, shown: Pick<ShownInsured, 'name' | 'idNumber'>) =>
  askCentre(way, revokeOrder, { payOrdId: order, payToken: token, orgCodg: institutionCode(site), ...identity(shown) })

const identity = ({ name, idNumber }: Pick<ShownInsured, 'name' | 'idNumber'>) => ({
  idNo: idNumber,
  userName: name,
  idType: '01' as const,
})

const feeOf = ({ number, prescription, code, priceFen, count, totalFen }: BillLine, batch: string, atMs: number) => ({
  feedetlSn: `${batch}-${number}`,
  rxno: prescription,
  rxCircFlag: '0' as const,
  feeOcurTime: secondOf(atMs),
  medListCodg: code,
  medinsListCodg: code,
  detItemFeeSumamt: yuanOf(totalFen),
  cnt: String(count),
  pric: yuanOf(priceFen),
  bilgDeptCodg: 'A01',
  bilgDrCodg: 'D001',
})
