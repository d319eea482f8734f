/** A bank of the city with its gateway. One actor a bank; its name is the city file’s. */
import { Type } from 'typebox'
import { type Fen, noMoney } from '../../money/fen.ts'
import type { BankDesk } from '../desks/bank-desk.ts'
import { gatewayOperations } from '../dialects/gateway.ts'
import { key } from '../dialects/plain-fields.ts'
import { type Actor, type ActorSurroundings, startActor } from '../server/actor.ts'
import { WireFailure } from '../server/failures.ts'
import { fenSchema } from '../server/opening-schema.ts'
import { addPlainRoutes } from '../server/plain-routes.ts'
import { signedBy } from '../server/signed-by.ts'
import { KeptBook } from '../stores/kept-book.ts'
import { type BankEntry, type BankState, bankRules } from './bank-book.ts'
import { decideAuthorize, decideCapture, decideQuery, decideRefund, decideRelease } from './bank-decisions.ts'

export interface BankOpening {
  readonly agreements: readonly {
    readonly agreement: string
    readonly person: number
    /** 授信额度; of a patient's own account: what stands in it. */
    readonly limitFen: Fen
    /** Uses not yet repaid when the book opens. */
    readonly usedFen: Fen
  }[]
}

export async function bankActor(
  surroundings: ActorSurroundings,
  name: string,
  title: { readonly zh: string; readonly en: string },
): Promise<Actor<BankDesk>> {
  const { clock, keys } = surroundings
  const book = new KeptBook<BankState, BankEntry>(await surroundings.openBook(name), bankRules, clock.nowMs)
  const desk: BankDesk = {
    authorize: (request) => book.answer((state) => decideAuthorize(state, request)),
    capture: (request) => book.answer((state) => decideCapture(state, request)),
    release: (request) => book.answer((state) => decideRelease(state, request)),
    refund: (request) => book.answer((state) => decideRefund(state, request)),
    query: (request) => book.answer((state) => decideQuery(state, request)),
  }
  return startActor(surroundings, {
    name,
    title,
    desk,
    books: [book],
    openingSchema,
    open: (opening: BankOpening) => openBank(book, opening),
    addRoutes(app, { line, metrics }) {
      const gate = signedBy({
        callers: ['platform'],
        keyOf: (caller) => keys.between(caller, name),
        nowMs: surroundings.realNowMs,
        metrics,
      })
      addPlainRoutes(app, '银行网关', gatewayOperations, desk, line, gate)
    },
  })
}

async function openBank(book: KeptBook<BankState, BankEntry>, { agreements }: BankOpening): Promise<void> {
  await book.answer((state) => {
    const known = agreements.find(({ agreement }) => state.lines.has(agreement))
    if (known !== undefined) throw new WireFailure('conflict', { en: 'an agreement is known', zh: '协议已存在' })
    return {
      entries: agreements.map(({ agreement, person, limitFen, usedFen }) => ({
        does: 'open-agreement' as const,
        agreement,
        person,
        line: { limitFen, usedFen, heldFen: noMoney },
      })),
      reply: undefined,
    }
  })
}

const openingSchema = Type.Object(
  {
    agreements: Type.Array(
      Type.Object(
        { agreement: key('协议号'), person: Type.Integer({ minimum: 0 }), limitFen: fenSchema, usedFen: fenSchema },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)
