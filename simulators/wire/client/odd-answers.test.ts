import { createSecretKey } from 'node:crypto'
import { createServer, type Server, type Socket } from 'node:net'
import { http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../testing/free-port.ts'
import { oddAnswers } from '../testing/odd-answers.ts'
import { fetchTransport } from './fetch-transport.ts'
import { poolTransport } from './pool-transport.ts'
import { signedSender } from './signed-sender.ts'
import { socketTransport } from './socket-transport.ts'
import type { Transport } from './transport.ts'

const timeoutMs = 300
const key = createSecretKey(Buffer.from('the key of a test'))
const ask = (transport: Transport) =>
  signedSender({ transport, caller: 'platform', key, nowMs: Date.now })('POST', '/v1/pay', { bill: 'MX1' })

const onSockets = [
  ['the client of the hot path', socketTransport],
  ['the client under TLS, here without', poolTransport],
] as const

describe.each(onSockets)('%s, on real sockets', (_, transportOf) => {
  const open = new Set<Socket>()
  let server: Server
  let answering: (socket: Socket) => void
  let requests = 0
  beforeAll(async () => {
    server = createServer((socket) => {
      open.add(socket)
      socket.on('error', () => undefined)
      socket.once('close', () => open.delete(socket))
      socket.once('data', () => {
        requests += 1
        answering(socket)
      })
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  })
  afterEach(() => {
    for (const socket of open) socket.destroy()
  })
  afterAll(() => new Promise((closed) => server.close(closed)))

  test.for(oddAnswers(timeoutMs).map((odd) => [odd.name, odd] as const))('%s', async ([, { onSocket, heard }]) => {
    const { port } = server.address() as { port: number }
    const transport = transportOf({ origin: `http://127.0.0.1:${port}`, timeoutMs })
    answering = onSocket
    requests = 0
    expect(await ask(transport)).toMatchObject(heard)
    // Money is never asked for twice without the caller's word.
    expect(requests).toBe(1)
    await transport.close()
  })
})

describe('the client on fetch, by msw', () => {
  const origin = 'http://party.invalid'
  const server = setupServer()
  beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
  afterEach(() => server.resetHandlers())
  afterAll(() => server.close())
  const mocked = oddAnswers(timeoutMs).flatMap((odd) => (odd.mocked === undefined ? [] : [[odd.name, odd.mocked, odd.heard] as const]))

  test.for(mocked)('%s', async ([, answer, heard]) => {
    let requests = 0
    server.use(
      http.post(`${origin}/v1/pay`, () => {
        requests += 1
        return answer()
      }),
    )
    expect(await ask(fetchTransport({ origin, timeoutMs }))).toMatchObject(heard)
    expect(requests).toBe(1)
  })
})

test('where nobody listens, all know that nothing was heard', async () => {
  const origin = `http://127.0.0.1:${await freePort()}`
  for (const transportOf of [socketTransport, poolTransport, fetchTransport]) {
    const transport = transportOf({ origin, timeoutMs: 5000 })
    expect(await ask(transport)).toMatchObject({ outcome: 'no-reply', sent: 'no' })
    await transport.close()
  }
})
