import type { FastifyRequest } from 'fastify'
import type { ActorApp } from './actor-app.ts'
import { WireFailure } from './failures.ts'

/** Counts what is under way and turns away what comes once it stops; health, metrics and control go on answering. */
export function requestsUnderWay(app: ActorApp, isStopping: () => boolean): { answered(): Promise<void> } {
  let underWay = 0
  let isIdle: (() => void) | undefined
  app.decorateRequest('isTaken', false)
  const end = (request: FastifyRequest) => {
    if (!request.isTaken) return
    request.isTaken = false
    underWay -= 1
    if (underWay === 0) isIdle?.()
  }
  app.addHook('onRequest', (request, reply, done) => {
    if (request.routeOptions.config.operation === undefined) {
      done()
      return
    }
    if (isStopping()) {
      done(new WireFailure('not-ready'))
      return
    }
    request.isTaken = true
    underWay += 1
    // Of a connection that broke there is no response to hear the end of.
    reply.raw.once('close', () => end(request))
    done()
  })
  app.addHook('onResponse', (request, _reply, done) => {
    end(request)
    done()
  })
  return {
    answered: () =>
      new Promise((resolve) => {
        isIdle = resolve
        if (underWay === 0) resolve()
      }),
  }
}
