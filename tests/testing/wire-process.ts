/** Processes of the wire city, one or more actors each, as `medpay serve` starts them; real deaths included. */
import { type Started, startMedpay } from '../../cli/testing/medpay-process.ts'
import { control } from '../../simulators/wire/testing/small-wire.ts'

/** Every actor of a test agrees on keys by it; that of `small-wire.ts`. */
const secret = 'the secret of a test'

export interface WireProcess {
  readonly process: Started
  originOf(actor: string): string
  control(actor: string, method: string, path: string, body?: object): Promise<unknown>
}

/** @param words further ones of `medpay serve` */
export async function startActors(actors: readonly string[], ...words: readonly string[]): Promise<WireProcess> {
  const process = startMedpay(['serve', 'small-town', '--actor', ...actors, '--port', '0', ...words], {
    env: { MEDPAY_WIRE_SECRET: secret },
  })
  const said = await process.says(/Ctrl-C/)
  const originOf = (actor: string) => new RegExp(`^${actor} +(http:\\S+)`, 'm').exec(said)?.[1] ?? ''
  return {
    process,
    originOf,
    control: (actor, ...asked) => control({ originOf }, actor, ...asked),
  }
}

/** Where actors of other processes listen, in the words of `medpay serve`. */
export const whereabouts = (origins: Readonly<Record<string, string>>): readonly string[] =>
  Object.keys(origins).length === 0 ? [] : ['--at', ...Object.entries(origins).map(([name, origin]) => `${name}=${origin}`)]

/** Ctrl-C or its like: the process ends in good order. */
export async function endInGoodOrder({ process }: WireProcess): Promise<number | null> {
  process.child.kill('SIGTERM')
  return (await process.ended).code
}

/** kill -9: nothing is said, nothing is finished. */
export async function killHard({ process }: WireProcess): Promise<void> {
  process.child.kill('SIGKILL')
  await process.ended
}
