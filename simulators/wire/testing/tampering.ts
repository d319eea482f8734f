/** What a test makes the parties answer in place of their own desks; whatever it leaves out is theirs. */
import type { BankDesk } from '../desks/bank-desk.ts'
import type { BureauDesk } from '../desks/bureau-desk.ts'
import type { ClearingDesk } from '../desks/clearing-desk.ts'
import type { HisDesk } from '../desks/his-desk.ts'
import type { Port } from '../desks/port.ts'

export interface Tampering {
  readonly bank?: Partial<Port<BankDesk>>
  readonly bureau?: Partial<Port<BureauDesk>>
  readonly clearing?: Partial<Port<ClearingDesk>>
  readonly his?: Partial<Port<HisDesk>>
}
