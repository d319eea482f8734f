/** The query interface of the city's credit score (海河分; S4 names it and gives no form): form and names are the testbed's. */
import { Type } from 'typebox'
import { creditEvents, type ScoreDesk, scoreRefusals } from '../desks/score-desk.ts'
import { type PlainOperations, refusal } from './plain.ts'
import { day, fen, key, person, strict } from './plain-fields.ts'

const refused = refusal(scoreRefusals)
const asker = () => key('查询机构')
const authorization = () => key('授权号')

export const scoreOperations: PlainOperations<ScoreDesk> = {
  grantLeave: {
    path: '/score/v1/authorizations',
    zh: '授权查询信用分',
    en: 'Let a bank ask for the score',
    request: Type.Object({ key: key('授权键'), person: person(), asker: asker() }, strict),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('granted'), authorization: authorization() }), refused]),
    businessKey: 'person',
    operation: 'score/authorize',
  },
  revokeLeave: {
    path: '/score/v1/authorizations/revoke',
    zh: '撤销授权',
    en: 'Take the leave back',
    request: Type.Object({ authorization: authorization(), person: person() }, strict),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('revoked') }), refused]),
    businessKey: 'person',
    operation: 'score/authorize',
  },
  ask: {
    path: '/score/v1/queries',
    zh: '查询信用分',
    en: 'Ask for a score',
    request: Type.Object({ asker: asker(), person: person(), authorization: authorization() }, strict),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('score'), score: Type.Integer({ minimum: 0, maximum: 1000 }) }), refused]),
    businessKey: 'person',
    operation: 'score/query',
  },
  report: {
    path: '/score/v1/reports',
    zh: '报送信用就医履约信息',
    en: 'Report what became of an advance',
    request: Type.Object(
      {
        key: key('报送键'),
        asker: asker(),
        person: person(),
        event: Type.Unsafe<(typeof creditEvents)[number]>({ type: 'string', enum: [...creditEvents] }),
        amountFen: fen(),
        date: day('业务日'),
      },
      strict,
    ),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('noted') }), refused]),
    businessKey: 'person',
    operation: 'score/report',
  },
}
