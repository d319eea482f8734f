/**
 * What each kind of signature costs: `node bench/signatures.ts`. The last lines read as those of bench/run.ts; their goals are ratios, so
 * they hold on any machine. What signatures are of a payment is measured by bench/wire.ts and stands in docs/signatures.md.
 */
import { verdicts } from './verdict.ts'
import { messageBytes, type Priced, signaturePrices } from './wire/signature-prices.ts'

const rounds = 9
const prices = signaturePrices(rounds)
console.log(`signatures and seals: ms of CPU for a message of ${messageBytes} bytes (median, min – max, n ${rounds})`)
for (const [name, { ms, least, most }] of prices) {
  console.log(`  ${name.padEnd(36)} ${ms.toFixed(4).padStart(8)} (${least.toFixed(4)} – ${most.toFixed(4)})`)
}
const cost = (name: Priced) => prices.get(name)?.ms ?? Number.NaN
/** The libraries tried before cost 3 to 50 RSA signatures; the goal is to stay at their lower end or below. */
const goal = { at: 'most', limit: 3, unit: 'x' } as const
const told = verdicts()
told.tell('sm2-sign-over-rsa2048-sign', goal, () => cost('SM2 sign, user id') / cost('RSA-2048 sign'))
told.tell('sm2-check-over-rsa2048-sign', goal, () => cost('SM2 check, user id') / cost('RSA-2048 sign'))
process.exitCode = told.exitCode
