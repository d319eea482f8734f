/**
 * Sends a Node client's TLS connections for fixed host names somewhere else, without /etc/hosts and without changing the client:
 *
 *   MEDPAY_HOSTS=api.mch.weixin.qq.com=127.0.0.1:7105 NODE_EXTRA_CA_CERTS=…/authority.pem node --import ./tools/fixed-host.mjs client.js
 *
 * The name that is asked for and checked in the certificate stays the real one. https, axios, superagent, undici and fetch all end in
 * tls.connect, so this is the one place to turn.
 */
import { syncBuiltinESMExports } from 'node:module'
import tls from 'node:tls'

const elsewhere = new Map(
  (process.env['MEDPAY_HOSTS'] ?? '')
    .split(',')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [, name, host, port] = /^([^=]+)=(?:https:\/\/)?(.+):(\d+)$/.exec(pair.trim()) ?? []
      if (name === undefined) throw new Error(`MEDPAY_HOSTS takes name=host:port, separated by commas, not ${pair}`)
      return [name, { host, port: Number(port) }]
    }),
)
const { connect } = tls
tls.connect = (options, ...rest) => {
  const to = typeof options === 'object' ? elsewhere.get(options.host ?? '') : undefined
  return to === undefined
    ? connect(options, ...rest)
    : connect({ ...options, servername: options.servername || options.host, ...to }, ...rest)
}
syncBuiltinESMExports()
