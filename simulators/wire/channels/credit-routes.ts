/** What a phone asks about credentials and credit beside paying: its e-credential, a child's code, a higher limit, a digital card. */
import type { FastifyRequest } from 'fastify'
import { type TSchema, Type } from 'typebox'
import type { SignUpDesk } from '../desks/sign-up-desk.ts'
import { key, strict } from '../dialects/plain-fields.ts'
import { papers, signUpOperations } from '../dialects/sign-up.ts'
import type { ActorApp } from '../server/actor-app.ts'
import type { EntryParts } from './entry-routes.ts'

type Asked = 'activate' | 'familyCode' | 'raiseLimit' | 'issueCard'

/** Nobody does any of this for somebody else: the person is the one signed in, and a child's guardian shows its code. */
const routes: Readonly<Record<Asked, { readonly path: string; readonly summary: string; readonly more: Record<string, TSchema> }>> = {
  activate: { path: '/entry/v1/credentials', summary: '激活电子凭证 · Activate the e-credential', more: papers },
  familyCode: { path: '/entry/v1/family-codes', summary: '亲属随申码 · Show a child’s code', more: papers },
  raiseLimit: { path: '/entry/v1/credit/raises', summary: '提额 · Raise the limit', more: {} },
  issueCard: { path: '/entry/v1/credit/cards', summary: '申请数字卡 · Apply for a digital card', more: { bank: key('银行') } },
}

export function addCreditRoutes(app: ActorApp, { channel, platform, line, ask, sessionOf }: EntryParts): void {
  for (const [name, { path, summary, more }] of Object.entries(routes)) {
    app.post(
      path,
      {
        config: { operation: 'entry/session' },
        schema: {
          summary,
          tags: ['入口'],
          body: Type.Object({ idempotencyKey: key('幂等键'), ...more }, strict),
          response: { 200: signUpOperations[name as Asked].reply },
          security: [{ session: [] }],
        },
      },
      async (request: FastifyRequest) => {
        const body = request.body as { readonly idempotencyKey: string }
        const { person } = await line.serve('entry/session', body.idempotencyKey, async () => sessionOf(request), request)
        const asked = { ...body, channel, person } as never
        return (await ask<Awaited<ReturnType<SignUpDesk[Asked]>>>(() => platform[name as Asked](asked))) as never
      },
    )
  }
}
