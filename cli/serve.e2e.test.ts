/** `medpay serve` as its users meet it: a process that listens, and ends in good order. */
import { readdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { exitCodes } from './exit-codes.ts'
import { medpay, ownFolder, startMedpay } from './testing/medpay-process.ts'

const secret = { MEDPAY_WIRE_SECRET: 'a secret shared by all actors' }

test('one actor alone answers on its port, keeps its book where it was told, and Ctrl-C ends it with code 0', async () => {
  const books = ownFolder()
  const { child, ended, says } = startMedpay(['serve', 'small-town', '--actor', 'bureau', '--port', '0', '--books', books], { env: secret })
  const said = await says(/http:\/\/127\.0\.0\.1:\d+[\s\S]*Ctrl-C/)
  const [, origin] = /(http:\/\/127\.0\.0\.1:\d+)/.exec(said) ?? []
  expect(await (await fetch(`${origin}/readyz`)).json()).toEqual({ status: 'ready' })
  expect(readdirSync(books)).toContain('bureau.sqlite')
  child.kill('SIGINT')
  const { code, err } = await ended
  expect({ code, err }).toEqual({ code: exitCodes.ok, err: expect.not.stringContaining('error of our own') })
})

/** A busy machine starts a process in many seconds, so that the limit catches a hang alone. */
const unlessItHangs = { timeout: 240_000 }

test(
  'a port that is in use, an actor nobody knows, a port that is none and a missing secret are told with their remedy',
  unlessItHangs,
  async () => {
    const holder = createServer()
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
    const { port } = holder.address() as { port: number }
    const serve = (...words: string[]) => medpay(['serve', 'small-town', '--books', ownFolder(), ...words], { env: secret })
    const taken = await serve('--actor', 'bureau', '--port', String(port))
    holder.close()
    expect(taken).toMatchObject({ code: exitCodes.outputProblem, err: expect.stringContaining(`port ${port} for bureau is in use`) })
    expect(await serve('--actor', 'bureaus')).toMatchObject({
      code: exitCodes.badInput,
      err: expect.stringContaining('did you mean "bureau"?'),
    })
    expect(await serve('--actor', 'platform', '--ledger', 'mysql://x')).toMatchObject({
      code: exitCodes.badInput,
      err: expect.stringContaining('postgres://'),
    })
    expect(await serve('--at', 'buro=x')).toMatchObject({ code: exitCodes.badInput, err: expect.stringContaining('--at takes') })
    expect(await serve('--national', '7', 'x', '100000')).toMatchObject({
      code: exitCodes.badInput,
      err: expect.stringContaining('not x, 100000'),
    })
    expect(await serve('--lease', '0')).toMatchObject({ code: exitCodes.badInput, err: expect.stringContaining('--lease') })
    const nobody = await serve('--actor', 'platform', '--port', '0', '--ledger', 'postgres://medpay:hidden-word@127.0.0.1:1/ledger')
    expect(nobody).toMatchObject({ code: exitCodes.outputProblem, err: expect.stringContaining('the ledger cannot be opened') })
    expect(nobody.err).not.toContain('hidden-word')
    expect(await serve('--port', 'x')).toMatchObject({ code: exitCodes.badInput, err: expect.stringContaining('--port') })
    const apart = await medpay(['serve', 'small-town', '--actor', 'bureau'], { env: { MEDPAY_WIRE_SECRET: '' } })
    expect(apart).toMatchObject({ code: exitCodes.badInput, err: expect.stringContaining('MEDPAY_WIRE_SECRET') })
  },
)

test('signatures are switched off by name, and never where another machine can call', unlessItHangs, async () => {
  const serve = (...words: string[]) => medpay(['serve', 'small-town', '--books', ownFolder(), ...words], { env: secret })
  expect(await serve('--unsigned', 'hmac', 'dsa')).toMatchObject({ code: exitCodes.badInput, err: expect.stringContaining('not dsa') })
  expect(await serve('--unsigned', 'rsa', '--host', '0.0.0.0')).toMatchObject({
    code: exitCodes.badInput,
    err: expect.stringContaining('this machine alone'),
  })
})
