/** `medpay serve --tls`, with stock clients whose host names are built in. */
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { controlHeader } from '../simulators/wire/server/control.ts'
import { keyRing } from '../simulators/wire/signing/key-ring.ts'
import { walletKeys } from '../simulators/wire/signing/wallet-keys.ts'
import { phone } from '../simulators/wire/wallets/testing/phone.ts'
import { exitCodes } from './exit-codes.ts'
import { repositoryRoot } from './house.ts'
import { medpay, ownFolder, startMedpay } from './testing/medpay-process.ts'

const secret = 'a secret shared by all actors'
const keys = keyRing(secret)
const [mchid, appid, openid] = ['1900000001', 'wx-synthetic-app', 'o-payer-42']
const merchant = walletKeys(keys, 'wechat').merchant(mchid)
const require = createRequire(import.meta.url)
const client = require.resolve('wechatpay-node-v3')
const pem = merchant.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string

/** Runs what a merchant's own program would: nothing in it names the testbed. */
async function merchantRuns(program: string, env: Readonly<Record<string, string>>): Promise<unknown> {
  const source = `
    import { createRequire } from 'node:module'
    const WxPay = createRequire('${client}')('${client}')
    const pay = new WxPay({ appid: '${appid}', mchid: '${mchid}', publicKey: Buffer.from(process.env.CERTIFICATE), privateKey: Buffer.from(process.env.KEY), key: process.env.APIV3 })
    console.log(JSON.stringify(await (async () => { ${program} })()))`
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', './tools/fixed-host.mjs', '--input-type=module', '-e', source],
    {
      cwd: repositoryRoot,
      env: { ...process.env, CERTIFICATE: merchant.certificate.pem, KEY: pem, APIV3: merchant.apiV3Key, ...env },
    },
  )
  return JSON.parse(stdout)
}

test('a stock client with a fixed host is pointed at the wallet by an environment variable, and orders, is paid, refunds and closes', async () => {
  const state = ownFolder()
  const env = { MEDPAY_WIRE_SECRET: secret, XDG_STATE_HOME: state }
  const { child, ended, says } = startMedpay(['serve', 'small-town', '--actor', 'wechat', '--tls', '--port', '0', '--books', ownFolder()], {
    env,
  })
  const said = await says(/https:\/\/127\.0\.0\.1:\d+[\s\S]*Ctrl-C/)
  const [, origin = ''] = /(https:\/\/127\.0\.0\.1:\d+)/.exec(said) ?? []
  const [, authority = ''] = /NODE_EXTRA_CA_CERTS=(\S+)/.exec(said) ?? []
  expect(authority).toBe(join(state, 'medpay-testbed', 'tls', 'authority.pem'))
  expect(statSync(join(state, 'medpay-testbed', 'tls', 'authority-key.pem')).mode & 0o077).toBe(0)
  await expect(fetch(`${origin}/healthz`)).rejects.toThrow()
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(authority, 'utf8')])
  const opened = await fetch(`${origin}/control/opening`, {
    method: 'POST',
    headers: { [controlHeader]: keys.controlToken, 'content-type': 'application/json' },
    body: JSON.stringify({ merchants: [{ merchant: mchid, app: appid, checksBy: 'certificate' }], payers: [openid] }),
  })
  expect(opened.status).toBe(200)
  const pointed = { MEDPAY_HOSTS: `api.mch.weixin.qq.com=${new URL(origin).host}`, NODE_EXTRA_CA_CERTS: authority }
  const order = `{ description: '门诊缴费', out_trade_no: 'T20201012001', notify_url: 'https://127.0.0.1:9/notices', amount: { total: 100 }, payer: { openid: '${openid}' } }`
  const prepaid = (await merchantRuns(
    `const { status, error } = await pay.transactions_native({ ...${order}, out_trade_no: 'T20201012002', payer: undefined })
     const { data } = await pay.transactions_jsapi(${order})
     return { status, error, package: data.package, certificates: (await pay.get_certificates(process.env.APIV3)).length, state: (await pay.query({ out_trade_no: 'T20201012001' })).data.trade_state }`,
    pointed,
  )) as { package: string }
  expect(prepaid).toMatchObject({ status: 200, certificates: 1, state: 'NOTPAY' })
  const paid = await phone(origin, keys.between('phone', 'wechat'), '/phone/payments', {
    payer: openid,
    prepay: prepaid.package.replace('prepay_id=', ''),
    does: 'pay',
  })
  expect(paid).toMatchObject({ order: { state: 'paid' } })
  const after = await merchantRuns(
    `const paid = await pay.query({ out_trade_no: 'T20201012001' })
     const refund = await pay.refunds({ out_trade_no: 'T20201012001', out_refund_no: 'TR1', amount: { refund: 40, total: 100, currency: 'CNY' } })
     const closed = await pay.close('T20201012002')
     return { paid: paid.data.trade_state, refund: refund.data.amount.refund, closed: closed.status, ended: (await pay.query({ out_trade_no: 'T20201012002' })).data.trade_state }`,
    pointed,
  )
  expect(after).toEqual({ paid: 'SUCCESS', refund: 40, closed: 204, ended: 'CLOSED' })
  child.kill('SIGINT')
  expect(await ended).toMatchObject({ code: exitCodes.ok })
})

