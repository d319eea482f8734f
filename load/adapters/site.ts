/**
 * A site's own machines on the morning it switches: they talk to the bureau and pass no platform, so they are played against our own bureau
 * beside every target. Both errands speak the national interface: 9001 for a terminal; 1301 and 9102 for the directory, which holds the
 * medicines alone (the other lists of 1302–1319 differ in nothing but length). The row that makes the site ready opens its counters.
 */
import type { Adapter, AdapterRequest, Heard, Outcome, Try } from '../adapter.ts'
import { doneWhen, failed, jsonOf } from '../our-answers.ts'
import { replayTerminals } from './hospital.ts'

type Ask = (asked: Try, heard: readonly Heard[]) => AdapterRequest

const signIn: Ask = (asked) => national(asked, '9001', 0, { signIn: { opter_no: operatorOf(asked) } })
const version: Ask = (asked, heard) => ({ ...national(asked, '1301', 1, { data: { ver: '0' } }, signOf(heard)) })
const download: Ask = (asked, heard) => {
  const { file_qury_no, filename } = outputOf(heard[1] as Heard) as { readonly file_qury_no: string; readonly filename: string }
  const input = { fsDownloadIn: { file_qury_no, filename, fixmedins_code: institutionOf(asked) } }
  return { ...national(asked, '9102', 2, input, signOf(heard)), patience: 'files' }
}
const talks: Readonly<Record<string, readonly Ask[]>> = { 'terminal-sign-in': [signIn], 'directory-download': [signIn, version, download] }

/** Windows and kiosks of the site take their places, in the order of their sign-in numbers. */
const opens: readonly Ask[] = replayTerminals.map((terminal) => ({ origins: { his }, row: { site } }) => ({
  method: 'POST',
  url: `${his}/his/v1/terminals/sign-in`,
  name: 'counter-sign-in',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ site, terminal, operator: `${terminal}-1` }),
  signed: { as: `site-${site}`, to: 'his' },
}))

export const adapter: Adapter = {
  name: 'site',
  next(asked, heard) {
    const own = talks[asked.row.errand]
    if (own === undefined) return { does: 'no-door' }
    const asks = asked.row.opensCounters ? [...own, ...opens] : own
    const last = heard.at(-1)
    const outcome = last === undefined ? undefined : read(last, heard.length <= own.length)
    if (outcome !== undefined && (outcome.is !== 'done' || heard.length === asks.length)) return { does: 'end', outcome }
    return { does: 'send', request: (asks[heard.length] as Ask)(asked, heard) }
  },
}

function read(heard: Heard, isNational: boolean): Outcome {
  if (heard.status !== 200) return atHospital(failed(heard, false))
  if (!isNational) return doneWhen('signed-in')(heard)
  const { infcode, err_msg } = jsonOf(heard) as { readonly infcode: number; readonly err_msg: string }
  return infcode === 0 ? { is: 'done' } : { is: 'refused', reason: err_msg }
}

/** Nobody stands between a site and the bureau. */
const atHospital = (outcome: Outcome): Outcome => (outcome.is === 'failed' ? { ...outcome, at: 'hospital' } : outcome)

const outputOf = (heard: Heard): unknown => (jsonOf(heard) as { readonly output?: unknown }).output
const signOf = ([signed]: readonly Heard[]): string =>
  (outputOf(signed as Heard) as { readonly signinoutb: { readonly sign_no: string } }).signinoutb.sign_no

const institutionOf = ({ row: { site } }: Try): string => `H310000${String(site).padStart(5, '0')}`
/** Every terminal is an operator of its own. */
const operatorOf = ({ row }: Try): string => `ZD${row.row}`

/** The envelope of wire/dialects/national/envelope.ts. A row's numbers are its own, so that what is sent again is the same message. */
function national(asked: Try, infno: string, turn: number, input: object, signNo = ''): AdapterRequest {
  const { row, origin, businessDate, startsAt } = asked
  const body = {
    infno,
    msgid: `${institutionOf(asked)}${businessDate}${startsAt.replaceAll(':', '')}${String((row.row * 3 + turn) % 10_000).padStart(4, '0')}`,
    mdtrtarea_admvs: '310000',
    recer_sys_code: 'YBXT',
    infver: 'V1.0',
    opter_type: '2',
    opter: operatorOf(asked),
    opter_name: '终端',
    inf_time: `${businessDate.slice(0, 4)}-${businessDate.slice(4, 6)}-${businessDate.slice(6)} ${startsAt}`,
    fixmedins_code: institutionOf(asked),
    fixmedins_name: `执业点${row.site}`,
    sign_no: signNo,
    input,
  }
  return {
    method: 'POST',
    url: `${origin}/national/${infno}`,
    name: infno,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signed: { as: `site-${row.site}`, to: 'bureau' },
    patience: 'bureau',
  }
}
