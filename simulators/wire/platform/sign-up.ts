/** Bills of a visit, and the way into credit payment. Keeps nothing of its own but the agreement: every step is idempotent at its party. */
import { createHash } from 'node:crypto'
import type { CreditDesk } from '../desks/credit-desk.ts'
import type { HisDesk } from '../desks/his-desk.ts'
import type { IdentityDesk } from '../desks/identity-desk.ts'
import type { NoReply, Port } from '../desks/port.ts'
import type { SignUpDesk } from '../desks/sign-up-desk.ts'
import { WireFailure } from '../server/failures.ts'
import type { Ledger } from '../stores/ledger.ts'

export interface SignUpParts {
  readonly his: Pick<Port<HisDesk>, 'bills'>
  readonly identity: () => Pick<Port<IdentityDesk>, 'verify'>
  readonly banks: readonly string[]
  readonly creditOf: (bank: string) => Pick<Port<CreditDesk>, 'assess' | 'sign'>
  readonly ledger: Pick<Ledger, 'sign'>
  /** Requests under way at most; the next caller hears 429 and when to come back. */
  readonly mostUnderWay: number
}

const retryAfterSeconds = 1

export function signUpDesk({ his, identity, banks, creditOf, ledger, mostUnderWay }: SignUpParts): SignUpDesk {
  let underWay = 0
  async function admitted<Reply>(work: () => Promise<Reply>): Promise<Reply> {
    if (underWay >= mostUnderWay) throw new WireFailure('too-busy', { retryAfterSeconds })
    underWay += 1
    try {
      return await work()
    } finally {
      underWay -= 1
    }
  }

  return {
    bills: ({ person, site, visit }) =>
      admitted(async () => {
        const heard = heardOf(await his.bills({ site, visit }))
        return { outcome: 'bills', bills: heard.outcome === 'bills' ? heard.bills.filter((bill) => bill.person === person) : [] }
      }),
    assess: ({ idempotencyKey, channel, person, name, idNumber, scoreAuthorizations = [] }) =>
      admitted(async () => {
        const verified = heardOf(await identity().verify({ name, idNumber }))
        if (verified.outcome !== 'verified' || verified.person !== person) return { outcome: 'refused', reason: 'not-verified' }
        const key = offerKey({ channel, person, assessment: idempotencyKey })
        const asked = await Promise.all(
          banks.map(async (bank) => {
            const scoreAuthorization = scoreAuthorizations.find((one) => one.bank === bank)?.authorization
            const leave = scoreAuthorization === undefined ? {} : { scoreAuthorization }
            return { bank, heard: await creditOf(bank).assess({ key, person, ...leave }) }
          }),
        )
        return {
          outcome: 'offers',
          offers: asked.flatMap(({ bank, heard }) =>
            heard.outcome === 'offer' ? [{ bank, limitFen: heard.limitFen, validThrough: heard.validThrough }] : [],
          ),
          without: asked.flatMap(({ bank, heard }) =>
            heard.outcome === 'offer' ? [] : [{ bank, reason: heard.outcome === 'refused' ? heard.reason : 'no-reply' }],
          ),
        }
      }),
    signUp: ({ channel, person, assessment, bank }) =>
      admitted(async () => {
        if (!banks.includes(bank)) return { outcome: 'refused', reason: 'unknown-bank' }
        const offer = offerKey({ channel, person, assessment })
        const heard = heardOf(await creditOf(bank).sign({ key: `${offer}-N`, offer }))
        if (heard.outcome === 'refused') return heard
        // Should the process die here, the same request again finds the bank's agreement and notes it.
        // One line of credit pays bill by bill and, where the hospital settles on leaving, for the whole visit.
        await ledger.sign((['credit', 'leaving'] as const).map((mode) => ({ person, mode, bank, agreement: heard.agreement })))
        return { outcome: 'signed-up', bank, limitFen: heard.limitFen }
      }),
  }
}

/** The same for the same caller, person and key, and for nobody else: an offer can be accepted by whom it was made to only. */
const offerKey = (of: { readonly channel: string; readonly person: number; readonly assessment: string }): string =>
  `O${createHash('sha256')
    .update(JSON.stringify([of.channel, of.person, of.assessment]))
    .digest('hex')
    .slice(0, 40)}`

/** A party that stays silent leaves the caller without an answer: nothing is decided, and it may be asked again. */
function heardOf<Reply extends { readonly outcome: string }>(heard: Reply | NoReply): Exclude<Reply, NoReply> {
  if (heard.outcome !== 'no-reply') return heard as Exclude<Reply, NoReply>
  const { sent, retryAfterSeconds: comeBack } = heard as NoReply
  if (comeBack !== undefined) throw new WireFailure('too-busy', { retryAfterSeconds: comeBack })
  throw new WireFailure(sent === 'no' ? 'party-unreachable' : 'party-silent')
}
