import { memoryWith } from '../../stores/ledger-rules.ts'
import { changed, type Defect } from './defect.ts'

/** A payment on credit takes the money from the patient's own account at the same bank. */
export const debitOwnAccount: Defect = {
  name: 'debit-own-account',
  title: { zh: '信用付费误扣本人账户', en: 'Credit is asked for, and the own account is debited' },
  of: 'platform',
  caughtBy: 'paid-the-way-asked',
  make: () => ({
    ledger: (ledger) =>
      changed(ledger, {
        async open(payment, memory, ...rest) {
          const own = payment.mode === 'credit' ? await ledger.agreementOf(payment.person, 'phone') : undefined
          return ledger.open(payment, own === undefined ? memory : memoryWith(own, memory), ...rest)
        },
      }),
  }),
}
