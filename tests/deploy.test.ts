/** What is written for others to start: the compose file and the image. Linted here, not run: there is no container engine in the tests. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { wireCityText } from '../dashboards/wire-city.ts'
import { planOf } from '../scenarios/testing/plan-of.ts'
import { actorNames } from '../simulators/wire/serve.ts'

interface Service {
  readonly command?: string
  readonly network_mode?: string
  readonly volumes?: readonly string[]
  readonly ports?: readonly string[]
}

const root = fileURLToPath(new URL('..', import.meta.url))
const compose = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>
}
const services = Object.entries(compose.services)
const actorsOf = ({ command }: Service) => wordsAfter(command, '--actor')
const wordsAfter = (command: unknown, option: string) =>
  typeof command === 'string' ? (new RegExp(`${option} ((?:[^-\\s]\\S*\\s*)+)`).exec(command)?.[1]?.trim().split(/\s+/) ?? []) : []
const known = actorNames(planOf('shanghai-weekday').city)

test('every actor of Shanghai runs in one container, the platform in two', () => {
  const run = services.flatMap(([, service]) => actorsOf(service))
  expect(run.toSorted()).toEqual([...known, 'platform'].toSorted())
})

test('every address that is given belongs to an actor, and the published ports hold all of them', () => {
  for (const [, { command }] of services)
    for (const word of wordsAfter(command, '--at')) expect(known).toContain(word.slice(0, word.indexOf('=')))
  const [first, last] = [7100, 7100 + known.length - 1]
  const ranges = compose.services['city']?.ports?.map((port) => /:(\d+)(?:-(\d+))?$/.exec(port)) ?? []
  expect(ranges.some((range) => Number(range?.[1]) <= first && Number(range?.[2]) >= last)).toBe(true)
})

test('all containers share one loopback, so that control endpoints stay closed to other machines', () => {
  const apart = services.filter(([name, { network_mode }]) => name !== 'city' && network_mode !== 'service:city').map(([name]) => name)
  expect(apart).toEqual([])
  for (const port of compose.services['city']?.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/)
})

test('every file that is mounted or started is there', () => {
  const mounted = services.flatMap(([, { volumes = [] }]) => volumes.filter((volume) => volume.startsWith('./')))
  expect(mounted.length).toBeGreaterThan(3)
  for (const volume of mounted) expect(existsSync(join(root, volume.slice(2, volume.indexOf(':'))))).toBe(true)
  expect(readFileSync(join(root, 'deploy/Dockerfile'), 'utf8')).toContain('ENTRYPOINT ["node", "cli/medpay.ts"]')
})

test.each([
  ['compose file', 'dclint/bin/dclint.cjs', ['--disable-rule', 'service-keys-order', '--max-warnings', '0', 'docker-compose.yml']],
  ['Dockerfile', 'dockerfilelint/bin/dockerfilelint', ['deploy/Dockerfile']],
])('the linter has nothing to say of the %s', (_, linter, words) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'node_modules', linter), ...words], {
    cwd: root,
    encoding: 'utf8',
  })
  expect({ status, said: stdout + stderr }).toMatchObject({ status: 0 })
})

test('the dashboard that Grafana reads is the one in the code; npm run dashboards renews it', () => {
  expect(readFileSync(join(root, 'dashboards/wire-city.generated.json'), 'utf8')).toBe(wireCityText())
})
