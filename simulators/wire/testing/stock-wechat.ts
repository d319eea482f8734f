/** A stock client of WeChat Pay v3: only base URL and keys are ours. */
import wechatpay from 'wechatpay-axios-plugin'
import type { WalletKeys } from '../signing/wallet-keys.ts'

export const { Wechatpay } = wechatpay as unknown as { Wechatpay: new (config: object) => { v3: never; client: StockClient } }
export interface StockClient {
  request(
    path: string,
    method: string,
    data?: object,
    config?: object,
  ): Promise<{ status: number; data: never; headers: Record<string, string> }>
}

/** It checks the signature of every answer itself and throws where one is wrong. @param certs by serial number; absent: the wallet's first */
export function stockWechat(origin: string, wallet: WalletKeys, mchid: string, certs?: Record<string, unknown>): StockClient {
  const { serial, pem } = wallet.platform(1).certificate
  const { certificate, privateKey, apiV3Key } = wallet.merchant(mchid)
  return new Wechatpay({
    mchid,
    serial: certificate.serial,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    certs: certs ?? { [serial]: pem },
    secret: apiV3Key,
    baseURL: `${origin}/`,
  }).client
}
