/** Synthetic messages of the mobile chain: one order of 120 yuan for one insured person at one hospital. For tests and to read. */
import { identities, insuredNumber, people } from '../national/example-messages.ts'
import { uploadOrder } from './upload.ts'

const { employee } = people
const identity = identities[employee]
export const shownIdentity = { idNo: identity?.idNumber ?? '', userName: identity?.name ?? '', idType: '01' }
const institution = 'H31000000007'

/** 6201. */
export const uploading = (payAuthNo: string, change: object = {}) => ({
  ...{ ...uploadOrder.example.request, ...shownIdentity, psnNo: insuredNumber(employee), payAuthNo },
  ...change,
})

/** What the answer to 6201 says of the order. */
export interface ExampleUploaded {
  readonly payOrdId: string
  readonly payToken: string
  readonly extData: { readonly mdtrtId: string }
}

/** 6202. */
export const placing = ({ payOrdId, payToken, extData: { mdtrtId } }: ExampleUploaded, payAuthNo: string) => ({
  ...{ payAuthNo, payOrdId, payToken, mdtrtId },
  orgCodg: institution,
  orgBizSer: 'YW1',
  chrgBchno: 'B1',
  feeType: '01',
})

/** As 6301 and 6401 name it, and its number and visit in the house's words. */
export const named = ({ payOrdId, payToken, extData: { mdtrtId } }: ExampleUploaded) => ({
  order: payOrdId,
  visit: mdtrtId,
  reference: { payOrdId, payToken, orgCodg: institution, ...shownIdentity },
})

/** 5206 of the person. */
export const askingTotals = () => ({ data: { psn_no: insuredNumber(employee) } })
