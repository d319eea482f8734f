/**
 * The certificate authority of this machine for `--tls`, and what it issues. It is trusted by whoever is pointed at it and by nobody
 * else: nothing installs it, and its key never leaves the folder of the machine's user.
 */
import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { issueCertificate } from './certificate.ts'

/** PEM of both. */
export interface LocalAuthority {
  readonly certificate: string
  readonly privateKey: string
}
/** What a TLS server shows and proves. */
export interface ServerIdentity {
  readonly certificate: string
  readonly privateKey: string
}

const authorityName = 'medpay-testbed authority of this machine'
const dayMs = 86_400_000
/** Clocks of client and server may differ by as much. */
const earlierMs = dayMs
const authorityLivesMs = 3650 * dayMs
/** Public authorities issue for 398 days at most, and some clients refuse longer ones. */
const serverLivesMs = 397 * dayMs

export function makeAuthority(nowMs: number): LocalAuthority {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { pem } = issueCertificate({
    commonName: authorityName,
    publicKey,
    issuerKey: privateKey,
    validFrom: new Date(nowMs - earlierMs),
    validTo: new Date(nowMs + authorityLivesMs),
    isAuthority: true,
  })
  return { certificate: pem, privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string }
}

/** Why these two are no authority that can be used now; undefined when they are one. */
export function whyNoAuthority(
  { certificate, privateKey }: LocalAuthority,
  nowMs: number,
): 'unreadable' | 'not-a-pair' | 'expired' | undefined {
  try {
    const read = new X509Certificate(certificate)
    if (!read.ca || !read.checkPrivateKey(createPrivateKey(privateKey))) return 'not-a-pair'
    return Date.parse(read.validTo) - serverLivesMs < nowMs ? 'expired' : undefined
  } catch {
    return 'unreadable'
  }
}

/** A certificate for servers under these names, with a key made for it now. */
export function serverIdentity(authority: LocalAuthority, commonName: string, hosts: readonly string[], nowMs: number): ServerIdentity {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { pem } = issueCertificate({
    commonName,
    publicKey,
    issuerKey: createPrivateKey(authority.privateKey),
    issuerName: authorityName,
    validFrom: new Date(nowMs - earlierMs),
    validTo: new Date(nowMs + serverLivesMs),
    hosts,
  })
  return { certificate: pem, privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string }
}
