/** Host names that clients of a real interface have built in, by the actor that answers in their place; `--tls` makes certificates for them. */
export const fixedHosts: Readonly<Record<string, readonly string[]>> = {
  wechat: ['api.mch.weixin.qq.com', 'api2.mch.weixin.qq.com'],
  alipay: ['openapi.alipay.com'],
}
