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
  leastEffect: { meets: 'requests' },
  afterwards: {
    zh: '新密钥签名的通知按其序列号所指的密钥验签；无人认得的密钥视同未通知，订单由查询得知',
    en: 'A notice under the new key is checked by the key its serial names; under one nobody knows it is none, and the order is asked about',
  },
}
