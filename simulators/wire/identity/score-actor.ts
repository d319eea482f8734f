/** The city's personal credit score (海河分) as an actor: it answers banks that a person has let ask, and hears what banks report. */
import { createHmac } from 'node:crypto'
import { Type } from 'typebox'
import type { ScoreDesk } from '../desks/score-desk.ts'
import { scoreOperations } from '../dialects/credit-score.ts'
import { person, strict } from '../dialects/plain-fields.ts'
import { type Actor, type ActorSurroundings, startActor } from '../server/actor.ts'
import { WireFailure } from '../server/failures.ts'
import { addPlainRoutes } from '../server/plain-routes.ts'
import { signedBy } from '../server/signed-by.ts'
import { KeptBook } from '../stores/kept-book.ts'
import { type PointsPerEvent, type ScoreEntry, type ScoreState, scoreRules } from './score-book.ts'
import { decideAsk, decideGrantLeave, decideReport, decideRevokeLeave } from './score-decisions.ts'

export interface ScoreOpening {
  readonly persons: readonly { readonly person: number; readonly score: number }[]
  /** Points a reported event adds to a score or takes from it. No document says how many: they are the scenario's assumption. */
  readonly points: PointsPerEvent
}

/** @param askers names of the banks that may ask and report */
export async function scoreActor(surroundings: ActorSurroundings, askers: readonly string[]): Promise<Actor<ScoreDesk>> {
  const { clock, keys } = surroundings
  const name = 'credit-score'
  const book = new KeptBook<ScoreState, ScoreEntry>(await surroundings.openBook(name), scoreRules, clock.nowMs)
  const numbers = keys.own(name, 'authorization numbers')
  const desk: ScoreDesk = {
    grantLeave: (request) => {
      const words = createHmac('sha256', numbers).update(`${request.person} ${request.asker} ${request.key}`).digest('hex')
      return book.answer((state) => decideGrantLeave(state, request, `SQ${words.slice(0, 24).toUpperCase()}`))
    },
    revokeLeave: (request) => book.answer((state) => decideRevokeLeave(state, request)),
    ask: (request) => book.answer((state) => decideAsk(state, request)),
    report: (request) => book.answer((state) => decideReport(state, request)),
  }
  return startActor(surroundings, {
    name,
    kind: 'credit-score',
    title: { zh: '个人公共信用分', en: 'Personal credit score' },
    desk,
    books: [book],
    openingSchema,
    open: (opening: ScoreOpening) => openScores(book, opening),
    addRoutes(app, { line }) {
      const common = { keyOf: (caller: string) => keys.between(caller, name), nowMs: surroundings.realNowMs }
      const { grantLeave, revokeLeave, ask, report } = scoreOperations
      const ofPersons = signedBy({ ...common, callers: ['platform', 'channel-*'] })
      addPlainRoutes(
        app,
        '信用分',
        { grantLeave, revokeLeave },
        { grantLeave: desk.grantLeave, revokeLeave: desk.revokeLeave },
        line,
        ofPersons,
      )
      const ofBanks = signedBy({ ...common, callers: askers })
      addPlainRoutes(app, '信用分', { ask, report }, { ask: desk.ask, report: desk.report }, line, ofBanks, assertOwnName)
    },
  })
}

/** A bank asks and reports in its own name. */
function assertOwnName(caller: string, { asker }: { readonly asker: string }): void {
  if (asker !== caller) throw new WireFailure('forbidden')
}

async function openScores(book: KeptBook<ScoreState, ScoreEntry>, { persons, points }: ScoreOpening): Promise<void> {
  await book.answer((state) => {
    const known = persons.find(({ person: who }) => state.scores.has(who))
    if (known !== undefined) throw new WireFailure('conflict', { en: `person ${known.person} is known`, zh: `人员 ${known.person} 已存在` })
    return {
      entries: [{ does: 'open-points', points }, ...persons.map((one): ScoreEntry => ({ does: 'open-person', ...one }))],
      reply: undefined,
    }
  })
}

const points = () => Type.Integer({ minimum: -1000, maximum: 1000 })
const openingSchema = Type.Object(
  {
    persons: Type.Array(Type.Object({ person: person(), score: Type.Integer({ minimum: 0, maximum: 1000 }) }, strict)),
    points: Type.Object({ overdue: points(), 'settled-late': points(), 'left-unsettled': points() }, strict),
  },
  strict,
)
