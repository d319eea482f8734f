/** Synthetic messages of the national interface: two hospitals, three people, one bill of 120 yuan. For tests and to read. */
import { identityOf } from '../../people/identity.ts'
import { insuredNumberOf } from '../../people/insured-number.ts'

export const places = { homePlace: '310000', otherPlaces: ['320000', '330000', '340000'] }
export const seed = 20_201_012
const town = { seed, year: 2020 }
export const people = { employee: 42, resident: 43, visitor: 44 }
export const identities = Object.fromEntries(Object.values(people).map((person) => [person, identityOf(town, person, 'young-adult')]))
export const insuredTypesOf = { [people.employee]: 'employee', [people.resident]: 'resident', [people.visitor]: 'out-of-town' } as const
export const insuredNumber = (person: number): string =>
  insuredNumberOf(places, { person, insuredType: insuredTypesOf[person as keyof typeof insuredTypesOf] ?? 'employee' })

export interface ExampleSender {
  readonly institution: string
  readonly message: string
  /** yyyy-MM-dd HH:mm:ss */
  readonly now: string
  readonly signNumber: string
}

export function exampleEnvelope(code: string, input: object, { institution, message, now, signNumber }: ExampleSender) {
  const person = /"psn_no":"(\d+)"/.exec(JSON.stringify(input))?.[1]
  return {
    infno: code,
    msgid: message,
    mdtrtarea_admvs: '310000',
    ...(person === undefined ? {} : { insuplc_admdvs: person.slice(0, 6) }),
    recer_sys_code: 'YBXT',
    infver: 'V1.0',
    opter_type: '1',
    opter: 'C001',
    opter_name: '示例经办人',
    inf_time: now,
    fixmedins_code: institution,
    fixmedins_name: '示例医院',
    sign_no: signNumber,
    input,
  }
}

export const exampleSignIn = { signIn: { opter_no: 'C001' } }
export const signNumberOf = (output: unknown): string =>
  (output as { readonly signinoutb?: { readonly sign_no: string } } | undefined)?.signinoutb?.sign_no ?? ''
export const visitNumberOf = (output: unknown): string => (output as { readonly data: { readonly mdtrt_id: string } }).data.mdtrt_id

/** 120 yuan: 100 of them in scope, 20 paid by the patient alone. */
export function feeLines(person: number, visit: string, batch: string) {
  const shared = {
    mdtrt_id: visit,
    psn_no: insuredNumber(person),
    chrg_bchno: batch,
    rx_circ_flag: '0',
    fee_ocur_time: '2020-10-12 09:10:00',
    medins_list_codg: 'LOCAL-1',
    bilg_dept_codg: 'A01',
    bilg_dr_codg: 'D001',
  }
  return [
    { ...shared, feedetl_sn: `${batch}-1`, med_list_codg: 'T101000001', det_item_fee_sumamt: 100, cnt: 2, pric: 50 },
    { ...shared, feedetl_sn: `${batch}-2`, med_list_codg: 'T201000009', det_item_fee_sumamt: '20.00', cnt: '1', pric: '20.000000' },
  ]
}

export const claim = (person: number, visit: string, batch: string) => ({
  data: {
    psn_no: insuredNumber(person),
    mdtrt_cert_type: '02',
    mdtrt_cert_no: identities[person]?.idNumber ?? '',
    med_type: '11',
    medfee_sumamt: '120.00',
    psn_setlway: '01',
    mdtrt_id: visit,
    chrg_bchno: batch,
    acct_used_flag: '1',
    insutype: '310',
  },
})

export const registration = (person: number, number: string) => ({
  data: {
    psn_no: insuredNumber(person),
    insutype: insuredTypesOf[person as keyof typeof insuredTypesOf] === 'resident' ? '390' : '310',
    begntime: '2020-10-12 09:00:00',
    mdtrt_cert_type: '02',
    mdtrt_cert_no: identities[person]?.idNumber ?? '',
    ipt_otp_no: number,
    atddr_no: 'D001',
    dr_name: '示例医师',
    dept_code: 'A01',
    dept_name: '示例科室',
    caty: 'A03',
  },
})
