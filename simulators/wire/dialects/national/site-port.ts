/** What the saga of a payment asks the bureau at a site that speaks the national interface, in the house's words and over an operator's client. */
import type { Static } from 'typebox'
import { type Fen, fenOf, fenOfYuan, noMoney, sumFen } from '../../../money/fen.ts'
import type { BillSplit } from '../../../policy/split-bill.ts'
import type { Sender } from '../../client/signed-sender.ts'
import type { BillLine, Credential, FromSite, MessageStamp } from '../../desks/bureau-desk.ts'
import { secondOf } from '../../desks/business-time.ts'
import type { NoReply } from '../../desks/port.ts'
import type { InsuredVisit, SiteClaim, SitePort } from '../../desks/site-port.ts'
import { type NationalCaller, type NationalClient, type NationalReply, nationalClient } from './client.ts'
import { institutionCode } from './envelope.ts'
import { credentialCode } from './fields.ts'
import { uploadFees } from './outpatient-fees.ts'
import { findSettlement, presettleClaim, reverseClaim, settleClaim } from './outpatient-settlement.ts'
import { findPerson, findTotals } from './person.ts'
import { yuanNumber } from './settlement-fields.ts'
import { takeBack } from './take-back.ts'
import { registerVisit } from './visit.ts'

export interface SitePortOptions extends Pick<NationalCaller, 'operator' | 'place' | 'nowMs'> {
  readonly send: Sender
  /** 基金支付总额 holds the personal account in this province; provinces differ (fengzaiqishi11/hsa-his: Hunan no, Guangdong yes). */
  readonly fundIncludesAccount: boolean
  /** Half of the message numbers of a site and second, for two that send for the same site. */
  readonly half: 'lower' | 'upper'
}

export function nationalSitePort({ send, fundIncludesAccount, half, ...sender }: SitePortOptions): SitePort {
  const stampOf = ({ sequence, atMs }: MessageStamp): MessageStamp => ({ sequence: (sequence % inHalf) + firstOf[half], atMs })
  const clients = new Map<number, NationalClient>()
  const clientOf = (site: number) => {
    const known = clients.get(site)
    if (known !== undefined) return known
    const made = nationalClient(send, { ...sender, site, siteName: institutionCode(site), operatorName: sender.operator })
    clients.set(site, made)
    return made
  }
  const splitOf = ({ setlinfo }: Static<typeof settleClaim.output>): BillSplit => {
    const accountFen = fenOfYuan(setlinfo.acct_pay)
    const fundSumFen = fenOfYuan(setlinfo.fund_pay_sumamt)
    return {
      fundFen: fundIncludesAccount ? fenOf(fundSumFen - accountFen) : fundSumFen,
      // One 个人账户: this interface does not tell this year's from earlier years'.
      currentAccountFen: accountFen,
      historyAccountFen: noMoney,
      cashFen: fenOfYuan(setlinfo.psn_cash_pay),
      uncoveredFen: sumFen(fenOfYuan(setlinfo.fulamt_ownpay_amt), fenOfYuan(setlinfo.overlmt_selfpay)),
      deductibleFen: fenOfYuan(setlinfo.act_pay_dedc),
    }
  }

  return {
    async openVisit(from, { credential, siteNumber }) {
      const { site } = from.person
      const person = await clientOf(site).ask(findPerson, { data: certificate(credential) }, stampOf(from.person.message))
      if (person.outcome !== 'done') return notSo(person)
      const { baseinfo, insuinfo } = person.output
      const [insured] = insuinfo
      if (insured === undefined) return { outcome: 'refused', reason: 'not-insured' }
      const data = {
        psn_no: baseinfo.psn_no,
        insutype: insured.insutype,
        begntime: secondOf(from.visit.message.atMs),
        ...certificate(credential),
        ipt_otp_no: siteNumber,
        atddr_no: 'D001',
        dr_name: '接诊医师',
        dept_code: 'A01',
        dept_name: '门诊',
        caty: 'A03',
      }
      const opened = await clientOf(site).ask(registerVisit, { data }, stampOf(from.visit.message))
      if (opened.outcome !== 'done') return notSo(opened)
      const visit = { insuredNumber: baseinfo.psn_no, insurance: insured.insutype, visit: opened.output.data.mdtrt_id }
      return { outcome: 'visit', visit }
    },
    async addFees({ site, message }, visit, batch, lines) {
      const feedetail = lines.map((line) => feeOf(line, visit, batch, message.atMs))
      const added = await clientOf(site).ask(uploadFees, { feedetail }, stampOf(message))
      return added.outcome === 'done' ? { outcome: 'added' } : notSo(added)
    },
    async presettle({ site, message }, claim) {
      const said = await clientOf(site).ask(presettleClaim, claimOf(claim), stampOf(message))
      return said.outcome === 'done' ? { outcome: 'trial', split: splitOf(said.output) } : notSo(said)
    },
    async settle({ site, message }, claim) {
      const said = await clientOf(site).ask(settleClaim, claimOf(claim), stampOf(message))
      if (said.outcome !== 'done') return notSo(said)
      return { outcome: 'settled', settlement: said.output.setlinfo.setl_id, split: splitOf(said.output) }
    },
    async reverse({ site, message }, visit, settlement) {
      const said = await clientOf(site).ask(reverseClaim, reference(visit, settlement), stampOf(message))
      return said.outcome === 'done' ? { outcome: 'reversed' } : notSo(said)
    },
    async isReversed({ site, message }, visit, settlement) {
      const said = await clientOf(site).ask(findSettlement, reference(visit, settlement), stampOf(message))
      return said.outcome === 'done' ? { outcome: 'settlement', isReversed: said.output.setlinfo.refd_setl_flag === '1' } : notSo(said)
    },
    async takeBack({ site, message }, visit, original: FromSite) {
      const omsgid = clientOf(site).messageNumber(stampOf(original.message))
      const data = { psn_no: visit.insuredNumber, omsgid, oinfno: settleClaim.code }
      const said = await clientOf(site).ask(takeBack, { data }, stampOf(message))
      return said.outcome === 'done' ? { outcome: 'taken-back' } : notSo(said)
    },
    async totals({ site, message }, visit) {
      const said = await clientOf(site).ask(findTotals, { data: { psn_no: visit.insuredNumber } }, stampOf(message))
      if (said.outcome !== 'done') return notSo(said)
      return { outcome: 'totals', text: said.output.cuminfo.map(({ cum }) => fenOfYuan(cum)).join('/') }
    },
  }
}

