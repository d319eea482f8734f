import type { WireFaultKind } from './wire-fault.ts'

/** 证书轮换. The wallet signs with its next key from one moment to the next. */
export const certificateRotation: WireFaultKind = {
  title: { zh: '证书轮换', en: 'Certificate rotation' },
  virtually: { is: 'wire-only', why: { zh: '虚拟城市不签名', en: 'The virtual city signs nothing' } },
  strikes: () => ({ by: 'opening', opening: { merchants: [], payers: [], rotateKey: true } }),
  leastEffect: { calls: 1 },
  afterwards: {
    zh: '验签失败的应答视同无应答，先查询再决定',
    en: 'An answer under an unknown key is silence: it is asked about before anything is decided',
  },
}
