import type { Transport } from '../client/transport.ts'
import type { ActorApp } from '../server/actor-app.ts'

/** An actor's app without a socket, as a signed sender reaches it. */
export const directTransport = (app: ActorApp): Transport => ({
  async send({ method, path, headers, body }) {
    const payload = body === undefined ? {} : { payload: Buffer.from(body) }
    const { statusCode, rawPayload } = await app.inject({ method, url: path, headers: { ...headers }, ...payload })
    return { outcome: 'answered', status: statusCode, body: rawPayload, headers: {} }
  },
  close: async () => undefined,
})
