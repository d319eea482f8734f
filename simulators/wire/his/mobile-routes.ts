import type { FastifyRequest } from 'fastify'
import { noticeAnswerSchema, noticeBodySchema, noticeHeard, readNotice, type ToldPayment } from '../dialects/mobile/notice.ts'
import type { ActorApp } from '../server/actor-app.ts'
import type { FailingLine } from '../server/failing-line.ts'

/** Where a site's `noticeUrl` at the bureau points to. */
export const mobileNoticePath = '/his/v1/mobile-notices'

/** 6302, as the centre sends it: heard once it is in the book, whatever it was for. */
export function addMobileNotices(
  app: ActorApp,
  line: FailingLine,
  gate: (request: FastifyRequest) => Promise<void>,
  hear: (told: ToldPayment, reversalRight: string) => Promise<void>,
): void {
  app.post(
    mobileNoticePath,
    {
      preValidation: gate,
      config: { operation: 'his/notice' },
      schema: {
        summary: '6302 结算结果通知 · Told of a payment in the mobile chain',
        tags: ['医保移动支付'],
        body: noticeBodySchema,
        response: { 200: noticeAnswerSchema },
      },
    },
    async (request) => {
      const told = readNotice(request.body)
      return line.serve(
        'his/notice',
        told.siteOrder,
        async () => {
          await hear(told, request.body.data.revsToken)
          return noticeHeard
        },
        request,
      )
    },
  )
}
