import { changed, type Defect } from './defect.ts'

/** Money goes back without the hospital's consent, and its bill stays paid. */
export const refundUnasked: Defect = {
  name: 'refund-unasked',
  title: { zh: '未经医院同意即退费', en: 'A refund without asking the hospital' },
  of: 'platform',
  caughtBy: 'three-way-match',
  make: () => ({ ports: ({ his }) => ({ his: changed(his, { refund: async () => ({ outcome: 'refunded' }) }) }) }),
}
