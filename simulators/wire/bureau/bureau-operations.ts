/**
 * What a planned service time calls an operation of the bureau, whichever dialect it comes by: the name in the city's message table
 * (scenarios/operations.ts) where the table has one, else the bureau's own.
 */
import type { Credential } from '../desks/bureau-desk.ts'
import type { BureauState } from './bureau-book.ts'
import type { Tokens } from './bureau-decisions.ts'

/** 文件服务: its transfers queue among themselves. So many at a time as a run plans, otherwise as many as come. */
export const fileDesk = { name: 'files', servers: Number.POSITIVE_INFINITY } as const

export const bureauOperation = (does: string): string =>
  tableNames[does] ?? `bureau/${does.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

const tableNames: Readonly<Record<string, string>> = {
  decode: 'bureau/credential',
  readCard: 'bureau/account',
  account: 'bureau/account',
  findPerson: 'bureau/account',
  presettle: 'bureau/presettle',
  presettleRegistration: 'bureau/presettle',
  presettleStay: 'bureau/presettle',
  presettleClaim: 'bureau/presettle',
  placeOrder: 'bureau/presettle',
  settle: 'bureau/settle',
  settleRegistration: 'bureau/settle',
  settleStay: 'bureau/settle',
  settleClaim: 'bureau/settle',
  buyDrugs: 'bureau/settle',
  reverse: 'bureau/reverse',
  reverseClaim: 'bureau/reverse',
  takeBack: 'bureau/reverse',
  refundOrder: 'bureau/reverse',
  findSettlement: 'bureau/query',
  findTotals: 'bureau/query',
  queryOrder: 'bureau/query',
  signIn: 'bureau/sign-in',
  signOut: 'bureau/sign-in',
  loadDirectory: 'bureau/directory',
  queryDirectory: 'bureau/directory',
  readFile: 'files/download',
}

/** Business key of a message that names no bill and no visit but shows a person: their number, '' for somebody unknown. */
export function personShownKey(
  state: BureauState,
  tokens: Tokens,
  request: { readonly credential?: Credential; readonly qr?: string },
): string {
  const { credential, qr } = request
  if (qr !== undefined) return String(state.personOf.get(`qr:${qr}`) ?? '')
  if (credential === undefined) return ''
  const number =
    credential.kind === 'token' ? tokens.get(credential.value)?.person : state.personOf.get(`${credential.kind}:${credential.value}`)
  return String(number ?? '')
}
