import { expect, test } from 'vitest'
import { figuresIn } from './control-client.ts'
import { watchProcesses } from './process-watch.ts'
import type { WireCity } from './wire-processes.ts'

const page = (hmac: number, rsa: number) => `# HELP medpay_process_signatures_made_total Signatures
medpay_process_signatures_made_total{actor="platform",kind="hmac"} ${hmac}
medpay_process_signatures_made_total{kind="rsa",actor="platform"} ${rsa}
medpay_process_signatures_made_total{kind="sm",actor="platform"} 0
medpay_process_signatures_checked_total{kind="hmac",actor="platform"} ${2 * hmac}
`

/** Each process has pages of its own, one a look. */
function cityOf(pagesOf: Readonly<Record<string, readonly string[]>>, pidsOf: Readonly<Record<string, readonly number[]>> = {}) {
  const looks = new Map<string, number>()
  const look = (actor: string) => looks.get(actor) ?? 0
  return {
    get processes() {
      return Object.keys(pagesOf).map((actor) => ({ actors: [actor], pid: pidsOf[actor]?.[look(actor)] ?? process.pid }))
    },
    control: {
      async figures(actor: string) {
        const text = pagesOf[actor]?.[look(actor)] ?? ''
        looks.set(actor, look(actor) + 1)
        return figuresIn(text)
      },
    },
  } as unknown as WireCity
}

test('signatures of the window are told by kind over all processes, and a kind of no use is left out', async () => {
  const watched = await watchProcesses(cityOf({ platform: [page(100, 7), page(150, 10)], bureau: [page(5, 0), page(25, 0)] }))
  expect((await watched()).signatures).toEqual([
    { kind: 'hmac', made: 70, checked: 140 },
    { kind: 'rsa', made: 3, checked: 0 },
  ])
})

test('a process that was started again has forgotten what it signed before, so that it is not counted', async () => {
  const city = cityOf({ platform: [page(100, 0), page(150, 0)], bureau: [page(500, 0), page(3, 0)] }, { bureau: [1, 2] })
  const watched = await watchProcesses(city)
  expect((await watched()).signatures).toEqual([{ kind: 'hmac', made: 50, checked: 100 }])
})
