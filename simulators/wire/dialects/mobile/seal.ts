/**
 * SM2 and SM4 of the mobile chain: the parameters of a message in order of their names, empty ones and signData, encData and extra left out,
 * `key=` and the application's secret at the end, signed SM3withSM2; the data sealed by SM4 (JJ, Tianjin). Unverified: the joint `&key=`, the
 * data's own names in order, the SM4 key made from application and secret.
 */
import { isSm2Signature, type Sm2Key, type Sm2PublicKey, signSm2 } from '../../signing/sm2.ts'
import { openSm4, sealSm4 } from '../../signing/sm4.ts'

/** An institution's application at the payment centre. */
export interface MobileApp {
  readonly appId: string
  readonly appSecret: string
}

/** Fields of an envelope beside the data; all of them are signed. */
export type OuterFields = Readonly<Record<string, string | number | boolean | undefined>>
export type Sealed = OuterFields & { readonly signData: string; readonly encData?: string }

/**
 * @param data absent: nothing is sealed, the rest is signed
 * @param userId of the signer; the parties agree on it (GB/T 32918.2)
 */
export function seal(app: MobileApp, key: Sm2Key, outer: OuterFields, data: object | undefined, userId: string): Sealed {
  const fields = { ...outer, appId: app.appId, encType: 'SM4', signType: 'SM2' }
  const signData = signSm2(key, signedText(app, { ...fields, data }), userId).toString('base64')
  if (data === undefined) return { ...fields, signData }
  return {
    ...fields,
    encData: sealSm4({ key: sm4KeyOf(app) }, JSON.stringify(data))
      .toString('hex')
      .toUpperCase(),
    signData,
  }
}

/** The data, {} where there is none; undefined where the seal is broken or somebody else's. */
export function unseal(app: MobileApp, key: Sm2PublicKey, sealed: Sealed, userId: string): object | undefined {
  const { signData, encData, extra: _, ...outer } = sealed
  const data = encData === undefined ? undefined : opened(app, encData)
  if (data === null) return undefined
  return isSm2Signature(key, signedText(app, { ...outer, data }), Buffer.from(signData, 'base64'), userId) ? (data ?? {}) : undefined
}

/** Null: no object comes out. */
function opened(app: MobileApp, encData: string): object | null {
  const bytes = openSm4({ key: sm4KeyOf(app) }, Buffer.from(encData, 'hex'))
  try {
    const data = JSON.parse(bytes?.toString('utf8') ?? 'null') as unknown
    return data !== null && typeof data === 'object' ? data : null
  } catch {
    return null
  }
}

function signedText(app: MobileApp, fields: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(fields)
    .filter(([, value]) => !isEmpty(value))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(inOrder(value)) : String(value)}`)
  return `${parts.join('&')}&key=${app.appSecret}`
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === ''

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => !isEmpty(item))
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, item]) => [name, inOrder(item)]),
  )
}

/** The secret sealed under the application's number, in hexadecimal, its first sixteen characters. */
const sm4KeyOf = ({ appId, appSecret }: MobileApp): Buffer =>
  Buffer.from(
    sealSm4({ key: Buffer.from(appId.slice(0, 16)) }, appSecret.slice(0, 16))
      .toString('hex')
      .toUpperCase()
      .slice(0, 16),
  )