const notSo = (
  heard: Exclude<NationalReply<never>, { readonly outcome: 'done' }>,
): NoReply | { readonly outcome: 'refused'; readonly reason: string } =>
  heard.outcome === 'refused' ? { outcome: 'refused', reason: heard.words } : heard

/** From 1 to 9,998: 0 is the sign-in's. A payment has ten numbers, so 499 payments of one sender, site and second do not meet. */
const inHalf = 4999
const firstOf = { lower: 1, upper: 1 + inHalf } as const

const certificate = ({ kind, value }: Credential) => ({ mdtrt_cert_type: credentialCode(kind), mdtrt_cert_no: value }) as const
const reference = ({ visit, insuredNumber }: InsuredVisit, settlement: string) => ({
  data: { setl_id: settlement, mdtrt_id: visit, psn_no: insuredNumber },
})
const claimOf = ({ visit, credential, batch, totalFen }: SiteClaim) => ({
  data: {
    psn_no: visit.insuredNumber,
    ...certificate(credential),
    med_type: '11',
    medfee_sumamt: yuanNumber(totalFen),
    psn_setlway: '01' as const,
    mdtrt_id: visit.visit,
    chrg_bchno: batch,
    acct_used_flag: '1' as const,
    insutype: visit.insurance as '310',
  },
})

function feeOf({ number, prescription, code, priceFen, count, totalFen }: BillLine, visit: InsuredVisit, batch: string, atMs: number) {
  return {
    feedetl_sn: `${batch}-${number}`,
    mdtrt_id: visit.visit,
    psn_no: visit.insuredNumber,
    chrg_bchno: batch,
    rxno: prescription,
    rx_circ_flag: '0' as const,
    fee_ocur_time: secondOf(atMs),
    med_list_codg: code,
    medins_list_codg: code,
    det_item_fee_sumamt: yuanNumber(totalFen),
    cnt: count,
    pric: yuanNumber(priceFen satisfies Fen),
    bilg_dept_codg: 'A01',
    bilg_dr_codg: 'D001',
  }
}
