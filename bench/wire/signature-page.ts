/** docs/signatures.md: what signatures cost, from the benchmark's own figures of one run. */
import type { FullPayment } from './full-payment.ts'
import { messageBytes, type Price, type Priced } from './signature-prices.ts'

type Prices = ReadonlyMap<Priced, Price>
const ms = (prices: Prices, name: Priced) => prices.get(name)?.ms ?? Number.NaN

/** Percent of the platform's CPU a payment takes: signatures counted × price of each measured alone. */
export function signatureShare(
  { signatures, platformMicros }: FullPayment,
  prices: Prices,
): { readonly hmac: number; readonly rsa: number } {
  const { hmacMade, hmacChecked, rsaMade, rsaChecked } = signatures
  const percent = (millis: number) => (100 * 1000 * millis) / platformMicros
  return {
    hmac: percent(hmacMade * ms(prices, 'HMAC-SHA256 sign') + hmacChecked * ms(prices, 'HMAC-SHA256 check')),
    rsa: percent(rsaMade * ms(prices, 'RSA-2048 sign') + rsaChecked * ms(prices, 'RSA-2048 check')),
  }
}

/** The stated small share of payments that come by the sealed mobile chain. */
const sealedShare = 0.01

export function signaturePage(run: { readonly prices: Prices; readonly full: FullPayment; readonly scanned: FullPayment }): string {
  const { prices, full, scanned } = run
  const micros = (name: Priced) => (1000 * ms(prices, name)).toFixed(1)
  const list = [...prices].map(
    ([name, { ms: median, least, most }]) =>
      `| ${name} | ${(1000 * median).toFixed(1)} | ${(1000 * least).toFixed(1)}–${(1000 * most).toFixed(1)} |`,
  )
  const paid = (title: string, payment: FullPayment) => {
    const { hmacMade, hmacChecked, rsaMade, rsaChecked } = payment.signatures
    const { hmac, rsa } = signatureShare(payment, prices)
    return `| ${title} | ${payment.platformMicros.toFixed(0)} | ${hmacMade.toFixed(1)} / ${hmacChecked.toFixed(1)} | ${hmac.toFixed(1)} % | ${rsaMade.toFixed(1)} / ${rsaChecked.toFixed(1)} | ${rsa.toFixed(1)} % |`
  }
  const sealed = 1000 * (ms(prices, '6201 sealed (SM4) and signed (SM2)') + ms(prices, '6201 opened (SM4) and checked (SM2)'))
  return `# 签名的价目 · What signatures cost

<!-- Made by bench/wire.ts from one run: npm run bench:wire -- --page docs/signatures.md -->

- **谁对什么签名 · who signs what**: 系统之间 HMAC-SHA256（方法、路径、摘要、时间、随机数）；钱包双向 RSA-2048（请求、应答、回调）；医保移动支付 62xx/63xx 可用 SM2 签名、SM4 加密。
  Between machines HMAC-SHA256 over method, path, digest, time and nonce; wallets RSA-2048 both ways (request, answer, callback); the mobile chain 62xx, 63xx
  by SM2 and SM4, as an option of the site.
- **停用 · switching off**: \`medpay serve --unsigned hmac rsa sm\`（任选其一或多个，仅限本机）。停用后该类签名既不生成也不校验，时间、随机数与调用权限照旧；
  启动时与 \`/healthz\` 均有说明。Any of the three, on this machine only: none of the kind is made or checked, while time, nonce and who may call stay
  as they are; the start says so, and so does \`/healthz\` of every actor. Every process of a run must be told alike, or it is refused.
- 计数 · counted: \`medpay_process_signatures_made_total{kind}\` (and \`…_checked_…\`) at \`/metrics\` of every process.

## 单价 · A signature

一条 ${messageBytes} 字节的报文，密钥事先解析；每次的 CPU 微秒。A message of ${messageBytes} bytes, keys parsed before; µs of CPU each.

| | 中位数 · median | 最小–最大 · least–most |
| --- | ---: | ---: |
${list.join('\n')}

## 一笔支付 · A payment

参考平台进程每笔支付的 CPU（全部线程，64 笔在途），由其自身计数的签名次数（生成 / 校验）乘以上述单价。CPU of the reference platform's process a payment (every
thread, 64 in flight); signatures counted by itself (made / checked) times their price above.

| | 平台 · platform µs | HMAC | 占比 · share | RSA | 占比 · share |
| --- | ---: | ---: | ---: | ---: | ---: |
${paid('信用支付 · credit', full)}
${paid('付款码支付 · scanned code', scanned)}

一条 6201 在一端加密并签名 ${micros('6201 sealed (SM4) and signed (SM2)')} µs，在另一端解密并验签 ${micros('6201 opened (SM4) and checked (SM2)')} µs。平台不经手 62xx/63xx，医院与医保局各承担一半；以下为推算而非实测运行：若每百笔支付有
${100 * sealedShare} 笔以一来一回两条密文办理，合计为平台每笔 CPU 的 ${((100 * sealedShare * 2 * sealed) / full.platformMicros).toFixed(1)} %。A sealed 6201 costs its sender ${micros('6201 sealed (SM4) and signed (SM2)')} and its reader
${micros('6201 opened (SM4) and checked (SM2)')} µs. None of 62xx, 63xx passes the platform: hospital and bureau bear it. By arithmetic, not by a run: if ${100 * sealedShare} payment in a hundred came by two sealed messages,
there and back, both ends together would spend ${((100 * sealedShare * 2 * sealed) / full.platformMicros).toFixed(1)} % of what the platform spends on a payment.
`
}
