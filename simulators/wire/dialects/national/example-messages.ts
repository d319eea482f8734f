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

const diagnosis = {
  diag_type: '1',
  maindiag_flag: '1',
  diag_srt_no: '1',
  diag_code: 'J18.900',
  diag_name: '示例诊断',
  diag_dept: 'A03',
  dise_dor_no: 'D001',
  dise_dor_name: '示例医师',
  diag_time: '2020-10-12 09:05:00',
}
/** 入院. */
export const admission = (person: number, number: string) => ({
  mdtrtinfo: {
    psn_no: insuredNumber(person),
    insutype: '310',
    begntime: '2020-10-12 09:00:00',
    mdtrt_cert_type: '02',
    mdtrt_cert_no: identities[person]?.idNumber,
    med_type: '21',
    ipt_no: number,
    atddr_no: 'D001',
    chfpdr_name: '示例医师',
    adm_diag_dscr: '示例',
    adm_dept_codg: 'A03',
    adm_dept_name: '示例科室',
    adm_bed: '12',
    dscg_maindiag_code: 'J18.900',
    dscg_maindiag_name: '示例诊断',
  },
  diseinfo: [diagnosis],
})
/** 出院. */
export const discharge = (person: number, visit: string) => ({
  dscginfo: {
    mdtrt_id: visit,
    psn_no: insuredNumber(person),
    insutype: '310',
    endtime: '2020-10-12 16:00:00',
    dscg_dept_codg: 'A03',
    dscg_dept_name: '示例科室',
    dscg_way: '1',
  },
  diseinfo: [diagnosis],
})
/** 4,000 yuan in scope. */
export const stayFees = (person: number, visit: string) => ({
  feedetail: feeLines(person, visit, 'unused')
    .slice(0, 1)
    .map(({ chrg_bchno: _, rx_circ_flag: __, ...line }) => ({
      ...line,
      bilg_dept_name: '示例科室',
      bilg_dr_name: '示例医师',
      med_type: '21',
      det_item_fee_sumamt: 4000,
      cnt: 80,
      pric: 50,
    })),
})
export const stayClaim = (person: number, visit: string) => ({
  data: { ...claim(person, visit, '').data, med_type: '21', medfee_sumamt: 4000 },
})

/** One item as 3101 checks it, without its number and code. */
export const order = { rxno: 'RX1', cnt: 1, pric: 10, sumamt: '10.00', ownpay_amt: 0, selfpay_amt: 0 }
export const check = (orders: readonly object[]) => ({
  data: {
    syscode: 'HIS',
    trig_scen: '1',
    patient_dtos: [
      {
        patn_id: 'P1',
        patn_name: '示例患者',
        gend: '1',
        brdy: '1980-01-01',
        poolarea: '310000',
        curr_mdtrt_id: 'MT1',
        fsi_encounter_dtos: [
          {
            mdtrt_id: 'MT1',
            medins_id: 'H31000000007',
            medins_lv: '3',
            med_type: '11',
            medfee_sumamt: 30,
            insutype: '310',
            fsi_order_dtos: orders,
          },
        ],
      },
    ],
  },
})
