/** Bills of a visit, credentials, and the way into credit payment. Keeps nothing of its own but the agreement: every step is idempotent at its party. */
import { createHash } from 'node:crypto'
import type { CreditDesk } from '../desks/credit-desk.ts'
import type { HisDesk } from '../desks/his-desk.ts'
import type { IdentityDesk } from '../desks/identity-desk.ts'
import type { NoReply, Port } from '../desks/port.ts'
import type { SignedUp, SignUpDesk, SignUpRefused } from '../desks/sign-up-desk.ts'
import { WireFailure } from '../server/failures.ts'
import type { Ledger } from '../stores/ledger.ts'

export interface SignUpParts {
  readonly his: Pick<Port<HisDesk>, 'bills'>
  readonly identity: () => Pick<Port<IdentityDesk>, 'verify' | 'activate' | 'bindChild' | 'show'>
  readonly banks: readonly string[]
  readonly creditOf: (bank: string) => Pick<Port<CreditDesk>, 'assess' | 'sign' | 'raiseLimit' | 'issueCard' | 'line'>
  readonly ledger: Pick<Ledger, 'sign' | 'agreementOf'>
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
        if (heard.outcome === 'refused') return heard.reason === 'signed-already' ? openByCard(person, bank) : heard
        // Should the process die here, the same request again finds the bank's agreement and notes it.
        await opens(person, bank, heard.agreement)
        return { outcome: 'signed-up', bank, limitFen: heard.limitFen }
      }),
    activate: ({ idempotencyKey, channel, person, name, idNumber }) =>
      admitted(async () => {
        const heard = heardOf(await identity().activate({ key: ownKey('J', { channel, person, key: idempotencyKey }), name, idNumber }))
        if (heard.outcome === 'refused') return heard
        return heard.person === person ? { outcome: 'activated' } : { outcome: 'refused', reason: 'not-verified' }
      }),
    familyCode: ({ idempotencyKey, channel, person, name, idNumber }) =>
      admitted(async () => {
        const key = ownKey('B', { channel, person, key: idempotencyKey })
        const bound = heardOf(await identity().bindChild({ key, guardian: person, name, idNumber }))
        if (bound.outcome === 'refused') return bound
        const { child } = bound
        const shown = heardOf(await identity().show({ person: child, by: person }))
        return shown.outcome === 'refused' ? shown : { outcome: 'code', child, code: shown.code, validSeconds: shown.validSeconds }
      }),
    raiseLimit: ({ idempotencyKey, channel, person }) =>
      admitted(async () => {
        const known = await ledger.agreementOf(person, 'credit')
        if (known === undefined) return { outcome: 'refused', reason: 'no-agreement' }
        const { bank, agreement } = known
        const key = ownKey('T', { channel, person, key: idempotencyKey })
        const heard = heardOf(await creditOf(bank).raiseLimit({ key, agreement }))
        return heard.outcome === 'refused' ? heard : { outcome: 'raised', bank, limitFen: heard.limitFen }
      }),
    issueCard: ({ idempotencyKey, channel, person, bank }) =>
      admitted(async () => {
        if (!banks.includes(bank)) return { outcome: 'refused', reason: 'unknown-bank' }
        const key = ownKey('S', { channel, person, key: idempotencyKey })
        const heard = heardOf(await creditOf(bank).issueCard({ key, person }))
        if (heard.outcome === 'refused') return heard
        await opens(person, bank, heard.agreement)
        return { outcome: 'card', bank, limitFen: heard.limitFen }
      }),
  }

  /** One line of credit pays bill by bill and, where the hospital settles on leaving, for the whole visit. */
  function opens(person: number, bank: string, agreement: string): Promise<void> {
    return ledger.sign((['credit', 'leaving'] as const).map((mode) => ({ person, mode, bank, agreement })))
  }

  /** A digital card opened the line before; the signature adds the paper. */
  async function openByCard(person: number, bank: string): Promise<SignedUp | SignUpRefused> {
    const known = await ledger.agreementOf(person, 'credit')
    if (known?.bank !== bank) return { outcome: 'refused', reason: 'signed-already' }
    const line = heardOf(await creditOf(bank).line({ agreement: known.agreement }))
    return line.outcome === 'refused' ? line : { outcome: 'signed-up', bank, limitFen: line.limitFen }
  }
}

/** An offer can be accepted by whom it was made to only. */
const offerKey = ({ assessment, ...of }: { readonly channel: string; readonly person: number; readonly assessment: string }): string =>
  ownKey('O', { ...of, key: assessment })

/** The same for the same caller, person and key, and for nobody else. */
const ownKey = (kind: string, of: { readonly channel: string; readonly person: number; readonly key: string }): string =>
  `${kind}${createHash('sha256')
    .update(JSON.stringify([of.channel, of.person, of.key]))
    .digest('hex')
    .slice(0, 40)}`

/** A party that stays silent leaves the caller without an answer: nothing is decided, and it may be asked again. */
function heardOf<Reply extends { readonly outcome: string }>(heard: Reply | NoReply): Exclude<Reply, NoReply> {
  if (heard.outcome !== 'no-reply') return heard as Exclude<Reply, NoReply>
  const { sent, retryAfterSeconds: comeBack } = heard as NoReply
  if (comeBack !== undefined) throw new WireFailure('too-busy', { retryAfterSeconds: comeBack })
  throw new WireFailure(sent === 'no' ? 'party-unreachable' : 'party-silent')
}
