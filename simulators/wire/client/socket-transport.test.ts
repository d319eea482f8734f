import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { socketTransport } from './socket-transport.ts'
import type { WireRequest } from './transport.ts'

let server: Server
let origin: string
let sockets: Socket[]
/** Requests as they came, whole. */
let heard: string[]
let answering: (socket: Socket) => void

beforeEach(async () => {
  sockets = []
  heard = []
  answering = (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}')
  server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => undefined)
    socket.on('data', (bytes) => {
      heard.push(bytes.toString('latin1'))
      answering(socket)
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  origin = `http://127.0.0.1:${(server.address() as { port: number }).port}`
})
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await new Promise((closed) => server.close(closed))
})

const post = (path = '/pay', headers: Readonly<Record<string, string>> = {}): WireRequest => ({
  method: 'POST',
  path,
  headers,
  body: Buffer.from('{"a":"药"}'),
})

test('a request is written as HTTP wants it, its length in bytes', async () => {
  const transport = socketTransport({ origin, timeoutMs: 5000 })
  await transport.send(post('/pay?a=1', { 'x-one': '1' }))
  const body = Buffer.from('{"a":"药"}')
  const { host } = new URL(origin)
  expect(heard).toEqual([
    `POST /pay?a=1 HTTP/1.1\r\nhost: ${host}\r\nx-one: 1\r\ncontent-length: ${body.length}\r\n\r\n${body.toString('latin1')}`,
  ])
  await transport.close()
})

test('one after another goes over one socket; at once, over no more than may be open, and the rest waits', async () => {
  const transport = socketTransport({ origin, timeoutMs: 5000, connections: 2 })
  for (let time = 0; time < 3; time++) expect(await transport.send(post())).toMatchObject({ outcome: 'answered' })
  expect(sockets).toHaveLength(1)
  const all = await Promise.all(Array.from({ length: 20 }, () => transport.send(post())))
  expect(all.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 20 }, () => 'answered'))
  expect(sockets).toHaveLength(2)
  await transport.close()
})

test.each([
  ['HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}'],
  ['HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\n{}'],
  ['HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\n'],
  ['HTTP/1.1 200 OK\r\nkeep-alive: timeout=1\r\ncontent-length: 2\r\n\r\n{}'],
])('a socket the other side gives up, or speaks on unasked, carries no second request: %j', async (answer) => {
  const transport = socketTransport({ origin, timeoutMs: 5000 })
  answering = (socket) => socket.write(answer)
  expect(await transport.send(post())).toMatchObject({ outcome: 'answered', status: 200 })
  expect(await transport.send(post())).toMatchObject({ outcome: 'answered', status: 200 })
  expect(sockets).toHaveLength(2)
  await transport.close()
})

test('an idle socket the other side closed is not used again', async () => {
  const transport = socketTransport({ origin, timeoutMs: 5000 })
  await transport.send(post())
  const [first] = sockets as [Socket]
  const gone = new Promise((closed) => first.once('close', closed))
  first.end()
  await gone
  expect(await transport.send(post())).toMatchObject({ outcome: 'answered' })
  expect(sockets).toHaveLength(2)
  await transport.close()
})

test('what would break the head of a request is not sent', async () => {
  const transport = socketTransport({ origin, timeoutMs: 5000 })
  for (const request of [post('/pay HTTP/1.1\r\nx: 1'), post('/a b'), post('/pay', { 'x-one': '1\r\nx-two: 2' }), post('/药')])
    expect(await transport.send(request)).toMatchObject({ outcome: 'no-reply', sent: 'no' })
  expect(heard).toEqual([])
  await transport.close()
})

test('whoever waits for a socket longer than an answer may take was surely not heard', async () => {
  const transport = socketTransport({ origin, timeoutMs: 50, connections: 1 })
  answering = () => undefined
  const both = await Promise.all([transport.send(post()), transport.send(post())])
  expect(both).toMatchObject([
    { outcome: 'no-reply', sent: 'maybe' },
    { outcome: 'no-reply', sent: 'no' },
  ])
  expect(heard).toHaveLength(1)
  await transport.close()
})

test('closing lets what is under way be answered, and takes nothing more', async () => {
  const transport = socketTransport({ origin, timeoutMs: 5000, connections: 1 })
  const under = [transport.send(post()), transport.send(post())]
  const closing = transport.close()
  expect(await transport.send(post())).toMatchObject({ outcome: 'no-reply', sent: 'no' })
  expect(await Promise.all(under)).toMatchObject([{ outcome: 'answered' }, { outcome: 'answered' }])
  await closing
})
