/**
 * The city's actors as processes of their own, one for each thing that fails by itself, so that killing one takes nothing else with it.
 * Each child is `medpay serve` with a share of the actors; it ends when its standard input does, so that no process outlives the run,
 * however the run ends.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import type { CityPlan } from '../../../scenarios/plan.ts'
import { actorNames, firstOfFreePorts } from '../serve.ts'
import { keyRing } from '../signing/key-ring.ts'
import { type ControlClient, controlClient } from './control-client.ts'

export interface WireCity {
  readonly control: ControlClient
  readonly layout: readonly (readonly string[])[]
  readonly processes: readonly WireProcess[]
  originOf(actor: string): string
  /** Ends all of them in good order, then for certain. */
  stop(): Promise<void>
}

export interface WireProcess {
  readonly actors: readonly string[]
  readonly pid: number
  /** Settles when it has ended. */
  readonly ended: Promise<void>
  readonly hasEnded: () => boolean
}

export interface StartOptions {
  readonly city: Pick<CityPlan, 'parties'>
  /** How `medpay serve <scenario>` is called: program, then words. */
  readonly serve: readonly string[]
  /** Name under which children find the secret in their environment. */
  readonly secretName: string
  readonly secret: string
  readonly booksFolder: string
  /** Further words for the process of the platform. */
  readonly platformWords: readonly string[]
  readonly signal: AbortSignal
}

/** A child did not come up; what it said. */
export class ChildFailed extends Error {
  override readonly name = 'ChildFailed'
  readonly actors: readonly string[]

  constructor(actors: readonly string[], said: string) {
    super(`${actors.join(', ')}: ${said.trim().split('\n').slice(-4).join(' ')}`)
    this.actors = actors
  }
}

/** Actors that fail together. */
export function layoutOf({ parties }: Pick<CityPlan, 'parties'>): readonly (readonly string[])[] {
  const all = actorNames({ parties })
  const isEntry = (name: string) => name.startsWith('channel-')
  const alone = ['platform', 'bureau', 'his']
  const entries = all.filter((name) => isEntry(name) || name === 'identity' || name === 'credit-score')
  return [...alone.map((name) => [name]), all.filter((name) => !alone.includes(name) && !entries.includes(name)), entries]
}

/** Between the child's stop and its end for certain. */
const mercyMs = 10_000
const askEveryMs = 50

export async function startProcesses(options: StartOptions): Promise<WireCity> {
  const { city, serve, secretName, secret, booksFolder, platformWords, signal } = options
  const names = actorNames(city)
  const firstPort = await firstOfFreePorts(names.length, '127.0.0.1')
  const originOf = (actor: string) => {
    const index = names.indexOf(actor)
    if (index < 0) throw new Error(`no actor is called ${actor}`)
    return `http://127.0.0.1:${firstPort + index}`
  }
  const layout = layoutOf(city)
  const control = controlClient(originOf, keyRing(secret).controlToken)
  const children = layout.map((actors) => {
    const words = ['--actor', ...actors, '--port', String(firstPort), '--books', `${booksFolder}/${actors[0]}`, '--until-input-ends']
    const [program, ...rest] = [...serve, ...words, ...(actors.includes('platform') ? platformWords : [])] as [string, ...string[]]
    // A group of its own: Ctrl-C at the terminal reaches the run alone, which stops its children in their turn.
    return watched(
      actors,
      spawn(program, rest, { stdio: ['pipe', 'ignore', 'pipe'], detached: true, env: { ...process.env, [secretName]: secret } }),
    )
  })
  const stop = async () => {
    // Callers first, so that whoever is called still answers them.
    for (const child of children.toReversed()) await end(child)
  }
  try {
    await Promise.all(children.map((child) => ready(child, control, signal)))
  } catch (error) {
    await stop()
    throw error
  }
  return {
    control,
    layout,
    originOf,
    stop,
    processes: children.map(({ process: own, actors, ended, hasEnded }) => ({ actors, pid: own.pid as number, ended, hasEnded })),
  }
}

interface Child {
  readonly actors: readonly string[]
  readonly process: ChildProcess
  readonly ended: Promise<void>
  readonly hasEnded: () => boolean
  readonly said: () => string
}

function watched(actors: readonly string[], child: ChildProcess): Child {
  let said = ''
  let isOver = false
  child.stderr?.on('data', (text: Buffer) => {
    said = (said + text.toString()).slice(-10_000)
  })
  const ended = new Promise<void>((resolve) => {
    const over = () => {
      isOver = true
      resolve()
    }
    child.on('close', over)
    child.on('error', (error) => {
      said += error.message
      over()
    })
  })
  return { actors, process: child, ended, hasEnded: () => isOver, said: () => said }
}

async function ready(child: Child, control: ControlClient, signal: AbortSignal): Promise<void> {
  for (const actor of child.actors) {
    while (!(await control.isReady(actor))) {
      signal.throwIfAborted()
      if (child.hasEnded()) throw new ChildFailed(child.actors, child.said())
      await new Promise((resolve) => setTimeout(resolve, askEveryMs))
    }
  }
}

async function end({ process: own, ended, hasEnded }: Child): Promise<void> {
  if (hasEnded()) return
  own.stdin?.end()
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, mercyMs)
  await Promise.race([ended, promise])
  clearTimeout(timer)
  if (hasEnded()) return
  try {
    process.kill(-(own.pid as number), 'SIGKILL')
  } catch {
    // It ended between the question and this line.
  }
  await ended
}
