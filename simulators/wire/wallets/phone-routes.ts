import type { FastifyRequest } from 'fastify'
import { type TObject, Type } from 'typebox'
import type { ActorApp } from '../server/actor-app.ts'
import type { FailingLine } from '../server/failing-line.ts'
import { choice } from '../server/opening-schema.ts'
import type { WholeWalletDesk } from './wallet-desk-over-book.ts'

/** What the payer's phone does at the wallet: no real interface, so form and names are the testbed's own. A refusal answers 200, as everywhere. */
export function addPhoneRoutes(
  app: ActorApp,
  desk: WholeWalletDesk,
  line: FailingLine,
  gate: (request: FastifyRequest) => Promise<void>,
): void {
  const strict = { additionalProperties: false } as const
  const payer = Type.String({ minLength: 1, maxLength: 128 })
  const number = Type.String({ minLength: 1, maxLength: 64 })
  const route = (path: string, operation: string, summary: string, body: TObject, work: (request: never) => Promise<object>) =>
    app.post(path, { preValidation: gate, config: { operation }, schema: { summary, tags: ['phone'], body } }, async (request) => {
      const { prepay, mixed, payer: by } = request.body as Readonly<Record<string, string>>
      return line.serve(operation, prepay ?? mixed ?? by ?? '', () => work(request.body as never), request)
    })
  route('/phone/codes', 'phone/code', '出示付款码 · Show a code', Type.Object({ payer }, strict), desk.showCode)
  route(
    '/phone/payments',
    'phone/pay',
    '确认支付 · Answer an order that waits',
    Type.Object({ payer, prepay: number, does: choice(['pay', 'give-up', 'cannot'] as const) }, strict),
    desk.confirm,
  )
  route(
    '/phone/mixed-payments',
    'phone/pay-mixed',
    '确认混合支付 · Answer a mixed order',
    Type.Object({ payer, mixed: number, does: choice(['pay', 'give-up'] as const) }, strict),
    desk.confirmMixed,
  )
}
