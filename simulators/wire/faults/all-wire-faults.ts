import { blackHole } from './black-hole.ts'
import { brownOut } from './brown-out.ts'
import { callbackDuplicate } from './callback-duplicate.ts'
import { callbackLate } from './callback-late.ts'
import { callbackLost } from './callback-lost.ts'
import { callbackReordered } from './callback-reordered.ts'
import { certificateRotation } from './certificate-rotation.ts'
import { clockSkew } from './clock-skew.ts'
import { connectionReset } from './connection-reset.ts'
import { databaseRestarted } from './database-restarted.ts'
import { diskFull } from './disk-full.ts'
import { errorBurst } from './error-burst.ts'
import { lostReply } from './lost-reply.ts'
import { lostRow } from './lost-row.ts'
import { noop } from './noop.ts'
import { outage } from './outage.ts'
import { overLimitCredit } from './over-limit-credit.ts'
import { processKilled } from './process-killed.ts'
import { processPaused } from './process-paused.ts'
import { quotaFull } from './quota-full.ts'
import { slow } from './slow.ts'
import { staleStatus } from './stale-status.ts'
import { truncatedFile } from './truncated-file.ts'
import type { WireFaultKind, WireFaultName } from './wire-fault.ts'
import { wrongAmount } from './wrong-amount.ts'

/** Every kind of failure on the wire, by the name a scenario gives. */
export const allWireFaults: Readonly<Record<WireFaultName, WireFaultKind>> = {
  noop,
  outage,
  'black-hole': blackHole,
  slow,
  'brown-out': brownOut,
  'error-burst': errorBurst,
  'connection-reset': connectionReset,
  'lost-reply': lostReply,
  'callback-late': callbackLate,
  'callback-duplicate': callbackDuplicate,
  'callback-reordered': callbackReordered,
  'callback-lost': callbackLost,
  'quota-full': quotaFull,
  'clock-skew': clockSkew,
  'wrong-amount': wrongAmount,
  'stale-status': staleStatus,
  'over-limit-credit': overLimitCredit,
  'truncated-file': truncatedFile,
  'lost-row': lostRow,
  'certificate-rotation': certificateRotation,
  'disk-full': diskFull,
  'process-paused': processPaused,
  'process-killed': processKilled,
  'database-restarted': databaseRestarted,
}
