/** What `medpay serve` says when the machine does not let it work, and that nothing of it is left behind. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { controlHeader } from '../simulators/wire/server/control.ts'
import { keyRing } from '../simulators/wire/signing/key-ring.ts'
import { exitCodes } from './exit-codes.ts'
import { medpay, ownFolder, startMedpay } from './testing/medpay-process.ts'

const secret = 'a secret shared by all actors'
const env = { MEDPAY_WIRE_SECRET: secret }
const serve = (...words: string[]) => medpay(['serve', 'small-town', '--port', '0', ...words], { env })

test('an address that is not this machine’s and an actor whose neighbour is nowhere are told with their remedy', async () => {
  expect(await serve('--actor', 'his', '--host', '192.0.2.1')).toMatchObject({
    code: exitCodes.outputProblem,
    err: expect.stringMatching(/192\.0\.2\.1 \(EADDRNOTAVAIL\)[\s\S]*不允许在 192\.0\.2\.1 监听/),
  })
  expect(await serve('--actor', 'channel-main-entry')).toMatchObject({
    code: exitCodes.badInput,
    err: expect.stringMatching(/--at platform=http:\/\/host:port[\s\S]*--at platform=http:\/\/主机:端口/),
  })
})

test('books of another city or day are left as they are, and so are books of nobody knows which', async () => {
  const books = ownFolder()
  const { child, ended, says } = startMedpay(['serve', 'small-town', '--actor', 'his', '--port', '0', '--books', books], { env })
  await says(/Ctrl-C/)
  child.kill('SIGTERM')
  expect(await ended).toMatchObject({ code: exitCodes.ok })
  const before = readFileSync(join(books, 'his.sqlite'))
  const other = await medpay(['serve', 'shanghai-weekday', '--actor', 'his', '--port', '0', '--books', books], { env })
  expect(other).toMatchObject({
    code: exitCodes.outputProblem,
    err: expect.stringMatching(/scenario small-town[\s\S]*scenario shanghai-weekday[\s\S]*另一城市/),
  })
  expect(readFileSync(join(books, 'his.sqlite'))).toEqual(before)
  const unknown = ownFolder()
  writeFileSync(join(unknown, 'his.sqlite'), 'something else')
  expect(await serve('--actor', 'his', '--books', unknown)).toMatchObject({
    code: exitCodes.outputProblem,
    err: expect.stringContaining('do not say of which city'),
  })
  expect(readdirSync(unknown)).toEqual(['his.sqlite'])
})

test('a book that cannot be begun is told by its path: the file is no book, or the disk is full', async () => {
  const books = ownFolder()
  const first = startMedpay(['serve', 'small-town', '--actor', 'his', '--port', '0', '--books', books], { env })
  await first.says(/Ctrl-C/)
  first.child.kill('SIGTERM')
  await first.ended
  writeFileSync(join(books, 'his.sqlite'), 'this was a book once'.repeat(100))
  expect(await serve('--actor', 'his', '--books', books)).toMatchObject({
    code: exitCodes.outputProblem,
    err: expect.stringMatching(/his(?:-ledger)?\.sqlite cannot be opened: file is not a database[\s\S]*无法打开账簿/),
  })
  // Files may grow to 1 KiB, as on a disk that has no more room.
  const full = await medpay(['serve', 'small-town', '--actor', 'his', '--port', '0', '--books', ownFolder()], {
    env,
    shell: `trap '' XFSZ; ulimit -f 1; exec $medpay`,
  })
  expect(full).toMatchObject({
    code: exitCodes.outputProblem,
    err: expect.stringMatching(/his(?:-ledger)?\.sqlite cannot be opened: .*(?:full|I\/O)/),
  })
})

test('a disk that fills up while the city runs: nothing more is confirmed, the actor is not ready, and what was confirmed is in the book', async () => {
  const books = ownFolder()
  const { child, ended, says } = startMedpay(['serve', 'small-town', '--actor', 'his', '--port', '0', '--books', books], {
    env,
    shell: `trap '' XFSZ; ulimit -f 200; exec $medpay`,
  })
  const [, origin = ''] = /(http:\/\/127\.0\.0\.1:\d+)/.exec(await says(/http:\/\/127\.0\.0\.1:\d+[\s\S]*Ctrl-C/)) ?? []
  const line = { number: 1, prescription: 'RX', code: 'F1', name: '示例项目', priceFen: 100, count: 1, totalFen: 100, coveredFen: 0 }
  const open = (from: number, count: number) =>
    fetch(`${origin}/control/opening`, {
      method: 'POST',
      headers: { [controlHeader]: keyRing(secret).controlToken, 'content-type': 'application/json' },
      body: JSON.stringify({
        bills: Array.from({ length: count }, (_, index) => ({
          ...{ site: 1, bill: `B${from + index}`, visit: `V${from + index}`, person: 1, totalFen: 100, coveredFen: 0, lines: [line] },
        })),
      }),
    })
  let confirmed = 0
  for (let batch = 0; batch < 50; batch++) {
    const answer = await open(batch * 100, 100)
    if (answer.status !== 200) {
      expect(answer.status).toBe(503)
      expect(await answer.json()).toMatchObject({ error: { code: 'book-failed' } })
      break
    }
    confirmed += 100
  }
  expect(confirmed).toBeGreaterThan(0)
  expect(confirmed).toBeLessThan(5000)
  await says(/book of his can no longer be written[\s\S]*无法继续写入/)
  expect((await fetch(`${origin}/readyz`)).status).toBe(503)
  expect((await fetch(`${origin}/healthz`)).status).toBe(200)
  child.kill('SIGINT')
  expect(await ended).toMatchObject({ code: exitCodes.outputProblem, err: expect.stringContaining('could not be written to the end: his') })

  const again = startMedpay(['serve', 'small-town', '--actor', 'his', '--port', '0', '--books', books], { env })
  const [, restarted = ''] = /(http:\/\/127\.0\.0\.1:\d+)/.exec(await again.says(/http:\/\/127\.0\.0\.1:\d+[\s\S]*Ctrl-C/)) ?? []
  const shown = await fetch(`${restarted}/control/books`, { headers: { [controlHeader]: keyRing(secret).controlToken } })
  const { entries } = (await shown.json()) as { entries: unknown[] }
  expect(entries.length).toBeGreaterThanOrEqual(confirmed)
  again.child.kill('SIGINT')
  expect(await again.ended).toMatchObject({ code: exitCodes.ok })
})

test('Ctrl-C while it still waits for a database ends it as interrupted, with nothing left listening', async () => {
  const { promise: asked, resolve } = Promise.withResolvers<void>()
  // A database that takes the connection and says nothing.
  const silent = createServer((socket) => {
    socket
      .on('error', () => undefined)
      .on('close', () => socket.destroy())
      .resume()
    resolve()
  })
  await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening))
  onTestFinished(() => new Promise((closed) => silent.close(() => closed())))
  const { port } = silent.address() as { port: number }
  const words = [
    'serve',
    'small-town',
    '--port',
    '0',
    '--books',
    ownFolder(),
    '--ledger',
    `postgres://medpay:word@127.0.0.1:${port}/ledger`,
  ]
  const { child, ended } = startMedpay(words, { env })
  await asked
  child.kill('SIGINT')
  expect(await ended).toMatchObject({ code: exitCodes.interrupted, err: expect.stringContaining('interrupted'), out: '' })
})
