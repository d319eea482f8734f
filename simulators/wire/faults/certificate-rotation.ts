import type { WireFaultKind } from './wire-fault.ts'

/** 证书轮换. The wallet signs with its next keys from one moment to the next, and does not go back to those before when it is over. */
export const certificateRotation: WireFaultKind = {
  title: { zh: '证书轮换', en: 'Certificate rotation' },
  virtually: { is: 'wire-only', why: { zh: '虚拟城市不签名', en: 'The virtual city signs nothing' } },
  strikes: (fault) => ({
    by: 'opening',
    order: { does: 'new-key', name: fault.name },
    opening: { merchants: [], payers: [], rotateKey: true, rotatePublicKey: true },
  }),
  // What a phone asks of its wallet is not signed by these keys.
  leastEffect: { meets: 'requests', only: ['wechat/*'] },
  afterwards: {
    zh: '新密钥签名的应答与通知按其序列号所指的密钥验签；商户未持有的证书先行下载，仍无人认得者视同未答、未通知，订单由查询得知',
    en: 'What is signed by the new key is checked by the key its serial names, a certificate the merchant lacks being fetched first; under one nobody knows nothing was said, and the order is asked about',
  },
}
