/**
 * X.509 certificates of the testbed: a wallet's platform certificates, a merchant's own, and the authority and leaf of `--tls`.
 * Nothing here is a secret but the keys they are made with.
 */
import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import forge from 'node-forge'

export interface CertificateWish {
  readonly commonName: string
  readonly publicKey: KeyObject
  /** Key of the issuer; the certificate's own for one that signs itself. */
  readonly issuerKey: KeyObject
  /** Absent: signs itself. */
  readonly issuerName?: string
  readonly validFrom: Date
  readonly validTo: Date
  /** Names and addresses of a server; with none it is no server's. */
  readonly hosts?: readonly string[]
  readonly isAuthority?: boolean
}

export interface Certificate {
  readonly pem: string
  /** Hexadecimal in capitals, 40 characters, as WeChat Pay writes it: made from the public key and the name, so the same is the same. */
  readonly serial: string
}

export function issueCertificate(wish: CertificateWish): Certificate {
  const certificate = forge.pki.createCertificate()
  const spki = wish.publicKey.export({ type: 'spki', format: 'pem' }) as string
  const digest = createHash('sha256').update(`${wish.commonName}\n${spki}`).digest('hex')
  // A first digit from 1 to 7 keeps the number positive and of full length.
  const serial = `${1 + (Number.parseInt(digest.slice(0, 1), 16) % 7)}${digest.slice(1, 40)}`
  certificate.publicKey = forge.pki.publicKeyFromPem(spki)
  certificate.serialNumber = serial
  certificate.validity.notBefore = wish.validFrom
  certificate.validity.notAfter = wish.validTo
  certificate.setSubject([{ name: 'commonName', value: wish.commonName }])
  certificate.setIssuer([{ name: 'commonName', value: wish.issuerName ?? wish.commonName }])
  certificate.setExtensions([
    { name: 'subjectKeyIdentifier' },
    // Of two issuers of one name a client would take either, and refuse what the other signed.
    { name: 'authorityKeyIdentifier', keyIdentifier: keyIdentifier(wish.issuerKey) },
    { name: 'basicConstraints', cA: wish.isAuthority === true, critical: true },
    wish.isAuthority === true
      ? { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true }
      : { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    ...(wish.hosts === undefined
      ? []
      : [
          { name: 'extKeyUsage', serverAuth: true },
          {
            name: 'subjectAltName',
            altNames: wish.hosts.map((host) => (isAddress(host) ? { type: 7, ip: host } : { type: 2, value: host })),
          },
        ]),
  ])
  certificate.sign(forge.pki.privateKeyFromPem(wish.issuerKey.export({ type: 'pkcs8', format: 'pem' }) as string), forge.md.sha256.create())
  return { pem: forge.pki.certificateToPem(certificate).replaceAll('\r\n', '\n'), serial: serial.toUpperCase() }
}

/** As forge makes a certificate's own from its public key; bytes as a binary string. */
function keyIdentifier(privateKey: KeyObject): string {
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }) as string
  return forge.pki.getPublicKeyFingerprint(forge.pki.publicKeyFromPem(publicKey), { type: 'RSAPublicKey' }).getBytes()
}

const isAddress = (host: string) => /^[\d.]+$/.test(host) || host.includes(':')
