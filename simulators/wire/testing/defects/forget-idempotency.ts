import { changed, type Defect } from './defect.ts'

/** The caller's key is not remembered: asked again it is another payment. */
export const forgetIdempotency: Defect = {
  name: 'forget-idempotency',
  title: { zh: '不记幂等键', en: "The caller's key is forgotten" },
  of: 'platform',
  caughtBy: 'same-key-same-answer',
  make: () => {
    let asked = 0
    return {
      ledger: (ledger) =>
        changed(ledger, {
          open: (payment, ...rest) => {
            asked += 1
            return ledger.open({ ...payment, idempotencyKey: `${payment.idempotencyKey}#${asked}` }, ...rest)
          },
        }),
    }
  },
}
