import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { actorNames, type Served } from '../serve.ts'
import { serveSmallWire } from '../testing/small-wire.ts'

const plan = planOf('small-town')
const names = actorNames(plan.city)
let served: Served
beforeAll(async () => {
  served = await serveSmallWire(plan, { only: names })
})
afterAll(() => served.stop())
const get = (actor: string, path: string) => {
  const one = served.actors.find(({ actor: { name } }) => name === actor)
  if (one === undefined) throw new Error(`${actor} is not served`)
  return one.actor.app.inject({ method: 'GET', url: path })
}

test.each(names)('the OpenAPI document of %s is one, and every route of it that is counted says what it does', async (actor) => {
  const document = (await get(actor, '/openapi.json')).json() as {
    paths: Record<string, Record<string, { summary?: string; tags?: string[] }>>
  }
  const { valid, errors } = await new Validator().validate(document)
  expect({ valid, errors }).toEqual({ valid: true, errors: undefined })
  const silent = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { summary, tags }]) =>
      summary === undefined || tags === undefined ? [`${method} ${path}`] : [],
    ),
  )
  expect(silent).toEqual([])
})

test('the page for people opens, and all it loads comes from the actor itself', async () => {
  const page = await get('bureau', '/docs/')
  expect(page.statusCode).toBe(200)
  const loaded = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address)
  expect(loaded.length).toBeGreaterThan(3)
  for (const address of loaded) {
    expect(address).toMatch(/^\.?\//)
    expect((await get('bureau', new URL(address, 'http://bureau/docs/').pathname)).statusCode).toBe(200)
  }
  expect((await get('bureau', '/docs/static/swagger-initializer.js')).body).toContain("'./json'")
  expect((await get('bureau', '/docs/json')).json()).toEqual((await get('bureau', '/openapi.json')).json())
})