test('a stock Alipay client with its own gateway address built in pays, queries, refunds and fetches the bill against the wallet', async () => {
  const env = { MEDPAY_WIRE_SECRET: secret, XDG_STATE_HOME: ownFolder() }
  const { child, ended, says } = startMedpay(['serve', 'small-town', '--actor', 'alipay', '--tls', '--port', '0', '--books', ownFolder()], {
    env,
  })
  const said = await says(/https:\/\/127\.0\.0\.1:\d+[\s\S]*Ctrl-C/)
  const [, origin = ''] = /(https:\/\/127\.0\.0\.1:\d+)/.exec(said) ?? []
  const [, authority = ''] = /NODE_EXTRA_CA_CERTS=(\S+)/.exec(said) ?? []
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(authority, 'utf8')])
  const [app, payer] = ['2021000000000001', '2088000000000042']
  await fetch(`${origin}/control/opening`, {
    method: 'POST',
    headers: { [controlHeader]: keys.controlToken, 'content-type': 'application/json' },
    body: JSON.stringify({ merchants: [{ merchant: app, app, checksBy: 'public-key' }], payers: [payer] }),
  })
  const { code } = (await phone(origin, keys.between('phone', 'alipay'), '/phone/codes', { payer })) as { code: string }
  const wallet = walletKeys(keys, 'alipay')
  const program = `
    import { createRequire } from 'node:module'
    const { AlipaySdk } = createRequire('${client}')('alipay-sdk')
    const sdk = new AlipaySdk({ appId: '${app}', privateKey: process.env.KEY, keyType: 'PKCS8', alipayPublicKey: process.env.WALLET, timeout: 30_000 })
    const ask = (method, bizContent) => sdk.exec(method, { bizContent }, { validateSign: true })
    const order = { out_trade_no: 'A20201012001' }
    const paid = await ask('alipay.trade.pay', { ...order, total_amount: '1.00', subject: '门诊缴费', auth_code: '${code}', scene: 'bar_code' })
    const asked = await ask('alipay.trade.query', order)
    const refund = await ask('alipay.trade.refund', { ...order, refund_amount: '0.40', out_request_no: 'AR1' })
    const cancelled = await ask('alipay.trade.cancel', { out_trade_no: 'A20201012002' })
    const bill = await ask('alipay.data.dataservice.bill.downloadurl.query', { bill_type: 'trade', bill_date: '2020-01-01' })
    console.log(JSON.stringify([paid.code, asked.tradeStatus, refund.refundFee, cancelled.code, bill.subCode]))`
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', './tools/fixed-host.mjs', '--input-type=module', '-e', program],
    {
      cwd: repositoryRoot,
      env: {
        ...process.env,
        KEY: wallet.merchant(app).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
        WALLET: wallet.publicKey().publicKey.export({ type: 'spki', format: 'pem' }) as string,
        MEDPAY_HOSTS: `openapi.alipay.com=${new URL(origin).host}`,
        NODE_EXTRA_CA_CERTS: authority,
      },
    },
  )
  expect(JSON.parse(stdout)).toEqual(['10000', 'TRADE_SUCCESS', '0.40', '10000', expect.any(String)])
  child.kill('SIGINT')
  expect(await ended).toMatchObject({ code: exitCodes.ok })
})

test('the authority is made once and used again; one that cannot be used is told of, and left as it is', async () => {
  const state = ownFolder()
  const serve = (words: string[]) =>
    startMedpay(['serve', 'small-town', '--tls', '--port', '0', '--books', ownFolder(), ...words], {
      env: { MEDPAY_WIRE_SECRET: secret, XDG_STATE_HOME: state },
    })
  const certificate = () => readFileSync(join(state, 'medpay-testbed', 'tls', 'authority.pem'), 'utf8')
  // Two at once: one makes it, both use it.
  const both = [serve(['--actor', 'his']), serve(['--actor', 'alipay'])]
  for (const { says } of both) await says(/Ctrl-C/)
  const made = certificate()
  for (const { child, ended } of both) {
    child.kill('SIGTERM')
    expect(await ended).toMatchObject({ code: exitCodes.ok })
  }
  const again = serve(['--actor', 'his'])
  await again.says(/Ctrl-C/)
  again.child.kill('SIGTERM')
  await again.ended
  expect(certificate()).toBe(made)
  const other = ownFolder()
  mkdirSync(join(other, 'medpay-testbed', 'tls'), { recursive: true })
  writeFileSync(join(other, 'medpay-testbed', 'tls', 'authority.pem'), 'no certificate')
  writeFileSync(join(other, 'medpay-testbed', 'tls', 'authority-key.pem'), 'no key')
  const refused = await medpay(['serve', 'small-town', '--tls', '--actor', 'his', '--port', '0'], {
    env: { MEDPAY_WIRE_SECRET: secret, XDG_STATE_HOME: other },
  })
  expect(refused).toMatchObject({ code: exitCodes.somethingMissing, err: expect.stringContaining('cannot be read') })
  expect(existsSync(join(other, 'medpay-testbed', 'tls', 'authority.pem'))).toBe(true)
})
