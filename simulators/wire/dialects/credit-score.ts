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
    example: {
      request: { key: 'L1', person: 42, asker: 'bank-a' },
      reply: { outcome: 'granted', authorization: 'SQ0123456789ABCDEF01234567' },
    },
  },
  revokeLeave: {
    path: '/score/v1/authorizations/revoke',
    zh: '撤销授权',
    en: 'Take the leave back',
    request: Type.Object({ authorization: authorization(), person: person() }, strict),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('revoked') }), refused]),
    businessKey: 'person',
    operation: 'score/authorize',
    example: { request: { authorization: 'SQ0123456789ABCDEF01234567', person: 42 }, reply: { outcome: 'revoked' } },
  },
  ask: {
    path: '/score/v1/queries',
    zh: '查询信用分',
    en: 'Ask for a score',
    request: Type.Object({ asker: asker(), person: person(), authorization: authorization() }, strict),
    reply: Type.Union([Type.Object({ outcome: Type.Literal('score'), score: Type.Integer({ minimum: 0, maximum: 1000 }) }), refused]),
    businessKey: 'person',
    operation: 'score/query',
    example: {
      request: { asker: 'bank-a', person: 42, authorization: 'SQ0123456789ABCDEF01234567' },
      reply: { outcome: 'score', score: 660 },
    },
  },
  report: {
    path: '/score/v1/reports',
    zh: '报送信用就医履约信息',
    en: 'Report what became of an advance',
    request: Type.Object(
      {
        // The bank's key of the advance, and what became of it before that.
        key: Type.String({ minLength: 1, maxLength: 120, pattern: '^[\\x21-\\x7e]+$', title: '报送键' }),
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
    example: {
      request: { key: 'overdue-P1-C', asker: 'bank-a', person: 42, event: 'overdue', amountFen: 6000, date: '2020-12-11' },
      reply: { outcome: 'noted' },
    },
  },
}
